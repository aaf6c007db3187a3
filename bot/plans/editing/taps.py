"""Buttons that change a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class Set(Tap):
    """Give a field of a plan, shown in the state `seen`, a value."""

    VERB: ClassVar[str] = "ge"
    plan_id: int
    seen: int
    field: str
    value: int


@dataclass(frozen=True, slots=True)
class Choose(Tap):
    """A page of the banks or the departments to choose from."""

    VERB: ClassVar[str] = "gh"
    plan_id: int
    facet: str
    page: int


@dataclass(frozen=True, slots=True)
class ChooseQuota(Tap):
    """Which tag, kind or bank a quota shall be of."""

    VERB: ClassVar[str] = "gr"
    plan_id: int
    feature: str


@dataclass(frozen=True, slots=True)
class ChooseShare(Tap):
    """How many questions of a round shall be of this value; `value` is its mark."""

    VERB: ClassVar[str] = "gu"
    plan_id: int
    feature: str
    value: int


@dataclass(frozen=True, slots=True)
class SetQuota(Tap):
    """Have `count` questions of a value in each round; 0 lifts the quota."""

    VERB: ClassVar[str] = "gq"
    plan_id: int
    seen: int
    feature: str
    value: int
    count: int

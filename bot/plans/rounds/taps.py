"""Buttons of the rounds' room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowRounds(Tap):
    """The last rounds, of one plan or (0) of all."""

    VERB: ClassVar[str] = "zl"
    plan_id: int


@dataclass(frozen=True, slots=True)
class ShowRound(Tap):
    """How one round stands now."""

    VERB: ClassVar[str] = "zr"
    round_id: int


@dataclass(frozen=True, slots=True)
class ShowPeople(Tap):
    """A page of the people on one of a round's lists."""

    VERB: ClassVar[str] = "zn"
    round_id: int
    part: str
    page: int

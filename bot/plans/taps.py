"""Buttons of the plan card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class AskTime(Tap):
    """Change the time by the next message."""

    VERB: ClassVar[str] = "gt"
    plan_id: int


@dataclass(frozen=True, slots=True)
class SetCount(Tap):
    """Ask this many questions."""

    VERB: ClassVar[str] = "gc"
    plan_id: int
    count: int


@dataclass(frozen=True, slots=True)
class SetDays(Tap):
    """Have rounds on workdays, or on ISO weekdays written as d135."""

    VERB: ClassVar[str] = "gd"
    plan_id: int
    days: str


@dataclass(frozen=True, slots=True)
class SetActive(Tap):
    """Pause (0) or go on (1)."""

    VERB: ClassVar[str] = "ga"
    plan_id: int
    wanted: int

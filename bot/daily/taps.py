"""Buttons of the daily quiz; options are named by the place they were shown in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class Begin(Tap):
    """Start or go on with a round."""

    VERB: ClassVar[str] = "s"
    round_id: int


@dataclass(frozen=True, slots=True)
class Choose(Tap):
    """Answer a single choice or a judge question."""

    VERB: ClassVar[str] = "a"
    sitting_id: int
    position: int
    place: int


@dataclass(frozen=True, slots=True)
class Tick(Tap):
    """Tick or clear an option of a multiple choice; `wanted` makes a repeat harmless."""

    VERB: ClassVar[str] = "t"
    sitting_id: int
    position: int
    place: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Submit(Tap):
    """Hand in the ticked options."""

    VERB: ClassVar[str] = "u"
    sitting_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Unsure(Tap):
    """不确定: give no answer and see the right one."""

    VERB: ClassVar[str] = "q"
    sitting_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Next(Tap):
    """Go on to the question at `position`; past the last one it is the summary."""

    VERB: ClassVar[str] = "n"
    sitting_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Object(Tap):
    """题目有误: say that something is wrong with an answered question."""

    VERB: ClassVar[str] = "oa"
    sitting_id: int
    position: int

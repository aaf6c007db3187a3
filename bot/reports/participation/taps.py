"""Buttons of participation; `stretch` names days, `department` and `plan` 0 are all in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowParticipation(Tap):
    """The figures of a stretch, of one department, plan or round where these are given."""

    VERB: ClassVar[str] = "mp"
    stretch: str
    department: int = 0
    plan: int = 0
    round: int = 0


@dataclass(frozen=True, slots=True)
class ShowGroups(Tap):
    """A page of the same figures by department, plan, week, month or round."""

    VERB: ClassVar[str] = "mg"
    stretch: str
    by: str
    page: int
    department: int = 0
    plan: int = 0


@dataclass(frozen=True, slots=True)
class ShowNames(Tap):
    """A page of the people behind a number."""

    VERB: ClassVar[str] = "ml"
    stretch: str
    part: str
    page: int
    department: int = 0
    plan: int = 0


@dataclass(frozen=True, slots=True)
class ShowRoundNames(Tap):
    """A page of the people behind a number of one round."""

    VERB: ClassVar[str] = "mn"
    stretch: str
    part: str
    page: int
    department: int
    round: int


@dataclass(frozen=True, slots=True)
class ShowBasis(Tap):
    """Who is counted in 应参加."""

    VERB: ClassVar[str] = "mb"
    stretch: str


@dataclass(frozen=True, slots=True)
class SetBasis(Tap):
    """Count people on leave (leave) or out of reach (unreachable), or don't: 1 or 0."""

    VERB: ClassVar[str] = "mbs"
    stretch: str
    reason: str
    wanted: int

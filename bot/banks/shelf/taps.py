"""Buttons of the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class Browse(Tap):
    """A page of a bank's questions, as narrowed before."""

    VERB: ClassVar[str] = "xp"
    bank_id: int
    page: int


@dataclass(frozen=True, slots=True)
class ChooseFacet(Tap):
    """What to narrow a list by: kind, status, tag or law."""

    VERB: ClassVar[str] = "xf"
    bank_id: int
    facet: str


@dataclass(frozen=True, slots=True)
class Narrow(Tap):
    """Keep what has the value at `place` of a facet's list; 0 lifts the facet."""

    VERB: ClassVar[str] = "xn"
    bank_id: int
    facet: str
    place: int


@dataclass(frozen=True, slots=True)
class Move(Tap):
    """Retire, restore or delete a question that still stands at `version`."""

    VERB: ClassVar[str] = "xm"
    question_id: int
    version: int
    act: str


@dataclass(frozen=True, slots=True)
class AskDelete(Tap):
    """Is this draft really to go?"""

    VERB: ClassVar[str] = "xd"
    question_id: int
    version: int


@dataclass(frozen=True, slots=True)
class AskMoveBank(Tap):
    """Is this bank really to be taken out of use, or brought back?"""

    VERB: ClassVar[str] = "xr"
    bank_id: int


@dataclass(frozen=True, slots=True)
class MoveBank(Tap):
    """Take a bank out of use (1), or bring it back (0)."""

    VERB: ClassVar[str] = "xs"
    bank_id: int
    is_retired: int


@dataclass(frozen=True, slots=True)
class ChooseFormat(Tap):
    """In which form is the bank wanted?"""

    VERB: ClassVar[str] = "xe"
    bank_id: int


@dataclass(frozen=True, slots=True)
class Export(Tap):
    """Send the bank in the format at `place` of the table; `is_sure` once losses were told."""

    VERB: ClassVar[str] = "xg"
    bank_id: int
    place: int
    is_sure: int

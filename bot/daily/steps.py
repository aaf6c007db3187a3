"""Where a person may be in a sitting: what a tap of the daily quiz leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storage.repositories.plans import RoundRow
from storage.repositories.sittings import ItemRow, Tally
from storage.states import SittingId


@dataclass(frozen=True, slots=True)
class Passed:
    """Positions that need no answer any more: voided ones, and those voted on in a group."""

    voided: tuple[int, ...] = ()
    voted: tuple[int, ...] = ()


NOTHING_PASSED = Passed()


@dataclass(frozen=True, slots=True)
class Card:
    """A question waiting for its answer, and what was passed over before it."""

    item: ItemRow
    passed: Passed = NOTHING_PASSED


@dataclass(frozen=True, slots=True)
class Verdict:
    """A graded answer; `is_repeat` where it had been given before."""

    item: ItemRow
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished sitting, what went wrong in it, and other rounds that still take answers."""

    sitting_id: SittingId
    day: date
    missed: tuple[int, ...]
    tally: Tally
    size: int
    others: tuple[RoundRow, ...]
    passed: Passed = NOTHING_PASSED


@dataclass(frozen=True, slots=True)
class Over:
    """The round takes no more answers."""

    day: date


@dataclass(frozen=True, slots=True)
class NothingPicked:
    """Handed in without a tick."""

    item: ItemRow


@dataclass(frozen=True, slots=True)
class NothingOpen:
    """No round takes answers now; when the next one opens, if a plan says so."""

    next_opening: datetime | None
    timezone: str | None


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """A message that answers nothing; the question in front of the person, if any."""

    item: ItemRow | None


@dataclass(frozen=True, slots=True)
class NumberWanted:
    """Words where a figure was asked for: nothing is counted."""

    item: ItemRow


Step = Card | Verdict | Summary | Over | NothingPicked

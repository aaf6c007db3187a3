"""What a notice of holidays says, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DoubtKind(StrEnum):
    """Why somebody should look before a reading is believed."""

    NO_YEAR = "no_year"  # the text names no year; it was guessed
    WEEKDAY = "weekday"  # the day of the week is not that of the date
    COUNT = "count"  # 共N天 is not how many days were read
    NO_SUCH_DAY = "no_such_day"
    OTHER_YEAR = "other_year"  # far from the year the notice is about
    CONFLICT = "conflict"  # off and at work on one day: neither is taken
    ODD_WORKDAY = "odd_workday"  # 上班 on a day that is a workday anyway
    MISSING = "missing"  # a statutory holiday the notice does not name
    ADVICE = "advice"  # encouragement, which makes no day off
    UNREAD = "unread"  # words about days that were not understood


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look: the phrase as it stands in the text, and what is said about it."""

    kind: DoubtKind
    phrase: str
    said: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday: its days off and make-up workdays in order, and N of 共N天 where said."""

    name: str
    off: tuple[date, ...]
    work: tuple[date, ...]
    said: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a day is, and by which holiday."""

    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice or rows as understood; `is_notice` where a whole year's notice was read."""

    year: int
    holidays: tuple[Holiday, ...]
    doubts: tuple[Doubt, ...]
    is_notice: bool

    @property
    def marks(self) -> Mapping[date, Mark]:
        """What every day is said to be, in order; days said to be both are left out."""
        off = {day: holiday.name for holiday in self.holidays for day in holiday.off}
        work = {day: holiday.name for holiday in self.holidays for day in holiday.work}
        days = sorted(off.keys() ^ work.keys())
        return {
            day: Mark(is_workday=day in work, name=work[day] if day in work else off[day])
            for day in days
        }

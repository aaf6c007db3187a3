"""Which days are workdays, and when a plan's rounds fall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from storage.repositories.plans import PlanRow

WORKDAYS = "workdays"
HORIZON_DAYS = 60  # no break is longer; bounds every search for the next round
SATURDAY = 6  # ISO
SHORTEST = timedelta(hours=1)  # however late in its day, a round is open that long


@dataclass(frozen=True, slots=True)
class Year:
    """What the State Council has announced of a year."""

    holidays: frozenset[date]
    makeup_days: frozenset[date]  # 调休: weekend days on which people work


@cache
def announced(year: int) -> Year:
    """China's statutory holidays and 调休 weekends of a year, as far as the library knows.

    Each year is read whole and kept: the library's own calendars grow while they are asked,
    which threads must not share.
    """
    from holidays import country_holidays  # loaded on first use: it is large

    known = country_holidays("CN", years=(year - 1, year, year + 1), expand=False)
    return Year(
        frozenset(day for day in known if day.year == year),
        frozenset(day for day in known.weekend_workdays if day.year == year),
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Workdays; days an admin has marked come before what the library knows."""

    marked: Mapping[date, bool]

    def is_workday(self, day: date) -> bool:
        """Whether people work on a local day.

        In a year whose 调休 is not known these are Monday to Friday without statutory holidays.
        """
        if day in self.marked:
            return self.marked[day]
        year = announced(day.year)
        return day in year.makeup_days if is_weekend(day) else day not in year.holidays

    def is_known(self, year: int) -> bool:
        """Whether the year's 调休 is known: which of its weekend days are workdays."""
        return bool(announced(year).makeup_days) or any(
            is_workday and day.year == year and is_weekend(day)
            for day, is_workday in self.marked.items()
        )

    def is_round_day(self, plan: PlanRow, day: date) -> bool:
        """Whether the plan has a round on a local day."""
        if day < plan.starts_on or (plan.ends_on is not None and day > plan.ends_on):
            return False
        if plan.days == WORKDAYS:
            return self.is_workday(day)
        return str(day.isoweekday()) in plan.days

    def round_days(self, plan: PlanRow, after: date) -> Iterator[date]:
        """The plan's coming round days, until one is further off than the horizon."""
        last = max(after, plan.starts_on - timedelta(days=1))
        while (day := self._next_round_day(plan, last)) is not None:
            yield day
            last = day

    def _next_round_day(self, plan: PlanRow, after: date) -> date | None:
        days = (after + timedelta(days=offset) for offset in range(1, HORIZON_DAYS + 1))
        return next((day for day in days if self.is_round_day(plan, day)), None)

    def next_opening(self, plan: PlanRow, after: date) -> datetime | None:
        """When the plan's first round after a local day opens; None where there is none."""
        day = next(self.round_days(plan, after), None)
        return moment(day, plan.at, plan.timezone) if day is not None else None

    def upcoming(self, plan: PlanRow, now: datetime, has_round: bool) -> datetime | None:
        """When the plan's next round opens: today's too, unless the day has its round."""
        if plan.ended_at is not None:
            return None
        today = local_day(now, plan.timezone)
        opens_at = moment(today, plan.at, plan.timezone)
        if now < opens_at and not has_round and self.is_round_day(plan, today):
            return opens_at
        return self.next_opening(plan, today)

    def closing(self, plan: PlanRow, day: date, opens_at: datetime) -> datetime:
        """When a round of `day` that opens at `opens_at` is pushed to nobody any more.

        After the plan's hours, but never after the next round takes over, for a person has one
        current round of a plan. The last round, which nothing takes over, ends with its
        catch-up.
        """
        until = self.next_opening(plan, day) or self._catch_up(plan, day, opens_at)
        if plan.open_hours is None:
            return until
        return min(until, opens_at + timedelta(hours=plan.open_hours))

    def settling(self, plan: PlanRow, day: date, opens_at: datetime) -> datetime:
        """When a round of `day` stops taking answers: the end of the last catch-up workday,
        but never before it closes.
        """
        closes_at = self.closing(plan, day, opens_at)
        if not plan.catch_up_days:
            return closes_at
        return max(self._catch_up(plan, day, opens_at), closes_at)

    def _catch_up(self, plan: PlanRow, day: date, opens_at: datetime) -> datetime:
        """The end of the last catch-up workday; without catch-up that of the day itself."""
        last, left = day, plan.catch_up_days
        for offset in range(1, HORIZON_DAYS + 1):
            if not left:
                break
            if self.is_workday(day + timedelta(days=offset)):
                last, left = day + timedelta(days=offset), left - 1
        midnight = moment(last + timedelta(days=1), time(0), plan.timezone)
        return max(midnight, opens_at + SHORTEST)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.isoweekday() >= SATURDAY


def moment(day: date, at: time, timezone: str) -> datetime:
    """A local wall-clock time as UTC; one that clocks skip or repeat counts once (fold 0)."""
    return datetime.combine(day, at, ZoneInfo(timezone)).astimezone(UTC)


def local_day(now: datetime, timezone: str) -> date:
    """The local date of a moment."""
    return now.astimezone(ZoneInfo(timezone)).date()

"""Which days are workdays, and when a plan's rounds fall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from holidays import HolidayBase

    from storage.repositories.plans import PlanRow

WORKDAYS = "workdays"
HORIZON_DAYS = 60  # no break is longer; bounds every search for the next round


@cache
def statutory() -> HolidayBase:
    """China's holidays and 调休 weekends as announced by the State Council."""
    from holidays import country_holidays  # loaded on first use: it is large

    return country_holidays("CN")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Workdays; days an admin has marked come before what the library knows."""

    marked: Mapping[date, bool]

    def is_workday(self, day: date) -> bool:
        """Whether people work on a local day."""
        if day in self.marked:
            return self.marked[day]
        return bool(statutory().is_working_day(day))

    def is_round_day(self, plan: PlanRow, day: date) -> bool:
        """Whether the plan has a round on a local day."""
        if day < plan.starts_on:
            return False
        if plan.days == WORKDAYS:
            return self.is_workday(day)
        return str(day.isoweekday()) in plan.days

    def round_days(self, plan: PlanRow, after: date) -> Iterator[date]:
        """The plan's coming round days, as far as the horizon."""
        for offset in range(1, HORIZON_DAYS + 1):
            day = after + timedelta(days=offset)
            if self.is_round_day(plan, day):
                yield day

    def next_opening(self, plan: PlanRow, after: date) -> datetime:
        """When the plan's first round after a local day opens."""
        day = next(self.round_days(plan, after), after + timedelta(days=HORIZON_DAYS))
        return moment(day, plan.at, plan.timezone)

    def upcoming(self, plan: PlanRow, now: datetime, has_round: bool) -> datetime:
        """When the plan's next round opens: today's too, unless the day has its round."""
        today = local_day(now, plan.timezone)
        opens_at = moment(today, plan.at, plan.timezone)
        if now < opens_at and not has_round and self.is_round_day(plan, today):
            return opens_at
        return self.next_opening(plan, today)

    def catch_up_end(self, plan: PlanRow, day: date) -> datetime:
        """When a round of `day` stops taking answers: the end of the last catch-up workday,
        but never before the next round takes over.
        """
        last, left = day, plan.catch_up_days
        for offset in range(1, HORIZON_DAYS + 1):
            if not left:
                break
            if self.is_workday(day + timedelta(days=offset)):
                last, left = day + timedelta(days=offset), left - 1
        midnight = moment(last + timedelta(days=1), time(0), plan.timezone)
        closes_at = self.next_opening(plan, day)
        return max(midnight, closes_at) if plan.catch_up_days else closes_at


def moment(day: date, at: time, timezone: str) -> datetime:
    """A local wall-clock time as UTC; one that clocks skip or repeat counts once (fold 0)."""
    return datetime.combine(day, at, ZoneInfo(timezone)).astimezone(UTC)


def local_day(now: datetime, timezone: str) -> date:
    """The local date of a moment."""
    return now.astimezone(ZoneInfo(timezone)).date()

"""From when a change holds, and what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.plans.calendar import Calendar, local_day, moment
from bot.plans.errors import Refused
from bot.plans.opening import Planned, preview
from storage.repositories.plans import PlanRow
from storage.unit import Unit


def coming(unit: Unit, plan: PlanRow, *, now: datetime, count: int) -> list[Planned]:
    """The next rounds of a plan; of one that doesn't run, those it would have from now on."""
    if plan.ended_at is not None:
        return []
    if not plan.is_active:
        try:
            plan = started(unit, plan, now)
        except Refused:
            return []
    return preview(unit, plan, now=now, count=count)


def started(unit: Unit, plan: PlanRow, now: datetime) -> PlanRow:
    """The plan as it would be if it were started now; raises Refused where nothing is left."""
    after = replace(plan, is_active=True)
    return replace(after, **put_off(unit, plan, after, now))  # type: ignore[arg-type]


def put_off(unit: Unit, before: PlanRow, after: PlanRow, now: datetime) -> dict[str, object]:
    """What keeps a changed plan from opening today's round late: changes apply from the next
    round. Raises Refused where no round would be left.

    A round that was due before the change still opens; a time mended to one yet to come today
    brings today's round back.
    """
    today = local_day(now, after.timezone)
    if not after.is_active or unit.plans.find_round(after.id, today) is not None:
        return {}
    calendar = Calendar(unit.plans.read_calendar())
    tomorrow = today + timedelta(days=1)
    is_late = moment(today, after.at, after.timezone) <= now
    if is_late and calendar.is_round_day(after, today):
        if before.is_active and _was_due(calendar, before, now):
            return {}
        if after.ends_on is not None and after.ends_on < tomorrow:
            raise Refused("plans.too_late_today", at=f"{after.at:%H:%M}")
        return {"starts_on": tomorrow}
    is_mended = (after.at, after.timezone) != (before.at, before.timezone)
    if is_mended and not is_late and after.ends_on is None and after.starts_on == tomorrow:
        return {"starts_on": today}
    return {}


def _was_due(calendar: Calendar, plan: PlanRow, now: datetime) -> bool:
    today = local_day(now, plan.timezone)
    is_past = moment(today, plan.at, plan.timezone) <= now
    return is_past and calendar.is_round_day(plan, today)

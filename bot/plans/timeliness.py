"""When a push or a reminder is timely: for the house, and for each person's wishes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.plans.calendar import moment
from storage.repositories.deliveries import DueDelivery
from storage.repositories.plans import PlanRow, RoundRow
from storage.repositories.roll import Wish

# A push that comes this much too late, after an outage, is worse than none that day.
LATEST = time(21)
# Unless it was planned later still; then this late is bearable.
LATE_OPENING, LATE_REMINDER = timedelta(hours=1), timedelta(minutes=15)
# A push needs a while before its reminder.
BREATH = timedelta(minutes=30)


def opening_window(plan: PlanRow, day: date) -> tuple[datetime, datetime]:
    """From when, and until when at the latest, a round of a day opens."""
    return _window(plan, day, plan.at, LATE_OPENING)


def reminder_window(plan: PlanRow, round_: RoundRow) -> tuple[datetime, datetime] | None:
    """From when, and until when at the latest, a round's reminders are sent, if there are any."""
    if plan.remind_at is None:
        return None
    begins, ends = _window(plan, round_.day, plan.remind_at, LATE_REMINDER)
    return max(begins, round_.opens_at + BREATH), min(ends, round_.closes_at)


def _window(plan: PlanRow, day: date, at: time, slack: timedelta) -> tuple[datetime, datetime]:
    begins = moment(day, at, plan.timezone)
    return begins, max(moment(day, LATEST, plan.timezone), begins + slack)


def is_too_late(delivery: DueDelivery, now: datetime) -> bool:
    """Whether a push has lost its sense: its round is closed, or an outage made it night.

    What is due as late as that by a person's own wish is in time an hour on.
    """
    latest = max(moment(delivery.day, LATEST, delivery.timezone), delivery.opens_at + LATE_OPENING)
    if not delivery.attempts:
        latest = max(latest, delivery.due_at + LATE_OPENING)
    return now >= min(latest, delivery.closes_at)


def push_due(
    plan: PlanRow, day: date, opened_at: datetime, closes_at: datetime, wish: Wish
) -> datetime:
    """When people with a wish get a round: at the plan's time, or at one of their own where the
    plan leaves them the choice, after their quiet hours; but before it closes in any case.
    """
    due_at = opened_at
    if (
        wish.push_at is not None
        and plan.own_time_until is not None
        and plan.at <= wish.push_at <= plan.own_time_until
    ):
        own_at = moment(day, wish.push_at, plan.timezone)
        due_at = own_at if opened_at < own_at < closes_at else opened_at
    awake_at = after_quiet(due_at, wish, plan.timezone)
    return awake_at if awake_at < closes_at else due_at


def reminder_due(plan: PlanRow, ends_at: datetime, now: datetime, wish: Wish) -> datetime | None:
    """When people with a wish are reminded; None where their quiet hours leave no time for it."""
    awake_at = after_quiet(now, wish, plan.timezone)
    return awake_at if awake_at < ends_at else None


def after_quiet(at: datetime, wish: Wish, timezone: str) -> datetime:
    """The moment itself, or the end of the quiet hours it falls into."""
    begin, end = wish.quiet_from, wish.quiet_to
    if begin is None or end is None or begin == end:
        return at
    local = at.astimezone(ZoneInfo(timezone))
    day, clock = local.date(), local.time()
    is_overnight = begin > end
    is_quiet = clock >= begin or clock < end if is_overnight else begin <= clock < end
    if not is_quiet:
        return at
    if is_overnight and clock >= begin:
        day += timedelta(days=1)
    # Where clocks go back into the quiet hours, their end may have been already.
    return max(moment(day, end, timezone), at)

"""Use cases of reminders: one a round, on its day, to those who have not finished it."""

from __future__ import annotations

from datetime import datetime

from bot.plans.calendar import local_day
from bot.plans.timeliness import BREATH, reminder_due, reminder_window
from storage.repositories.plans import PlanRow, RoundRow
from storage.states import RoundId
from storage.unit import Unit


def due_reminders(unit: Unit, *, now: datetime) -> list[RoundId]:
    """Rounds of today whose reminders should be written but aren't."""
    return [
        round_.id
        for round_ in unit.plans.list_unreminded(now)
        if (plan := unit.plans.find(round_.plan_id)) is not None and _is_due(plan, round_, now)
    ]


def _is_due(plan: PlanRow, round_: RoundRow, now: datetime) -> bool:
    window = reminder_window(plan, round_)
    return (
        plan.is_active
        and plan.ended_at is None
        and window is not None
        and window[0] <= now < window[1]
        and round_.day == local_day(now, plan.timezone)
    )


def remind(unit: Unit, round_id: RoundId, *, now: datetime) -> bool:
    """Write a round's reminders, if they are still due and nobody has; whether it did.

    A push whose fate is unknown gets its reminder too: that is the net under it.
    """
    round_ = unit.plans.get_round(round_id)
    plan = unit.plans.find(round_.plan_id) if round_ is not None else None
    if round_ is None or plan is None or not _is_due(plan, round_, now):
        return False
    window = reminder_window(plan, round_)
    if window is None or not unit.plans.claim_reminder(round_id, now):
        return False
    wished = {wish: reminder_due(plan, window[1], now, wish) for wish in unit.roll.list_wishes()}
    unit.roll.remind(round_id, round_.day, now, now - BREATH, wished)
    return True

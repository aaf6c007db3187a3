"""Screens of the plan."""

from __future__ import annotations

from bot.callbacks import Tap, pack
from bot.plans.calendar import WORKDAYS
from bot.plans.service import MOST_QUESTIONS, PlanCard
from bot.plans.taps import AskTime, SetActive, SetCount, SetDays
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import moment_label, weekdays_label
from storage.repositories.plans import PlanRow
from storage.states import DeliveryState

MONDAY_TO_FRIDAY = "12345"


def card(result: PlanCard | None) -> Screen:
    """The plan with its buttons."""
    if result is None:
        return Screen(text("plans.none"))
    plan = result.plan
    said = text(
        "plans.card",
        name=plan.name,
        state=text("plans.active" if plan.is_active else "plans.paused"),
        days=_days(plan),
        at=f"{plan.at:%H:%M}",
        timezone=plan.timezone,
        count=plan.question_count,
        catch_up=plan.catch_up_days,
        questions=result.questions,
        rounds=result.questions // plan.question_count,
        next=moment_label(result.next_opening, plan.timezone),
        today=_today(result),
    )
    return Screen(said, _rows(plan))


def _days(plan: PlanRow) -> Markup:
    if plan.days == WORKDAYS:
        return text("plans.days_workdays")
    return text("plans.days_weekdays", days=weekdays_label(plan.days))


def _today(result: PlanCard) -> Markup:
    if result.today is None:
        return text("plans.no_round")
    sent = result.sent
    waiting = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)
    return text(
        "plans.round",
        sent=sent.get(DeliveryState.SENT, 0),
        waiting=sum(sent.get(state, 0) for state in waiting),
        failed=sent.get(DeliveryState.FAILED, 0),
        unknown=sent.get(DeliveryState.UNKNOWN, 0),
    )


def _rows(plan: PlanRow) -> tuple[tuple[Button, ...], ...]:
    counts = []
    if plan.question_count > 1:
        counts.append(_button("plans.button_fewer", SetCount(plan.id, plan.question_count - 1)))
    if plan.question_count < MOST_QUESTIONS:
        counts.append(_button("plans.button_more", SetCount(plan.id, plan.question_count + 1)))
    is_workdays = plan.days == WORKDAYS
    days = SetDays(plan.id, f"d{MONDAY_TO_FRIDAY}" if is_workdays else WORKDAYS)
    return (
        (
            _button("plans.button_time", AskTime(plan.id)),
            _button("plans.button_weekdays" if is_workdays else "plans.button_workdays", days),
        ),
        tuple(counts),
        (
            _button(
                "plans.button_pause" if plan.is_active else "plans.button_resume",
                SetActive(plan.id, int(not plan.is_active)),
            ),
        ),
    )


def ask_time(plan: PlanRow) -> Screen:
    """The request for a new time."""
    return Screen(text("plans.ask_time", timezone=plan.timezone))


def bad_time() -> Screen:
    """The time was not understood."""
    return Screen(text("plans.bad_time"))


def _button(key: str, tap: Tap) -> Button:
    return Button(label(key), pack(tap))

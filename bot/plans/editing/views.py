"""Screens of changing a plan: its four parts, and the requests for a reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from bot.callbacks import Tap
from bot.keyboards import Row, button
from bot.plans import views as plan_views
from bot.plans import wording
from bot.plans.calendar import WORKDAYS
from bot.plans.cards import PlanCard
from bot.plans.editing import choosing
from bot.plans.editing.fields import (
    EVERY_DAY,
    HOURS,
    MOST_CATCH_UP,
    MOST_QUESTIONS,
    NOON,
    ZONES,
    minute,
)
from bot.plans.editing.service import FEATURES, SECTION_OF, Choices, Section, mark
from bot.plans.editing.taps import Choose, ChooseQuota, Set, SetQuota
from bot.plans.service import DEFAULT_REMIND_AT
from bot.plans.taps import Ask, ShowPlan, ShowPreview, ShowSection
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import weekdays_label
from storage.states import Role


def section(result: Section) -> Screen:
    """A part of a plan with the buttons that change it."""
    if result.name == "card":
        return plan_views.card(result.card)
    plan = result.card.plan
    said, rows = _PARTS[result.name](result.card)
    head = text("plans_edit.head", name=plan.name, part=label(f"plans.button_{result.name}"))
    lines = [*wording.meanwhile(result.card.meanwhile, plan.timezone), head, "", *said, ""]
    lines.append(text("plans_edit.from_next"))
    last = (
        button("common.button_back", ShowPlan(plan.id)),
        button("plans.button_preview", ShowPreview(plan.id)),
    )
    return Screen("\n".join(lines), (*rows, last))


def changed(result: Section | Choices) -> Screen:
    """Where a change leads back to."""
    return choosing.choices(result) if isinstance(result, Choices) else section(result)


def ask(card: PlanCard, field: str) -> Screen:
    """The request for a typed value, with the way back."""
    plan = card.plan
    said = text(f"plans_ask.ask_{field}", name=plan.name, zone=wording.zone(plan.timezone))
    where = SECTION_OF[field]
    back: Tap = ShowPlan(plan.id) if where == "card" else ShowSection(plan.id, where)
    rows: list[Row] = []
    if field == "zone":
        zones = enumerate(ZONES)
        rows.append(
            tuple(
                _set(card, "zone", n, "plans_edit.choice", name=wording.zone(z)) for n, z in zones
            )
        )
    return Screen(said, (*rows, (button("plans_edit.button_leave", back),)))


def _when(card: PlanCard) -> tuple[list[Markup], list[Row]]:
    plan = card.plan
    at = text("plans_edit.at", at=f"{plan.at:%H:%M}", zone=wording.zone(plan.timezone))
    said = [at, text("plans_edit.days", days=wording.days(plan))]
    rows: list[Row] = [(_ask(card, "at"), _ask(card, "zone"))]
    if plan.ends_on is None or plan.ends_on != plan.starts_on:
        is_workdays, is_every = plan.days == WORKDAYS, plan.days == EVERY_DAY
        rows.append(
            (
                _radio(card, "workdays", 1, is_workdays, "plans_edit.choice_workdays"),
                _radio(card, "workdays", 0, is_every, "plans_edit.choice_every"),
            )
        )
        days = "" if is_workdays else plan.days
        ticks = [
            _tick(card, "day", int(day), day in days, weekdays_label(day)) for day in EVERY_DAY
        ]
        rows += [tuple(ticks[:4]), tuple(ticks[4:])]
    dates: Row = (_ask(card, "once"), _ask(card, "campaign"))
    if plan.ends_on is not None:
        dates += (_set(card, "dates", 0, "plans_edit.button_dates"),)
    return said, [*rows, dates]


def _what(card: PlanCard) -> tuple[list[Markup], list[Row]]:
    plan = card.plan
    free = plan.question_count - sum(quota.count for quota in plan.quotas)
    said = [
        text("plans_edit.count", count=plan.question_count, free=free),
        *(wording.stock(item) for item in card.stocks),
        text(
            "plans_edit.banks",
            banks=wording.banks(card),
            questions=card.questions,
        ),
        text("plans.enough", rounds=card.rounds),
    ]
    fewer, more = plan.question_count - 1, plan.question_count + 1
    steps: Row = ()
    if fewer >= max(1, plan.question_count - free):
        steps += (_set(card, "count", fewer, "plans_edit.button_fewer"),)
    if more <= MOST_QUESTIONS:
        steps += (_set(card, "count", more, "plans_edit.button_more"),)
    banks = button("plans_edit.button_banks", Choose(plan.id, "bank", 0), count=len(card.banks))
    lifts = [
        button(
            "plans_edit.button_lift",
            SetQuota(plan.id, card.seen, i.quota.feature, mark(i.quota.value), 0),
            name=wording.feature(i.quota.feature, i.label),
            count=i.quota.count,
        )
        for i in card.stocks
    ]
    adds: Row = ()
    if free > 0 and card.banks:
        adds = tuple(
            button(f"plans_edit.button_by_{feature}", ChooseQuota(plan.id, feature))
            for feature in FEATURES
        )
    rows = [(*steps, banks), *(tuple(lifts[i : i + 2]) for i in range(0, len(lifts), 2))]
    return said, [*rows, adds] if adds else rows


def _who(card: PlanCard) -> tuple[list[Markup], list[Row]]:
    chosen = card.plan.audience
    said = [
        text("plans_edit.audience", audience=wording.audience(card)),
        text("plans_edit.reached", reached=card.reached),
    ]
    if card.plan.audience.departments or chosen.roles or chosen.joined_since:
        said.append(text("plans_edit.all_parts"))
    departments = button(
        "plans_edit.button_departments",
        Choose(card.plan.id, "department", 0),
        count=len(chosen.departments),
    )
    everybody = _radio(card, "everybody", 1, chosen.is_everybody, "plans_edit.choice_everybody")
    roles = tuple(
        _tick(card, "role", place, role in chosen.roles, label(f"people.role_{role}"))
        for place, role in enumerate(Role)
    )
    joined: Row = (_ask(card, "joined"),)
    if chosen.joined_since is not None:
        joined += (_set(card, "joined", 0, "plans_edit.button_any_joined"),)
    return said, [(everybody, departments), roles, joined]


def _how(card: PlanCard) -> tuple[list[Markup], list[Row]]:
    plan = card.plan
    said = [
        text("plans_edit.opening", opening=wording.opening(plan)),
        text("plans_edit.catch_up", catch_up=wording.catch_up(plan)),
        text("plans_edit.reminder", reminder=wording.reminder(plan)),
        text("plans_edit.own", own=wording.own_time(plan)),
        text("plans_edit.polls", polls=text("plans.yes" if plan.has_polls else "plans.no")),
    ]
    less, more = plan.catch_up_days - 1, plan.catch_up_days + 1
    steps: Row = ()
    if less >= 0:
        steps += (_set(card, "catch_up", less, "plans_edit.button_less"),)
    if more <= MOST_CATCH_UP:
        steps += (_set(card, "catch_up", more, "plans_edit.button_longer"),)
    hours = tuple(
        _radio(card, "hours", h, plan.open_hours == h, "plans_edit.choice_hours", hours=h)
        for h in HOURS[:2]
    )
    until_next = _radio(card, "hours", 0, plan.open_hours is None, "plans_edit.choice_until_next")
    polls = "plans_edit.button_no_polls" if plan.has_polls else "plans_edit.button_polls"
    return said, [
        (until_next, *hours, _ask(card, "hours")),
        steps,
        _times(card, "remind", plan.remind_at, DEFAULT_REMIND_AT),
        _times(card, "own", plan.own_time_until, NOON),
        (_set(card, "polls", int(not plan.has_polls), polls),),
    ]


def _times(card: PlanCard, field: str, now: time | None, usual: time) -> Row:
    """None, the usual time, and another to be typed."""
    none = _radio(card, field, 0, now is None, f"plans_edit.choice_no_{field}")
    at = f"{usual:%H:%M}"
    offered = _radio(card, field, minute(usual), now == usual, f"plans_edit.choice_{field}", at=at)
    return (none, offered, _ask(card, field))


def _ask(card: PlanCard, field: str) -> Button:
    return button(f"plans_edit.button_{field}", Ask(card.plan.id, card.seen, field))


def _set(card: PlanCard, field: str, value: int, key: str, **values: object) -> Button:
    return button(key, Set(card.plan.id, card.seen, field, value), **values)


def _radio(
    card: PlanCard, field: str, value: int, is_on: bool, key: str, **values: object
) -> Button:
    chosen = "plans_edit.chosen" if is_on else "plans_edit.choice"
    return _set(card, field, value, chosen, name=label(key, **values))


def _tick(card: PlanCard, field: str, value: int, is_on: bool, name: str) -> Button:
    act = "off" if is_on else "on"
    key = "plans_edit.ticked" if is_on else "plans_edit.unticked"
    return _set(card, f"{field}_{act}", value, key, name=name)


_PARTS: dict[str, Callable[[PlanCard], tuple[list[Markup], list[Row]]]] = {
    "when": _when,
    "what": _what,
    "who": _who,
    "how": _how,
}

"""Screens of plans as a whole: the list, the card, the end."""

from __future__ import annotations

from datetime import datetime

from bot.keyboards import Row, button, pager
from bot.plans import wording
from bot.plans.cards import PlanCard, PlanState
from bot.plans.changes import waiting
from bot.plans.rounds.taps import ShowRounds
from bot.plans.service import Act, Line, Listing
from bot.plans.taps import (
    Ask,
    AskEnd,
    AskName,
    CopyPlan,
    Move,
    ShowPlan,
    ShowPlans,
    ShowPreview,
    ShowSection,
    Try,
)
from bot.screen import Screen
from bot.texts import Markup, label, text
from bot.texts.dates import moment_label
from storage.states import DeliveryState


def listing(result: Listing) -> Screen:
    """The plans with their states and next openings, each a button."""
    lines: list[str] = [
        text("plans.list_over" if result.is_over else "plans.list", count=result.total)
    ]
    if not result.total:
        none = "plans.none" if result.has_banks else "plans.none_without_banks"
        lines.append(text("plans.none_over" if result.is_over else none))
    lines += [_line(line) for line in result.lines]
    over = int(result.is_over)
    opens = [
        button("plans.button_open", ShowPlan(i.plan.id), name=i.plan.name) for i in result.lines
    ]
    rows: list[Row] = [tuple(opens[i : i + 2]) for i in range(0, len(opens), 2)]
    rows += pager(result.page, result.pages, lambda page: ShowPlans(page, over))
    last: Row = ()
    if result.is_over:
        last = (button("common.button_back", ShowPlans(0, 0)),)
    else:
        last = (button("plans.button_new", AskName()),)
        if result.others:
            last += (button("plans.button_over", ShowPlans(0, 1), count=result.others),)
    return Screen("\n".join(lines), (*rows, last))


def _line(line: Line) -> Markup:
    plan = line.plan
    return text(
        "plans.line",
        name=plan.name,
        state=text(f"plans.state_{line.state}"),
        days=wording.days(plan),
        at=f"{plan.at:%H:%M}",
        count=plan.question_count,
        reached=line.reached,
        next=_next(line.state, line.next_opening, plan.timezone),
    )


def _next(state: PlanState, opening: datetime | None, timezone: str) -> Markup:
    if state in (PlanState.OVER, PlanState.ENDED):
        return text("plans.next_none")
    if opening is None:
        return text("plans.next_missing")
    key = "plans.next" if state is PlanState.RUNNING else "plans.next_if"
    return text(key, moment=moment_label(opening, timezone))


def card(result: PlanCard) -> Screen:
    """The plan with its buttons."""
    plan = result.plan
    lines: list[str] = [
        *wording.meanwhile(result.meanwhile, plan.timezone),
        text("plans.card_head", name=plan.name, state=text(f"plans.state_{result.state}")),
        text(
            "plans.card_when",
            days=wording.days(plan),
            at=f"{plan.at:%H:%M}",
            zone=wording.zone(plan.timezone),
        ),
        text("plans.card_what", count=plan.question_count, quotas=_quotas(result)),
        text("plans.card_banks", banks=wording.banks(result), questions=result.questions),
        *_enough(result),
        text("plans.card_who", audience=wording.audience(result), reached=result.reached),
        text("plans.card_open", opening=wording.opening(plan), catch_up=wording.catch_up(plan)),
        text("plans.card_remind", reminder=wording.reminder(plan), own=wording.own_time(plan)),
        text("plans.card_polls", polls=text("plans.yes" if plan.has_polls else "plans.no")),
        "",
        _next(result.state, result.next_opening, plan.timezone),
        *_today(result),
        *_ownership(result),
    ]
    return Screen("\n".join(lines), _rows(result))


def _quotas(result: PlanCard) -> str:
    parts = [
        label(
            "plans.quota",
            name=wording.feature(item.quota.feature, item.label),
            count=item.quota.count,
        )
        for item in result.stocks
    ]
    return label("plans.quotas", parts="、".join(parts)) if parts else ""


def _enough(result: PlanCard) -> list[str]:
    """For how many rounds the questions suffice, and which quotas can't be filled."""
    lines: list[str] = []
    if result.questions:
        lines.append(text("plans.enough", rounds=result.rounds))
    short = [item for item in result.stocks if item.is_short]
    return lines + [wording.stock(item) for item in short]


def _today(result: PlanCard) -> list[str]:
    """How today's round stands; of what happened to nobody only the sent are told."""
    if result.today is None:
        return []
    sent = result.sent
    counts = {
        "sent": sent.get(DeliveryState.SENT, 0),
        "waiting": waiting(sent),
        "failed": sent.get(DeliveryState.FAILED, 0),
        "unknown": sent.get(DeliveryState.UNKNOWN, 0),
        "skipped": sent.get(DeliveryState.SKIPPED, 0),
    }
    told = [
        label(f"plans.today_{state}", count=count)
        for state, count in counts.items()
        if count or state == "sent"
    ]
    return [text("plans.today", parts="，".join(told))]


def _ownership(result: PlanCard) -> list[str]:
    lines: list[str] = []
    if result.owner is not None:
        lines.append(text("plans.owner", owner=result.owner))
    if not result.may_change and result.state is not PlanState.ENDED:
        lines.append(text("plans.look_only"))
    return lines


def _rows(result: PlanCard) -> tuple[Row, ...]:
    plan = result.plan
    copied = button("plans.button_copy", CopyPlan(plan.id))
    rounds = button("rounds.button_of_plan", ShowRounds(plan.id))
    back = button("plans.button_all", ShowPlans(0, 0))
    looks: Row = (
        button("plans.button_preview", ShowPreview(plan.id)),
        button("plans.button_try", Try(plan.id)),
    )
    if result.state is PlanState.ENDED:
        return ((rounds, copied, back),)
    if not result.may_change:
        return (looks, (rounds, copied, back))
    act, name = (Act.PAUSE, "pause") if plan.is_active else (Act.START, "resume")
    if result.state is PlanState.DRAFT:
        name = "start"
    moving = button(f"plans.button_{name}", Move(plan.id, result.seen, act))
    return (
        (moving, *looks) if result.state is PlanState.DRAFT else (*looks, moving),
        (
            button("plans.button_when", ShowSection(plan.id, "when")),
            button("plans.button_what", ShowSection(plan.id, "what")),
        ),
        (
            button("plans.button_who", ShowSection(plan.id, "who")),
            button("plans.button_how", ShowSection(plan.id, "how")),
        ),
        (
            button("plans.button_rename", Ask(plan.id, result.seen, "name")),
            copied,
            button("plans.button_end", AskEnd(plan.id)),
        ),
        (rounds, back),
    )


def ask_end(result: PlanCard) -> Screen:
    """Shall it really end?"""
    plan = result.plan
    return Screen(
        text("plans.ask_end", name=plan.name),
        (
            (
                button("plans.button_end_now", Move(plan.id, result.seen, Act.END)),
                button("common.button_back", ShowPlan(plan.id)),
            ),
        ),
    )

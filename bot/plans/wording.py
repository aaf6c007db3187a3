"""A plan's parts in words, as every screen of it says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.plans.calendar import WORKDAYS
from bot.plans.cards import Meanwhile, PlanCard, Stock
from bot.plans.editing.fields import EVERY_DAY
from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label, weekdays_label
from questions.models import FactKind
from storage.repositories.plans import PlanRow

MOST_NAMES = 4  # of departments or banks spelt out; the rest is counted


def days(plan: PlanRow) -> str:
    """Which days, within which dates; one string for texts and lists."""
    if plan.ends_on is not None and plan.ends_on == plan.starts_on:
        return label("plans.once", day=dated(plan.starts_on))
    if plan.days == WORKDAYS:
        said = label("plans.days_workdays")
    elif plan.days == EVERY_DAY:
        said = label("plans.days_every")
    else:
        said = label("plans.days_weekdays", days=weekdays_label(plan.days))
    if plan.ends_on is None:
        return said
    is_one_year = plan.ends_on.year == plan.starts_on.year
    last = day_label(plan.ends_on) if is_one_year else dated(plan.ends_on)
    return label("plans.campaign", first=dated(plan.starts_on), last=last, days=said)


def dated(day: date) -> str:
    """A date of a plan, with its year."""
    return label("plans.dated", year=day.year, day=day_label(day))


def zone(timezone: str) -> str:
    """A time zone by the name people use for it."""
    known = {"Asia/Shanghai": "plans.zone_shanghai", "Asia/Urumqi": "plans.zone_urumqi"}
    return label(known[timezone]) if timezone in known else timezone


def some(names: Sequence[str]) -> str:
    """The first names, and how many there are."""
    said = "、".join(names[:MOST_NAMES])
    if len(names) <= MOST_NAMES:
        return said
    return label("plans.and_more", names=said, count=len(names))


def banks(card: PlanCard) -> str:
    """Which banks the plan draws from."""
    names = [bank.name for bank in card.banks]
    if not names:
        return label("plans.no_bank")
    if card.has_all_banks and card.plan.ends_on is None:
        return label("plans.all_banks", names=some(names))
    return some(names)


def audience(card: PlanCard) -> str:
    """Whom the plan is for."""
    chosen = card.plan.audience
    if chosen.is_everybody:
        return label("plans.everybody")
    parts = []
    if card.departments:
        parts.append(some([row.name for row in card.departments]))
    if chosen.roles:
        parts.append("、".join(label(f"people.role_{role}") for role in chosen.roles))
    if chosen.joined_since is not None:
        parts.append(label("plans.joined_since", day=chosen.joined_since.isoformat()))
    return " · ".join(parts)


def feature(name: str, value: str) -> str:
    """A value of a quota: 条文, 标签“执法”, 题库“某题库”."""
    if name == "fact":
        known = value in tuple(FactKind)
        return label(f"plans.fact_{value}") if known else value
    return label(f"plans.feature_{name}", value=value)


def stock(item: Stock) -> Markup:
    """A quota, and how far the banks go for it."""
    quota = item.quota
    key = "plans.stock_short" if item.is_short else "plans.stock"
    return text(
        key,
        name=feature(quota.feature, item.label),
        count=quota.count,
        available=item.available,
        rounds=item.available // quota.count,
    )


def opening(plan: PlanRow) -> str:
    """How long a round is open."""
    if plan.open_hours is None:
        return label("plans.open_until_next")
    return label("plans.open_hours", hours=plan.open_hours)


def catch_up(plan: PlanRow) -> str:
    """How long full points can be caught up."""
    if not plan.catch_up_days:
        return label("plans.no_catch_up")
    return label("plans.catch_up", days=plan.catch_up_days)


def reminder(plan: PlanRow) -> str:
    """When people are reminded."""
    if plan.remind_at is None:
        return label("plans.no_reminder")
    return label("plans.reminder", at=f"{plan.remind_at:%H:%M}")


def own_time(plan: PlanRow) -> str:
    """Whether people may choose their time."""
    if plan.own_time_until is None:
        return label("plans.no_own_time")
    return label("plans.own_time", first=f"{plan.at:%H:%M}", last=f"{plan.own_time_until:%H:%M}")


def meanwhile(found: Meanwhile | None, timezone: str) -> list[str]:
    """The notice that others changed the plan, before the screen as it now is."""
    if found is None:
        return []
    who = found.who or label("plans.somebody")
    return [text("plans.meanwhile", who=who, at=moment_label(found.at, timezone)), ""]

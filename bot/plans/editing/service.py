"""Use cases of changing a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zlib import crc32

from bot.errors import StaleTap
from bot.plans.calendar import local_day
from bot.plans.cards import PlanCard, card_of, hold
from bot.plans.changes import Wanted, change
from bot.plans.editing.fields import FIELDS
from bot.plans.editing.replies import REPLIES
from bot.plans.service import REPLY, stop_typing
from questions.selection import Quota
from storage.repositories.banks import BankRow
from storage.repositories.people import DepartmentRow
from storage.repositories.plans import PlanRow
from storage.unit import Unit

SECTIONS: Final = ("when", "what", "who", "how")
FEATURES: Final = ("tag", "fact", "bank")
# Where a field is changed, for the screen after its change; the name stands on the card itself.
SECTION_OF: Final[Mapping[str, str]] = {
    **dict.fromkeys(("at", "zone", "workdays", "day_on", "day_off"), "when"),
    **dict.fromkeys(("dates", "once", "campaign"), "when"),
    **dict.fromkeys(("count", "bank_on", "bank_off"), "what"),
    **dict.fromkeys(("everybody", "joined", "role_on", "role_off"), "who"),
    **dict.fromkeys(("department_on", "department_off"), "who"),
    **dict.fromkeys(("hours", "catch_up", "remind", "own", "polls"), "how"),
    "name": "card",
}
FACET_OF: Final = {
    "bank_on": "bank",
    "bank_off": "bank",
    "department_on": "department",
    "department_off": "department",
}
A_PAGE: Final = 8
MOST_VALUES: Final = 18


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a plan, as it now is."""

    name: str
    card: PlanCard


@dataclass(frozen=True, slots=True)
class Choices:
    """A page of the banks or departments, with what the plan has chosen of them."""

    card: PlanCard
    facet: str
    rows: tuple[BankRow | DepartmentRow, ...]
    chosen: frozenset[int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class QuotaValues:
    """What a quota can be of: marks, values as they read, how many questions; most first."""

    card: PlanCard
    feature: str
    values: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """How many questions of a round may be of a value."""

    card: PlanCard
    feature: str
    value: int
    name: str
    available: int
    most: int


def show_section(
    unit: Unit, chat_id: int, plan_id: int, section: str, *, now: datetime
) -> Section:
    """A part of a plan; whoever looks at it is no longer typing."""
    if section not in SECTIONS:
        raise StaleTap
    person, plan = hold(unit, chat_id, plan_id)
    stop_typing(unit, chat_id)
    return Section(section, card_of(unit, person, plan, now))


def set_field(
    unit: Unit, chat_id: int, plan_id: int, seen: int, field: str, value: int, *, now: datetime
) -> Section | Choices:
    """Give a field the tapped value; back on the list of banks or departments where it came
    from there.
    """
    make = FIELDS.get(field)
    if make is None:
        raise StaleTap
    card = change(unit, chat_id, plan_id, seen, lambda u, p: make(u, p, value, now), now=now)
    stop_typing(unit, chat_id)
    if field in FACET_OF:
        return _choices(unit, card, FACET_OF[field], None, value)
    return Section(SECTION_OF[field], card)


def ask(
    unit: Unit, chat_id: int, plan_id: int, seen: int, field: str, *, now: datetime
) -> PlanCard:
    """Wait for a field's new value as the chat's next message."""
    if field not in REPLIES:
        raise StaleTap
    person, plan = hold(unit, chat_id, plan_id)
    unit.prompts.put(chat_id, REPLY, {"plan_id": plan.id, "seen": seen, "field": field}, now)
    return card_of(unit, person, plan, now)


def reply(
    unit: Unit,
    chat_id: int,
    payload: Mapping[str, object],
    said: str,
    update_id: int,
    *,
    now: datetime,
) -> Section:
    """Give a field the typed value; raises Refused, and goes on waiting, where it can't be."""
    plan_id, seen = int(str(payload["plan_id"])), int(str(payload["seen"]))
    field = str(payload["field"])
    make = REPLIES.get(field)
    if make is None:
        raise StaleTap
    if unit.house.is_first(update_id, now):
        card = change(unit, chat_id, plan_id, seen, lambda u, p: make(u, p, said, now), now=now)
        unit.prompts.drop(chat_id, REPLY)
    else:
        person, plan = hold(unit, chat_id, plan_id)
        card = card_of(unit, person, plan, now)
    return Section(SECTION_OF[field], card)


def choose(
    unit: Unit, chat_id: int, plan_id: int, facet: str, page: int, *, now: datetime
) -> Choices:
    """A page of the banks or departments to choose from."""
    if facet not in FACET_OF.values():
        raise StaleTap
    person, plan = hold(unit, chat_id, plan_id)
    return _choices(unit, card_of(unit, person, plan, now), facet, page, 0)


def _choices(unit: Unit, card: PlanCard, facet: str, page: int | None, shown: int) -> Choices:
    """The page asked for, or the one that has the row `shown`."""
    linked = frozenset(unit.plans.list_banks(card.plan.id))
    rows: list[BankRow | DepartmentRow]
    if facet == "bank":
        every = unit.banks.list_all()
        rows = [row for row in every if row.retired_at is None or row.id in linked]
        chosen = frozenset(int(bank) for bank in linked)
    else:
        rows = list(unit.people.list_departments())
        chosen = frozenset(int(one) for one in card.plan.audience.departments)
    if page is None:
        place = next((n for n, row in enumerate(rows) if row.id == shown), 0)
        page = place // A_PAGE
    pages = max(1, -(-len(rows) // A_PAGE))
    page = min(page, pages - 1)
    return Choices(
        card, facet, tuple(rows[page * A_PAGE : (page + 1) * A_PAGE]), chosen, page, pages
    )


def quota_values(
    unit: Unit, chat_id: int, plan_id: int, feature: str, *, now: datetime
) -> QuotaValues:
    """What a quota of a feature can be of."""
    person, plan = hold(unit, chat_id, plan_id)
    card = card_of(unit, person, plan, now)
    values = _values_of(unit, plan, feature, now)[:MOST_VALUES]
    names = {str(bank.id): bank.name for bank in card.banks}
    return QuotaValues(
        card,
        feature,
        tuple((mark(value), _name(feature, value, names), count) for value, count in values),
    )


def shares(
    unit: Unit, chat_id: int, plan_id: int, feature: str, value: int, *, now: datetime
) -> Shares:
    """How many questions of a value a round may be given."""
    person, plan = hold(unit, chat_id, plan_id)
    found, count = _value(unit, plan, feature, value, now)
    taken = sum(q.count for q in plan.quotas if (q.feature, q.value) != (feature, found))
    card = card_of(unit, person, plan, now)
    names = {str(bank.id): bank.name for bank in card.banks}
    most = min(plan.question_count - taken, count)
    return Shares(card, feature, value, _name(feature, found, names), count, most)


def set_quota(
    unit: Unit,
    chat_id: int,
    plan_id: int,
    seen: int,
    feature: str,
    value: int,
    count: int,
    *,
    now: datetime,
) -> Section:
    """Have `count` questions of a value in each round; 0 lifts the quota."""

    def make(unit: Unit, plan: PlanRow) -> Wanted:
        kept = [q for q in plan.quotas if (q.feature, mark(q.value)) != (feature, value)]
        if not count:
            return Wanted({"quotas": tuple(kept)})
        found, _ = _value(unit, plan, feature, value, now)
        wanted = Quota(feature, found, count)
        places = [n for n, q in enumerate(plan.quotas) if (q.feature, q.value) == (feature, found)]
        kept.insert(places[0] if places else len(kept), wanted)
        return Wanted({"quotas": tuple(kept)})

    return Section("what", change(unit, chat_id, plan_id, seen, make, now=now))


def mark(value: str) -> int:
    """A value of a quota as buttons carry it."""
    return crc32(value.encode()) & 0x7FFFFFFF


def _values_of(unit: Unit, plan: PlanRow, feature: str, now: datetime) -> list[tuple[str, int]]:
    if feature not in FEATURES:
        raise StaleTap
    today = local_day(now, plan.timezone)
    counted = unit.banks.count_by_feature(plan.id, today, feature)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _value(unit: Unit, plan: PlanRow, feature: str, value: int, now: datetime) -> tuple[str, int]:
    """The value behind a mark, and how many questions have it; raises StaleTap."""
    for found, count in _values_of(unit, plan, feature, now):
        if mark(found) == value:
            return found, count
    raise StaleTap


def _name(feature: str, value: str, names: Mapping[str, str]) -> str:
    return names.get(value, value) if feature == "bank" else value

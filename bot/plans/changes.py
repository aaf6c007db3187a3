"""One way to change a plan: with the right, against the state shown, from the next round on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import date, datetime, time

from bot.plans.cards import (
    Meanwhile,
    PlanCard,
    card_of,
    find_plan,
    hold,
    is_within,
    subject_of,
)
from bot.plans.errors import Refused
from bot.plans.timing import put_off
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.states import BankId, DeliveryState
from storage.unit import Unit

# Rows of the audit looked through for what others did since a screen was shown.
LOOK_BACK = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan shall be: values of PlanRow, and its banks where they change."""

    values: Mapping[str, object] = field(default_factory=dict)
    banks: frozenset[BankId] | None = None


Maker = Callable[[Unit, PlanRow], Wanted]


def change(
    unit: Unit, chat_id: int, plan_id: int, seen: int, make: Maker, *, now: datetime
) -> PlanCard:
    """Change a plan as `make` says; nothing happens where it is so already, or where somebody
    else changed it after the state `seen`, which the card then tells.
    """
    person, plan = hold(unit, chat_id, plan_id)
    wanted = make(unit, plan)
    values = {k: v for k, v in wanted.values.items() if getattr(plan, k) != v}
    banks = frozenset(unit.plans.list_banks(plan.id))
    after_banks = banks if wanted.banks is None else wanted.banks
    if not values and banks == after_banks:
        return card_of(unit, person, plan, now)
    meanwhile = changed_by_others(unit, person, plan, seen)
    if meanwhile is not None:
        return card_of(unit, person, plan, now, meanwhile)
    after = replace(plan, **values)  # type: ignore[arg-type]
    _check(unit, person, plan, after, after_banks)
    values |= put_off(unit, plan, after, now)
    _write(unit, plan, values, banks, after_banks)
    detail = {name: _told(getattr(plan, name), value) for name, value in values.items()}
    if banks != after_banks:
        detail["banks"] = _told(tuple(sorted(banks)), tuple(sorted(after_banks)))
    unit.house.record(person.id, "plan.change", subject_of(plan), detail, now)
    return card_of(unit, person, find_plan(unit, plan.id), now)


def changed_by_others(unit: Unit, person: PersonRow, plan: PlanRow, seen: int) -> Meanwhile | None:
    """The latest that anybody else did to the plan after the state `seen`; what the bot itself
    does (a new bank, the house's zone) undoes nobody's change.
    """
    rows = unit.house.list_audit(limit=LOOK_BACK, subjects=(subject_of(plan),), actions=("plan.",))
    for row in rows:
        if row.id > seen and row.actor_id not in (None, person.id):
            return Meanwhile(row.actor, row.at)
    return None


def _write(
    unit: Unit,
    plan: PlanRow,
    values: Mapping[str, object],
    banks: frozenset[BankId],
    after: frozenset[BankId],
) -> None:
    if values:
        unit.plans.change(plan.id, **values)
    for bank in sorted(after - banks):
        unit.plans.link_bank(plan.id, bank)
    for bank in sorted(banks - after):
        unit.plans.unlink_bank(plan.id, bank)


def _check(
    unit: Unit, person: PersonRow, plan: PlanRow, after: PlanRow, banks: frozenset[BankId]
) -> None:
    """Refuse what can't work, naming the remedy."""
    taken = sum(quota.count for quota in after.quotas)
    if taken > after.question_count:
        raise Refused("plans.too_many_quotas", taken=taken, count=after.question_count)
    if after.is_active and not banks:
        raise Refused("plans.needs_bank")
    if after.remind_at is not None and after.remind_at <= (after.own_time_until or after.at):
        latest = after.own_time_until or after.at
        raise Refused(
            "plans.reminds_early", remind=f"{after.remind_at:%H:%M}", latest=f"{latest:%H:%M}"
        )
    if after.own_time_until is not None and after.own_time_until <= after.at:
        raise Refused(
            "plans.own_time_early", until=f"{after.own_time_until:%H:%M}", at=f"{after.at:%H:%M}"
        )
    is_owner = plan.owner_id == person.id
    if not is_owner and not is_within(unit, person, after.audience.departments):
        raise Refused("plans.beyond_scope")


def waiting(sent: Mapping[DeliveryState, int]) -> int:
    """How many deliveries are still on their way."""
    states = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)
    return sum(sent.get(state, 0) for state in states)


def _told(before: object, after: object) -> dict[str, object]:
    return {"from": _plain(before), "to": _plain(after)}


def _plain(value: object) -> object:
    """A value as the audit keeps it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(part) for name, part in asdict(value).items()}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return value

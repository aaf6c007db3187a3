"""Use cases of groups: bind them, ask them, count their votes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.daily import service as daily
from bot.errors import NotAllowed, StaleTap
from bot.groups.errors import NotYours
from bot.groups.quiz import fits
from bot.guards import may, require
from bot.scope import scope_of
from storage.repositories.people import DepartmentRow, PersonRow
from storage.repositories.polls import TOO_LONG
from storage.states import PersonId, Role, RoundId
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Choice:
    """The departments somebody may bind a group to, and the one it is bound to now."""

    asker_id: PersonId
    departments: tuple[DepartmentRow, ...]
    bound_to: str | None


@dataclass(frozen=True, slots=True)
class Bound:
    """The group is the department's."""

    department: str


@dataclass(frozen=True, slots=True)
class Unbound:
    """Nothing is sent to the group any more; None: nothing was."""

    department: str | None


class Vote(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    IGNORED = "ignored"
    EARLY = "early"  # its poll may be on its way this moment


def choose(unit: Unit, user_id: int, group_chat: int, asker_id: int | None = None) -> Choice:
    """Where a group could belong; raises NotYours where someone else asked."""
    person = require(unit, user_id, Role.TRAINER)
    if asker_id is not None and asker_id != person.id:
        raise NotYours
    seen = scope_of(unit, person).departments
    departments = [row for row in unit.people.list_departments() if seen is None or row.id in seen]
    departments.sort(key=lambda row: row.id != person.department_id)
    group = unit.groups.find(group_chat)
    bound_to = group.department if group is not None and group.is_active else None
    return Choice(person.id, tuple(departments), bound_to)


def welcome(unit: Unit, user_id: int, group_chat: int) -> Choice | None:
    """The same for whoever has just added the bot; None where they may not bind the group, or it
    is bound already.
    """
    person, group = unit.people.find_by_chat(user_id), unit.groups.find(group_chat)
    is_bound = group is not None and group.is_active
    if person is None or is_bound or not may(person, Role.TRAINER):
        return None
    return choose(unit, user_id, group_chat)


def bind(
    unit: Unit,
    user_id: int,
    group_chat: int,
    title: str,
    department_id: int,
    asker_id: int,
    *,
    now: datetime,
) -> Bound:
    """Make the group a department's; doing it twice changes nothing."""
    person = require(unit, user_id, Role.TRAINER)
    if asker_id != person.id:
        raise NotYours
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    group = unit.groups.find(group_chat)
    _require_scope(unit, person, department.id)
    if group is not None and group.is_active:
        if group.department_id == department.id:
            return Bound(department.name)
        _require_scope(unit, person, group.department_id)
    unit.groups.bind(group_chat, title, department.id, person.id, now)
    detail: dict[str, object] = {"department": department.id}
    unit.house.record(person.id, "group_bound", f"group:{group_chat}", detail, now)
    return Bound(department.name)


def unbind(unit: Unit, user_id: int, group_chat: int, *, now: datetime) -> Unbound:
    """Send the group nothing more."""
    person = require(unit, user_id, Role.TRAINER)
    group = unit.groups.find(group_chat)
    if group is None or not group.is_active:
        return Unbound(None)
    _require_scope(unit, person, group.department_id)
    end(unit, group_chat, "unbound")
    unit.house.record(person.id, "group_unbound", f"group:{group_chat}", {}, now)
    return Unbound(group.department)


def _require_scope(unit: Unit, person: PersonRow, department_id: int) -> None:
    seen = scope_of(unit, person).departments
    if seen is not None and department_id not in seen:
        raise NotAllowed


def end(unit: Unit, group_chat: int, reason: str) -> None:
    """The group takes nothing any more: unbound, or the bot was sent away."""
    unit.groups.leave(group_chat)
    unit.polls.cancel_for(group_chat, reason)


def move(unit: Unit, old_id: int, new_id: int) -> None:
    """The group has become a supergroup, under another id."""
    unit.groups.move(old_id, new_id)


def add_polls(unit: Unit, round_id: RoundId, *, now: datetime) -> int:
    """Write one poll for every active group on the round's roll; how many are new.

    None for a plan without polls. Where no question of the round fits into a poll, the row says
    so and nothing is sent.
    """
    round_ = unit.plans.get_round(round_id)
    plan = unit.plans.find(round_.plan_id) if round_ is not None else None
    if plan is None or not plan.has_polls:
        return 0
    versions = unit.plans.list_round_versions(round_id)
    asked = unit.banks.list_versions(versions)
    fitting = [at for at, version in enumerate(versions) if fits(asked[version])]
    position = fitting[0] if fitting else 0
    added = 0
    for group in unit.groups.list_on_roll(round_id):
        rng = random.Random(f"{round_id}:group:{group.id}")  # noqa: S311  (an order, no secret)
        order = daily.shown_order(asked[versions[position]], rng)
        reason = None if fitting else TOO_LONG
        is_new = unit.polls.add(
            round_id, group.id, position, versions[position], order, now, reason=reason
        )
        added += is_new and reason is None
    return added


def vote(
    unit: Unit, user_id: int, telegram_id: str, places: Sequence[int], *, now: datetime
) -> Vote:
    """Count somebody's vote as their answer; only the first attempt counts, wherever it was made.

    A stranger's vote, one taken back, and one that comes too late change nothing.
    """
    poll = unit.polls.find_sent(telegram_id)
    if poll is None:
        return Vote.EARLY if unit.polls.is_any_leaving() else Vote.IGNORED
    person = unit.people.find_by_chat(user_id)
    is_member = person is not None and person.is_active
    if person is None or not is_member or not unit.polls.is_concerned(poll.round_id, person.id):
        return Vote.IGNORED
    if not places or not all(0 <= place < len(poll.option_order) for place in places):
        return Vote.IGNORED
    chosen = tuple(sorted({poll.option_order[place] for place in places}))
    is_counted = daily.vote(
        unit, person.id, poll.round_id, poll.version_id, poll.position, chosen, now=now
    )
    return Vote.COUNTED if is_counted else Vote.IGNORED

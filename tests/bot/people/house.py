"""A house with two departments and one admin, and the short ways into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from bot.people.invites import service as invites
from bot.people.joining import service as joining
from bot.people.joining.service import ConfirmName, Welcome
from bot.people.joining.state import Door
from storage.repositories.people import PersonRow
from storage.states import DepartmentId, PersonId, Role
from storage.tables import audit
from storage.unit import Unit

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ADMIN, STAFF, TRAINER, STRANGER, OTHER = 1003, 1001, 1002, 1999, 1998
SHUT = Door()
OPEN = Door(is_open=True)
LISTED = Door(admins=(STRANGER,))

update_ids = count(1000)


@dataclass(frozen=True)
class House:
    """What `furnish` made."""

    law: DepartmentId
    water: DepartmentId
    admin: PersonId
    staff: PersonId


def furnish(unit: Unit) -> House:
    """法规处 with an admin and a member of staff, and 水处 with nobody."""
    law = unit.people.add_department("法规处", NOW)
    water = unit.people.add_department("水<处>&", NOW)
    admin = unit.people.add(ADMIN, "小程", law, Role.ADMIN, NOW)
    staff = unit.people.add(STAFF, "<3", law, Role.STAFF, NOW)
    return House(law, water, admin, staff)


def make_invite(
    unit: Unit, code: str, department: int, reach: str = "one", now: datetime = NOW
) -> int:
    """An invite with a known code; its id."""
    made = invites.make(unit, ADMIN, department, reach, code, update_id=next(update_ids), now=now)
    assert made is not None
    return made.id


def say_name(unit: Unit, chat_id: int, name: str, now: datetime = NOW) -> int:
    """Type a name; what the yes to it has to carry."""
    step = joining.give_name(unit, chat_id, name, update_id=next(update_ids), now=now)
    assert isinstance(step, ConfirmName)
    return step.asked


def come_in(
    unit: Unit, chat_id: int, code: str | None, name: str, door: Door = SHUT, now: datetime = NOW
) -> Welcome:
    """The whole way in by a code."""
    joining.begin(unit, chat_id, code, door, now=now)
    return joining.confirm(unit, chat_id, say_name(unit, chat_id, name, now), door, now=now)


def person(unit: Unit, chat_id: int) -> PersonRow | None:
    """Whoever is behind a chat."""
    return unit.people.find_by_chat(chat_id)


def audited(unit: Unit) -> list[tuple[Any, ...]]:
    """Who did what to whom."""
    rows = unit.house._connection.execute(
        select(audit.c.actor_id, audit.c.action, audit.c.subject).order_by(audit.c.id)
    )
    return [tuple(row) for row in rows]

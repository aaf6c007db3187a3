"""Use cases of inviting; a code is known to the one answer that shows it, then only its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import require
from bot.people.invites.codes import digest
from storage.repositories.people import DepartmentRow
from storage.states import Role
from storage.unit import Unit


class Reach(StrEnum):
    """Whom an invite lets in."""

    ONE = "one"
    MANY = "many"


LIFE = {Reach.ONE: timedelta(days=7), Reach.MANY: timedelta(days=3)}
_USES = {Reach.ONE: 1, Reach.MANY: None}


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new invite with its code, to be shown this once."""

    id: int
    code: str
    department: DepartmentRow
    reach: Reach
    expires_at: datetime


def list_departments(unit: Unit, chat_id: int) -> tuple[DepartmentRow, ...]:
    """Where someone could be invited into."""
    require(unit, chat_id, Role.ADMIN)
    return tuple(unit.people.list_departments())


def choose_reach(unit: Unit, chat_id: int, department_id: int) -> DepartmentRow:
    """The department an invite is to be for; raises StaleTap for a forged id."""
    require(unit, chat_id, Role.ADMIN)
    department = unit.people.find_department(department_id)
    if department is None:
        raise StaleTap
    return department


def make(
    unit: Unit,
    chat_id: int,
    department_id: int,
    reach: str,
    code: str,
    *,
    update_id: int,
    now: datetime,
) -> Invitation | None:
    """A new invite for one person (7 days) or any number (3 days).

    None where this very tap has made one already: its code can't be shown again. Raises StaleTap
    for a forged id or reach.
    """
    admin = require(unit, chat_id, Role.ADMIN)
    department = unit.people.find_department(department_id)
    if department is None or reach not in tuple(Reach):
        raise StaleTap
    if not unit.house.is_first(update_id, now):
        return None
    kind = Reach(reach)
    expires_at = now + LIFE[kind]
    hashed = digest(code)
    unit.invites.add(hashed, department.id, _USES[kind], expires_at, admin.id, now)
    made = unit.invites.find(hashed)
    if made is None:
        raise StaleTap
    detail: dict[str, object] = {"department": department.id, "reach": kind}
    unit.house.record(admin.id, "invite_made", f"invite:{made.id}", detail, now)
    return Invitation(made.id, code, department, kind, expires_at)


def end(unit: Unit, chat_id: int, invite_id: int, *, now: datetime) -> None:
    """Let nobody join by this invite any more; ending it twice changes nothing."""
    admin = require(unit, chat_id, Role.ADMIN)
    if unit.invites.end(invite_id, now):
        unit.house.record(admin.id, "invite_ended", f"invite:{invite_id}", {}, now)

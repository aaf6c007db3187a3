"""Use cases of the audit trail; for admins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.errors import StaleTap
from bot.guards import require
from storage.repositories.house import AuditRow
from storage.states import Role
from storage.unit import Unit

A_PAGE: Final = 12
MOST_ROWS: Final = 50_000  # of a file: years of a busy house
# Sorts of acts, with the beginnings of the actions they take in.
SORTS: Final[Mapping[str, tuple[str, ...]]] = {
    "all": ("",),
    "banks": ("bank.", "document.", "law."),
    "questions": ("question.", "objection."),
    "people": ("person", "role", "department", "invite", "leave."),
    "plans": ("plan.", "days."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act with what it was done to, by name where that still exists."""

    row: AuditRow
    subject: str


@dataclass(frozen=True, slots=True)
class Page:
    """Acts, the newest first; `older` leads to the next page where there is one."""

    sort: str
    lines: tuple[Line, ...]
    is_first: bool
    older: int | None


def show(unit: Unit, chat_id: int, sort: str, before: int) -> Page:
    """A page of acts."""
    require(unit, chat_id, Role.ADMIN)
    rows = _rows(unit, sort, A_PAGE + 1, before or None)
    older = rows[A_PAGE - 1].id if len(rows) > A_PAGE else None
    return Page(sort, _named(unit, rows[:A_PAGE]), not before, older)


def take(unit: Unit, chat_id: int, sort: str, *, now: datetime) -> tuple[Line, ...]:
    """The trail for a file, the newest first; taking it is an act, too."""
    admin = require(unit, chat_id, Role.ADMIN)
    lines = _named(unit, _rows(unit, sort, MOST_ROWS, None))
    unit.house.record(admin.id, "trail.export", f"trail:{sort}", {"rows": len(lines)}, now)
    return lines


def _rows(unit: Unit, sort: str, limit: int, before: int | None) -> list[AuditRow]:
    if sort not in SORTS:
        raise StaleTap
    return unit.house.list_audit(limit=limit, before=before, actions=SORTS[sort])


def _named(unit: Unit, rows: list[AuditRow]) -> tuple[Line, ...]:
    known: dict[str, str] = {}
    for row in rows:
        if row.subject not in known:
            known[row.subject] = _name(unit, row.subject)
    return tuple(Line(row, known[row.subject]) for row in rows)


def _name(unit: Unit, subject: str) -> str:
    """What a subject is called; empty where it is gone or has no name."""
    sort, _, number = subject.partition(":")
    if not number.isdigit():
        return ""
    if sort == "bank":
        bank = unit.banks.find(int(number))
        return bank.name if bank is not None else ""
    if sort == "question":
        question = unit.questions.find(int(number))
        return question.question.stem[:40] if question is not None else ""
    if sort == "person":
        person = unit.people.find(int(number))
        return person.name if person is not None else ""
    return ""

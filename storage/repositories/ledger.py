"""台账: training outside the bot, as it was written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from storage.repositories.windows import Days, Departments
from storage.states import DepartmentId, LedgerId, PersonId
from storage.tables import departments, ledger


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry; `qualifier` is the 余, 多 or 约 that was typed, empty: exactly so many.

    `amount` is None where none was typed. No department: the whole house.
    """

    id: LedgerId
    held_on: date
    kind: str
    title: str
    amount: int | None
    unit: str
    qualifier: str
    department_id: DepartmentId | None
    department: str | None
    person_id: PersonId | None


class Ledger:
    """Statements about the ledger; what was removed is never shown again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        held_on: date,
        kind: str,
        title: str,
        amount: int | None,
        unit: str,
        qualifier: str,
        department_id: DepartmentId | None,
        person_id: PersonId,
        now: datetime,
    ) -> LedgerId:
        """Write an entry down."""
        statement = insert(ledger).values(
            held_on=held_on,
            kind=kind,
            title=title,
            amount=amount,
            unit=unit,
            qualifier=qualifier,
            department_id=department_id,
            person_id=person_id,
            created_at=now,
        )
        return LedgerId(self._connection.execute(statement.returning(ledger.c.id)).scalar_one())

    def find(self, entry_id: int) -> LedgerRow | None:
        """One entry that stands."""
        statement = _ENTRY.where(ledger.c.id == entry_id, _STANDS)
        row = self._connection.execute(statement).one_or_none()
        return LedgerRow(**row._mapping) if row is not None else None

    def count(self, days: Days, among: Departments) -> int:
        """How many entries there are."""
        statement = select(func.count()).select_from(ledger)
        return self._connection.execute(statement.where(*_seen(days, among))).scalar_one()

    def list_entries(
        self, days: Days, among: Departments, *, offset: int = 0, limit: int | None = None
    ) -> list[LedgerRow]:
        """Entries of some days, the newest first."""
        statement = _ENTRY.where(*_seen(days, among))
        statement = statement.order_by(ledger.c.held_on.desc(), ledger.c.id.desc())
        rows = self._connection.execute(statement.offset(offset).limit(limit))
        return [LedgerRow(**row._mapping) for row in rows]

    def remove(self, entry_id: LedgerId, now: datetime) -> bool:
        """Strike an entry out; False where it was before."""
        removed = self._connection.execute(
            update(ledger)
            .where(ledger.c.id == entry_id, _STANDS)
            .values(removed_at=now)
            .returning(ledger.c.id)
        )
        return removed.first() is not None


_STANDS = ledger.c.removed_at.is_(None)
_ENTRY: Select[Any] = select(
    ledger.c.id,
    ledger.c.held_on,
    ledger.c.kind,
    ledger.c.title,
    ledger.c.amount,
    ledger.c.unit,
    ledger.c.qualifier,
    ledger.c.department_id,
    departments.c.name.label("department"),
    ledger.c.person_id,
).select_from(ledger.outerjoin(departments, departments.c.id == ledger.c.department_id))


def _seen(days: Days, among: Departments) -> list[ColumnElement[bool]]:
    where = [_STANDS, ledger.c.held_on >= days.first, ledger.c.held_on <= days.last]
    if among is not None:
        where.append(ledger.c.department_id.in_(among))
    return where

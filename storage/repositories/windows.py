"""What a report looks at: some local days, and the departments in sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func

from storage.states import DepartmentId
from storage.tables import rounds

NO_DEPARTMENT = DepartmentId(0)  # in round_totals, and in rows handed out
# None: everything, people without a department included.
Departments = frozenset[DepartmentId] | None


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, both included."""

    first: date
    last: date


def within(days: Days) -> tuple[ColumnElement[bool], ...]:
    """Rounds of these days."""
    return rounds.c.day >= days.first, rounds.c.day <= days.last


def department_of(column: ColumnElement[Any]) -> ColumnElement[int]:
    """A department's id, NO_DEPARTMENT where there is none."""
    return func.coalesce(column, NO_DEPARTMENT)

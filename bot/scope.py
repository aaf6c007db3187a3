"""Whose data somebody may see: the one place that says so."""

from __future__ import annotations

from dataclasses import dataclass

from storage.repositories.people import PersonRow
from storage.states import DepartmentId, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Scope:
    """The departments somebody sees; None means all of them."""

    departments: frozenset[DepartmentId] | None


def scope_of(unit: Unit, person: PersonRow) -> Scope:
    """Admins see all; trainers the departments given to them, or else their own; staff none."""
    if person.role is Role.ADMIN:
        return Scope(None)
    if person.role is Role.STAFF:
        return Scope(frozenset())
    given = unit.people.list_trainer_departments(person.id)
    if not given and person.department_id is not None:
        given = [person.department_id]
    return Scope(frozenset(given))

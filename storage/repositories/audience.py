"""对象: whom a plan reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from storage.states import DepartmentId, Role


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a plan reaches: people to whom all three parts apply; an empty part means anyone."""

    departments: tuple[DepartmentId, ...] = ()
    roles: tuple[Role, ...] = ()
    joined_since: date | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return not self.departments and not self.roles and self.joined_since is None

    def includes(self, department_id: int | None, role: Role, joined_on: date) -> bool:
        """Whether a person of this department and role, who joined on that day, is reached."""
        return (
            (not self.departments or department_id in self.departments)
            and (not self.roles or role in self.roles)
            and (self.joined_since is None or joined_on >= self.joined_since)
        )

    def stored(self) -> dict[str, Any]:
        """As a plan's column keeps it."""
        since = self.joined_since
        return {
            "departments": list(self.departments),
            "roles": [role.value for role in self.roles],
            "joined_since": since.isoformat() if since is not None else None,
        }

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> Self:
        """What `stored` gave; of an empty mapping, everybody."""
        since = stored.get("joined_since")
        return cls(
            tuple(DepartmentId(item) for item in stored.get("departments", ())),
            tuple(Role(item) for item in stored.get("roles", ())),
            date.fromisoformat(since) if since else None,
        )


EVERYBODY = Audience()

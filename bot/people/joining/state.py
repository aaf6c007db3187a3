"""Where someone stands on the way in; kept in their chat's prompt, so it survives a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from storage.states import DepartmentId
from storage.unit import Unit

NAME = "join_name"
DEPARTMENT = "join_department"


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in without an invite, as the settings say."""

    admins: tuple[int, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Joining:
    """Someone who still has to say their name, or yes to it.

    `asked` is the update in which the name came: a yes names it, so it can only mean that name.
    """

    department_id: DepartmentId
    invite_hash: str | None = None
    name: str | None = None
    asked: int = 0


def find(unit: Unit, chat_id: int) -> Joining | None:
    """How far this chat has come, if it is on the way in."""
    prompt = unit.prompts.find(chat_id)
    if prompt is None or prompt.kind != NAME:
        return None
    return Joining(**cast(Mapping[str, Any], prompt.payload))


def put(unit: Unit, chat_id: int, joining: Joining, now: datetime) -> None:
    """Remember it."""
    unit.prompts.put(chat_id, NAME, asdict(joining), now)

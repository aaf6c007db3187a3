"""Buttons of binding a group; `asker_id` is the person they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class BindTo(Tap):
    """Bind the group the button stands in to a department."""

    VERB: ClassVar[str] = "rb"
    department_id: int
    asker_id: int


@dataclass(frozen=True, slots=True)
class TurnDepartments(Tap):
    """Another page of departments."""

    VERB: ClassVar[str] = "rp"
    page: int
    asker_id: int

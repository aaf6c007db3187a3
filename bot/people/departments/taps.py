"""Buttons of the list of departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ListDepartments(Tap):
    """A page of departments."""

    VERB: ClassVar[str] = "wdl"
    page: int


@dataclass(frozen=True, slots=True)
class AddDepartment(Tap):
    """Ask for a new department's name."""

    VERB: ClassVar[str] = "wda"


@dataclass(frozen=True, slots=True)
class RenameDepartment(Tap):
    """Ask for a department's new name."""

    VERB: ClassVar[str] = "wdr"
    department: int

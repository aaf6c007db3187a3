"""Buttons of a trainer's departments; each carries the state it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowCharge(Tap):
    """A page of departments, marked where the trainer answers for them."""

    VERB: ClassVar[str] = "wg"
    person: int
    page: int


@dataclass(frozen=True, slots=True)
class SetCharge(Tap):
    """Give a trainer a department (1), or take it back (0)."""

    VERB: ClassVar[str] = "wgs"
    person: int
    department: int
    wanted: int
    page: int

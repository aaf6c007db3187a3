"""Buttons of the admins' list of people; each carries the state it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ListPeople(Tap):
    """A page of people; department 0 is all."""

    VERB: ClassVar[str] = "wl"
    page: int
    department: int


@dataclass(frozen=True, slots=True)
class FilterPeople(Tap):
    """A page of departments to see the people of."""

    VERB: ClassVar[str] = "wf"
    page: int


@dataclass(frozen=True, slots=True)
class ShowPerson(Tap):
    """One person's card."""

    VERB: ClassVar[str] = "wc"
    person: int


@dataclass(frozen=True, slots=True)
class SetRole(Tap):
    """Make a person staff, trainer or admin."""

    VERB: ClassVar[str] = "wr"
    person: int
    role: str


@dataclass(frozen=True, slots=True)
class MovePerson(Tap):
    """A page of departments to put a person into."""

    VERB: ClassVar[str] = "wm"
    person: int
    page: int


@dataclass(frozen=True, slots=True)
class MoveTo(Tap):
    """Put a person into a department."""

    VERB: ClassVar[str] = "wt"
    person: int
    department: int


@dataclass(frozen=True, slots=True)
class SetActive(Tap):
    """Deactivate (0) or bring back (1) a person."""

    VERB: ClassVar[str] = "wa"
    person: int
    active: int

"""Buttons of the annual paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowAnnual(Tap):
    """The paragraph of a stretch."""

    VERB: ClassVar[str] = "my"
    stretch: str


@dataclass(frozen=True, slots=True)
class ShowSources(Tap):
    """Where each figure of it comes from."""

    VERB: ClassVar[str] = "mys"
    stretch: str


@dataclass(frozen=True, slots=True)
class ShowStudied(Tap):
    """A page of the laws behind the questions asked."""

    VERB: ClassVar[str] = "myl"
    stretch: str
    page: int


@dataclass(frozen=True, slots=True)
class SendAnnual(Tap):
    """The paragraph as a Word file."""

    VERB: ClassVar[str] = "myw"
    stretch: str


@dataclass(frozen=True, slots=True)
class AskDays(Tap):
    """Wait for typed days."""

    VERB: ClassVar[str] = "mya"

"""Buttons of item analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowItems(Tap):
    """A page of the questions that a sieve lets through, the weakest first."""

    VERB: ClassVar[str] = "ll"
    sieve: str
    page: int


@dataclass(frozen=True, slots=True)
class RefreshItems(Tap):
    """Count answers anew, then show the first page."""

    VERB: ClassVar[str] = "lu"
    sieve: str


@dataclass(frozen=True, slots=True)
class ShowItem(Tap):
    """One question's figures; back leads to the page it was on."""

    VERB: ClassVar[str] = "lc"
    question_id: int
    sieve: str
    page: int


@dataclass(frozen=True, slots=True)
class SetPause(Tap):
    """Have a question pause (1) or be asked again (0), if it still stands at `version`."""

    VERB: ClassVar[str] = "lp"
    question_id: int
    version: int
    wanted: int
    sieve: str
    page: int


@dataclass(frozen=True, slots=True)
class RetireItem(Tap):
    """Take a question out of use, if it still stands at `version`."""

    VERB: ClassVar[str] = "lx"
    question_id: int
    version: int
    sieve: str
    page: int

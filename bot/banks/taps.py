"""Buttons that lead from one room of the banks to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowBanks(Tap):
    """All banks."""

    VERB: ClassVar[str] = "xl"


@dataclass(frozen=True, slots=True)
class ShowBank(Tap):
    """One bank: what it holds and what can be done with it."""

    VERB: ClassVar[str] = "xb"
    bank_id: int


@dataclass(frozen=True, slots=True)
class ShowQuestion(Tap):
    """One question with everything known of it."""

    VERB: ClassVar[str] = "xq"
    question_id: int


@dataclass(frozen=True, slots=True)
class Review(Tap):
    """The next draft of a bank behind question `after`, to be approved."""

    VERB: ClassVar[str] = "kn"
    bank_id: int
    after: int


@dataclass(frozen=True, slots=True)
class EditQuestion(Tap):
    """Change a question, if it still stands at `version`."""

    VERB: ClassVar[str] = "ke"
    question_id: int
    version: int


@dataclass(frozen=True, slots=True)
class ShowHistory(Tap):
    """Every version of a question and who did what to it."""

    VERB: ClassVar[str] = "kh"
    question_id: int


@dataclass(frozen=True, slots=True)
class ShowImports(Tap):
    """What was brought into a bank lately, and its undoing."""

    VERB: ClassVar[str] = "il"
    bank_id: int


@dataclass(frozen=True, slots=True)
class ShowAlerts(Tap):
    """Questions of a bank their owners should look at: lapsed laws, changed sources."""

    VERB: ClassVar[str] = "va"
    bank_id: int
    page: int


@dataclass(frozen=True, slots=True)
class ShowObjections(Tap):
    """What staff said against questions."""

    VERB: ClassVar[str] = "ol"
    page: int

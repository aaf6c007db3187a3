"""Buttons of what needs its keepers' eyes; `bot.banks.taps` has the one that lists it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class RetireOne(Tap):
    """Take a question of the list out of use, if it still stands at `version`."""

    VERB: ClassVar[str] = "vr"
    question_id: int
    version: int
    bank_id: int
    page: int


@dataclass(frozen=True, slots=True)
class Dismiss(Tap):
    """Leave a question as it is, and take its alert away."""

    VERB: ClassVar[str] = "vk"
    question_id: int
    version: int
    bank_id: int
    page: int


@dataclass(frozen=True, slots=True)
class AskRetireAll(Tap):
    """Take all lapsed questions of a bank out of use?"""

    VERB: ClassVar[str] = "vb"
    bank_id: int


@dataclass(frozen=True, slots=True)
class RetireAll(Tap):
    """Do so, up to question `upto`."""

    VERB: ClassVar[str] = "vy"
    bank_id: int
    upto: int

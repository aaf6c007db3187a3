"""Buttons of approval; each carries the version it was shown for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class Approve(Tap):
    """Publish this version."""

    VERB: ClassVar[str] = "ka"
    question_id: int
    version: int


@dataclass(frozen=True, slots=True)
class AskReason(Tap):
    """Choose why this version goes back."""

    VERB: ClassVar[str] = "kr"
    question_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Return(Tap):
    """Send this version back for one of the common reasons."""

    VERB: ClassVar[str] = "kb"
    question_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class LookAtSample(Tap):
    """One of the drafts drawn at random from those that passed every check."""

    VERB: ClassVar[str] = "ks"
    bank_id: int
    upto: int  # drafts that come later are not part of it
    place: int


@dataclass(frozen=True, slots=True)
class ApproveAll(Tap):
    """Publish every draft up to `upto` that passed every check."""

    VERB: ClassVar[str] = "kp"
    bank_id: int
    upto: int

"""Buttons of objections; `bot.daily` has the one that raises one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class SkipNote(Tap):
    """Object without saying what is wrong."""

    VERB: ClassVar[str] = "on"
    objection_id: int


@dataclass(frozen=True, slots=True)
class ShowCase(Tap):
    """What was said against a question."""

    VERB: ClassVar[str] = "oc"
    question_id: int


@dataclass(frozen=True, slots=True)
class Settle(Tap):
    """Answer the objections against a question: fixed, kept or retired."""

    VERB: ClassVar[str] = "os"
    question_id: int
    outcome: str


@dataclass(frozen=True, slots=True)
class AskKept(Tap):
    """Say why nothing is wrong, or not."""

    VERB: ClassVar[str] = "ok"
    question_id: int


@dataclass(frozen=True, slots=True)
class AskVoid(Tap):
    """What would voiding this version of a question do?"""

    VERB: ClassVar[str] = "ov"
    question_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Void(Tap):
    """Void this version and every other one that is objected to."""

    VERB: ClassVar[str] = "oy"
    question_id: int
    version: int

"""Buttons of editing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class EditPart(Tap):
    """Type one part of a question anew."""

    VERB: ClassVar[str] = "km"
    question_id: int
    version: int
    part: str


@dataclass(frozen=True, slots=True)
class TurnHistory(Tap):
    """Another page of a question's history."""

    VERB: ClassVar[str] = "kg"
    question_id: int
    page: int

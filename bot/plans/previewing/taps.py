"""Buttons of a round on trial; nothing they do is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class TrialCard(Tap):
    """A question of the round a plan would have on `day` (20261204), with options ticked."""

    VERB: ClassVar[str] = "gz"
    plan_id: int
    day: int
    position: int
    picked: int


@dataclass(frozen=True, slots=True)
class TrialAnswer(Tap):
    """Answer it with the ticked options (0: unsure)."""

    VERB: ClassVar[str] = "gza"
    plan_id: int
    day: int
    position: int
    version_id: int
    picked: int

"""Buttons of making a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class Suggest(Tap):
    """Make the plan suggested at a place of the list."""

    VERB: ClassVar[str] = "gn"
    place: int

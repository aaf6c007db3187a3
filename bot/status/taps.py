"""Buttons of the status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowStatus(Tap):
    """How the house does now."""

    VERB: ClassVar[str] = "zs"

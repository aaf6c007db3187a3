"""Buttons of digests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class MakeStretchFile(Tap):
    """Make a workbook of a stretch."""

    VERB: ClassVar[str] = "mx"
    stretch: str

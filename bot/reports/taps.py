"""What the buttons of reports carry; words are values of Period and FileFormat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowReport(Tap):
    """Show a period's card; pictures from it are by night (1) or by day (0)."""

    VERB: ClassVar[str] = "mr"
    period: str = "month"
    dark: int = 0


@dataclass(frozen=True, slots=True)
class MakeFile(Tap):
    """Make a file of a period."""

    VERB: ClassVar[str] = "mf"
    period: str
    form: str


@dataclass(frozen=True, slots=True)
class DrawTrend(Tap):
    """Draw the trend of a period."""

    VERB: ClassVar[str] = "mt"
    period: str
    dark: int


@dataclass(frozen=True, slots=True)
class DrawHeat(Tap):
    """Draw a page of the heat map of a period."""

    VERB: ClassVar[str] = "mh"
    period: str
    dark: int
    page: int

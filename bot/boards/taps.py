"""What the buttons of boards carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowBoard(Tap):
    """Show a board; the words are values of BoardKind and Span."""

    VERB: ClassVar[str] = "bd"
    kind: str = "people"
    span: str = "month"  # a week has too few answers until it is nearly over


@dataclass(frozen=True, slots=True)
class ShowMe(Tap):
    """Show one's own totals."""

    VERB: ClassVar[str] = "bm"


@dataclass(frozen=True, slots=True)
class SetNameShown(Tap):
    """Consent to stand on boards by name (1), or withdraw it (0)."""

    VERB: ClassVar[str] = "bn"
    wanted: int

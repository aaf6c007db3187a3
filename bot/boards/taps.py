"""What the buttons of boards carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowBoard(Tap):
    """Show a board; the words are values of BoardKind and BoardSpan."""

    VERB: ClassVar[str] = "bd"
    kind: str = "people"
    span: str = "month"  # a week has too few answers until it is nearly over


@dataclass(frozen=True, slots=True)
class ShowPlans(Tap):
    """Choose the plan whose board to show, or show the only one there is."""

    VERB: ClassVar[str] = "bl"
    kind: str


@dataclass(frozen=True, slots=True)
class ShowPlanBoard(Tap):
    """Show the board of one plan."""

    VERB: ClassVar[str] = "bp"
    kind: str
    plan_id: int


@dataclass(frozen=True, slots=True)
class SendPicture(Tap):
    """Send a board as a picture; `plan_id` 0: none."""

    VERB: ClassVar[str] = "bi"
    kind: str
    span: str
    plan_id: int


@dataclass(frozen=True, slots=True)
class ShowMe(Tap):
    """Show one's own totals."""

    VERB: ClassVar[str] = "bm"


@dataclass(frozen=True, slots=True)
class SetNameShown(Tap):
    """Consent to stand on boards by name (1), or withdraw it (0)."""

    VERB: ClassVar[str] = "bn"
    wanted: int


@dataclass(frozen=True, slots=True)
class ShowRecord(Tap):
    """Show what each of one's own rounds gave, a page of them."""

    VERB: ClassVar[str] = "br"
    page: int


@dataclass(frozen=True, slots=True)
class ShowRound(Tap):
    """Show what each question of one of one's own rounds gave."""

    VERB: ClassVar[str] = "bq"
    round_id: int
    page: int  # to go back to

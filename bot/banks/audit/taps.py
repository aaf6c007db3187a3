"""Buttons of the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowAudit(Tap):
    """Rows before `before` (0: the newest) of one sort of acts."""

    VERB: ClassVar[str] = "yl"
    sort: str
    before: int


@dataclass(frozen=True, slots=True)
class SendAudit(Tap):
    """The whole trail as a file."""

    VERB: ClassVar[str] = "yf"
    sort: str

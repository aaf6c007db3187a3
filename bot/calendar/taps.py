"""Buttons of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowCalendar(Tap):
    """What is known of this year and the next."""

    VERB: ClassVar[str] = "cs"


@dataclass(frozen=True, slots=True)
class AskNotice(Tap):
    """Wait for a pasted notice or rows."""

    VERB: ClassVar[str] = "ca"


@dataclass(frozen=True, slots=True)
class Adopt(Tap):
    """Mark the days that were understood."""

    VERB: ClassVar[str] = "cy"
    upload_id: int


@dataclass(frozen=True, slots=True)
class Refuse(Tap):
    """Forget what was pasted."""

    VERB: ClassVar[str] = "cn"
    upload_id: int


@dataclass(frozen=True, slots=True)
class Undo(Tap):
    """Take the last marking back; it is named by its audit row."""

    VERB: ClassVar[str] = "cu"
    year: int
    audit_id: int


@dataclass(frozen=True, slots=True)
class AskDrop(Tap):
    """Ask before a year's marks are deleted."""

    VERB: ClassVar[str] = "cd"
    year: int


@dataclass(frozen=True, slots=True)
class Drop(Tap):
    """Delete a year's marks."""

    VERB: ClassVar[str] = "cx"
    year: int

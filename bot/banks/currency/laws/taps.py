"""Buttons of the law registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowLaws(Tap):
    """The registry, and a page of the added rows."""

    VERB: ClassVar[str] = "vl"
    page: int


@dataclass(frozen=True, slots=True)
class GetTemplate(Tap):
    """The table to fill in, with the rows added so far."""

    VERB: ClassVar[str] = "vt"


@dataclass(frozen=True, slots=True)
class AskRows(Tap):
    """Send a table, or paste it."""

    VERB: ClassVar[str] = "vf"


@dataclass(frozen=True, slots=True)
class Adopt(Tap):
    """Take the rows of a table into the registry."""

    VERB: ClassVar[str] = "vu"
    upload_id: int


@dataclass(frozen=True, slots=True)
class Refuse(Tap):
    """Forget a table."""

    VERB: ClassVar[str] = "vn"
    upload_id: int


@dataclass(frozen=True, slots=True)
class AskDrop(Tap):
    """Take an added row away? Named by a number made of its title."""

    VERB: ClassVar[str] = "vx"
    law: int


@dataclass(frozen=True, slots=True)
class Drop(Tap):
    """Do so."""

    VERB: ClassVar[str] = "vz"
    law: int

"""Buttons of the ledger; `token` names the typed line that waits to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class ShowLedger(Tap):
    """A page of a stretch's entries, of one kind or all."""

    VERB: ClassVar[str] = "mk"
    stretch: str
    page: int = 0
    kind: str = "all"


@dataclass(frozen=True, slots=True)
class AskEntry(Tap):
    """Wait for a typed line."""

    VERB: ClassVar[str] = "mka"


@dataclass(frozen=True, slots=True)
class SaveEntry(Tap):
    """Write down what was understood."""

    VERB: ClassVar[str] = "mks"
    token: int


@dataclass(frozen=True, slots=True)
class SetEntryKind(Tap):
    """Take the typed line for another kind."""

    VERB: ClassVar[str] = "mkk"
    token: int
    kind: str


@dataclass(frozen=True, slots=True)
class ChooseEntryDepartment(Tap):
    """A page of the departments that the typed line may belong to."""

    VERB: ClassVar[str] = "mkd"
    token: int
    page: int


@dataclass(frozen=True, slots=True)
class SetEntryDepartment(Tap):
    """Have the typed line belong to a department; 0: the whole house."""

    VERB: ClassVar[str] = "mkp"
    token: int
    department: int


@dataclass(frozen=True, slots=True)
class ShowEntry(Tap):
    """One entry."""

    VERB: ClassVar[str] = "mke"
    entry: int


@dataclass(frozen=True, slots=True)
class RemoveEntry(Tap):
    """Ask whether to strike an entry out (0), or do it (1)."""

    VERB: ClassVar[str] = "mkr"
    entry: int
    is_sure: int

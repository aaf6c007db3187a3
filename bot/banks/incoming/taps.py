"""Buttons on what was brought; each names the upload or the import it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.callbacks import Tap


@dataclass(frozen=True, slots=True)
class FinishText(Tap):
    """All of the text has been pasted."""

    VERB: ClassVar[str] = "if"


@dataclass(frozen=True, slots=True)
class DropText(Tap):
    """The pasted text is not wanted after all."""

    VERB: ClassVar[str] = "ig"


@dataclass(frozen=True, slots=True)
class ShowCard(Tap):
    """What was found in a file."""

    VERB: ClassVar[str] = "ic"
    upload: int


@dataclass(frozen=True, slots=True)
class Preview(Tap):
    """One question of a file as it would be, counted from 0."""

    VERB: ClassVar[str] = "ip"
    upload: int
    at: int


@dataclass(frozen=True, slots=True)
class ChooseBank(Tap):
    """A page of banks a file could go into."""

    VERB: ClassVar[str] = "ib"
    upload: int
    page: int


@dataclass(frozen=True, slots=True)
class SetBank(Tap):
    """Bring a file into this bank; 0 is a new one, named like the file."""

    VERB: ClassVar[str] = "it"
    upload: int
    bank_id: int


@dataclass(frozen=True, slots=True)
class NameBank(Tap):
    """Type the name of a new bank."""

    VERB: ClassVar[str] = "in"
    upload: int


@dataclass(frozen=True, slots=True)
class Retitle(Tap):
    """Type the right title of a document, which is then read again."""

    VERB: ClassVar[str] = "ir"
    upload: int


@dataclass(frozen=True, slots=True)
class AsDocument(Tap):
    """Read the file as a document, though it looked like a bank."""

    VERB: ClassVar[str] = "id"
    upload: int


@dataclass(frozen=True, slots=True)
class Bring(Tap):
    """Import: `way` is draft, or publish (what has no faults)."""

    VERB: ClassVar[str] = "ii"
    upload: int
    way: str


@dataclass(frozen=True, slots=True)
class SendSkips(Tap):
    """The table of what was not taken, as a file."""

    VERB: ClassVar[str] = "is"
    upload: int


@dataclass(frozen=True, slots=True)
class DropUpload(Tap):
    """Forget the file."""

    VERB: ClassVar[str] = "ix"
    upload: int


@dataclass(frozen=True, slots=True)
class AskUndo(Tap):
    """Ask before an import is taken back."""

    VERB: ClassVar[str] = "iu"
    import_id: int


@dataclass(frozen=True, slots=True)
class Undo(Tap):
    """Take an import back."""

    VERB: ClassVar[str] = "iv"
    import_id: int

"""What an upload's row holds: how far it is, and what was found in the file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from bot.banks.workshop import BankFile, DocumentFile
from bot.banks.workshop.found import pack, unpack

_SIZE = 8


class State(StrEnum):
    """waiting → found | refused (to be shown) → ready (for its sender's decision)."""

    WAITING = "waiting"
    FOUND = "found"
    REFUSED = "refused"
    READY = "ready"


# What the reader has yet to do something about.
TO_DO = (State.WAITING, State.FOUND, State.REFUSED)


@dataclass(frozen=True, slots=True)
class Detail:
    """How far an upload is.

    `message_id` is the one message that says so. `title` is the document's as its sender
    corrected it; `bank_name` a bank to be made, which `is_chosen` when a person said so;
    `words` why the file was refused.
    """

    chat_id: int
    message_id: int
    state: State = State.WAITING
    file_id: str = ""
    is_document: bool = False
    title: str = ""
    bank_name: str = ""
    is_chosen: bool = False
    tries: int = 0
    words: str = ""
    is_table_sent: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Detail:
        """The detail of a row."""
        return cls(**{**row, "state": State(row["state"])})

    def to_row(self) -> dict[str, object]:
        """The form that is stored."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What was found in a file, and its bytes, as it may be read again otherwise."""

    found: BankFile | DocumentFile
    original: bytes


def wrap(found: BankFile | DocumentFile, original: bytes) -> bytes:
    """What was found, as the content of an upload's row."""
    body = zlib.compress(pack(found), 1)
    return len(body).to_bytes(_SIZE) + body + original


@lru_cache(maxsize=2)  # a large bank takes half a second, and its cards are turned one by one
def unwrap(content: bytes) -> Parcel:
    """What was found, from the content of an upload's row."""
    end = _SIZE + int.from_bytes(content[:_SIZE])
    return Parcel(unpack(zlib.decompress(content[_SIZE:end])), content[end:])

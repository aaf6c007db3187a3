"""Use cases of sending something: a file, or text pasted in pieces."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.banks.incoming.errors import NoText, TooManyFiles, TooMuchText
from bot.banks.incoming.parcel import Detail, State
from bot.banks.incoming.surveying.target import bank_name
from bot.errors import StaleTap
from bot.guards import may, person_of, require
from bot.plans.calendar import local_day
from bot.texts import label
from storage.repositories.people import PersonRow
from storage.states import Role, UploadId
from storage.unit import Unit

TEXT = "incoming_text"
LARGEST_BYTES = 20 << 20  # what Telegram lets a bot fetch
LARGEST_TEXT = 400_000
MOST_FILES = 10
# A longer text reaches the bot in messages of this many UTF-16 units.
PIECE = 4096
ALBUM = timedelta(seconds=10)
_BANK = re.compile(r"^\s*题库\s*[:：]\s*(?P<name>.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was announced, not fetched yet."""

    file_id: str
    name: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text gathered so far; `former` is the message that last said so, 0 for none."""

    pieces: int
    chars: int
    former: int


def may_send(unit: Unit, chat_id: int) -> bool:
    """Whether a person may send files at all; raises NotJoined, Deactivated, TooManyFiles."""
    person = person_of(unit, chat_id)
    if not may(person, Role.TRAINER):
        return False
    _check_room(unit, person)
    return True


def take(
    unit: Unit, chat_id: int, sent: Sent, message_id: int, *, update_id: int, now: datetime
) -> UploadId | None:
    """Have a file fetched and read; None where this update was taken before."""
    person = require(unit, chat_id, Role.TRAINER)
    _check_room(unit, person)
    if not unit.house.is_first(update_id, now):
        return None
    prompt = unit.prompts.find(chat_id)
    is_document = False
    if prompt is not None and prompt.kind == TEXT:
        is_document = bool(prompt.payload["is_document"])
        unit.prompts.drop(chat_id, TEXT)
    said = _BANK.search(sent.caption)
    bank = bank_name(said["name"]) if said is not None else None
    detail = Detail(
        chat_id,
        message_id,
        file_id=sent.file_id,
        is_document=is_document,
        bank_name=bank or "",
        is_chosen=bank is not None,
    )
    return unit.uploads.add(person.id, sent.name, "", b"", detail.to_row(), now)


def is_first_of_album(unit: Unit, chat_id: int, update_id: int, *, now: datetime) -> bool:
    """Whether this is the picture to answer; an album comes as one message a picture."""
    return unit.house.hold_lease(f"album:{chat_id}", str(update_id), now, now + ALBUM)


def ask_text(unit: Unit, chat_id: int, *, is_document: bool, now: datetime) -> None:
    """Wait for a file or for pasted text."""
    require(unit, chat_id, Role.TRAINER if is_document else Role.ADMIN)
    payload: dict[str, object] = {"is_document": is_document, "pieces": [], "message": 0}
    unit.prompts.put(chat_id, TEXT, payload, now)


def add_piece(
    unit: Unit, chat_id: int, typed: str, *, update_id: int, now: datetime
) -> Pasted | None:
    """One more piece of the text; None where this update was taken before.

    Raises TooMuchText.
    """
    payload = _waiting(unit, chat_id)
    if not unit.house.is_first(update_id, now):
        return None
    pieces = [*payload["pieces"], typed]
    chars = sum(map(len, pieces))
    if chars > LARGEST_TEXT:
        raise TooMuchText
    unit.prompts.put(chat_id, TEXT, {**payload, "pieces": pieces}, now)
    return Pasted(len(pieces), chars, payload["message"])


def note_message(unit: Unit, chat_id: int, message_id: int, *, now: datetime) -> None:
    """Remember the message that has the button to finish."""
    unit.prompts.put(chat_id, TEXT, {**_waiting(unit, chat_id), "message": message_id}, now)


def finish(unit: Unit, chat_id: int, message_id: int, *, timezone: str, now: datetime) -> UploadId:
    """Have the gathered text read; `message_id` will say how far it is. Raises NoText."""
    payload = _waiting(unit, chat_id)
    text = join(payload["pieces"])
    if not text.strip():
        raise NoText
    is_document = bool(payload["is_document"])
    person = require(unit, chat_id, Role.TRAINER if is_document else Role.ADMIN)
    _check_room(unit, person)
    unit.prompts.drop(chat_id, TEXT)
    day = local_day(now, timezone)
    name = label("incoming.pasted_name", month=day.month, day=day.day)
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    detail = Detail(chat_id, message_id, State.WAITING, is_document=is_document)
    return unit.uploads.add(person.id, name, digest, data, detail.to_row(), now)


def drop_text(unit: Unit, chat_id: int) -> None:
    """Forget what was pasted."""
    require(unit, chat_id, Role.TRAINER)
    unit.prompts.drop(chat_id, TEXT)


def join(pieces: list[str]) -> str:
    """The text again: a full message was cut where it was, others at a line's end."""
    said = ""
    for piece in pieces:
        said += piece if len(piece.encode("utf-16-le")) // 2 >= PIECE else f"{piece}\n"
    return said


def _waiting(unit: Unit, chat_id: int) -> Mapping[str, Any]:
    require(unit, chat_id, Role.TRAINER)
    prompt = unit.prompts.find(chat_id)
    if prompt is None or prompt.kind != TEXT:
        raise StaleTap
    return prompt.payload


def _check_room(unit: Unit, person: PersonRow) -> None:
    if unit.uploads.count(person.id) >= MOST_FILES:
        raise TooManyFiles

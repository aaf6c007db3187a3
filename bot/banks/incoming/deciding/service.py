"""Use cases on the card of an upload: look, choose where to, read again, drop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from bot.banks.incoming.access import Held, check, hold, note
from bot.banks.incoming.errors import BankGone, NameRefused, NothingLeft, UploadGone
from bot.banks.incoming.parcel import State
from bot.banks.incoming.surveying import bank_file, document
from bot.banks.incoming.surveying.bank_file import BankSurvey
from bot.banks.incoming.surveying.document import DocumentSurvey
from bot.banks.incoming.surveying.target import bank_name, target_of
from bot.banks.workshop import BankFile, DocumentFile
from bot.guards import require
from questions.models import Question
from questions.proofing import Finding, inspect
from storage.repositories.banks import BankRow
from storage.states import Role, UploadId
from storage.unit import Unit

NAME, TITLE = "incoming_bank", "incoming_title"
LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Card:
    """What was found in a file and what importing it would do."""

    upload_id: UploadId
    name: str
    label: str  # of the bank file's format
    survey: BankSurvey | DocumentSurvey


@dataclass(frozen=True, slots=True)
class BankChoice:
    """Banks an upload could go into; `new_name` is free for a new one."""

    upload_id: UploadId
    banks: tuple[BankRow, ...]
    new_name: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Page:
    """One question of an upload as it would be, counted from 0."""

    upload_id: UploadId
    question: Question
    title: str
    findings: tuple[Finding, ...]
    at: int
    total: int


@dataclass(frozen=True, slots=True)
class Table:
    """The table of what was not taken."""

    name: str
    content: bytes
    count: int


def show(unit: Unit, chat_id: int, upload_id: int, *, today: date) -> Card:
    """The card of an upload."""
    held = hold(unit, chat_id, upload_id)
    return card_of(unit, held, today=today)


def card_of(unit: Unit, held: Held, *, today: date) -> Card:
    """The card of an upload already held; whoever looks at it is no longer typing a name."""
    found = check(held).found
    target = target_of(unit, held.row, held.detail)
    survey: BankSurvey | DocumentSurvey
    if isinstance(found, DocumentFile):
        survey = document.survey(unit, target, found, today=today)
        return Card(held.row.id, held.row.name, "", survey)
    survey = bank_file.survey(unit, target, found.reading, sha256=held.row.sha256, today=today)
    return Card(held.row.id, held.row.name, found.label, survey)


def stop_typing(unit: Unit, chat_id: int) -> None:
    """Whoever goes back to the card is no longer typing a name."""
    for kind in (NAME, TITLE):
        unit.prompts.drop(chat_id, kind)


def choose_bank(unit: Unit, chat_id: int, upload_id: int, page: int) -> BankChoice:
    """The banks in use, for one to be picked."""
    held = hold(unit, chat_id, upload_id)
    check(held)
    banks = tuple(bank for bank in unit.banks.list_all() if bank.retired_at is None)
    name = held.detail.bank_name
    is_free = unit.banks.find_by_name(name) is None
    return BankChoice(held.row.id, banks, name if is_free else None, page)


def set_bank(unit: Unit, chat_id: int, upload_id: int, bank_id: int) -> None:
    """Choose a bank, or (0) a new one named like the file; raises BankGone."""
    held = hold(unit, chat_id, upload_id)
    bank = unit.banks.find(bank_id) if bank_id else None
    if bank_id and (bank is None or bank.retired_at is not None):
        raise BankGone
    note(unit, held, bank_id=bank.id if bank is not None else None, is_chosen=True)


def ask_name(unit: Unit, chat_id: int, upload_id: int, *, now: datetime) -> UploadId:
    """Wait for the name of a new bank."""
    held = hold(unit, chat_id, upload_id)
    check(held)
    unit.prompts.put(chat_id, NAME, {"upload": held.row.id}, now)
    return held.row.id


def name_bank(
    unit: Unit,
    chat_id: int,
    upload_id: int,
    typed: str,
    *,
    update_id: int,
    now: datetime,
) -> None:
    """Bring the file into a bank of this name, new or not; raises NameRefused."""
    held = hold(unit, chat_id, upload_id)
    name = bank_name(typed)
    if name is None:
        raise NameRefused
    if unit.house.is_first(update_id, now):
        note(unit, held, bank_id=None, bank_name=name, is_chosen=True)
        unit.prompts.drop(chat_id, NAME)


def ask_title(unit: Unit, chat_id: int, upload_id: int, *, now: datetime) -> UploadId:
    """Wait for the right title of a document."""
    held = hold(unit, chat_id, upload_id)
    unit.prompts.put(chat_id, TITLE, {"upload": held.row.id}, now)
    return held.row.id


def retitle(
    unit: Unit,
    chat_id: int,
    upload_id: int,
    title: str,
    message_id: int,
    *,
    update_id: int,
    now: datetime,
) -> None:
    """Have the document read again under this title."""
    held = hold(unit, chat_id, upload_id)
    if unit.house.is_first(update_id, now):
        unit.prompts.drop(chat_id, TITLE)
        again(unit, held, title=title, message_id=message_id)


def read_title(typed: str) -> str:
    """A document's title as it was typed; raises NameRefused."""
    title = " ".join(typed.split()).strip("《》")
    if not 2 <= len(title) <= LONGEST_TITLE:
        raise NameRefused
    return title


def as_document(unit: Unit, chat_id: int, upload_id: int, message_id: int) -> None:
    """Have a file read as a document, though it looked like a bank."""
    held = hold(unit, chat_id, upload_id)
    again(unit, held, is_document=True, message_id=message_id)


def again(unit: Unit, held: Held, **changes: object) -> None:
    """Have the file read once more; a bank that nobody chose is thought over."""
    original = held.parcel.original
    unit.uploads.store(held.row.id, original, held.row.sha256)
    kept = held.row.bank_id if held.detail.is_chosen else None
    name = held.detail.bank_name if held.detail.is_chosen else ""
    note(unit, held, bank_id=kept, bank_name=name, state=State.WAITING, tries=0, **changes)


def preview(unit: Unit, chat_id: int, upload_id: int, at: int, *, today: date) -> Page:
    """A question of the file; one too far is the last one. Raises NothingLeft."""
    held = hold(unit, chat_id, upload_id)
    found = check(held).found
    bank = found.reading.bank if isinstance(found, BankFile) else found.bank
    if not bank.questions:
        raise NothingLeft
    at = min(at, len(bank.questions) - 1)
    question = bank.questions[at]
    titles = {info.id: info.title for info in bank.documents}
    text = found.text if isinstance(found, DocumentFile) else None
    return Page(
        held.row.id,
        question,
        titles.get(question.citation.document, ""),
        inspect(question, text=text, today=today),
        at,
        len(bank.questions),
    )


def skips(unit: Unit, chat_id: int, upload_id: int) -> Table:
    """What was not taken, as a workbook to be mended and sent again; raises NothingLeft."""
    held = hold(unit, chat_id, upload_id)
    found = check(held).found
    if not isinstance(found, BankFile) or not found.reading.skips:
        raise NothingLeft
    return table_of(held.row.name, found)


def table_of(name: str, found: BankFile) -> Table:
    """The table of errors of a bank file."""
    from questions.formats.skipped import write_skips  # 6 MB that a resting bot can do without

    return Table(
        f"{PurePath(name).stem}-错误表.xlsx", write_skips(found.reading), len(found.reading.skips)
    )


def note_table(unit: Unit, chat_id: int, upload_id: int) -> None:
    """The table has been sent: the import need not send it again."""
    held = hold(unit, chat_id, upload_id)
    note(unit, held, bank_id=held.row.bank_id, is_table_sent=True)


def drop(unit: Unit, chat_id: int, upload_id: int) -> str:
    """Forget the file; its name. Raises UploadGone where somebody was first."""
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.uploads.find(upload_id, person.id)
    if row is None or not unit.uploads.drop(row.id):
        raise UploadGone
    return row.name

"""Use cases of editing: a part is typed, checked, and becomes one more version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.banks.editing.parts import Part, edited, parts_of
from bot.banks.proofs import faults_of
from bot.errors import StaleTap
from bot.guards import require
from storage.repositories.house import AuditRow
from storage.repositories.people import PersonRow
from storage.repositories.questions import QuestionRow, VersionRow
from storage.states import QuestionStatus, Role
from storage.unit import Unit

EDIT = "question_edit"
ACTS = 50  # rows of a question's audit looked at: one question is not handled more often


@dataclass(frozen=True, slots=True)
class Menu:
    """A question and what of it may be changed."""

    row: QuestionRow
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A part is waited for."""

    row: QuestionRow
    part: Part


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The question moved on before the edit arrived; what was typed is given back."""

    row: QuestionRow
    typed: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The question as it now stands; `is_same` where what was typed changed nothing."""

    row: QuestionRow
    part: Part
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a question, who wrote it, and which parts it changed."""

    version: VersionRow
    author: str | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """Versions and acts of a question, and which version the page shows."""

    row: QuestionRow
    entries: tuple[Entry, ...]
    acts: tuple[AuditRow, ...]
    page: int


def show_menu(unit: Unit, chat_id: int, question_id: int, version: int) -> Menu:
    """What of the question may be changed; the newest version, whatever the button showed."""
    _, row = _row(unit, chat_id, question_id)
    unit.prompts.drop(chat_id)
    return Menu(row, parts_of(row.question))


def ask(
    unit: Unit, chat_id: int, question_id: int, version: int, part: str, *, now: datetime
) -> Asked:
    """Wait for a part's new text; raises StaleTap where the question has no such part."""
    _, row = _row(unit, chat_id, question_id)
    if part not in parts_of(row.question):
        raise StaleTap
    payload = {"question_id": row.id, "version": row.version, "part": part}
    unit.prompts.put(chat_id, EDIT, payload, now)
    return Asked(row, Part(part))


def edit(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    part: Part,
    typed: str,
    *,
    update_id: int,
    is_two_person: bool,
    now: datetime,
) -> Edited | Overtaken:
    """Write what was typed as the next version; raises BadEdit, and then waits for more.

    A returned draft becomes a draft again. With two-person approval a published question has to
    be approved once more by somebody else.
    """
    person, row = _row(unit, chat_id, question_id)
    if not unit.house.is_first(update_id, now):
        return Edited(row, part)
    if row.version != version:
        unit.prompts.drop(chat_id)
        return Overtaken(row, typed)
    question = edited(row.question, part, typed)
    unit.prompts.drop(chat_id)
    if question == row.question:
        return Edited(row, part, is_same=True)
    findings = faults_of(unit, row.id, row.bank_id, question, now)
    status = _status_after(row.status, is_two_person)
    done = unit.editions.edit(
        row.id, version, question, now, author_id=person.id, findings=findings, status=status
    )
    after = unit.questions.find(row.id) or row
    if not done:
        return Overtaken(after, typed)
    detail = {"version": after.version, "part": part.value}
    unit.house.record(person.id, "question.edit", f"question:{row.id}", detail, now)
    return Edited(after, part)


def show_history(unit: Unit, chat_id: int, question_id: int, page: int) -> History:
    """Every version, the newest first, one a page; and who did what."""
    _, row = _row(unit, chat_id, question_id)
    versions = unit.questions.list_versions(row.id)
    entries: list[Entry] = []
    for at, version in enumerate(versions):
        before = versions[at - 1].question if at else None
        author = unit.people.get(version.author_id) if version.author_id is not None else None
        changed = (
            tuple(
                name for name in _PARTS if getattr(before, name) != getattr(version.question, name)
            )
            if before is not None
            else ()
        )
        entries.append(Entry(version, author.name if author else None, changed))
    acts = unit.house.list_audit(limit=ACTS, subjects=[f"question:{row.id}"])
    newest_first = tuple(reversed(entries))
    return History(row, newest_first, tuple(acts), min(page, len(entries) - 1))


_PARTS = ("stem", "options", "key", "answers", "explanation", "tags", "basis", "citation")


def _status_after(status: QuestionStatus, is_two_person: bool) -> QuestionStatus:
    if status is QuestionStatus.RETURNED:
        return QuestionStatus.DRAFT
    if status is QuestionStatus.PUBLISHED and is_two_person:
        return QuestionStatus.DRAFT
    return status


def _row(unit: Unit, chat_id: int, question_id: int) -> tuple[PersonRow, QuestionRow]:
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return person, row

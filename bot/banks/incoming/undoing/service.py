"""Use cases on imports: the list of a bank's, and taking one back within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.banks.incoming.errors import UndoTooLate
from bot.banks.incoming.surveying.proofs import proof
from bot.errors import StaleTap
from bot.guards import may, require
from questions.models import Question
from storage.repositories.banks import BankRow
from storage.repositories.imports import BroughtRow, ImportRow
from storage.states import Alert, BankId, QuestionRowId, QuestionStatus, Role
from storage.unit import Unit

MAY_UNDO = timedelta(hours=24)
LISTED = 10
NAMED = 5
READ, AUDITED = "document.read", 100
RAISED = (Alert.SOURCE_CHANGED, Alert.LAW_CHANGED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One import in a list, with the name of who did it."""

    row: ImportRow
    person: str | None
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """What was brought into a bank lately."""

    bank: BankRow
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an import back did; `left` are questions changed since, left as they are.

    `is_first` is False where it had been taken back before.
    """

    row: ImportRow
    bank: str
    removed: int = 0
    retired: int = 0
    restored: int = 0
    left: tuple[QuestionRowId, ...] = ()
    stems: tuple[str, ...] = ()
    is_first: bool = True


def list_imports(unit: Unit, chat_id: int, bank_id: int, *, now: datetime) -> Listing:
    """The newest imports of a bank; raises StaleTap where there is no such bank."""
    person = require(unit, chat_id, Role.TRAINER)
    bank = unit.banks.find(bank_id)
    if bank is None:
        raise StaleTap
    is_admin = may(person, Role.ADMIN)
    rows = unit.imports.list_recent(LISTED, bank.id)
    entries = [Entry(row, _name(unit, row), is_admin and _is_open(row, now)) for row in rows]
    return Listing(bank, tuple(entries))


def ask(unit: Unit, chat_id: int, import_id: int, *, now: datetime) -> Entry:
    """An import before it is taken back; raises UndoTooLate, StaleTap."""
    require(unit, chat_id, Role.ADMIN)
    row = _find(unit, import_id)
    if not _is_open(row, now):
        raise UndoTooLate
    return Entry(row, _name(unit, row), may_undo=True)


def undo(unit: Unit, chat_id: int, import_id: int, *, today: date, now: datetime) -> Undone:
    """Take an import back: what nobody was asked goes, what was asked is retired, what was
    changed reads as before; what somebody changed since stays. Raises UndoTooLate, StaleTap.
    """
    person = require(unit, chat_id, Role.ADMIN)
    row = _find(unit, import_id)
    bank = unit.banks.find(row.bank_id)
    name = bank.name if bank is not None else ""
    if now - row.created_at > MAY_UNDO:
        raise UndoTooLate
    if not unit.imports.mark_undone(import_id, now):
        return Undone(_find(unit, import_id), name, is_first=False)
    brought = unit.imports.list_brought(import_id)
    standing = [item for item in brought if item.is_current]
    new = [item for item in standing if item.version_before == 0]
    removed = unit.known.remove_unasked([item.question_id for item in new])
    kept = [item for item in new if item.question_id not in removed]
    for item in kept:
        unit.questions.move(
            item.question_id, item.version, tuple(QuestionStatus), QuestionStatus.RETIRED
        )
    changed = [item for item in standing if item.version_before]
    _restore(unit, row.bank_id, changed, today, now)
    _unflag(unit, row)
    left = tuple(item.question_id for item in brought if not item.is_current)
    counts = {
        "removed": len(removed),
        "retired": len(kept),
        "restored": len(changed),
        "left": len(left),
    }
    detail = {"import": import_id, "file": row.name, **counts}
    unit.house.record(person.id, "bank.undo", f"bank:{row.bank_id}", detail, now)
    stems = tuple(_stem(unit, question_id) for question_id in left[:NAMED])
    return Undone(row, name, len(removed), len(kept), len(changed), left=left, stems=stems)


def _restore(
    unit: Unit, bank_id: BankId, changed: list[BroughtRow], today: date, now: datetime
) -> None:
    """Give questions their former text as one more version, with their former status."""
    if not changed:
        return
    former: dict[QuestionRowId, Question] = {}
    for item in changed:
        versions = unit.questions.list_versions(item.question_id)
        former[item.question_id] = next(
            version.question for version in versions if version.number == item.version_before
        )
    rows = {question.id: row_id for row_id, question in former.items()}
    stems = unit.questions.list_stems([bank_id])
    found = proof(list(former.values()), stems, rows=rows, texts={}, today=today)
    for item in changed:
        question = former[item.question_id]
        unit.editions.edit(
            item.question_id,
            item.version,
            question,
            now,
            author_id=None,
            findings=[finding.value for finding in found.get(question.id, ())],
            status=item.status_before or QuestionStatus.DRAFT,
        )


def _unflag(unit: Unit, row: ImportRow) -> None:
    """Take the alerts back that a document's new text has raised."""
    subject = f"bank:{row.bank_id}"
    for entry in unit.house.list_audit(limit=AUDITED, subjects=[subject], actions=READ):
        if entry.detail.get("import") != row.id:
            continue
        for question_id in entry.detail.get("flagged", ()):
            question = unit.questions.find(question_id)
            if question is not None and question.alert in RAISED:
                unit.questions.set_alert(question_id, None)


def _find(unit: Unit, import_id: int) -> ImportRow:
    row = unit.imports.find(import_id)
    if row is None:
        raise StaleTap
    return row


def _is_open(row: ImportRow, now: datetime) -> bool:
    return row.undone_at is None and now - row.created_at <= MAY_UNDO


def _name(unit: Unit, row: ImportRow) -> str | None:
    person = unit.people.find(row.person_id) if row.person_id is not None else None
    return person.name if person is not None else None


def _stem(unit: Unit, question_id: QuestionRowId) -> str:
    row = unit.questions.find(question_id)
    return row.question.stem if row is not None else ""

"""Use cases of the shelf: banks and single questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.banks.errors import VoidedVersion
from bot.errors import StaleTap
from bot.guards import may, require
from questions.models import Bank, Kind
from questions.proofing import Finding, inspect
from storage.repositories.banks import BankRow
from storage.repositories.people import PersonRow
from storage.repositories.questions import Filter, QuestionRow
from storage.states import BankId, QuestionStatus, Role
from storage.unit import Unit


class Act(StrEnum):
    """What may be done to a question."""

    RETIRE = "retire"
    RESTORE = "restore"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All banks, and how many objections wait."""

    banks: tuple[BankRow, ...]
    objections: int


@dataclass(frozen=True, slots=True)
class BankCard:
    """A bank: how many questions of each status, and of each kind among the published."""

    bank: BankRow
    owner: str | None
    by_status: dict[QuestionStatus, int]
    by_kind: dict[Kind, int]
    laws: int
    alerts: int
    lapsed: int
    is_admin: bool


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question with its document's title and what the checks say of it."""

    row: QuestionRow
    title: str
    findings: tuple[Finding, ...]
    objections: int


@dataclass(frozen=True, slots=True)
class Gone:
    """A draft was deleted."""

    bank: BankRow


@dataclass(frozen=True, slots=True)
class InUse:
    """A question that was asked can't be deleted, only retired."""

    row: QuestionRow


@dataclass(frozen=True, slots=True)
class Taken:
    """A bank as it is to be written."""

    row: BankRow
    bank: Bank


def show_banks(unit: Unit, chat_id: int) -> Shelf:
    """Every bank."""
    require(unit, chat_id, Role.TRAINER)
    return Shelf(tuple(unit.banks.list_all()), unit.objections.count_open())


def show_bank(unit: Unit, chat_id: int, bank_id: int, *, now: datetime) -> BankCard:
    """One bank."""
    return _card(unit, require(unit, chat_id, Role.TRAINER), _bank(unit, bank_id), now)


def show_question(unit: Unit, chat_id: int, question_id: int, *, now: datetime) -> QuestionCard:
    """One question."""
    require(unit, chat_id, Role.TRAINER)
    return _question(unit, _row(unit, question_id), now)


def move(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    act: str,
    *,
    is_two_person: bool,
    now: datetime,
) -> QuestionCard | Gone | InUse:
    """Retire, restore or delete; what somebody changed meanwhile is shown, not moved.

    With two-person approval a question that comes back is a draft: it has to be approved again.
    """
    person = require(unit, chat_id, Role.TRAINER)
    if act == Act.DELETE:
        return _delete(unit, person, question_id, version, now)
    row = _row(unit, question_id)
    back = QuestionStatus.DRAFT if is_two_person else QuestionStatus.PUBLISHED
    steps = {
        Act.RETIRE: (QuestionStatus.PUBLISHED, QuestionStatus.RETIRED),
        Act.RESTORE: (QuestionStatus.RETIRED, back),
    }
    if act not in steps:
        raise StaleTap
    before, after = steps[Act(act)]
    if act == Act.RESTORE and _is_voided(unit, row):
        raise VoidedVersion
    if unit.questions.move(row.id, version, (before,), after):
        detail = {"version": version}
        unit.house.record(person.id, f"question.{act}", f"question:{row.id}", detail, now)
    return _question(unit, _row(unit, question_id), now)


def _is_voided(unit: Unit, row: QuestionRow) -> bool:
    found = unit.questions.find_by_version(row.version_id)
    return found is not None and found[1].voided_at is not None


def _delete(
    unit: Unit, person: PersonRow, question_id: int, version: int, now: datetime
) -> QuestionCard | Gone | InUse:
    row = _row(unit, question_id)
    is_draft = row.status in (QuestionStatus.DRAFT, QuestionStatus.RETURNED)
    if row.version != version or not is_draft:
        return _question(unit, row, now)
    if not unit.editions.remove(row.id):
        return InUse(row)
    detail = {"version": version, "stem": row.question.stem[:80]}
    unit.house.record(person.id, "question.delete", f"bank:{row.bank_id}", detail, now)
    return Gone(_bank(unit, row.bank_id))


def ask_move_bank(unit: Unit, chat_id: int, bank_id: int) -> BankRow:
    """The bank an admin wants to take out of use or bring back."""
    require(unit, chat_id, Role.ADMIN)
    return _bank(unit, bank_id)


def move_bank(
    unit: Unit, chat_id: int, bank_id: int, *, is_retired: bool, now: datetime
) -> BankCard:
    """Take a bank out of use, or bring it back; its questions keep their status."""
    admin = require(unit, chat_id, Role.ADMIN)
    bank = _bank(unit, bank_id)
    if (bank.retired_at is not None) is not is_retired:
        unit.banks.retire(bank.id, now if is_retired else None)
        action = "bank.retire" if is_retired else "bank.restore"
        unit.house.record(admin.id, action, f"bank:{bank.id}", {"bank": bank.name}, now)
    return _card(unit, admin, _bank(unit, bank_id), now)


def take(unit: Unit, chat_id: int, bank_id: int) -> Taken:
    """A bank's published questions, to be written to a file."""
    require(unit, chat_id, Role.ADMIN)
    row = _bank(unit, bank_id)
    return Taken(row, unit.banks.read_bank(row.id))


def note_export(
    unit: Unit, chat_id: int, bank_id: int, format_name: str, count: int, *, now: datetime
) -> None:
    """Leave word that a bank left the house."""
    admin = require(unit, chat_id, Role.ADMIN)
    detail = {"format": format_name, "questions": count}
    unit.house.record(admin.id, "bank.export", f"bank:{bank_id}", detail, now)


def _card(unit: Unit, person: PersonRow, bank: BankRow, now: datetime) -> BankCard:
    everything = Filter(bank_id=bank.id)
    published = Filter(bank_id=bank.id, statuses=(QuestionStatus.PUBLISHED,))
    by_status = unit.questions.count_by("status", everything)
    by_kind = unit.questions.count_by("kind", published)
    owner = unit.people.get(bank.owner_id) if bank.owner_id is not None else None
    lapsed = Filter(bank_id=bank.id, statuses=(QuestionStatus.PUBLISHED,), lapsed_on=now.date())
    return BankCard(
        bank=bank,
        owner=owner.name if owner is not None else None,
        by_status={QuestionStatus(name): count for name, count in by_status.items()},
        by_kind={Kind(name): count for name, count in by_kind.items()},
        laws=len(unit.questions.count_by("law", published)),
        alerts=unit.questions.count(Filter(bank_id=bank.id, has_alert=True)),
        lapsed=unit.questions.count(lapsed),
        is_admin=may(person, Role.ADMIN),
    )


def _question(unit: Unit, row: QuestionRow, now: datetime) -> QuestionCard:
    known = unit.documents.find(row.question.citation.document)
    found = set(inspect(row.question, today=now.date())) | {Finding(c) for c in row.findings}
    objections = [o for o in unit.objections.list_of(row.id) if o.settled_at is None]
    return QuestionCard(
        row=row,
        title=known[0].title if known is not None else "",
        findings=tuple(finding for finding in Finding if finding in found),
        objections=len(objections),
    )


def _row(unit: Unit, question_id: int) -> QuestionRow:
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return row


def _bank(unit: Unit, bank_id: int | BankId) -> BankRow:
    bank = unit.banks.find(bank_id)
    if bank is None:
        raise StaleTap
    return bank

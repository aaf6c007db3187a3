"""Use cases of approval.

Who approves sees one version; what they decide holds for that version alone. With two-person
approval the one who wrote a version can't be the one who approves it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime

from bot.banks.errors import OwnVersion
from bot.banks.proofs import twins
from bot.errors import StaleTap
from bot.guards import require
from questions.proofing import Finding, inspect
from storage.repositories.banks import BankRow
from storage.repositories.people import PersonRow
from storage.repositories.questions import Filter, QuestionRow
from storage.states import BankId, PersonId, QuestionStatus, Role
from storage.unit import Unit

REASON = "return_reason"
REASONS = ("wrong_key", "unclear", "duplicate", "worthless", "outdated")
LONGEST_REASON = 200
SAMPLE = 5
AROUND = 60  # characters of the document shown before and after the quote
_WAITING = (QuestionStatus.DRAFT, QuestionStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The cited document and what stands before and after the quote, where its text is known."""

    title: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its approver sees it; `waiting` counts those of its bank, this one included."""

    row: QuestionRow
    waiting: int
    source: Surroundings
    findings: tuple[Finding, ...]
    twins: tuple[QuestionRow, ...]
    author: str | None
    returned_for: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """No draft of the bank waits behind the last one; `left` were passed over."""

    bank: BankRow
    left: int


@dataclass(frozen=True, slots=True)
class Beaten:
    """Somebody was first: the question as it stands now and who did what to it last."""

    row: QuestionRow
    who: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A draft that went back, the one who should hear why, and what comes next."""

    row: QuestionRow
    reason: str
    author_chat: int | None
    then: Draft | Done


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the drafts drawn from `count` that passed every check; `place` from 0 of `size`."""

    bank: BankRow
    row: QuestionRow
    title: str
    place: int
    size: int
    count: int
    upto: int


@dataclass(frozen=True, slots=True)
class Published:
    """How many drafts a bulk approval published, and how many still wait."""

    bank: BankRow
    count: int
    left: int


def review(
    unit: Unit, chat_id: int, bank_id: int, after: int, *, is_two_person: bool, now: datetime
) -> Draft | Done:
    """The next draft of a bank behind `after` that this person may approve."""
    person = require(unit, chat_id, Role.TRAINER)
    unit.prompts.drop(chat_id)
    return _next(unit, person, _bank(unit, bank_id), after, is_two_person, now)


def approve(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    *,
    is_two_person: bool,
    now: datetime,
) -> Draft | Done | Beaten:
    """Publish this version and show the next; raises OwnVersion with two-person approval."""
    person, row = _row(unit, chat_id, question_id)
    if is_two_person and row.version == version and row.author_id == person.id:
        raise OwnVersion
    if not unit.questions.move(row.id, version, _WAITING, QuestionStatus.PUBLISHED):
        return _beaten(unit, row)
    record(unit, person.id, "question.approve", row, {"version": version}, now)
    return _next(unit, person, _bank(unit, row.bank_id), row.id, is_two_person, now)


def ask_reason(
    unit: Unit, chat_id: int, question_id: int, version: int, *, now: datetime
) -> QuestionRow | Beaten:
    """Wait for the reason why this version goes back, typed or tapped."""
    _, row = _row(unit, chat_id, question_id)
    if row.version != version or row.status is not QuestionStatus.DRAFT:
        return _beaten(unit, row)
    unit.prompts.put(chat_id, REASON, {"question_id": row.id, "version": version}, now)
    return row


def known_reason(code: str) -> str:
    """The code of a common reason; raises StaleTap for a forged one."""
    if code not in REASONS:
        raise StaleTap
    return code


def send_back(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    reason: str,
    *,
    is_two_person: bool,
    now: datetime,
) -> Returned | Beaten:
    """Return this version with a reason; its author hears of it."""
    person, row = _row(unit, chat_id, question_id)
    unit.prompts.drop(chat_id)
    if not unit.questions.move(row.id, version, (QuestionStatus.DRAFT,), QuestionStatus.RETURNED):
        return _beaten(unit, row)
    said = reason.strip()[:LONGEST_REASON]
    record(unit, person.id, "question.return", row, {"version": version, "reason": said}, now)
    author = unit.people.get(row.author_id) if row.author_id is not None else None
    is_other = author is not None and author.id != person.id and author.is_active
    then = _next(unit, person, _bank(unit, row.bank_id), row.id, is_two_person, now)
    return Returned(row, said, author.chat_id if author and is_other else None, then)


def look_at_sample(
    unit: Unit,
    chat_id: int,
    bank_id: int,
    upto: int,
    place: int,
    *,
    is_two_person: bool,
) -> Sample | Done:
    """A draft drawn at random from those that passed every check, before all are published.

    `upto` 0 means all that are there now; the draw depends on the bank and `upto` alone, so that
    turning pages shows the same ones.
    """
    person = require(unit, chat_id, Role.TRAINER)
    bank = _bank(unit, bank_id)
    wanted = _clean(bank.id, person, is_two_person)
    ids = [found for found in unit.questions.list_ids(wanted) if not upto or found <= upto]
    if not ids:
        return Done(bank, bank.drafts)
    rng = random.Random(f"{bank.id}:{upto or ids[-1]}")  # noqa: S311  (a sample, no secret)
    drawn = sorted(rng.sample(ids, min(SAMPLE, len(ids))))
    at = min(place, len(drawn) - 1)
    row = unit.questions.find(drawn[at])
    if row is None:
        raise StaleTap
    title = _surroundings(unit, row).title
    return Sample(bank, row, title, at, len(drawn), len(ids), upto or ids[-1])


def approve_all(
    unit: Unit,
    chat_id: int,
    bank_id: int,
    upto: int,
    *,
    is_two_person: bool,
    now: datetime,
) -> Published:
    """Publish every draft up to `upto` that passed every check; a repeat finds none left."""
    person = require(unit, chat_id, Role.TRAINER)
    bank = _bank(unit, bank_id)
    moved = unit.questions.publish(_clean(bank.id, person, is_two_person), upto)
    rows = [
        ("question.approve", f"question:{found}", {"version": version, "bulk": len(moved)})
        for found, version in moved
    ]
    unit.house.record_all(person.id, rows, now)
    return Published(bank, len(moved), bank.drafts - len(moved))


def record(
    unit: Unit,
    actor: PersonId,
    action: str,
    row: QuestionRow,
    detail: dict[str, object],
    now: datetime,
) -> None:
    """Leave the row a question's history is read from."""
    unit.house.record(actor, action, f"question:{row.id}", detail, now)


def _clean(bank_id: BankId, person: PersonRow, is_two_person: bool) -> Filter:
    return Filter(
        bank_id=bank_id,
        statuses=(QuestionStatus.DRAFT,),
        has_findings=False,
        not_by=person.id if is_two_person else None,
    )


def _next(
    unit: Unit,
    person: PersonRow,
    bank: BankRow,
    after: int,
    is_two_person: bool,
    now: datetime,
) -> Draft | Done:
    wanted = Filter(
        bank_id=bank.id,
        statuses=(QuestionStatus.DRAFT,),
        not_by=person.id if is_two_person else None,
    )
    rows = unit.questions.search(wanted, limit=1, after=after)
    waiting = unit.questions.count(wanted)
    if not rows:
        return Done(bank, waiting)
    return _draft(unit, rows[0], waiting, now)


def _draft(unit: Unit, row: QuestionRow, waiting: int, now: datetime) -> Draft:
    author = unit.people.get(row.author_id) if row.author_id is not None else None
    returned = unit.house.list_audit(
        limit=1, subjects=[f"question:{row.id}"], actions=["question.return"]
    )
    found = set(inspect(row.question, today=now.date())) | {
        Finding(code) for code in row.findings if code in set(Finding)
    }
    return Draft(
        row=row,
        waiting=waiting,
        source=_surroundings(unit, row),
        findings=tuple(finding for finding in Finding if finding in found),
        twins=twins(unit, row.id, row.bank_id, row.question) if Finding.ALIKE in found else (),
        author=author.name if author is not None else None,
        returned_for=str(returned[0].detail.get("reason", "")) if returned else None,
    )


def _surroundings(unit: Unit, row: QuestionRow) -> Surroundings:
    cite = row.question.citation
    known = unit.documents.find(cite.document)
    if known is None:
        return Surroundings("")
    info, said = known
    if said is None or said[cite.start : cite.end] != cite.quote or not cite.quote:
        return Surroundings(info.title)
    before = said[max(0, cite.start - AROUND) : cite.start].rpartition("\n")[2]
    after = said[cite.end : cite.end + AROUND].partition("\n")[0]
    return Surroundings(info.title, before, after)


def _beaten(unit: Unit, row: QuestionRow) -> Beaten:
    now = unit.questions.find(row.id) or row
    last = unit.house.list_audit(limit=1, subjects=[f"question:{row.id}"], actions=["question."])
    return Beaten(now, last[0].actor if last else None, last[0].action if last else None)


def _row(unit: Unit, chat_id: int, question_id: int) -> tuple[PersonRow, QuestionRow]:
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return person, row


def _bank(unit: Unit, bank_id: int) -> BankRow:
    bank = unit.banks.find(bank_id)
    if bank is None:
        raise StaleTap
    return bank

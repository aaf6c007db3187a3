"""Use cases of who keeps banks: what was said against questions, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import may, require
from bot.keyboards import page_count
from storage.repositories.objections import ObjectionRow
from storage.repositories.people import PersonRow
from storage.repositories.questions import QuestionRow, VersionRow
from storage.states import QuestionStatus, Role
from storage.unit import Unit

REASON = "objection_reason"
LONGEST_REASON = 200
A_PAGE = 5
_ANY = tuple(QuestionStatus)


class Settlement(StrEnum):
    """What came of an objection."""

    FIXED = "fixed"
    VOIDED = "voided"
    KEPT = "kept"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the list: how many objections it has, and how many wait."""

    row: QuestionRow
    waiting: int
    total: int


@dataclass(frozen=True, slots=True)
class Cases:
    """A page of questions that were objected to; `waiting` counts the open ones of all pages."""

    lines: tuple[Line, ...]
    waiting: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Said:
    """One open objection; `name` only where the reader may know it."""

    note: str
    created_at: datetime
    name: str | None


@dataclass(frozen=True, slots=True)
class Answered:
    """How the last objections against a question were settled, and by whom."""

    outcome: Settlement
    who: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """A question that was objected to.

    `version` is the newest one objected to, `said` the open objections, `last` the settlement
    before. `is_mine` where the reader has just settled it.
    """

    row: QuestionRow
    version: VersionRow
    title: str
    said: tuple[Said, ...]
    last: Answered | None
    is_mine: bool = False


def show_list(unit: Unit, chat_id: int, page: int) -> Cases:
    """Questions that were objected to, open ones first."""
    require(unit, chat_id, Role.TRAINER)
    pages = page_count(unit.objections.count_cases(), A_PAGE)
    page = min(page, pages - 1)
    found = unit.objections.list_cases(limit=A_PAGE, offset=page * A_PAGE)
    rows = {case.question_id: unit.questions.find(case.question_id) for case in found}
    lines = [
        Line(row, case.waiting, case.total)
        for case in found
        if (row := rows[case.question_id]) is not None
    ]
    return Cases(tuple(lines), unit.objections.count_cases(is_open=True), page, pages)


def show_case(unit: Unit, chat_id: int, question_id: int) -> Case:
    """What was said against a question."""
    person = require(unit, chat_id, Role.TRAINER)
    unit.prompts.drop(chat_id, REASON)
    return case_for(unit, person, question_id)


def case_for(unit: Unit, person: PersonRow, question_id: int, *, is_mine: bool = False) -> Case:
    """The case as this person may see it; raises StaleTap where nothing was said."""
    row = unit.questions.find(question_id)
    objections = unit.objections.list_of(question_id)
    if row is None or not objections:
        raise StaleTap
    waiting = [objection for objection in objections if objection.settled_at is None]
    newest = max(objection.version_id for objection in waiting or objections)
    version = next(v for v in unit.questions.list_versions(row.id) if v.id == newest)
    source = unit.documents.find(version.question.citation.document)
    return Case(
        row,
        version,
        source[0].title if source is not None else "",
        tuple(_said(unit, person, objection) for objection in waiting),
        _last(unit, objections),
        is_mine,
    )


def _said(unit: Unit, reader: PersonRow, objection: ObjectionRow) -> Said:
    name = unit.people.get(objection.person_id).name if may(reader, Role.ADMIN) else None
    return Said(objection.note, objection.created_at, name)


def _last(unit: Unit, objections: list[ObjectionRow]) -> Answered | None:
    settled = [objection for objection in objections if objection.settled_at is not None]
    if not settled:
        return None
    newest = max(settled, key=lambda objection: (objection.settled_at, objection.id))
    return answer_to(unit, newest)


def answer_to(unit: Unit, objection: ObjectionRow) -> Answered | None:
    """How an objection was settled."""
    if objection.outcome is None:
        return None
    subject = f"objection:{objection.id}"
    acts = unit.house.list_audit(limit=1, subjects=[subject], actions=["objection.settle"])
    reason = str(acts[0].detail.get("reason", "")) if acts else ""
    return Answered(Settlement(objection.outcome), acts[0].actor if acts else None, reason)


def ask_reason(unit: Unit, chat_id: int, question_id: int, *, now: datetime) -> Case:
    """Wait for the sentence that says why nothing is wrong."""
    case = show_case(unit, chat_id, question_id)
    if case.said:
        unit.prompts.put(chat_id, REASON, {"question_id": case.row.id}, now)
    return case


def settle(
    unit: Unit, chat_id: int, question_id: int, outcome: str, reason: str = "", *, now: datetime
) -> Case:
    """Answer every open objection against a question; those who raised them are told.

    A question that is retired for it leaves use. Where somebody was first nothing changes.
    """
    if outcome not in (Settlement.FIXED, Settlement.KEPT, Settlement.RETIRED):
        raise StaleTap
    person = require(unit, chat_id, Role.TRAINER)
    unit.prompts.drop(chat_id, REASON)
    case = case_for(unit, person, question_id)
    if not case.said:
        return case
    row = case.row
    if outcome == Settlement.RETIRED and row.status is not QuestionStatus.RETIRED:
        retire(unit, person, row, now)
    close(unit, person, row, Settlement(outcome), reason.strip()[:LONGEST_REASON], now)
    return case_for(unit, person, question_id, is_mine=True)


def retire(unit: Unit, person: PersonRow, row: QuestionRow, now: datetime) -> None:
    """Take a question out of use, whatever it is now."""
    if unit.questions.move(row.id, row.version, _ANY, QuestionStatus.RETIRED):
        detail = {"version": row.version, "from": row.status.value}
        unit.house.record(person.id, "question.retire", f"question:{row.id}", detail, now)


def close(
    unit: Unit,
    person: PersonRow,
    row: QuestionRow,
    outcome: Settlement,
    reason: str,
    now: datetime,
) -> None:
    """Close the open objections and, unless a voiding tells everybody, have each answered."""
    before = {o.id for o in unit.objections.list_of(row.id) if o.settled_at is not None}
    unit.objections.settle(row.id, person.id, outcome, now)
    settled = [
        o
        for o in unit.objections.list_of(row.id)
        if o.settled_at is not None and o.id not in before
    ]
    detail: dict[str, object] = {"question": row.id, "outcome": outcome.value}
    if reason:
        detail["reason"] = reason
    rows = [("objection.settle", f"objection:{o.id}", detail) for o in settled]
    unit.house.record_all(person.id, rows, now)
    if outcome is not Settlement.VOIDED:
        for objection in settled:
            unit.notices.add(f"s:{objection.id}", now)

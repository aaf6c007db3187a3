"""Use cases of voiding: the faulty versions give full credit, and their question leaves use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.banks.objections.settling import Settlement, close, retire
from bot.errors import StaleTap
from bot.guards import require
from storage.repositories.people import PersonRow
from storage.repositories.questions import QuestionRow, VersionRow
from storage.repositories.voids import Asked
from storage.states import QuestionStatus, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Prospect:
    """What voiding would do: the versions it concerns, whom, and whether the question retires."""

    row: QuestionRow
    versions: tuple[VersionRow, ...]
    asked: Asked
    is_retiring: bool


@dataclass(frozen=True, slots=True)
class Voided:
    """Done, by whoever was first; `asked` counts what it changed, None where it was before."""

    row: QuestionRow
    versions: tuple[VersionRow, ...]
    asked: Asked | None
    who: str | None


def ask(unit: Unit, chat_id: int, question_id: int, version: int) -> Prospect | Voided:
    """What voiding a version would do."""
    _, row = _row(unit, chat_id, question_id)
    unit.prompts.drop(chat_id)
    wanted = _wanted(unit, row, version)
    if not wanted:
        return _done_before(unit, row)
    asked = unit.voids.count([v.id for v in wanted])
    is_current = any(v.id == row.version_id for v in wanted)
    return Prospect(row, wanted, asked, is_current and row.status is not QuestionStatus.RETIRED)


def void(unit: Unit, chat_id: int, question_id: int, version: int, *, now: datetime) -> Voided:
    """Void a version and every other that is objected to; a repeat changes nothing.

    All who were asked have full credit when this transaction ends, and are told later.
    """
    person, row = _row(unit, chat_id, question_id)
    wanted = _wanted(unit, row, version)
    done = tuple(v for v in wanted if unit.voids.void(v.id, now))
    for each in done:
        unit.notices.add(f"v:{each.id}", now)
        asked = unit.voids.count([each.id])
        detail = {"version": each.number, "answered": asked.answered, "missed": asked.missed}
        unit.house.record(person.id, "question.void", f"question:{row.id}", detail, now)
    if any(v.id == row.version_id for v in done) and row.status is not QuestionStatus.RETIRED:
        retire(unit, person, row, now)
    close(unit, person, row, Settlement.VOIDED, "", now)
    if not done:
        return _done_before(unit, row)
    asked = unit.voids.count([v.id for v in done])
    return Voided(unit.questions.find(row.id) or row, done, asked, person.name)


def _wanted(unit: Unit, row: QuestionRow, number: int) -> tuple[VersionRow, ...]:
    """The version of that number and those with open objections, as far as not voided yet."""
    versions = unit.questions.list_versions(row.id)
    if all(version.number != number for version in versions):
        raise StaleTap
    objected = {o.version_id for o in unit.objections.list_of(row.id) if o.settled_at is None}
    return tuple(
        version
        for version in versions
        if version.voided_at is None and (version.number == number or version.id in objected)
    )


def _done_before(unit: Unit, row: QuestionRow) -> Voided:
    voided = tuple(v for v in unit.questions.list_versions(row.id) if v.voided_at is not None)
    subject = f"question:{row.id}"
    acts = unit.house.list_audit(limit=1, subjects=[subject], actions=["question.void"])
    return Voided(row, voided, None, acts[0].actor if acts else None)


def _row(unit: Unit, chat_id: int, question_id: int) -> tuple[PersonRow, QuestionRow]:
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return person, row

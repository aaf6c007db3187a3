"""Use cases of who objects: one tap, then a sentence if they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import StaleTap
from bot.guards import person_of
from bot.plans.calendar import local_day
from storage.repositories.objections import ObjectionRow
from storage.repositories.people import PersonRow
from storage.states import ObjectionId, QuestionRowId
from storage.unit import Unit

NOTE = "objection_note"
LONGEST_NOTE = 300
# Owners are told once the sentence is there, or when it seems not to come.
PATIENCE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection; `is_new` unless this person had raised it before."""

    objection_id: ObjectionId
    is_new: bool


@dataclass(frozen=True, slots=True)
class VoidedAlready:
    """The question is voided: nothing more needs to be said."""


def notice_of(question_id: QuestionRowId, now: datetime, timezone: str) -> str:
    """The name of the one notice that owners get of a question on a day."""
    return f"o:{question_id}:{local_day(now, timezone):%Y%m%d}"


def raise_objection(
    unit: Unit, chat_id: int, sitting_id: int, position: int, *, timezone: str, now: datetime
) -> Raised | VoidedAlready:
    """Object to a question one has answered; once per person and version."""
    person = person_of(unit, chat_id)
    item = unit.sittings.find_item(sitting_id, position)
    if item is None or item.sitting.person_id != person.id or item.grade is None:
        raise StaleTap
    if item.is_voided:
        return VoidedAlready()
    found = unit.questions.find_by_version(item.version_id)
    added = unit.objections.add(item.version_id, person.id, "", now)
    known = unit.objections.find_by_person(item.version_id, person.id)
    if found is None or known is None:
        raise StaleTap
    if added is None:
        return Raised(known.id, is_new=False)
    row, version = found
    unit.prompts.put(chat_id, NOTE, {"objection_id": added}, now)
    detail = {"question": row.id, "version": version.number}
    unit.house.record(person.id, "objection.raise", f"objection:{added}", detail, now)
    unit.notices.add(notice_of(row.id, now, timezone), now + PATIENCE)
    return Raised(added, is_new=True)


def add_note(
    unit: Unit,
    chat_id: int,
    objection_id: int,
    typed: str,
    *,
    update_id: int,
    timezone: str,
    now: datetime,
) -> None:
    """Keep what is said to be wrong, and have the owners told."""
    person, objection = _own(unit, chat_id, objection_id)
    unit.prompts.drop(chat_id, NOTE)
    if unit.house.is_first(update_id, now):
        unit.objections.set_note(objection.id, person.id, typed.strip()[:LONGEST_NOTE])
        unit.notices.hasten(notice_of(objection.question_id, now, timezone), now)


def skip_note(
    unit: Unit, chat_id: int, objection_id: int, *, timezone: str, now: datetime
) -> None:
    """Leave it at the objection; the owners are told."""
    _, objection = _own(unit, chat_id, objection_id)
    unit.prompts.drop(chat_id, NOTE)
    unit.notices.hasten(notice_of(objection.question_id, now, timezone), now)


def _own(unit: Unit, chat_id: int, objection_id: int) -> tuple[PersonRow, ObjectionRow]:
    person = person_of(unit, chat_id)
    objection = unit.objections.find(objection_id)
    if objection is None or objection.person_id != person.id:
        raise StaleTap
    return person, objection

"""What people are told in the background: owners of objections, objectors of their outcome,
everybody concerned of a voiding.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.banks.notices import Source, Word
from bot.banks.objections import settling, views
from bot.banks.owners import owners_of
from bot.errors import StaleTap
from storage.unit import Unit


def to_owners(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """A question's open objections, to those who answer for its bank."""
    question_id = int(subject.partition(":")[0])
    row = unit.questions.find(question_id)
    if row is None:
        return []
    words: list[Word] = []
    for person in owners_of(unit, row.bank_id):
        if person.id <= after:
            continue
        try:
            case = settling.case_for(unit, person, question_id)
        except StaleTap:
            return []
        if case.said:
            words.append(Word(person.id, person.chat_id, views.case(case)))
    return words[:limit]


def to_objector(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """What came of one objection, to who raised it."""
    objection = unit.objections.find(int(subject))
    if objection is None or objection.person_id <= after:
        return []
    person = unit.people.get(objection.person_id)
    answer = settling.answer_to(unit, objection)
    found = unit.questions.find_by_version(objection.version_id)
    if answer is None or found is None:
        return []
    if not person.is_active or person.unreachable_at is not None:
        return []
    return [Word(person.id, person.chat_id, views.answer(found[1].question, answer))]


def to_concerned(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """That a version is voided, to everybody who had answered or missed it."""
    found = unit.questions.find_by_version(int(subject))
    if found is None:
        return []
    question = found[1].question
    return [
        Word(who.person_id, who.chat_id, views.credited(question, has_objected=who.has_objected))
        for who in unit.voids.list_concerned(int(subject), after, limit)
    ]


WORDS: Mapping[str, Source] = {"o": to_owners, "s": to_objector, "v": to_concerned}

"""What the checks say of a question in its bank: its own flaws, and who asks nearly the same."""

from __future__ import annotations

from datetime import datetime

from questions.models import Question
from questions.proofing import FAULTS, Finding, Shelf, inspect
from storage.repositories.questions import QuestionRow
from storage.states import BankId
from storage.unit import Unit

TWINS = 2


def twins(
    unit: Unit, question_id: int, bank_id: BankId, question: Question
) -> tuple[QuestionRow, ...]:
    """Up to two other questions of the bank that ask nearly the same."""
    stems = [found for found in unit.questions.list_stems([bank_id]) if found[0] != question_id]
    shelf = Shelf(stem for _, _, stem in stems)
    for number, kind, stem in stems:
        shelf.add(number, kind, stem)
    alike = shelf.alike(question.kind, question.stem)[:TWINS]
    found = (unit.questions.find(number) for number in alike)
    return tuple(twin for twin in found if twin is not None)


def faults_of(
    unit: Unit, question_id: int, bank_id: BankId, question: Question, now: datetime
) -> list[str]:
    """Codes of what keeps a question from being approved unseen."""
    found = {finding for finding in inspect(question, today=now.date()) if finding in FAULTS}
    if twins(unit, question_id, bank_id, question):
        found.add(Finding.ALIKE)
    return [finding.value for finding in Finding if finding in found]

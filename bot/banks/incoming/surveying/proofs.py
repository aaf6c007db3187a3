"""The checks over what is about to be written, near twins included."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from questions.models import DocumentId, Kind, Question, QuestionId
from questions.proofing import FAULTS, Finding, Shelf, inspect

Stem = tuple[int, Kind, str]


def proof(
    questions: Sequence[Question],
    stems: Sequence[Stem],
    *,
    rows: Mapping[QuestionId, int],
    texts: Mapping[DocumentId, str],
    today: date,
) -> dict[QuestionId, tuple[Finding, ...]]:
    """The faults of each question; `rows` are those that have a row among `stems` already.

    Questions with a fact were made by the generator, which holds them against each other itself.
    """
    shelf = Shelf((*(stem for _, _, stem in stems), *(q.stem for q in questions)))
    ours = set(rows.values())
    for number, kind, stem in stems:
        if number not in ours:
            shelf.add(number, kind, stem)
    found: dict[QuestionId, tuple[Finding, ...]] = {}
    for number, question in enumerate(questions, start=1):
        text = texts.get(question.citation.document)
        faults = [f for f in inspect(question, text=text, today=today) if f in FAULTS]
        if shelf.alike(question.kind, question.stem):
            faults.append(Finding.ALIKE)
        if not question.fact:
            shelf.add(-number, question.kind, question.stem)
        if faults:
            found[question.id] = tuple(faults)
    return found


def clean(
    questions: Sequence[Question], findings: Mapping[QuestionId, Collection[Finding]]
) -> list[Question]:
    """Those that may be published unseen."""
    return [question for question in questions if not findings.get(question.id)]

"""The dry run of a bank file: what an import would do, question by question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.banks.incoming.surveying.likeness import asked, carry_over, is_same, is_stranger
from bot.banks.incoming.surveying.proofs import clean, proof
from bot.banks.incoming.surveying.target import Target
from questions.formats.assembly import content_id
from questions.formats.format import Reading, Skip
from questions.models import Bank, Question, QuestionId
from questions.proofing import Finding
from storage.repositories.imports import ImportRow
from storage.repositories.known import KnownRow
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class BankSurvey:
    """What importing a file into a bank would do.

    `bank` is what would be written: new questions and, of `updated` of them, new versions
    (`edited`: over somebody's own wording). `repeated` stand in the file twice, `present` in the
    bank already. `findings` are faults, for those that have any.
    """

    target: Target
    bank: Bank
    updated: int
    edited: int
    repeated: int
    present: int
    skips: tuple[Skip, ...]
    notes: tuple[str, ...]
    findings: Mapping[QuestionId, tuple[Finding, ...]]
    earlier: ImportRow | None

    @property
    def rows(self) -> int:
        """How many questions the file has, usable or not."""
        return len(self.bank.questions) + self.repeated + self.present + len(self.skips)

    @property
    def clean(self) -> int:
        """How many could be published unseen."""
        return len(clean(self.bank.questions, self.findings))


@dataclass(slots=True)
class _Sorted:
    """The file's questions as they are told apart."""

    wanted: list[Question]
    rows: dict[QuestionId, int]  # of updated questions
    edited: int = 0
    repeated: int = 0
    present: int = 0


def survey(
    unit: Unit, target: Target, reading: Reading, *, sha256: str, today: date
) -> BankSurvey:
    """Compare a reading with a bank; a question is known by its id, else by what it asks."""
    known = unit.known.list_all(target.id) if target.id is not None else []
    found = _sort(reading.bank, known)
    stems = unit.questions.list_stems([target.id]) if target.id is not None else []
    findings = proof(found.wanted, stems, rows=found.rows, texts={}, today=today)
    skips = tuple(skip for skip in reading.skips if not _is_repeat(skip))
    cited = {question.citation.document for question in found.wanted}
    documents = tuple(info for info in reading.bank.documents if info.id in cited)
    return BankSurvey(
        target,
        Bank(documents, tuple(found.wanted)),
        updated=len(found.rows),
        edited=found.edited,
        repeated=found.repeated + len(reading.skips) - len(skips),
        present=found.present,
        skips=skips,
        notes=reading.notes,
        findings=findings,
        earlier=unit.imports.find_by_content(target.id, sha256) if target.id else None,
    )


def _sort(bank: Bank, known: list[KnownRow]) -> _Sorted:
    by_uid = {row.uid: row for row in known}
    there = {asked(row.question) for row in known}
    found = _Sorted([], {})
    taken: set[tuple[object, ...]] = set()
    for brought in bank.questions:
        question = _known_apart(brought, by_uid)
        what, row = asked(question), by_uid.get(question.id)
        if what in taken:
            found.repeated += 1
        elif row is None and what in there:
            found.present += 1
        elif row is None:
            found.wanted.append(question)
        elif is_same(question, row.question) or is_same(question, row.brought):
            found.present += 1
        else:
            found.wanted.append(carry_over(row.question, question))
            found.rows[question.id] = row.id
            found.edited += row.is_edited
        taken.add(what)
    return found


def _known_apart(question: Question, by_uid: Mapping[str, KnownRow]) -> Question:
    """The question; one that only shares its number with a wholly other is known by its text."""
    row = by_uid.get(question.id)
    if row is None or not all(is_stranger(question, one) for one in (row.question, row.brought)):
        return question
    return replace(
        question, id=QuestionId(content_id(question.kind, question.stem, question.options))
    )


def _is_repeat(skip: Skip) -> bool:
    """Readers leave out the second of two equal questions themselves; it is no error."""
    return skip.reason.startswith("与") and "重复（题干和选项相同）" in skip.reason


def only(survey: BankSurvey, questions: list[Question]) -> Bank:
    """A part of what would be written."""
    return replace(survey.bank, questions=tuple(questions))

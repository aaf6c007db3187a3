"""A document's questions against those that an earlier text of it has brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.banks.comparing import Change, compare
from bot.banks.incoming.surveying.proofs import proof
from bot.banks.incoming.surveying.statute import Affected, affected, family
from bot.banks.incoming.surveying.target import Target
from bot.banks.registry import registry_of
from bot.banks.workshop import DocumentFile
from questions import laws
from questions.models import Bank, DocumentInfo, Question, QuestionId
from questions.numerals import normalize
from questions.proofing import Finding
from storage.repositories.imports import ImportRow
from storage.repositories.known import KnownRow
from storage.states import BankId, QuestionRowId, QuestionStatus
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class DocumentSurvey:
    """What bringing a document's questions into a bank would do.

    `bank` is what would be written, `changed` of it new versions. `gone` are questions whose
    sentence the new text has no more, `edited` those somebody reworded and the text changed;
    both are only flagged. `renewed` stay as they are, on the basis of the new text.
    `affected` are questions on articles that read differently now.
    """

    target: Target
    file: DocumentFile
    bank: Bank
    changed: int
    unchanged: int
    gone: tuple[QuestionRowId, ...]
    edited: tuple[QuestionRowId, ...]
    renewed: tuple[tuple[QuestionRowId, Question], ...]
    affected: tuple[Affected, ...]
    is_again: bool
    findings: Mapping[QuestionId, tuple[Finding, ...]]
    earlier: ImportRow | None

    @property
    def notes(self) -> int:
        """How many questions would be flagged or renewed without being written."""
        return sum(map(len, (self.gone, self.edited, self.renewed, self.affected)))

    @property
    def added(self) -> int:
        """How many questions would be new."""
        return len(self.bank.questions) - self.changed


def survey(unit: Unit, target: Target, file: DocumentFile, *, today: date) -> DocumentSurvey:
    """Compare with the bank's questions of this document's lineage."""
    with laws.using(registry_of(unit).registry):
        return _survey(unit, target, file, today)


def _survey(unit: Unit, target: Target, file: DocumentFile, today: date) -> DocumentSurvey:
    ids = [info.id for info in family(unit, file.info)]
    known = unit.known.list_all(target.id, ids) if target.id is not None and ids else []
    by_uid = {QuestionId(row.uid): row for row in known}
    old = Bank((), tuple(replace(row.brought, id=QuestionId(row.uid)) for row in known))
    changes = compare(old, file.bank)
    changed, edited, renewed = _split(changes.changed, by_uid, today)
    same = len(changes.changed) - len(changed) - len(edited)
    written = {by_uid[question.id].id for question in changed}
    touched = affected(unit, file.info, file.text, file.bank, but=written) if file.is_law else []
    told = {hit.question_id for hit in touched}
    gone = _gone(file, [by_uid[q.id] for q in changes.gone], told)
    stems = unit.questions.list_stems([target.id]) if target.id is not None else []
    findings = proof(
        (*changes.new, *changed),
        stems,
        rows={QuestionId(row.uid): row.id for row in known},
        texts={file.info.id: file.text},
        today=today,
    )
    return DocumentSurvey(
        target,
        file,
        replace(file.bank, questions=(*changes.new, *changed)),
        changed=len(changed),
        unchanged=changes.unchanged + same + len(changes.gone) - len(gone),
        gone=tuple(gone),
        edited=tuple(row_id for row_id in edited if row_id not in told),
        renewed=tuple(renewed),
        affected=tuple(touched),
        is_again=bool(known),
        findings=findings,
        earlier=(unit.imports.find_by_content(target.id, file.info.sha256) if target.id else None),
    )


def home(unit: Unit, info: DocumentInfo) -> BankId | None:
    """The bank in use that holds most questions of this document's earlier texts."""
    with laws.using(registry_of(unit).registry):
        ids = [other.id for other in family(unit, info)]
    for bank_id in unit.known.count_by_bank(ids) if ids else ():
        bank = unit.banks.find(bank_id)
        if bank is not None and bank.retired_at is None:
            return bank_id
    return None


def _split(
    changed: Sequence[Change], by_uid: Mapping[QuestionId, KnownRow], today: date
) -> tuple[list[Question], list[QuestionRowId], list[tuple[QuestionRowId, Question]]]:
    """Changed questions: to be written, reworded by somebody, or merely in force anew."""
    written: list[Question] = []
    edited: list[QuestionRowId] = []
    renewed: list[tuple[QuestionRowId, Question]] = []
    for change in changed:
        row = by_uid[change.before.id]
        if _is_same_rule(change):
            basis = change.after.basis
            if basis is not None and basis.is_in_force(today) and basis != row.question.basis:
                renewed.append((row.id, replace(row.question, basis=basis)))
        elif row.is_edited:
            edited.append(row.id)
        else:
            written.append(change.after)
    return written, edited, renewed


def _is_same_rule(change: Change) -> bool:
    """Whether a new text of the law has left the question alone, its days aside."""
    before, after = change.before.basis, change.after.basis
    return (
        change.parts == ("法律依据",)
        and before is not None
        and after is not None
        and (before.law, before.article) == (after.law, after.article)
    )


def _gone(
    file: DocumentFile, rows: Sequence[KnownRow], told: set[QuestionRowId]
) -> list[QuestionRowId]:
    """Questions in use whose sentence is gone; one that still stands there still holds."""
    text = normalize(file.text)
    return [
        row.id
        for row in rows
        if row.status is not QuestionStatus.RETIRED
        and row.id not in told
        and normalize(row.question.citation.quote) not in text
    ]

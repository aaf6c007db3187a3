"""Drafts for tests of the banks' rooms, and a street whose people have joined."""

from __future__ import annotations

from dataclasses import replace

from questions.models import Bank, Citation, DocumentInfo, Question, QuestionId
from storage.repositories.questions import Filter, QuestionRow
from storage.states import BankId, PersonId, QuestionStatus
from storage.unit import Unit
from tests.cast import DOCUMENT, NINE, Cast, furnish

TEXT = "一、执法情况。2025年，全厅共办理案件12件，罚款30万元。二、普法情况。"
QUOTE = "共办理案件12件"
SOURCE = replace(DOCUMENT, id=DOCUMENT.id, chars=len(TEXT))


def cited(question: Question) -> Question:
    """The question with a source that the document holds."""
    start = TEXT.index(QUOTE)
    cite = Citation(SOURCE.id, start, start + len(QUOTE), QUOTE, ("一、执法情况",))
    return replace(question, citation=cite)


def keep(
    unit: Unit,
    *drafts: Question,
    author: PersonId | None = None,
    findings: dict[str, tuple[str, ...]] | None = None,
    text: str | None = TEXT,
    document: DocumentInfo = SOURCE,
) -> tuple[Cast, BankId]:
    """The cast, and a bank named 新题库 whose drafts wait for approval."""
    cast = furnish(unit)
    bank = unit.banks.add("新题库", NINE, cast.xiaocheng)
    unit.documents.put(document, text)
    unit.editions.put(
        bank,
        Bank((document,), drafts),
        QuestionStatus.DRAFT,
        NINE,
        author_id=author,
        findings={QuestionId(uid): codes for uid, codes in (findings or {}).items()},
    )
    return cast, bank


def named(unit: Unit, uid: str) -> QuestionRow:
    """The question a bank file calls `uid`."""
    (found,) = [row for row in unit.questions.search(Filter(), limit=99) if row.question.id == uid]
    return found

"""Which questions a new text of a law concerns: those whose article reads differently in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from questions import laws
from questions.errors import QuestionsError
from questions.models import Bank, DocumentId, DocumentInfo
from questions.numerals import normalize
from storage.repositories.questions import Filter, QuestionRow
from storage.states import QuestionRowId, QuestionStatus
from storage.unit import Unit

IN_USE = (QuestionStatus.DRAFT, QuestionStatus.RETURNED, QuestionStatus.PUBLISHED)
MOST = 20_000
_LABEL = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?")
_EDITION = re.compile(r"（\d{4}年[^（）]{1,8}）$")


@dataclass(frozen=True, slots=True)
class Affected:
    """A question and the article of its basis; `is_gone`: the new text has no such article."""

    question_id: QuestionRowId
    law: str
    article: str
    is_gone: bool


def lineage(info: DocumentInfo) -> str:
    """What a document is called in all its versions."""
    bare = _EDITION.sub("", info.title.strip())
    return normalize(laws.registry().name(bare))


def affected(
    unit: Unit, info: DocumentInfo, text: str, bank: Bank, *, but: Collection[int]
) -> list[Affected]:
    """Questions of any bank on this law whose article differs in `text`; `but` are left out."""
    names = {lineage(info)} | {
        normalize(laws.registry().name(question.basis.law))
        for question in bank.questions
        if question.basis is not None
    }
    articles, earlier = articles_of(text, info.title), _earlier(unit, info)
    old: dict[DocumentId, Mapping[str, str]] = {}
    found: list[Affected] = []
    for law in unit.questions.count_by("law", Filter(statuses=IN_USE)):
        if not articles or normalize(laws.registry().name(_EDITION.sub("", law))) not in names:
            continue
        for row in unit.questions.search(Filter(law=law, statuses=IN_USE), limit=MOST):
            cited = row.question.citation.document
            if row.id in but or cited == info.id:
                continue
            if cited not in old:
                old[cited] = _stored(unit, cited) or earlier
            if (hit := _compare(row, articles, old[cited])) is not None:
                found.append(hit)
    return found


@lru_cache(maxsize=4)
def articles_of(text: str, title: str) -> Mapping[str, str]:
    """Articles by label, without blanks; none where the text is no law."""
    from questions import documents, statutes  # readers a resting bot can do without

    try:
        law = statutes.recognise(documents.read(text.encode(), name=title, title=title))
    except QuestionsError:
        return {}  # what was a law where it came from need not read as one out of its context
    if law is None:
        return {}
    return {
        article.label: normalize(
            "".join(
                paragraph.passage.text
                + "".join(
                    item.passage.text + "".join(part.text for part in item.parts)
                    for item in paragraph.items
                )
                for paragraph in article.paragraphs
            )
        )
        for article in law.articles
    }


def family(unit: Unit, info: DocumentInfo) -> list[DocumentInfo]:
    """Known texts of the same document: same title but for the edition, same issuer."""
    name = lineage(info)
    return [
        other
        for other in unit.documents.list_all()
        if other.id == info.id
        or (
            lineage(other) == name
            and (other.issuer == info.issuer or not other.issuer or not info.issuer)
        )
    ]


def _earlier(unit: Unit, info: DocumentInfo) -> Mapping[str, str]:
    """The newest earlier text of the law that is kept."""
    others = [other for other in family(unit, info) if other.id != info.id]
    for other in sorted(others, key=lambda other: -(other.year or 0)):
        if articles := _stored(unit, other.id):
            return articles
    return {}


def _stored(unit: Unit, document_id: DocumentId) -> Mapping[str, str]:
    held = unit.documents.find(document_id)
    if held is None or held[1] is None:
        return {}
    return articles_of(held[1], held[0].title)


def _compare(row: QuestionRow, new: Mapping[str, str], old: Mapping[str, str]) -> Affected | None:
    """By the whole article where the old text is kept, else by the sentence quoted."""
    basis = row.question.basis
    label = _LABEL.search((basis.article or "") if basis is not None else "")
    if basis is None or label is None:
        return None
    now = new.get(label[0])
    if now is None:
        return Affected(row.id, basis.law, label[0], is_gone=True)
    before, quote = old.get(label[0]), normalize(row.question.citation.quote)
    # Without the old article and without a quote nothing can be told.
    is_same = before == now if before is not None else quote in now
    return None if is_same else Affected(row.id, basis.law, label[0], is_gone=False)

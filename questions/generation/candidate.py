"""A question on its way: the question itself and what the checks must know of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from questions.documents import Document
from questions.facts import EntityFact, EnumFact, Fact, FigureFact, MentionFact, TallyFact, lexicon
from questions.models import Basis, Citation, FactKind, Kind, Question, QuestionId

SLIGHT: Final = "slight"  # what a fact of little worth says of itself
HANDFUL: Final = 6
_MEETINGS: Final = frozenset({"次", "场", "期", "班", "批", "场次"})
_ID_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with its document and fact; `keys` are the words the passage must contain."""

    question: Question
    document: Document
    fact: Fact
    keys: tuple[str, ...]
    is_false: bool = False  # a statement that contradicts the document


@dataclass(frozen=True, slots=True)
class Draft:
    """What a maker decides about a question; the rest follows from its fact."""

    kind: Kind
    stem: str
    explanation: str
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    is_false: bool = False
    difficulty: float = 0.5
    tags: tuple[str, ...] = ()
    basis: Basis | None = None


def assemble(
    draft: Draft, document: Document, fact: Fact, citation: Citation, part: str = ""
) -> Candidate:
    """A candidate from a draft; its id depends on document, fact and kind alone."""
    question = Question(
        id=_question_id(document, fact, draft.kind, part),
        kind=draft.kind,
        stem=draft.stem,
        options=draft.options,
        key=draft.key,
        answers=draft.answers,
        explanation=draft.explanation,
        citation=citation,
        fact=describe(fact),
        basis=draft.basis,
        difficulty=draft.difficulty,
        tags=draft.tags,
    )
    return Candidate(question, document, fact, draft.keys, draft.is_false)


def signature(fact: Fact) -> str:
    """What makes a fact this fact within its document."""
    if isinstance(fact, FigureFact):
        return f"figure:{fact.at}:{fact.quantity.printed()}"
    if isinstance(fact, EnumFact):
        return f"list:{fact.at}:{'|'.join(fact.printed)}"
    if isinstance(fact, EntityFact):
        return f"entity:{fact.at}:{fact.value}"
    if isinstance(fact, TallyFact):
        return f"tally:{'|'.join(str(figure.at) for figure in fact.figures)}"
    if isinstance(fact, MentionFact):
        return f"mention:{fact.start}:{'|'.join(title.text for title in fact.titles)}"
    return f"title:{fact.start}:{'|'.join(title.text for title in fact.titles)}"


def is_slight(fact: FigureFact) -> bool:
    """Whether a figure only tells of publicity, or of a handful of meetings."""
    quantity = fact.quantity
    few = quantity.value <= HANDFUL and quantity.unit in _MEETINGS and fact.direction is None
    return few or lexicon.is_publicity(fact.left + fact.right)


def _describe_figure(fact: FigureFact) -> dict[str, object]:
    quantity = fact.quantity
    worth = {"worth": SLIGHT} if is_slight(fact) else {}
    return {
        "kind": FactKind.FIGURE.value,
        "value": quantity.digits,
        "unit": quantity.scale + quantity.unit,
        "qualifier": quantity.qualifier.value,
        **worth,
    }


def describe(fact: Fact) -> Mapping[str, object]:
    """The fact as a bank tells it."""
    if isinstance(fact, FigureFact):
        return _describe_figure(fact)
    if isinstance(fact, EnumFact):
        return {"kind": FactKind.LIST.value, "value": "、".join(fact.printed), "unit": ""}
    if isinstance(fact, EntityFact):
        return {"kind": FactKind.ENTITY.value, "value": fact.value, "unit": ""}
    if isinstance(fact, TallyFact):
        told = "、".join(figure.quantity.printed() for figure in fact.figures)
        return {"kind": FactKind.LIST.value, "value": told, "unit": ""}
    if isinstance(fact, MentionFact):
        told = "、".join(f"《{title.text}》" for title in fact.titles)
        return {"kind": FactKind.TITLE.value, "value": told, "unit": ""}
    return {
        "kind": FactKind.TITLE.value,
        "value": "、".join(f"《{title.text}》" for title in fact.titles),
        "unit": "",
        "relation": fact.relation.value,
    }


def _question_id(document: Document, fact: Fact, kind: Kind, part: str) -> QuestionId:
    text = f"{document.id}\n{signature(fact)}\n{kind.value}\n{part}"
    return QuestionId(hashlib.sha256(text.encode()).hexdigest()[:_ID_LENGTH])

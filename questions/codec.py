"""A question as JSON values: how bank files and the database write it down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from questions.models import Basis, Citation, DocumentId, Kind, Question, QuestionId


def question_to_json(question: Question) -> dict[str, Any]:
    """One question in the contract's form."""
    basis = question.basis
    return {
        "id": question.id,
        "kind": question.kind.value,
        "stem": question.stem,
        "options": list(question.options),
        "key": list(question.key),
        "answers": list(question.answers),
        "explanation": question.explanation,
        "citation": {
            "document": question.citation.document,
            "start": question.citation.start,
            "end": question.citation.end,
            "quote": question.citation.quote,
            "section": list(question.citation.section),
        },
        "fact": dict(question.fact),
        "basis": None
        if basis is None
        else {
            "law": basis.law,
            "article": basis.article,
            "in_force_from": _day_to_json(basis.in_force_from),
            "in_force_to": _day_to_json(basis.in_force_to),
        },
        "difficulty": question.difficulty,
        "tags": list(question.tags),
    }


def question_from_json(item: Mapping[str, Any]) -> Question:
    """One question from the contract's form; raises KeyError, TypeError or ValueError.

    Whether it can be asked is checked where a bank is read, not where a stored one comes back.
    """
    cite = item["citation"]
    basis = item.get("basis")
    return Question(
        id=QuestionId(text_of(item["id"])),
        kind=Kind(item["kind"]),
        stem=text_of(item["stem"]),
        options=tuple(text_of(option) for option in item["options"]),
        key=tuple(int(index) for index in item["key"]),
        answers=tuple(text_of(answer) for answer in item["answers"]),
        explanation=text_of(item["explanation"], may_be_empty=True),
        citation=Citation(
            document=DocumentId(text_of(cite["document"])),
            start=int(cite["start"]),
            end=int(cite["end"]),
            quote=text_of(cite["quote"], may_be_empty=True),
            section=tuple(cite.get("section", ())),
        ),
        fact=dict(item["fact"]),
        basis=None
        if basis is None
        else Basis(
            law=text_of(basis["law"]),
            article=basis.get("article"),
            in_force_from=_day_from_json(basis.get("in_force_from")),
            in_force_to=_day_from_json(basis.get("in_force_to")),
        ),
        difficulty=float(item.get("difficulty", 0.5)),
        tags=tuple(item.get("tags", ())),
    )


def text_of(value: object, *, may_be_empty: bool = False) -> str:
    """A string that is not blank; raises TypeError or ValueError with a Chinese clause."""
    if not isinstance(value, str):
        raise TypeError("应为文字")
    if not value.strip() and not may_be_empty:
        raise ValueError("文字不能为空")
    return value


def _day_to_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from_json(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)

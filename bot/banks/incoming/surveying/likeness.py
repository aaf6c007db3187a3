"""When two questions say the same, whatever file they came in."""

from __future__ import annotations

from dataclasses import replace

from questions.models import Basis, Question
from questions.numerals import normalize
from questions.scoring import bare

STRANGE = 0.2


def asked(question: Question) -> tuple[object, ...]:
    """What is asked and what is right, in whatever order, width or spacing."""
    return (
        question.kind,
        bare(question.stem),
        tuple(sorted(map(bare, question.options))),
        _right(question),
    )


def is_same(one: Question, other: Question) -> bool:
    """Whether nothing a person reads or answers differs; where it was cited from may."""
    return _said(one) == _said(other) and _is_same_basis(one.basis, other.basis)


def is_stranger(question: Question, known: Question) -> bool:
    """Whether two questions share no more than a number: numbers of two files may meet.

    Nothing right is right in both, and the stems have hardly a pair of characters in common.
    """
    if set(_right(question)) & set(_right(known)):
        return False
    mine, theirs = _pairs(question.stem), _pairs(known.stem)
    return len(mine & theirs) < STRANGE * len(mine | theirs)


def _pairs(stem: str) -> set[str]:
    said = bare(stem)
    return {said[at : at + 2] for at in range(len(said) - 1)}


def carry_over(before: Question, after: Question) -> Question:
    """The changed question with the place and fact of the earlier one, where both still hold.

    Tables carry the quoted sentence, yet neither its place in the document nor the fact.
    """
    if after.citation.end > after.citation.start:
        return after
    if normalize(after.citation.quote) == normalize(before.citation.quote):
        after = replace(after, citation=before.citation)
    if not after.fact and _right(before) == _right(after):
        after = replace(after, fact=before.fact)
    return after


def _said(question: Question) -> tuple[object, ...]:
    return (
        question.kind,
        question.stem,
        question.options,
        question.key,
        question.answers,
        question.explanation,
        question.citation.quote,
        question.tags,
        round(question.difficulty, 2),
    )


def _is_same_basis(one: Basis | None, other: Basis | None) -> bool:
    """Days that one side doesn't know don't make a difference."""
    if one is None or other is None:
        return one is other
    days = ((one.in_force_from, other.in_force_from), (one.in_force_to, other.in_force_to))
    return (one.law, one.article or "") == (other.law, other.article or "") and all(
        mine is None or theirs is None or mine == theirs for mine, theirs in days
    )


def _right(question: Question) -> tuple[str, ...]:
    if question.options:
        return tuple(sorted(bare(question.options[at]) for at in question.key))
    return tuple(sorted(map(bare, question.answers)))

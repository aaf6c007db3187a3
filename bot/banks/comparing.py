"""A bank made anew against an earlier one: what is new, changed or gone, and which ids stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from questions.models import Bank, Question, QuestionId

# How a question is known again, the surest sign first. Ids change with every byte of a document;
# the passage and the fact behind a question, or its wording, outlive that.
_SIGNS: Final[tuple[Callable[[Question], object], ...]] = (
    lambda question: question.id,
    lambda question: (question.kind, _fact(question), question.citation.quote, question.stem),
    lambda question: (question.kind, _fact(question), question.citation.quote),
    lambda question: (question.kind, question.stem),
)
_PARTS: Final[dict[str, Callable[[Question], object]]] = {
    "题干": lambda question: question.stem,
    "选项": lambda question: question.options,
    "答案": lambda question: (
        [question.options[at] for at in question.key] if question.options else question.answers
    ),
    "解析": lambda question: question.explanation,
    "法律依据": lambda question: question.basis,
    "原文": lambda question: question.citation.quote,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One question that differs: before, after, and in which parts."""

    before: Question
    after: Question
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """`bank` is the new bank, in which questions known again keep their earlier ids."""

    bank: Bank
    new: tuple[Question, ...]
    changed: tuple[Change, ...]
    gone: tuple[Question, ...]
    unchanged: int


def compare(old: Bank, new: Bank) -> Changes:
    """Tell two banks apart; every earlier question is known again once at most."""
    known = _pairs(old.questions, new.questions)
    taken = {before.id for before in known.values()}
    questions: list[Question] = []
    fresh: list[Question] = []
    changed: list[Change] = []
    for question in new.questions:
        before = known.get(question.id)
        if before is None:
            fresh.append(question)
            questions.append(question)
            continue
        after = replace(question, id=before.id)
        questions.append(after)
        if parts := tuple(_differing(before, after)):
            changed.append(Change(before, after, parts))
    gone = tuple(question for question in old.questions if question.id not in taken)
    unchanged = len(known) - len(changed)
    bank = replace(new, questions=tuple(questions))
    return Changes(bank, tuple(fresh), tuple(changed), gone, unchanged)


def _pairs(old: Sequence[Question], new: Sequence[Question]) -> dict[QuestionId, Question]:
    """New ids with the earlier questions they are."""
    found: dict[QuestionId, Question] = {}
    left_old, left_new = list(old), list(new)
    for sign in _SIGNS:
        shelves: dict[object, list[Question]] = {}
        for question in left_old:
            shelves.setdefault(sign(question), []).append(question)
        for question in left_new:
            shelf = shelves.get(sign(question))
            if shelf:
                found[question.id] = shelf.pop(0)
        taken = {before.id for before in found.values()}
        left_old = [question for question in left_old if question.id not in taken]
        left_new = [question for question in left_new if question.id not in found]
    return found


def _fact(question: Question) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, repr(value)) for name, value in question.fact.items()))


def _differing(before: Question, after: Question) -> Iterator[str]:
    return (name for name, part in _PARTS.items() if part(before) != part(after))


def rows(changes: Changes) -> Iterator[tuple[str, Question, str]]:
    """What differs, line by line: 新增, 修改 with its parts, 消失."""
    for question in changes.new:
        yield "新增", question, ""
    for change in changes.changed:
        yield "修改", change.after, "、".join(change.parts)
    for question in changes.gone:
        yield "消失", question, ""

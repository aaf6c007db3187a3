"""Which questions a short bank takes: as many facts, kinds and sections as fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from questions.models import Question


def pick(questions: Sequence[Question], limit: int) -> tuple[Question, ...]:
    """At most `limit` questions, spread over sections, facts and kinds, in reading order."""
    chosen: list[int] = []
    used: Counter[tuple[str, ...]] = Counter()
    left = list(range(len(questions)))
    while left and len(chosen) < limit:
        best = min(left, key=lambda at: (_worn(questions[at], used), at))
        left.remove(best)
        chosen.append(best)
        for mark in _marks(questions[best]):
            used[mark] += 1
    return tuple(questions[at] for at in sorted(chosen))


def reveals(shown: Question, asked: Question) -> bool:
    """Whether seeing one question's stem gives away another's key."""
    keys = [asked.options[at] for at in asked.key] if asked.options != ("对", "错") else []
    return any(len(key) > 1 and key in shown.stem for key in (*keys, *asked.answers))


def _worn(question: Question, used: Counter[tuple[str, ...]]) -> tuple[bool, int, int, int]:
    fact, section, kind = _marks(question)
    return "worth" in question.fact, used[fact], used[section], used[kind]


def _marks(question: Question) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    cite = question.citation
    fact = (cite.document, str(cite.end), str(question.fact.get("value")))
    return fact, (cite.document, *cite.section), (question.kind.value,)

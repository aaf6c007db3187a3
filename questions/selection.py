"""Which questions a round asks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from questions.models import Kind, Question
from questions.numerals import normalize


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked, and the last day it was."""

    version_id: int
    question: Question
    last_asked_on: date | None


def draw(candidates: Sequence[Candidate], count: int, rng: random.Random) -> list[Candidate]:
    """Up to `count` questions: least recently asked first, no two of one fact, and no pair
    where one's text gives the other's key away; among equals kinds take turns by chance.
    """
    shuffled = list(candidates)
    rng.shuffle(shuffled)
    shuffled.sort(key=lambda item: item.last_asked_on or date.min)
    drawn: list[Candidate] = []
    for allow_same_kind in (False, True):
        for candidate in shuffled:
            if len(drawn) == count:
                return drawn
            if candidate in drawn or any(
                conflict(candidate.question, other.question) for other in drawn
            ):
                continue
            if not allow_same_kind and _is_kind_full(candidate, drawn, count):
                continue
            drawn.append(candidate)
    return drawn


def _is_kind_full(candidate: Candidate, drawn: Sequence[Candidate], count: int) -> bool:
    """Whether its kind has its share of the round already."""
    share = -(-count // len(Kind))
    same = sum(item.question.kind is candidate.question.kind for item in drawn)
    return same >= share


def conflict(one: Question, other: Question) -> bool:
    """Whether two questions must not meet in a round."""
    if one.citation.document == other.citation.document and _overlap(one, other):
        return True
    return _reveals(one, other) or _reveals(other, one)


def _overlap(one: Question, other: Question) -> bool:
    return one.citation.start < other.citation.end and other.citation.start < one.citation.end


def _reveals(teller: Question, asked: Question) -> bool:
    """Whether what everyone reads in one question contains the other's key."""
    if asked.kind is Kind.JUDGE:
        return False
    told = normalize(teller.stem + "".join(teller.options))
    keys = asked.answers or tuple(asked.options[index] for index in asked.key)
    return any(len(key) >= 3 and normalize(key) in told for key in keys)

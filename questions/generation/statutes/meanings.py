"""定义 as 单选 and 判断: which of the law's own words a meaning belongs to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from questions.facts.articles import MeaningFact, Pattern
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams
from questions.generation.statutes.scales import OPTIONS, Ledger
from questions.models import JUDGE_OPTIONS, Kind

RATIO: Final = 1.6


def ask(
    fact: MeaningFact, law: Source, ledger: Ledger, rng: random.Random
) -> Iterator[LawCandidate]:
    """The word for a meaning, and whether a meaning is a word's."""
    fitting = [
        other
        for other in law.articles.facts
        if isinstance(other, MeaningFact) and other.term != fact.term and _fits(fact, other)
    ]
    siblings = [other.term for other in fitting]
    stem = f"“{fact.meaning}”是指下列哪一项？"
    if grams(fact.term) & grams(fact.meaning):
        yield LawCandidate(Kind.SINGLE, fact, Pattern.MEANING, stem, faults=frozenset({"V4"}))
        return  # 长江干流，是指…的长江主河段: the meaning spells its term
    if len(siblings) < OPTIONS - 1:
        yield LawCandidate(Kind.SINGLE, fact, Pattern.MEANING, stem, faults=frozenset({"V6"}))
        return
    rng.shuffle(siblings)
    siblings.sort(key=lambda term: abs(len(term) - len(fact.term)))
    same = [term for term in siblings if len(term) == len(fact.term)]
    others = (same if len(same) > 1 else siblings)[: OPTIONS - 1]
    place = ledger.place(len(others) + 1, rng)
    options = (*others[:place], fact.term, *others[place:])
    yield LawCandidate(
        Kind.SINGLE, fact, Pattern.MEANING, stem, options, (place,), keys=(fact.term,),
        told=f"{fact.term}。", siblings=len(others),
    )  # fmt: skip
    akin = [other.term for other in fitting if other.meaning[-2:] == fact.meaning[-2:]]
    if not akin:
        return
    yield LawCandidate(
        Kind.JUDGE, fact, Pattern.MEANING, f"{fact.term}，是指{fact.meaning}。",
        JUDGE_OPTIONS, (0,), keys=(fact.term,), told="对。",
        other=(f"{akin[0]}，是指{fact.meaning}。", f"错，这是“{fact.term}”的含义。"),
    )  # fmt: skip


def _fits(fact: MeaningFact, other: MeaningFact) -> bool:
    """Whether another term is of like length and neither meaning names its term."""
    sizes = len(fact.term), len(other.term)
    if max(sizes) > RATIO * min(sizes) + 2 or other.term in fact.meaning:
        return False
    return not grams(other.term) & grams(fact.meaning)

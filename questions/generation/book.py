"""What is known while a bank is being written: facts, and what earlier questions used up."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from questions.documents import Document
from questions.facts import Fact, FigureFact, TitleFact, setting
from questions.facts.quantities import Quantity
from questions.facts.setting import Setting
from questions.facts.titles import Relation
from questions.generation.numbers import Ledger
from questions.models import Kind

ALIKE: Final = 0.6  # bigram Jaccard from which two measures may be the same thing


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its setting and facts, and indices over them."""

    document: Document
    setting: Setting
    facts: tuple[Fact, ...]
    by_unit: dict[str, list[FigureFact]]
    relations: dict[str, set[Relation]]  # a title's text → all that was done with it
    restated: frozenset[int]  # places of figures that the document contradicts

    @property
    def titles(self) -> Iterator[TitleFact]:
        """The title facts in reading order."""
        return (fact for fact in self.facts if isinstance(fact, TitleFact))


@dataclass(slots=True)
class Book:
    """The state of one run; everything random comes from `rng`."""

    rng: random.Random
    kinds: Collection[Kind]
    sources: Sequence[Source]
    ledger: Ledger = field(default_factory=Ledger)
    verdicts: Counter[bool] = field(default_factory=Counter)
    asked: Counter[Kind] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    seen: set[tuple[str, ...]] = field(default_factory=set)
    grams: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stems: list[tuple[Kind, frozenset[str]]] = field(default_factory=list)

    def wants_truth(self) -> bool:
        """Whether the next 判断 should be true, to keep the two in balance."""
        if self.verdicts[True] == self.verdicts[False]:
            return self.rng.random() < 0.5
        return self.verdicts[True] < self.verdicts[False]


def source(document: Document, facts: Sequence[Fact]) -> Source:
    """Index a document's facts."""
    by_unit: dict[str, list[FigureFact]] = defaultdict(list)
    relations: dict[str, set[Relation]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, FigureFact):
            by_unit[fact.quantity.unit].append(fact)
        else:
            for title in fact.titles:
                relations[bare(title.text)].add(fact.relation)
    figures = [fact for fact in facts if isinstance(fact, FigureFact)]
    return Source(
        document,
        setting.of(document),
        tuple(sorted(facts, key=lambda fact: fact.start)),
        dict(by_unit),
        dict(relations),
        _restated(figures),
    )


def bare(title: str) -> str:
    """A title without brackets of any kind, to tell when two are the same text."""
    return "".join(c for c in title if c not in "《》〈〉<>()（） ").replace("中华人民共和国", "")


def grams(text: str, size: int = 2) -> frozenset[str]:
    """The n-grams of a text."""
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared over all."""
    return len(one & other) / len(one | other) if one or other else 0.0


def is_same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may be one, the coarser of them rounded."""
    if one.unit != other.unit:
        return False
    return abs(one.value - other.value) <= max(_half_step(one), _half_step(other))


def is_close(value: Decimal, other: Quantity) -> bool:
    """Whether a made-up value could be read as a rounding of a real figure."""
    return abs(value - other.value) <= min(_half_step(other), other.value / 50)


def _half_step(quantity: Quantity) -> Decimal:
    digits = quantity.digits.replace(",", "")
    scale = quantity.value / Decimal(digits) if Decimal(digits) else Decimal(1)
    decimals = len(digits.partition(".")[2])
    return Decimal(1).scaleb(-decimals) * scale / 2 if decimals or scale > 1 else Decimal(0)


def alike(fact: FigureFact, others: Iterable[FigureFact]) -> Iterator[FigureFact]:
    """Other figures that may measure the same thing, whatever their scope."""
    mine = grams(fact.measure)
    for other in others:
        if other is not fact and jaccard(mine, grams(other.measure)) >= ALIKE:
            yield other


def _restated(figures: Sequence[FigureFact]) -> frozenset[int]:
    """Places of figures given twice with different values for one measure and scope."""
    groups: dict[tuple[str, str, str, str], list[FigureFact]] = defaultdict(list)
    for fact in figures:
        tail = fact.measure[-3:]
        groups[tail, fact.quantity.unit, fact.subject, fact.period].append(fact)
    clashing: set[int] = set()
    for group in groups.values():
        for at, fact in enumerate(group):
            for other in alike(fact, group[at + 1 : at + 40]):
                same = is_same_value(fact.quantity, other.quantity)
                near = jaccard(grams(fact.measure), grams(other.measure)) >= 0.9
                if near and not same:
                    clashing |= {fact.at, other.at}
    return frozenset(clashing)

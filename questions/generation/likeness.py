"""When two texts, titles or figures may be the same thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from questions import laws
from questions.facts import FigureFact
from questions.facts.quantities import Quantity

ALIKE: Final = 0.6  # bigram Jaccard from which two measures may be the same thing
SAME: Final = 0.9  # and from which they are taken to be
LONGEST: Final = 120  # characters of a measure that are compared


def _squeezed(title: str) -> str:
    return "".join(c for c in title if c not in "《》〈〉<>()（） ").replace("中华人民共和国", "")


@lru_cache(maxsize=4096)
def _named(registry: laws.Registry, title: str) -> str:
    return _squeezed(registry.name(title))


def bare(title: str) -> str:
    """A title without brackets of any kind, to tell when two are the same text.

    A law goes by one name, whichever of its names is printed.
    """
    return _named(laws.registry(), title)


@lru_cache(maxsize=8192)
def grams(text: str, size: int = 2) -> frozenset[str]:
    """The n-grams of a text."""
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared over all."""
    return len(one & other) / len(one | other) if one or other else 0.0


def is_same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two figures may be one, the coarser of them rounded."""
    return abs(one.value - other.value) <= max(half_step(one), half_step(other))


def half_step(quantity: Quantity) -> Decimal:
    """Half of what the last printed place is worth; 0 for counts printed in full."""
    digits = quantity.digits.replace(",", "")
    scale = quantity.value / Decimal(digits) if Decimal(digits) else Decimal(1)
    decimals = len(digits.partition(".")[2])
    return Decimal(1).scaleb(-decimals) * scale / 2 if decimals or scale > 1 else Decimal(0)


def rivals(figures: Sequence[FigureFact]) -> dict[int, tuple[FigureFact, ...]]:
    """For each figure, by its place, those of its unit that may measure the same thing.

    Two sets with a Jaccard index of at least 0.6 share one of any ⌊0.4 n⌋ + 1 elements of
    either, so only figures that share one of the rarest of them are compared (prefix filter).
    """
    measures = [grams(fact.measure[-LONGEST:]) for fact in figures]
    spread = Counter(gram for measure in measures for gram in measure)
    shelves: dict[tuple[str, str], list[int]] = defaultdict(list)
    found: dict[int, list[FigureFact]] = defaultdict(list)
    for at, (fact, mine) in enumerate(zip(figures, measures, strict=True)):
        rare = sorted(mine, key=lambda gram: (spread[gram], gram))[: int(len(mine) * 0.4) + 1]
        near = {place for gram in rare for place in shelves[fact.quantity.unit, gram]}
        for place in sorted(near):
            if jaccard(mine, measures[place]) >= ALIKE:
                found[fact.at].append(figures[place])
                found[figures[place].at].append(fact)
        for gram in rare:
            shelves[fact.quantity.unit, gram].append(at)
    return {at: tuple(others) for at, others in found.items()}


def restated(
    figures: Sequence[FigureFact], near: dict[int, tuple[FigureFact, ...]]
) -> frozenset[int]:
    """Places of figures given twice with different values for one measure and scope."""
    return frozenset(fact.at for fact in figures if any(_clashes(fact, near.get(fact.at, ()))))


def _clashes(fact: FigureFact, others: Sequence[FigureFact]) -> Iterator[bool]:
    for other in others:
        scope = (fact.subject, fact.period) == (other.subject, other.period)
        if not scope or is_same_value(fact.quantity, other.quantity):
            continue
        mine, theirs = grams(fact.measure[-LONGEST:]), grams(other.measure[-LONGEST:])
        yield jaccard(mine, theirs) >= SAME

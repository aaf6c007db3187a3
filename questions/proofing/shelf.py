"""Which questions ask nearly the same: stems whose 3-grams overlap by four fifths."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from questions.models import Kind
from questions.numerals import normalize
from questions.scoring import bare

ALIKE: Final = 0.8
SIZE: Final = 3


class Shelf:
    """Stems by kind, found by their rare grams.

    Two sets with a Jaccard index of at least 0.8 share one of the first ⌊0.2 n⌋ + 1 elements of
    either, in any order common to both (prefix filter): only those are kept and looked up, and
    `sample`, which gives the order, makes them the rare ones.
    """

    def __init__(self, sample: Iterable[str] = ()) -> None:
        self._spread = Counter(gram for stem in sample for gram in _grams(stem))
        self._stems: list[tuple[int, frozenset[str]]] = []
        self._places: dict[tuple[Kind, str], list[int]] = defaultdict(list)

    def add(self, number: int, kind: Kind, stem: str) -> None:
        """Put a stem on the shelf under its caller's number."""
        at, grams = len(self._stems), _grams(stem)
        self._stems.append((number, grams))
        for gram in self._prefix(grams):
            self._places[kind, gram].append(at)

    def alike(self, kind: Kind, stem: str) -> list[int]:
        """Numbers of the stems of this kind that are much like `stem`, in their order."""
        return sorted(set(self._alike(kind, _grams(stem))))

    def _alike(self, kind: Kind, grams: frozenset[str]) -> Iterator[int]:
        near = {at for gram in self._prefix(grams) for at in self._places.get((kind, gram), ())}
        for at in near:
            number, other = self._stems[at]
            if not ALIKE * len(grams) <= len(other) <= len(grams) / ALIKE:
                continue
            shared = len(grams & other)
            if shared >= ALIKE * (len(grams) + len(other) - shared):
                yield number

    def _prefix(self, grams: frozenset[str]) -> list[str]:
        rare = sorted(grams, key=lambda gram: (self._spread[gram], gram))
        return rare[: int(len(rare) * (1 - ALIKE) + 1e-9) + 1]


def _grams(stem: str) -> frozenset[str]:
    said = bare(normalize(stem))
    if len(said) <= SIZE:
        return frozenset({said})
    return frozenset(said[at : at + SIZE] for at in range(len(said) - SIZE + 1))

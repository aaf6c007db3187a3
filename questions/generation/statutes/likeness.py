"""How alike two texts are, by the runs of characters they share."""

from __future__ import annotations

import functools


@functools.lru_cache(maxsize=16384)
def grams(text: str, size: int = 2) -> frozenset[str]:
    """The n-grams of a text."""
    return frozenset(text[i : i + size] for i in range(len(text) - size + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared over all."""
    return len(one & other) / len(one | other) if one or other else 0.0

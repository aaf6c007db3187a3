"""Answers to one item, counted by mark and rest: one pass, mergeable, and exact.

The largest possible covariance pairs sorted marks with sorted rests, so sums alone would not
do. Marks have few values, and so a count per pair stays small however many answers there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import fsum, sqrt

from questions.analysis.item import ItemStatistics

# Sums of decimals meet again on this many places: 0.1 + 0.2 is 0.3.
PLACES = 10


@dataclass(slots=True)
class Tally:
    """How many attempts had which (mark, rest); rest is None where nothing else was marked."""

    counts: Counter[tuple[float, float | None]] = field(default_factory=Counter)

    def add(self, mark: float, rest: float | None, times: int = 1) -> None:
        """Count an attempt with this mark, and these marks elsewhere."""
        self.counts[mark, None if rest is None else round(rest, PLACES)] += times

    def merge(self, other: Tally) -> None:
        """Take over what another tally of the same item has counted."""
        self.counts.update(other.counts)

    def statistics(self, max_mark: float) -> ItemStatistics:
        """The item's figures; the weights, which need the other items, are left out.

        Attempts without a rest count for facility and deviation only.
        """
        marks = _marginal((mark, count) for (mark, _), count in self.counts.items())
        size = marks.total()
        mean = _mean(marks)
        facility = mean / max_mark if mean is not None and max_mark else None
        if size < 2:
            return ItemStatistics(size, max_mark, facility)
        variance = _variance(marks)
        spread = _Spread.of(self.counts)
        return ItemStatistics(
            attempts=size,
            max_mark=max_mark,
            facility=facility,
            deviation=sqrt(variance),
            variance=variance,
            rest_variance=spread.rest_variance if spread else None,
            covariance=spread.covariance if spread else None,
            covariance_max=spread.covariance_max if spread else None,
            covariance_with_total=spread.mark_variance + spread.covariance if spread else None,
            discrimination=spread.discrimination if spread else None,
            efficiency=spread.efficiency if spread else None,
        )


@dataclass(frozen=True, slots=True)
class _Spread:
    mark_variance: float
    rest_variance: float
    covariance: float
    covariance_max: float

    @classmethod
    def of(cls, counts: Mapping[tuple[float, float | None], int]) -> _Spread | None:
        """Of attempts that have a rest; None of fewer than two."""
        pairs = [(m, r, n) for (m, r), n in counts.items() if r is not None]
        marks = _marginal((mark, count) for mark, _, count in pairs)
        rests = _marginal((rest, count) for _, rest, count in pairs)
        mark, rest = _mean(marks), _mean(rests)
        size = marks.total()
        if size < 2 or mark is None or rest is None:
            return None
        products = fsum(n * (m - mark) * (r - rest) for m, r, n in pairs)
        largest = fsum(n * (m - mark) * (r - rest) for m, r, n in _sorted_pairs(marks, rests))
        # Where one of the two never varies there is no covariance, not even a rounding's.
        varies = len(marks) > 1 and len(rests) > 1
        return cls(
            _variance(marks),
            _variance(rests),
            products / (size - 1) if varies else 0.0,
            largest / (size - 1) if varies else 0.0,
        )

    @property
    def discrimination(self) -> float | None:
        scale = sqrt(self.mark_variance) * sqrt(self.rest_variance)
        return 100 * self.covariance / scale if scale else None

    @property
    def efficiency(self) -> float | None:
        return 100 * self.covariance / self.covariance_max if self.covariance_max else None


def _marginal(values: Iterable[tuple[float, int]]) -> Counter[float]:
    counts: Counter[float] = Counter()
    for value, count in values:
        counts[value] += count
    return counts


def _mean(counts: Counter[float]) -> float | None:
    size = counts.total()
    return fsum(value * count for value, count in counts.items()) / size if size else None


def _variance(counts: Counter[float]) -> float:
    mean, size = _mean(counts), counts.total()
    if mean is None or size < 2 or len(counts) < 2:
        return 0.0
    return fsum(count * (value - mean) ** 2 for value, count in counts.items()) / (size - 1)


def _sorted_pairs(
    marks: Counter[float], rests: Counter[float]
) -> Iterator[tuple[float, float, int]]:
    """The lowest marks with the lowest rests and so on, each pair with its count."""
    upper = iter(sorted(rests.items()))
    rest, left = next(upper, (0.0, 0))
    for mark, wanted in sorted(marks.items()):
        while wanted:
            if not left:
                rest, left = next(upper)
            taken = min(wanted, left)
            yield mark, rest, taken
            wanted, left = wanted - taken, left - taken

"""What the total marks of a quiz say about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import fsum, sqrt

from questions.analysis.tally import PLACES


@dataclass(frozen=True, slots=True)
class QuizStatistics:
    """A quiz over its attempts; None where there are too few attempts, or no spread.

    Mean, median, deviation and standard error are in marks; `consistency` (Cronbach's alpha)
    and `error_ratio` are percentages; skewness and kurtosis are k-statistics (a normal
    distribution has 0 of both).
    """

    attempts: int
    mean: float | None = None
    median: float | None = None
    deviation: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    consistency: float | None = None
    error_ratio: float | None = None
    standard_error: float | None = None


@dataclass(slots=True)
class Totals:
    """How many attempts had which total mark; mergeable."""

    counts: Counter[float] = field(default_factory=Counter)

    def add(self, total: float, times: int = 1) -> None:
        """Count an attempt."""
        self.counts[round(total, PLACES)] += times

    def merge(self, other: Totals) -> None:
        """Take over what others of the same quiz have counted."""
        self.counts.update(other.counts)

    def statistics(self, items: int, sum_of_variances: float) -> QuizStatistics:
        """The quiz's figures, given its number of items and the sum of their variances."""
        size = self.counts.total()
        if not size:
            return QuizStatistics(0)
        mean = fsum(value * n for value, n in self.counts.items()) / size
        k2, k3, k4 = _k_statistics(self.counts, mean)
        if not k2:
            deviation = None if k2 is None else 0.0
            return QuizStatistics(size, mean, self._median(), deviation)
        deviation = sqrt(k2)
        alpha = None
        if items > 1 and size > 2:
            alpha = 100 * items / (items - 1) * (1 - sum_of_variances / k2)
        error = None if alpha is None else 100 * sqrt(max(0.0, 1 - alpha / 100))
        return QuizStatistics(
            attempts=size,
            mean=mean,
            median=self._median(),
            deviation=deviation,
            skewness=None if k3 is None else k3 / k2**1.5,
            kurtosis=None if k4 is None else k4 / k2**2,
            consistency=alpha,
            error_ratio=error,
            standard_error=None if error is None else error * deviation / 100,
        )

    def _median(self) -> float:
        size = self.counts.total()
        return (self._nth((size - 1) // 2) + self._nth(size // 2)) / 2

    def _nth(self, place: int) -> float:
        """The total at a place, counted from 0, of all totals in ascending order."""
        for value, count in sorted(self.counts.items()):
            if place < count:
                return value
            place -= count
        raise IndexError(place)


def _k_statistics(
    counts: Counter[float], mean: float
) -> tuple[float | None, float | None, float | None]:
    """Fisher's unbiased k2, k3 and k4, each as far as there are attempts for it."""
    n = counts.total()
    if n < 2:
        return None, None, None
    if len(counts) < 2:
        return 0.0, None, None  # all the same, whatever rounding makes of their mean
    m2, m3, m4 = (
        fsum(count * (value - mean) ** power for value, count in counts.items()) / n
        for power in (2, 3, 4)
    )
    k2 = n * m2 / (n - 1)
    k3 = n * n * m3 / ((n - 1) * (n - 2)) if n > 2 else None
    if n < 4:
        return k2, k3, None
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return k2, k3, k4

"""Boards' arithmetic: rates, shared ranks, and departments by participation and mean rate.

Every rate is a whole number per million, so that equals are equal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

MILLION = 1_000_000
ENOUGH_ANSWERS = 10  # below that a rate says little: 样本不足
LONGEST_BOARD = 10
LOWEST_LISTED = 600_000  # 合格; below it nobody is shown to others
SMALLEST_DEPARTMENT = 5  # smaller ones are merged, or a board would point at individuals
MERGED = "其他处室（合并）"

_BAND_STARTS = (5, 10, 30)  # people; a large house has it harder to bring everyone along
_SMALLEST_BAND = 3  # departments; fewer have too little to compare with


@dataclass(frozen=True, slots=True)
class DepartmentScore:
    """A department over a period: people on duty, those who took part, sum of their rates."""

    name: str
    people: int
    took_part: int
    rate_sum: int  # over all people on duty
    merged: tuple[str, ...] = ()  # the departments this one stands for, if several

    @property
    def participation(self) -> int:
        """参与率: who took part ÷ who was on duty, per million."""
        return self.took_part * MILLION // self.people if self.people else 0

    @property
    def mean_rate(self) -> int:
        """Mean of points ÷ points offered over everyone on duty, per million."""
        return self.rate_sum // self.people if self.people else 0

    @property
    def score(self) -> int:
        """参与率 × mean rate, per million."""
        return self.took_part * self.rate_sum // self.people**2 if self.people else 0

    def includes(self, department: str | None) -> bool:
        """Whether the people of a department are counted here."""
        return department in self.merged if self.merged else department == self.name


@dataclass(frozen=True, slots=True)
class Band:
    """Departments of like size, from high to low; `end` is the first size too large for it."""

    start: int
    end: int | None
    scores: tuple[DepartmentScore, ...]


def shared_ranks(values: Sequence[float]) -> list[int]:
    """Competition ranks (1, 1, 3) of values sorted from high to low."""
    ranks: list[int] = []
    for index, value in enumerate(values):
        ranks.append(ranks[-1] if index and value == values[index - 1] else index + 1)
    return ranks


def count_listed(ranked: int, longest: int = LONGEST_BOARD) -> int:
    """How many of those who have a rank a board may list: never more than the upper half."""
    return min(longest, max(1, ranked // 2)) if ranked else 0


def merge_small(scores: Sequence[DepartmentScore]) -> list[DepartmentScore]:
    """Departments from high to low, those with fewer than five people merged into one.

    Equals come by lot, a hash of the name. What is still under five when merged is left out.
    """
    large = [score for score in scores if score.people >= SMALLEST_DEPARTMENT]
    small = [score for score in scores if 0 < score.people < SMALLEST_DEPARTMENT]
    merged = DepartmentScore(
        MERGED,
        sum(score.people for score in small),
        sum(score.took_part for score in small),
        sum(score.rate_sum for score in small),
        tuple(score.name for score in small),
    )
    if merged.people >= SMALLEST_DEPARTMENT:
        large.append(merged)
    return sorted(large, key=lambda score: (-score.score, _lot(score.name)))


def size_bands(scores: Sequence[DepartmentScore]) -> list[Band]:
    """Departments in bands of like size, so that only like is compared with like.

    A band of fewer than three departments joins the next larger one, the largest the one
    before; a small house has a single band. The order within is that of `scores`.
    """
    bounds: list[tuple[int, int | None]] = []
    start = _BAND_STARTS[0]
    for end in (*_BAND_STARTS[1:], None):
        if sum(_fits(score, start, end) for score in scores) >= _SMALLEST_BAND:
            bounds.append((start, end))
            start = end or start
        elif end is None:
            start = bounds.pop()[0] if bounds else start
            bounds.append((start, None))
    found = (
        Band(start, end, tuple(score for score in scores if _fits(score, start, end)))
        for start, end in bounds
    )
    return [band for band in found if band.scores]


def _fits(score: DepartmentScore, start: int, end: int | None) -> bool:
    return start <= score.people and (end is None or score.people < end)


def _lot(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()

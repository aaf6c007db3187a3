"""From figures to what a trainer should do, with chance kept in mind.

Thresholds: 正确率 0.3–0.9, 区分度 above 20, every wrong option chosen by 5 % or more. Few answers
scatter widely, so a question is paused only where its figure is surely out: one-sided, 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import atanh, sqrt, tanh

ENOUGH_TO_SHOW = 10  # answers; below that nothing is said: 样本不足
ENOUGH_TO_JUDGE = 30
ENOUGH_FOR_OPTIONS = 100
HARDEST, EASIEST = 0.3, 0.9
LOWEST_DISCRIMINATION = 20.0
RAREST_OPTION = 0.05

_SURE = 1.645  # standard deviations, one-sided 95 %
_WORSE = 1.96
# Correlation of two questions of one quiz; what the usual knowledge test has.
_LIKENESS = 0.1


class Finding(StrEnum):
    """What is wrong with a question, the gravest first."""

    NEGATIVE = "negative"  # those who know more get it wrong
    HARD = "hard"
    EASY = "easy"
    FLAT = "flat"  # it hardly tells who knows more
    UNUSED = "unused"  # a wrong option hardly anybody chooses


@dataclass(frozen=True, slots=True)
class Sample:
    """A question's figures as a judgement needs them.

    `others` is how many other questions stand beside it on average; `wrong` is how often each
    wrong option was chosen.
    """

    attempts: int
    facility: float | None
    discrimination: float | None
    others: float = 2.0
    wrong: Sequence[int] = ()


def expected_discrimination(others: float) -> float:
    """What a question of LOWEST_DISCRIMINATION shows beside so few others.

    A correlation with a short, unreliable rest comes out smaller by the root of the rest's
    reliability, which is its length by Spearman and Brown.
    """
    reliability = others * _LIKENESS / (1 + (others - 1) * _LIKENESS) if others > 0 else 0.0
    return LOWEST_DISCRIMINATION * sqrt(reliability)


def findings(sample: Sample) -> tuple[Finding, ...]:
    """What the figures as they stand show, sure or not; nothing of fewer than ten answers."""
    if sample.attempts < ENOUGH_TO_SHOW or sample.facility is None:
        return ()
    found: list[Finding] = []
    said = sample.discrimination
    if said is not None and said < 0:
        found.append(Finding.NEGATIVE)
    if sample.facility < HARDEST:
        found.append(Finding.HARD)
    if sample.facility > EASIEST:
        found.append(Finding.EASY)
    if said is not None and 0 <= said < expected_discrimination(sample.others):
        found.append(Finding.FLAT)
    if unused_options(sample.wrong, sample.attempts):
        found.append(Finding.UNUSED)
    return tuple(found)


def unused_options(counts: Sequence[int], attempts: int) -> list[int]:
    """Places of the counts under 5 %; none before a hundred answers."""
    if attempts < ENOUGH_FOR_OPTIONS:
        return []
    return [place for place, n in enumerate(counts) if n < RAREST_OPTION * attempts]


def pausing(sample: Sample) -> Finding | None:
    """Why the question should not be asked for the time being: what is surely out, if any.

    An unused option alone is no reason: the question still works with the others.
    """
    if sample.attempts < ENOUGH_TO_JUDGE or sample.facility is None:
        return None
    highest = _bound(sample.discrimination, sample.attempts)
    if highest is not None and highest < 0:
        return Finding.NEGATIVE
    low, high = _wilson(sample.facility, sample.attempts)
    if high < HARDEST:
        return Finding.HARD
    if low > EASIEST:
        return Finding.EASY
    if highest is not None and highest < expected_discrimination(sample.others):
        return Finding.FLAT
    return None


def has_worsened(before: Sample, after: Sample) -> bool:
    """Whether a question restored at `before` is significantly worse in the answers since.

    `after` counts all answers, those of `before` among them. Worse is: the facility of thirty
    or more new answers is further from the middle of its range than the old one, by a test of
    two proportions; or the discrimination has fallen, by Fisher's z; both at 1.96. Who restored
    it before thirty answers had not seen these figures: everything since is news.
    """
    if before.facility is None or before.attempts < ENOUGH_TO_JUDGE:
        return True
    fresh = after.attempts - before.attempts
    if fresh < ENOUGH_TO_JUDGE or after.facility is None:
        return False
    facility = (after.facility * after.attempts - before.facility * before.attempts) / fresh
    return _has_strayed(before.facility, before.attempts, facility, fresh) or _has_fallen(
        before, after
    )


def _has_strayed(old: float, n_old: int, new: float, n_new: int) -> bool:
    middle = (HARDEST + EASIEST) / 2
    if abs(new - middle) <= abs(old - middle):
        return False
    pooled = (old * n_old + new * n_new) / (n_old + n_new)
    error = sqrt(max(0.0, pooled * (1 - pooled)) * (1 / n_old + 1 / n_new)) if n_old else 0.0
    return error > 0 and abs(new - old) / error > _WORSE


def _has_fallen(before: Sample, after: Sample) -> bool:
    if before.discrimination is None or after.discrimination is None or before.attempts <= 3:
        return False
    fall = _z(before.discrimination) - _z(after.discrimination)
    error = sqrt(1 / (before.attempts - 3) + 1 / (after.attempts - 3))
    return fall / error > _WORSE


def _z(discrimination: float) -> float:
    """Fisher's transformation of a percentage, kept finite."""
    return atanh(max(-0.999, min(0.999, discrimination / 100)))


def _bound(discrimination: float | None, attempts: int) -> float | None:
    """The highest discrimination that the data allow, in percent."""
    if discrimination is None:
        return None
    return 100 * tanh(_z(discrimination) + _SURE / sqrt(attempts - 3))


def _wilson(share: float, size: int) -> tuple[float, float]:
    """Wilson's bounds of a share; half credits make it a little narrower in truth."""
    squared = _SURE**2 / size
    middle = (share + squared / 2) / (1 + squared)
    inside = max(0.0, share * (1 - share)) / size + squared / (4 * size)
    width = _SURE * sqrt(inside) / (1 + squared)
    return middle - width, middle + width

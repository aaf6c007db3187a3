"""A whole quiz analysed in one pass over its attempts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import fsum, sqrt
from typing import Generic, TypeVar

from questions.analysis.item import ItemStatistics
from questions.analysis.quiz import QuizStatistics, Totals
from questions.analysis.tally import Tally

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Attempt(Generic[Key]):
    """One person's run through a quiz: the mark on each item that was put to them.

    An item left unanswered has mark 0; one that was not put is absent.
    """

    marks: Mapping[Key, float]


@dataclass(frozen=True, slots=True)
class Analysis(Generic[Key]):
    """The quiz as a whole, and each of its items in the order of the maximum marks."""

    quiz: QuizStatistics
    items: Mapping[Key, ItemStatistics]


def analyse(attempts: Iterable[Attempt[Key]], max_marks: Mapping[Key, float]) -> Analysis[Key]:
    """Item and quiz statistics of `attempts` at the items of `max_marks`.

    `attempts` is read once and may be a generator. Raises KeyError where an attempt has an item
    that `max_marks` doesn't name.
    """
    tallies: dict[Key, Tally] = {key: Tally() for key in max_marks}
    totals = Totals()
    for attempt in attempts:
        total = fsum(attempt.marks.values())
        totals.add(total)
        for key, mark in attempt.marks.items():
            tallies[key].add(mark, total - mark)
    items = {key: tally.statistics(max_marks[key]) for key, tally in tallies.items()}
    sum_of_variances = fsum(item.variance or 0.0 for item in items.values())
    quiz = totals.statistics(len(max_marks), sum_of_variances)
    return Analysis(quiz, _weighed(items))


def _weighed(items: Mapping[Key, ItemStatistics]) -> dict[Key, ItemStatistics]:
    """The items with their intended and effective weights."""
    marks = fsum(item.max_mark for item in items.values())
    pulls = {key: _pull(item) for key, item in items.items()}
    together = fsum(pull for pull in pulls.values() if pull is not None)
    return {
        key: replace(
            item,
            intended_weight=100 * item.max_mark / marks if marks else None,
            effective_weight=_share(pulls[key], together),
        )
        for key, item in items.items()
    }


def _pull(item: ItemStatistics) -> float | None:
    """The root of the covariance of mark and total; None where that is negative or unknown."""
    covariance = item.covariance_with_total
    return sqrt(covariance) if covariance is not None and covariance >= 0 else None


def _share(pull: float | None, together: float) -> float | None:
    return 100 * pull / together if pull is not None and together else None

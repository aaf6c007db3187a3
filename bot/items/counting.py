"""From counted answers to the figures of versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import fsum

from questions.analysis import Sample, Tally
from storage.repositories.statistics import AnswerCount, VersionStatistics
from storage.states import VersionId


@dataclass(slots=True)
class Count:
    """The answers to one version so far.

    Marks and rests are shares of what was offered, so that sittings of any length compare.
    """

    options: list[int]
    tally: Tally = field(default_factory=Tally)
    unsure: int = 0
    others: list[float] = field(default_factory=list)

    def add(self, row: AnswerCount) -> None:
        """Count answers that are alike."""
        rest = row.rest_points / row.rest_offered if row.rest_offered else None
        self.tally.add(row.points / row.offered, rest, row.count)
        self.others.append(row.count * row.rest_offered / row.offered)
        self.unsure += row.count if row.is_unsure else 0
        for option in row.chosen:
            if option < len(self.options):
                self.options[option] += row.count

    def figures(self, version_id: VersionId, computed_at: datetime) -> VersionStatistics:
        """What they say."""
        item = self.tally.statistics(1.0)
        return VersionStatistics(
            version_id=version_id,
            attempts=item.attempts,
            facility=item.facility,
            deviation=item.deviation,
            discrimination=item.discrimination,
            efficiency=item.efficiency,
            options=tuple(self.options),
            unsure=self.unsure,
            others=fsum(self.others) / item.attempts if item.attempts else 0.0,
            computed_at=computed_at,
        )


class Counts:
    """Counts of many versions, filled piece by piece."""

    def __init__(self, options: Mapping[VersionId, int]) -> None:
        """`options` says how many each version has."""
        self._counts = {version_id: Count([0] * size) for version_id, size in options.items()}

    def add(self, rows: Iterable[AnswerCount]) -> None:
        """Count answers to these versions; points out of nothing say nothing."""
        for row in rows:
            count = self._counts.get(row.version_id)
            if count is not None and row.offered:
                count.add(row)

    def figures(self, computed_at: datetime) -> list[VersionStatistics]:
        """What they all say."""
        return [count.figures(key, computed_at) for key, count in self._counts.items()]


def sample_of(said: VersionStatistics, key: Iterable[int]) -> Sample:
    """The figures as verdicts need them; `key` are the right options."""
    right = set(key)
    wrong = tuple(n for place, n in enumerate(said.options) if place not in right)
    return Sample(said.attempts, said.facility, said.discrimination, said.others, wrong)

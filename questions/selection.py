"""Which questions a round asks.

Rules, the strongest first; where not all can be kept, the weakest give way first:
1. no two questions of a round clash (never given up);
2. quotas;
3. least recently asked: what was never asked, then the half not asked for longest, then the rest;
4. no clash with what the plan asked in its last rounds;
5. a mix: kinds share the round, at most a third of it is hard, and two thirds are easy;
6. topics take turns: the tags that have rested longest first.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from questions.conflicts import Gist, Past, clash, gist
from questions.models import Kind, Question

# With a third of hard questions, who has read the material gets most of a round right; with two
# thirds of easy ones at most, it still tells who has.
HARD, EASY = 0.6, 0.35  # difficulty from which, and below which
# Where the first try leaves a place empty or a quota short, this many candidates are searched
# for the best round there is, in at most so many steps: whole for small banks, where it matters.
SEARCHED, STEPS = 64, 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be asked, the last day it was, and the share of right answers."""

    version_id: int
    question: Question
    last_asked_on: date | None
    bank_id: int = 0
    facility: float | None = None  # of enough answers to count on

    @property
    def difficulty(self) -> float:
        """0 (easy) to 1: as observed, else as predicted."""
        return self.question.difficulty if self.facility is None else 1 - self.facility


@dataclass(frozen=True, slots=True)
class Quota:
    """At least `count` questions of a round have this `feature`: "tag" with the tag itself,
    "fact" with the kind of fact, or "bank" with the bank's id in digits.
    """

    feature: str
    value: str
    count: int

    def covers(self, candidate: Candidate) -> bool:
        """Whether a question counts for it."""
        match self.feature:
            case "tag":
                return self.value in candidate.question.tags
            case "fact":
                return candidate.question.fact.get("kind") == self.value
            case "bank":
                return str(candidate.bank_id) == self.value
        return False


def draw(
    candidates: Sequence[Candidate],
    count: int,
    rng: random.Random,
    *,
    quotas: Sequence[Quota] = (),
    recent: Sequence[Question] = (),
    topics: Mapping[str, date] | None = None,
) -> list[Candidate]:
    """Up to `count` questions by the rules above; chance decides among equals.

    `recent` is what the plan's last rounds asked, `topics` when it last asked each tag ("" for
    questions without any).
    """
    shuffled = list(candidates)
    rng.shuffle(shuffled)
    shuffled.sort(key=lambda item: item.last_asked_on or date.min)
    pool = _Pool(shuffled, count, quotas, recent, topics or {})
    drawn = pool.draw()
    if not pool.is_best(drawn):
        drawn = max(drawn, pool.search(), key=pool.score)
    return [shuffled[place] for place in drawn]


class _Pool:
    """Candidates by their place, least recently asked first."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        count: int,
        quotas: Sequence[Quota],
        recent: Sequence[Question],
        topics: Mapping[str, date],
    ) -> None:
        self._candidates = candidates
        self._count = min(count, len(candidates))
        self._topics = topics
        self._gists: list[Gist] = [gist(item.question) for item in candidates]
        past = Past(recent)
        self._is_repeated = [past.clashes(item) for item in self._gists]
        self._kind_share = -(-count // len(Kind))
        self._hard_share, self._easy_share = -(-count // 3), -(-2 * count // 3)
        everything = range(len(candidates))
        self._groups = [
            (quota.count, [place for place in everything if quota.covers(candidates[place])])
            for quota in quotas
        ]
        self._groups.sort(key=lambda group: len(group[1]))  # the scarcest chooses first
        self._groups.append((self._count, list(everything)))

    def draw(self) -> list[int]:
        """One question after another, the best of those left each time."""
        drawn: list[int] = []
        for wanted, group in self._groups:
            tiers = self._tiers(group)
            missing = wanted - len(set(drawn) & set(group))
            for _ in range(min(missing, self._count - len(drawn))):
                place = self._pick(tiers, drawn)
                if place is None:
                    break
                drawn.append(place)
        return drawn

    def _tiers(self, group: Sequence[int]) -> dict[int, int]:
        """0 for what was never asked, 1 for the half of the others that has rested longer."""
        asked = [place for place in group if self._candidates[place].last_asked_on is not None]
        tiers = dict.fromkeys(group, 0)
        tiers.update(dict.fromkeys(asked, 2))
        tiers.update(dict.fromkeys(asked[: -(-len(asked) // 2)], 1))
        return tiers

    def _pick(self, tiers: Mapping[int, int], drawn: Sequence[int]) -> int | None:
        """The best question of a group that clashes with none drawn."""
        used = {tag for place in drawn for tag in self._tags(place)}
        kinds = [self._candidates[place].question.kind for place in drawn]
        levels = [_level(self._candidates[place]) for place in drawn]
        full = {kind for kind in Kind if kinds.count(kind) >= self._kind_share}
        uneven = {
            level
            for level, share in ((1, self._hard_share), (-1, self._easy_share))
            if levels.count(level) >= share
        }

        def key(place: int) -> tuple[int, bool, int, list[date], int]:
            item = self._candidates[place]
            misfit = (item.question.kind in full) + (_level(item) in uneven)
            return tiers[place], self._is_repeated[place], misfit, self._rest(place, used), place

        taken = set(drawn)
        free = sorted((place for place in tiers if place not in taken), key=key)
        return next((place for place in free if self._is_free(place, drawn)), None)

    def _is_free(self, place: int, drawn: Sequence[int]) -> bool:
        return not any(clash(self._gists[place], self._gists[other]) for other in drawn)

    def _tags(self, place: int) -> Sequence[str]:
        return self._candidates[place].question.tags or ("",)

    def _rest(self, place: int, used: set[str]) -> list[date]:
        """When its tags were last used, the latest first: one that all share decides nothing."""
        return sorted(
            (
                date.max if tag in used else self._topics.get(tag, date.min)
                for tag in self._tags(place)
            ),
            reverse=True,
        )

    def score(self, drawn: Sequence[int]) -> tuple[int, int]:
        """Places of quotas filled, and all places."""
        chosen = set(drawn)
        return (
            sum(min(wanted, len(chosen & set(group))) for wanted, group in self._groups[:-1]),
            len(drawn),
        )

    def is_best(self, drawn: Sequence[int]) -> bool:
        """Whether surely no other round fills more."""
        return self.score(drawn) == (
            sum(min(wanted, len(group)) for wanted, group in self._groups[:-1]),
            self._count,
        )

    def search(self) -> list[int]:
        """The fullest round of the first candidates of each group, within STEPS."""
        places = sorted({place for _, group in self._groups for place in group[:SEARCHED]})
        gists = [self._gists[place] for place in places]
        clashes = [
            sum(1 << other for other, its in enumerate(gists) if clash(mine, its))
            for mine in gists
        ]
        groups = [
            (wanted, sum(1 << i for i, place in enumerate(places) if place in members))
            for wanted, members in ((wanted, set(group)) for wanted, group in self._groups[:-1])
        ]
        found = _Search(clashes, groups, self._count).run()
        return [place for i, place in enumerate(places) if found >> i & 1]


class _Search:
    """The set of bits without a clash that fills most of the groups, then most places."""

    def __init__(
        self, clashes: Sequence[int], groups: Sequence[tuple[int, int]], count: int
    ) -> None:
        self._clashes = clashes
        self._groups = groups
        self._count = count
        self._steps = 0
        self._best = 0
        self._score = (0, 0)

    def run(self) -> int:
        """Branch and bound: with the first bit that is left, then without it."""
        self._visit(0, (1 << len(self._clashes)) - 1)
        return self._best

    def _filled(self, bits: int) -> int:
        return sum(min(wanted, (bits & group).bit_count()) for wanted, group in self._groups)

    def _visit(self, chosen: int, left: int) -> None:
        size = chosen.bit_count()
        score = self._filled(chosen), size
        if score > self._score:
            self._score, self._best = score, chosen
        while left and size < self._count and self._steps < STEPS:
            self._steps += 1
            most = min(self._count, size + left.bit_count())
            if (self._filled(chosen | left), most) <= self._score:
                return
            first = left & -left
            left ^= first
            clashing = self._clashes[first.bit_length() - 1]
            self._visit(chosen | first, left & ~clashing)


def _level(candidate: Candidate) -> int:
    """1 hard, 0 middling, -1 easy."""
    return (candidate.difficulty >= HARD) - (candidate.difficulty < EASY)

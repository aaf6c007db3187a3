"""Which 判断 become false: as many as stay true, in every pattern and of every authority."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from questions.facts.articles import Pattern, RuleFact, SlotFact
from questions.generation.statutes import worth
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.judges import TAUTOLOGY
from questions.generation.statutes.law import Source
from questions.models import Kind

LEAST, MOST = 0.4, 0.6  # of a pattern's 判断 that are false
MOST_WAIVED: Final = 0.1  # of the false statements that say 可以不
VALUES_EACH: Final = 2  # conditions of one sum and list that are judged
RULES_EACH: Final = 2  # rules of one article that are judged


def balanced(
    kept: Sequence[LawCandidate], law: Source, seed: int
) -> tuple[list[LawCandidate], Counter[str]]:
    """The 判断 turned half false, and how many had to go, by code.

    One with no safe false form could only be true, so its form alone would tell it (V7). An
    article keeps its two worthiest rules, and a value already asked twice is not judged as
    well (V8). Of a pattern with few false forms the least worth true ones go (V7).
    """
    rng = random.Random(f"{seed}\n{law.key}\nverdicts")  # noqa: S311 - no secret
    judged = [at for at, one in enumerate(kept) if one.kind is Kind.JUDGE]
    fixed = {at for at in judged if kept[at].other is None}
    crowded = _crowded(kept, law) - fixed
    places = [at for at in judged if at not in fixed | crowded]
    asked = Counter(kept[at].fact.norm.article.label for at in range(len(kept)) if at not in fixed)
    firm = sum(not _is_waived(kept[at]) for at in places)
    scale = Scale(kept, int(LEAST * MOST_WAIVED * firm))
    groups: dict[Pattern, list[int]] = defaultdict(list)
    for at in places:
        groups[kept[at].pattern].append(at)
    surplus: set[int] = set()
    for group in sorted(groups.values(), key=lambda some: (_room(kept, some), some)):
        rng.shuffle(group)
        group.sort(key=lambda at: (not _is_empty(kept[at]), _is_waived(kept[at])))
        scale.weigh(group)
        group.sort(key=lambda at: _standing(kept[at], asked, law, at))
        surplus |= set(scale.surplus(group))
    gone = fixed | crowded | surplus
    dropped = Counter({"V8": len(crowded), "V7": len(fixed | surplus)})
    result = [
        _turned(one) if at in scale.false else one for at, one in enumerate(kept) if at not in gone
    ]
    return result, +dropped


@dataclass(slots=True)
class Scale:
    """The verdicts so far; `waived` false statements may still say 可以不."""

    kept: Sequence[LawCandidate]
    waived: int
    false: set[int] = field(default_factory=set)
    lead: int = 0  # true statements kept beyond the false ones

    def weigh(self, group: Sequence[int]) -> None:
        """Turn about half of a pattern false, more where other patterns leave too many true."""
        size = len(group)
        low, high = sorted((math.ceil(LEAST * size), math.floor(MOST * size)))
        wanted = min(high, max(low, (size + self.lead + 1) // 2))
        for at in group:
            if sum(place in self.false for place in group) < wanted and self._may_turn(at, group):
                self.false.add(at)
                self.waived -= _is_waived(self.kept[at])

    def surplus(self, group: Sequence[int]) -> list[int]:
        """True statements beyond what a pattern's false ones outweigh, the last of `group`."""
        true = [at for at in group if at not in self.false]
        false = len(group) - len(true)
        most = max(1, int(false * MOST / LEAST)) if false or self.lead <= 0 else 0
        self.lead += min(len(true), most) - false
        return true[most:]

    def _may_turn(self, at: int, group: Iterable[int]) -> bool:
        """Whether neither 可以不 nor an authority's name comes to mean 错."""
        one = self.kept[at]
        if _is_waived(one):
            return self.waived > 0
        if not one.swapped:
            return True
        right: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        for place in group:
            other = self.kept[place]
            if place in self.false or place == at:
                wrong[other.swapped] += 1
            elif isinstance(other.fact, SlotFact):
                right[other.fact.printed] += 1
        return all(count <= max(1, right[name]) for name, count in wrong.items())


def _room(kept: Sequence[LawCandidate], group: Sequence[int]) -> float:
    """The share of a pattern's statements that may be turned; the scarce ones go first."""
    return sum(not _is_waived(kept[at]) and not kept[at].swapped for at in group) / len(group)


def _standing(
    one: LawCandidate, asked: Counter[str], law: Source, at: int
) -> tuple[bool, bool, float, int]:
    """What is kept first of rules that stay true: of articles else unasked, with a condition."""
    norm = one.fact.norm
    return asked[norm.article.label] > 1, not norm.conditions, -worth.of(one, law), at


def _crowded(kept: Sequence[LawCandidate], law: Source) -> set[int]:
    """判断 whose article or value is asked enough already."""
    by_article: dict[str, list[int]] = defaultdict(list)
    values = Counter(id(one.fact) for one in kept if one.kind is not Kind.JUDGE)
    gone: set[int] = set()
    for at, one in enumerate(kept):
        if one.kind is Kind.JUDGE:
            if values[id(one.fact)] >= 2:
                gone.add(at)
            else:
                by_article[one.fact.norm.article.label].append(at)
    gone |= _repeated(kept)
    for places in by_article.values():
        rules = [at for at in places if isinstance(kept[at].fact, RuleFact)]
        rules.sort(key=lambda at: (_rank(kept[at]), -worth.of(kept[at], law), at))
        gone |= set(rules[RULES_EACH:])
    return gone


def _repeated(kept: Sequence[LawCandidate]) -> set[int]:
    """判断 on one sum and list beyond the first two; its conditions are asked as 单选."""
    seen: Counter[tuple[str, int, str]] = Counter()
    gone: set[int] = set()
    for at, one in enumerate(kept):
        if one.kind is Kind.JUDGE and isinstance(one.fact, SlotFact) and one.fact.note:
            norm = one.fact.norm
            mark = norm.article.label, norm.paragraph, one.fact.printed
            seen[mark] += 1
            if seen[mark] > VALUES_EACH:
                gone.add(at)
    return gone


def _is_waived(one: LawCandidate) -> bool:
    """Whether the false form says 可以不: others are turned first, their form tells less."""
    return one.other is not None and "可以不" in one.other[0]


def _is_empty(one: LawCandidate) -> bool:
    """Whether the rule as it stands says nothing, so that it is the first to be told wrong."""
    return TAUTOLOGY.search(one.fact.norm.text) is not None


def _rank(one: LawCandidate) -> int:
    return 2 if one.other is None else int(_is_waived(one))


def _turned(one: LawCandidate) -> LawCandidate:
    if one.other is None:
        return one
    stem, told = one.other
    return replace(one, stem=stem, key=(1,), told=told, is_false=True)

"""情形列举 as 多选: some of a list's members among those of lists that say something else."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from questions.facts import sanctions
from questions.facts.articles import ListFact, Pattern
from questions.generation.statutes import outsiders
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams
from questions.generation.statutes.scales import Ledger
from questions.models import Kind

MOST_KEYS: Final = 3
LARGEST: Final = 8  # members keys are chosen from
BALANCED: Final = 1.9  # how much longer keys may be than wrong options, or shorter
SHORT: Final = 5
COMMON: Final = frozenset({"或者", "行为", "规定", "情形", "违反", "反规"})
OUTSIDERS: Final = 2
TOLD: Final = 90  # characters of the key that feedback repeats
OPENING: Final = 24


def ask(fact: ListFact, law: Source, ledger: Ledger, rng: random.Random) -> Iterator[LawCandidate]:
    """A 多选 with two or three right options and two wrong ones."""
    if fact.pattern is Pattern.SANCTIONS:
        yield _sanctions(fact, law, rng)
        return
    stem = _stem(fact, law)
    pool = outsiders.pool(fact, law)
    chosen = _chosen(fact, pool, rng)
    if chosen is None:
        yield LawCandidate(Kind.MULTIPLE, fact, Pattern.LIST, stem, faults=frozenset({"L5"}))
        return
    keys, others = chosen
    away = sorted({pool[text] for text in others}, key=lambda place: _order(place, law))
    shown = [*keys, *others]
    rng.shuffle(shown)
    places = tuple(at for at, text in enumerate(shown) if text in keys)
    told = "；".join(shown[at] for at in places) + "。"
    if len(told) > TOLD:
        told = "；".join(_opening(shown[at]) for at in places) + "。"
    yield LawCandidate(
        Kind.MULTIPLE, fact, Pattern.LIST, stem, tuple(shown), places, keys=tuple(keys),
        told=told, note=f"注：其余选项见{'、'.join(away)}。", siblings=len(others),
    )  # fmt: skip


def _opening(text: str) -> str:
    """Enough of an option to know it by; its number would change with the order shown."""
    return text if len(text) <= OPENING else text[:OPENING].rstrip("，、") + "…"


def _sanctions(fact: ListFact, law: Source, rng: random.Random) -> LawCandidate:
    """What an act is threatened with, among what the law threatens others with."""
    is_one = len(fact.members) == 1
    kind = Kind.SINGLE if is_one else Kind.MULTIPLE
    stem = f"{fact.left}{'下列哪项' if is_one else '下列哪些'}{fact.asked}？"
    away = sanctions.outsiders(fact, others_of(fact, law))
    if len(away) <= is_one:
        return LawCandidate(kind, fact, fact.pattern, stem, faults=frozenset({"L5"}))
    keys = rng.sample(fact.members, min(MOST_KEYS, len(fact.members)))
    count = min(len(away), OUTSIDERS + is_one)
    shown = sorted([*keys, *rng.sample(away, count)], key=lambda member: member.number)
    places = tuple(at for at, member in enumerate(shown) if member in keys)
    return LawCandidate(
        kind, fact, fact.pattern, stem, tuple(member.text for member in shown), places,
        told="；".join(shown[at].text for at in places) + "。", siblings=1,
    )  # fmt: skip


def others_of(fact: ListFact, law: Source) -> tuple[ListFact, ...]:
    """The other acts whose sanctions may be asked."""
    return tuple(
        other
        for other in law.lists
        if other.pattern is Pattern.SANCTIONS and other is not fact and not other.faults
    )


def _order(place: str, law: Source) -> tuple[int, str]:
    return max(
        (at for label, at in law.order.items() if place.startswith(label)), default=0
    ), place


def _stem(fact: ListFact, law: Source) -> str:
    which = "下列哪些"
    if fact.is_open or (outsiders.class_of(fact) not in ("情形", "处罚")):
        which = f"《{law.short}》明确列举的下列哪些"
    exception = f"（{fact.norm.exception}）" if fact.norm.exception else ""
    return f"{fact.left}{which}{fact.asked}{fact.right}{exception}？"


def _chosen(
    fact: ListFact, pool: Mapping[str, str], rng: random.Random
) -> tuple[list[str], list[str]] | None:
    """Keys and outsiders of like length, the outsiders as near by as possible."""
    members = [member.text for member in fact.members]
    members = [text for text in members if len(text) >= SHORT] or members
    if len(members) < 2 or len(pool) < 2:
        return None
    for count in range(min(MOST_KEYS, len(members)), 1, -1):
        some = [list(keys) for keys in itertools.combinations(members[:LARGEST], count)]
        rng.shuffle(some)
        for keys in some:
            others = _fitting(keys, list(pool), fact.left + fact.right)
            if others is not None:
                return keys, others
    return None


def _fitting(keys: list[str], pool: Sequence[str], stem: str) -> list[str] | None:
    """Two outsiders of the keys' length, the nearest first; None where they would stick out.

    What keys share with the stem an outsider shares, else the words alone tell them.
    """
    low, high = min(map(len, keys)), max(map(len, keys))
    fitting = [text for text in pool[:16] if low / 1.6 - 2 <= len(text) <= high * 1.6 + 2]
    mean = sum(map(len, keys)) / len(keys)
    fitting.sort(key=lambda text: (pool.index(text) // 4, abs(len(text) - mean)))
    theirs = sum(map(len, fitting[:2])) / 2
    if len(fitting) < 2 or max(mean, theirs) > BALANCED * min(mean, theirs):
        return None
    echo = frozenset().union(*(grams(key) for key in keys)) & grams(stem)
    wrong = frozenset().union(*(grams(text) for text in fitting[:2]))
    return fitting[:2] if echo <= wrong | COMMON else None

"""情形列举 as 多选: some of a list's members among those of lists that say something else."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from questions.facts import catalogues, norms
from questions.facts.articles import ListFact, Pattern
from questions.facts.norms import Norm
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams, jaccard
from questions.generation.statutes.scales import Ledger
from questions.models import Kind

_ASIDE: Final = ("对", "除", "依法", "不", "符合", "属于")
_GRAVE: Final = re.compile(
    "拘留|暂扣|吊销|限制从业|责令[停关]|没收|较大"
)  # 其他较重的行政处罚 may cover it
_ORDER: Final = re.compile("应当(责令[^，]{2,20}改正[^，]{0,8})$")  # 责令改正 is no penalty
_OFFICIAL: Final = re.compile(
    "行政处罚|主体资格|执法|法定程序|事实不清|证据不足"
)  # an authority's faults
MOST_KEYS: Final = 3
LARGEST: Final = 8  # members keys are chosen from
ALIKE: Final = 0.45  # bigrams shared from which an outsider may mean a member
WINDOW: Final = 100  # articles around a list from which its outsiders come
BALANCED: Final = 1.9  # how much longer keys may be than wrong options, or shorter
HELD: Final = 0.5  # of the shorter text's bigrams
KIN: Final = 3  # two-character words two consequences of one matter share
KINSHIP: Final = 0.25  # and the share of the list's own they are
TAIL: Final = 12  # characters at the end of a consequence that name its matter
TOPIC: Final = 6  # characters of its stem an option doesn't repeat
ENOUGH: Final = 20  # outsiders to choose from
SHORT: Final = 5


def ask(fact: ListFact, law: Source, ledger: Ledger, rng: random.Random) -> Iterator[LawCandidate]:
    """A 多选 with two or three right options and two wrong ones."""
    stem = _stem(fact, law)
    pool = _outsiders(fact, law)
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
    if len(told) > 90:
        told = "、".join(f"第{at + 1}" for at in places) + "项。"
    yield LawCandidate(
        Kind.MULTIPLE, fact, Pattern.LIST, stem, tuple(shown), places, keys=tuple(keys),
        told=told, note=f"注：其余选项见{'、'.join(away)}。", siblings=len(others),
    )  # fmt: skip


def _order(place: str, law: Source) -> tuple[int, str]:
    return max(
        (at for label, at in law.order.items() if place.startswith(label)), default=0
    ), place


def _stem(fact: ListFact, law: Source) -> str:
    which = "下列哪些"
    if fact.is_open:
        which = f"《{law.short}》明确列举的下列哪些"
    exception = f"（{fact.norm.exception}）" if fact.norm.exception else ""
    return f"{fact.left}{which}{fact.asked}{fact.right}{exception}？"


def _outsiders(fact: ListFact, law: Source) -> dict[str, str]:
    """Members of other lists, and conditions of neighbours, that lead to something else.

    Each with its place; all are about the list's own actor, so that they read in its stem.
    """
    order = law.order
    here = order[fact.norm.article.label]
    found: list[tuple[int, str, str]] = []
    for other in law.lists:
        away = abs(order[other.norm.article.label] - here)
        if away > WINDOW or other is fact or _class(other) != _class(fact):
            continue
        if _actor(fact) != _actor(other) or not _differs(fact, other.says):
            continue
        found += [(away, member.text, other.place) for member in other.members]
    if _class(fact) == "处罚":
        orders = ((_ORDER.match(norm.rest), norm.place) for norm in law.articles.norms)
        found += [(0, order[1], place) for order, place in orders if order]
    if _class(fact) == "情形":
        for norm in law.articles.norms:
            away = abs(order[norm.article.label] - here)
            text = _condition(norm, fact) if away <= WINDOW else ""
            if text and _differs(fact, (norm.rest,)) and _akin(fact, norm.rest):
                found.append((away, text, norm.place))
    found.sort(key=lambda one: one[0])
    fresh: dict[str, str] = {}
    for _, text, place in found:
        if len(fresh) == ENOUGH:
            break
        near = any(_overlaps(text, mine) for mine in (*fact.everything, *fresh))
        if not near and _reads(text, fact):
            fresh[text] = place
    return fresh


def _reads(text: str, fact: ListFact) -> bool:
    """Whether an outsider could be a member by its kind and fits the list's stem."""
    if text in fact.left + fact.right or grams(text, TOPIC) & grams(fact.left, TOPIC):
        return False
    if any("较重" in words for words in fact.everything) and _GRAVE.search(text):
        return False
    return bool(_OFFICIAL.search(text)) <= any(
        _OFFICIAL.search(member.text) for member in fact.members
    )


def _class(fact: ListFact) -> str:
    if fact.frame in ("情形", "行为"):
        return "情形"
    if "处罚" in fact.frame:
        return "处罚"
    return "内容" if fact.frame in ("事项", "内容", "信息", "材料", "文件", "资料") else fact.frame


def _differs(fact: ListFact, says: Sequence[str]) -> bool:
    """Whether what is attached elsewhere surely isn't what is attached here."""
    return not any(
        mine in other or other in mine or jaccard(grams(mine), grams(other)) > 0.5
        for mine in fact.says
        for other in says
    )


def _actor(fact: ListFact) -> str:
    """Whose acts a list is about."""
    last = fact.left.rpartition("，")[2]
    return norms.opening_actor(last) or norms.opening_actor(fact.left)


def _akin(fact: ListFact, rest: str) -> bool:
    """Whether a neighbour's consequence is of the same matter as the list's."""
    tails = [grams(mine[-TAIL:]) for mine in fact.says]
    return any(len(tail & grams(rest)) >= max(KIN, KINSHIP * len(tail)) for tail in tails)


def _condition(norm: Norm, fact: ListFact) -> str:
    """A neighbour's whole condition, where it is one and reads like an item."""
    if norm.faults or norm.opens or len(norm.conditions) != 1 or norm.exception:
        return ""
    text = norm.conditions[0]
    subject = fact.left.removesuffix("有").rpartition("，")[2]
    if not text.endswith("的") or not (8 <= len(text) <= catalogues.LONGEST):
        return ""
    if subject and norms.opening_actor(text) not in ("", subject):
        return ""
    text = text.removesuffix("的").removeprefix(subject)
    return text if catalogues.is_plain(text) and not text.startswith(_ASIDE) else ""


def _overlaps(one: str, other: str) -> bool:
    mine, theirs = grams(one), grams(other)
    shared = len(mine & theirs)
    return jaccard(mine, theirs) >= ALIKE or shared >= HELD * max(1, min(len(mine), len(theirs)))


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
            others = _fitting(keys, list(pool))
            if others is not None:
                return keys, others
    return None


def _fitting(keys: list[str], pool: Sequence[str]) -> list[str] | None:
    """Two outsiders of the keys' length, the nearest first; None where they would stick out."""
    low, high = min(map(len, keys)), max(map(len, keys))
    fitting = [text for text in pool[:16] if low / 1.6 - 2 <= len(text) <= high * 1.6 + 2]
    mean = sum(map(len, keys)) / len(keys)
    fitting.sort(key=lambda text: (pool.index(text) // 4, abs(len(text) - mean)))
    theirs = sum(map(len, fitting[:2])) / 2
    if len(fitting) < 2 or max(mean, theirs) > BALANCED * min(mean, theirs):
        return None
    return fitting[:2]

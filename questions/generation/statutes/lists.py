"""情形列举 as 多选: some of a list's members among those of lists that say something else."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from questions.facts import branches, catalogues, sanctions
from questions.facts.articles import ListFact, Pattern
from questions.facts.norms import Norm
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams, jaccard
from questions.generation.statutes.scales import Ledger
from questions.models import Kind

_ASIDE: Final = ("对", "除", "依法", "不", "符合", "属于")
_SETTING: Final = re.compile(
    "^(?:对|在|自|因|经|按照|根据|依照|违反|发现|不得)|(?:期间|时|后|中|的)$"
)
_NOUN: Final = re.compile("(?:违反|应当|不得|实施|在|因|存在|发现).*$")
_OFFICIALS: Final = re.compile("工作人员|滥用职权|玩忽职守")
_OFFICE: Final = re.compile("部门|机关|政府|工作人员|警察")
_PENAL: Final = re.compile(
    "给予行政处罚|追究|处[^，；]{0,30}罚款|拘留|处分|责令|吊销|没收|[万千百]元|倍以"
)
_NAMES: Final = (
    frozenset({"载明", "包括", "包含", "注明", "标明", "写明", "记载"}),
    frozenset({"提交", "提供", "附送", "出具"}),
    frozenset({"具备", "符合", "满足"}), frozenset({"履行", "负有", "承担"}),
)  # fmt: skip
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
OUTSIDERS: Final = 2


def ask(fact: ListFact, law: Source, ledger: Ledger, rng: random.Random) -> Iterator[LawCandidate]:
    """A 多选 with two or three right options and two wrong ones."""
    if fact.pattern is Pattern.SANCTIONS:
        yield _sanctions(fact, law, rng)
        return
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
    if fact.is_open or (_class(fact) not in ("情形", "处罚")):
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
        if away <= WINDOW and other is not fact and _is_sibling(fact, other):
            found += [(away, member.text, other.place) for member in other.members]
    if _class(fact) == "处罚":
        orders = ((_ORDER.match(norm.rest), norm.place) for norm in law.articles.norms)
        found += [(0, order[1], place) for order, place in orders if order]
    if _class(fact) == "情形" and not (_is_penal(fact) and _OFFICE.search(_actor(fact))):
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


def _is_sibling(fact: ListFact, other: ListFact) -> bool:
    """Whether another list is of the same kind, about the same actor, and says another thing."""
    if other.pattern is Pattern.SANCTIONS or _class(other) != _class(fact):
        return False
    if _actor(fact) != _actor(other) or not _differs(fact, other.says):
        return False
    if _is_penal(fact) != _is_penal(other):
        return False
    if not fact.right and not other.right and fact.left[-3:] == other.left[-3:]:
        return False  # 不得有下列行为 of two articles: what one bans the other may ban too
    return _class(fact) in ("情形", "处罚") or _verb(fact) == _verb(other)


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


def _is_penal(fact: ListFact) -> bool:
    return any(_PENAL.search(says) for says in fact.says)


def _verb(fact: ListFact) -> str:
    """What is done with a list's items: 载明, 提交, 履行; names of one sense count as one."""
    verb = fact.left[-2:]
    return next((min(names) for names in _NAMES if verb in names), verb)


def _differs(fact: ListFact, says: Sequence[str]) -> bool:
    """Whether what is attached elsewhere surely isn't what is attached here."""
    return not any(
        mine in other or other in mine or jaccard(grams(mine), grams(other)) > 0.5
        for mine in fact.says
        for other in says
    )


def _actor(fact: ListFact) -> str:
    """Whose acts a list is about."""
    if _OFFICIALS.search(fact.left):
        return "工作人员"
    if not fact.left.endswith("有"):
        return branches.opening_actor(fact.left.rpartition("，")[2]) or branches.opening_actor(
            fact.left
        )
    pieces = fact.left.removesuffix("有").split("，")
    last = branches.opening_actor(pieces[-1]) or _NOUN.sub("", pieces[-1])
    if last and not _SETTING.match(last):
        return last
    first = branches.opening_actor(pieces[0]) or _NOUN.sub("", pieces[0])
    return first if branches.is_actor(first) else ""


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
    if _is_penal(fact) and not text.startswith(subject):
        return ""  # whose act it is must be plain
    if subject and branches.opening_actor(text) not in ("", subject):
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

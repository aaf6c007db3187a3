"""Wrong options of a list: members and conditions that the law attaches something else to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from questions.facts import branches, catalogues
from questions.facts.articles import ListFact, Pattern
from questions.facts.norms import Norm
from questions.generation.statutes.law import Source
from questions.generation.statutes.likeness import grams, jaccard
from questions.statutes import Article

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
ALIKE: Final = 0.45  # bigrams shared from which an outsider may mean a member
WINDOW: Final = 100  # articles around a list from which its outsiders come
HELD: Final = 0.5  # of the shorter text's bigrams
KIN: Final = 3  # two-character words two consequences of one matter share
KINSHIP: Final = 0.25  # and the share of the list's own they are
TAIL: Final = 12  # characters at the end of a consequence that name its matter
TOPIC: Final = 6  # characters of its stem an option doesn't repeat
ENOUGH: Final = 20  # outsiders to choose from
CARRIED: Final = 0.7  # of a consequence's two-character words: then it is the same
_FORCE: Final = re.compile("应当|可以|必须|依法|不得|^的?，")
# Stages that exclude each other: what opens the one cannot be a case of the other.
_STAGES: Final = (
    re.compile("简易程序|当场作出|当场收缴|当场处罚"),
    re.compile("普通程序|一般程序|听证|法制审核")
)  # fmt: skip


def pool(fact: ListFact, law: Source) -> dict[str, str]:
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
    if class_of(fact) == "处罚":
        orders = ((_ORDER.match(norm.rest), norm.place) for norm in law.articles.norms)
        found += [(0, order[1], place) for order, place in orders if order]
    if class_of(fact) == "情形" and not (_is_penal(fact) and _OFFICE.search(_actor(fact))):
        for norm in law.articles.norms:
            away = abs(order[norm.article.label] - here)
            text = _condition(norm, fact) if away <= WINDOW else ""
            if text and _leads_elsewhere(fact, norm):
                found.append((away, text, norm.place))
    found.sort(key=lambda one: one[0])
    fresh: dict[str, str] = {}
    for _, text, place in found:
        if len(fresh) == ENOUGH:
            break
        near = any(_overlaps(text, mine) for mine in (*fact.everything, *fresh))
        if not near and _reads(text, fact) and not _is_key(text, fact, law):
            fresh[text] = place
    return fresh


def _is_sibling(fact: ListFact, other: ListFact) -> bool:
    """Whether another list is of the same kind, about the same actor, and says another thing."""
    if other.pattern is Pattern.SANCTIONS or class_of(other) != class_of(fact):
        return False
    if _actor(fact) != _actor(other) or not _differs(fact, other.says):
        return False
    if _carries(other.attached, fact) or _opposes(fact.norm.article, other.norm.article):
        return False
    if _is_penal(fact) != _is_penal(other):
        return False
    if not fact.right and not other.right and fact.left[-3:] == other.left[-3:]:
        return False  # 不得有下列行为 of two articles: what one bans the other may ban too
    return class_of(fact) in ("情形", "处罚") or _verb(fact) == _verb(other)


def _reads(text: str, fact: ListFact) -> bool:
    """Whether an outsider could be a member by its kind and fits the list's stem."""
    if text in fact.left + fact.right or grams(text, TOPIC) & grams(fact.left, TOPIC):
        return False
    if branches.opening_actor(text) and not any(
        branches.opening_actor(member.text) for member in fact.members
    ):
        return False
    if any("较重" in words for words in fact.everything) and _GRAVE.search(text):
        return False
    return bool(_OFFICIAL.search(text)) <= any(
        _OFFICIAL.search(member.text) for member in fact.members
    )


def class_of(fact: ListFact) -> str:
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


def _leads_elsewhere(fact: ListFact, norm: Norm) -> bool:
    """Whether a neighbour's condition brings something else, in all its article says."""
    if _opposes(fact.norm.article, norm.article) or not _differs(fact, (norm.rest,)):
        return False
    passage = norm.article.paragraphs[norm.paragraph].passage.text
    is_own = norm.article is fact.norm.article and norm.paragraph == fact.norm.paragraph
    return _akin(fact, norm.rest) and (is_own or not _carries(passage, fact))


def _carries(attached: str, fact: ListFact) -> bool:
    """Whether what is attached elsewhere holds a consequence the list asks for."""
    theirs = grams(attached)
    wanted = [fact.right, *re.split("[，；。]", fact.right)]
    texts = [_FORCE.sub("", text) for text in wanted]
    return any(
        len(grams(text) & theirs) >= CARRIED * len(grams(text)) for text in texts if len(text) > 3
    )


def _is_key(text: str, fact: ListFact, law: Source) -> bool:
    """Whether any list or rule of the law attaches to an outsider what is asked."""
    lists = (other for other in law.lists if other is not fact and _carries(other.attached, fact))
    if any(_overlaps(text, member) for other in lists for member in other.everything):
        return True
    return any(
        norm.article is not fact.norm.article
        and any(_overlaps(text, condition) for condition in norm.conditions)
        and _carries(norm.rest, fact)
        for norm in law.articles.norms
    )


def _opposes(one: Article, other: Article) -> bool:
    """Whether two articles are about stages that exclude each other: 当场, 普通程序."""
    mine, theirs = _stages(one), _stages(other)
    return bool(mine and theirs and mine != theirs)


def _stages(article: Article) -> frozenset[int]:
    heading = article.headings[-1] if article.headings else ""
    for text in (re.sub(r"\s", "", heading), "".join(p.passage.text for p in article.paragraphs)):
        found = frozenset(at for at, stage in enumerate(_STAGES) if stage.search(text))
        if found:
            return found
    return frozenset()

"""Two counts under one verb (将5个盟市、10家单位纳入…): the words of each without the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from questions.facts import lexicon, phrases
from questions.facts.quantities import Quantity, UnitClass

SHORT: Final = 4  # Han characters of a noun that need no partner
_JOINED: Final = re.compile(r"^[^,]{0,30}(?:、|和|及|以及|与)$")
_OBJECT: Final = re.compile(
    "纳入|列入|进行|开展|实施|予以|给予|作出|下达|依托|移送|委托|授权|公布|授予|命名|列为"
)
_SUBJECT: Final = re.compile(
    "受到|获得|获评|被|荣获|参加|参与|纳入|列入|入选|通过|完成|实现|落实|开展|建立|全部|均|获"
)
_PERSON: Final = re.compile("负责人|人员|干部|职工|代表|领导")
_CREW: Final = re.compile("(?:队|队伍|力量|机构|小组)$")  # 救援队伍9支312人: of these people
_PREPOSITION: Final = re.compile("[对将把向为给]")


@dataclass(frozen=True, slots=True)
class Conjunct:
    """The words around one of two counts; `is_alone` is False where the other stays."""

    before: str
    after: str
    is_alone: bool = True


def of(text: str, quantities: Sequence[Quantity], mine: Quantity) -> Conjunct:
    """The clause around `mine` without counts that stand beside it."""
    before, after = text[: mine.start], text[mine.end :]
    if len(quantities) < 2 or phrases.FROM_VALUE.search(text):
        return Conjunct(before, after)
    place = next(at for at, other in enumerate(quantities) if other.start == mine.start)
    if place + 1 < len(quantities):
        found = _first(text, mine, quantities[place + 1])
        if found is not None:
            return found if len(quantities) == 2 else Conjunct(before, after, is_alone=False)
    if place > 0:
        found = _second(text, quantities[place - 1], mine)
        if found is not None:
            return found if len(quantities) == 2 else Conjunct(before, after, is_alone=False)
    return Conjunct(_without(text, quantities[:place], mine), after)


def _without(text: str, others: Sequence[Quantity], mine: Quantity) -> str:
    """The words before a count without those that name what else there is."""
    before = text[: mine.start]
    for other in reversed(others):
        if other.unit_class in (UnitClass.COUNT, UnitClass.NOUN):
            before = phrases.without_figure(before, other.start, other.end)
    return before


def _first(text: str, mine: Quantity, other: Quantity) -> Conjunct | None:
    before, between = text[: mine.start], text[mine.end : other.start]
    if not between:
        return Conjunct(before, "")  # 案件7件11人
    if not _JOINED.match(between):
        tail = text[other.end :]
        if between[:2] in lexicon.VERBS and not tail:
            return Conjunct(before, between)  # 律师45名走访企业230余家
        return Conjunct(before, f"{between}的{tail}") if _is_noun(between) and tail else None
    noun = re.sub("(?:、|和|及|以及|与)$", "", between)
    tail = text[other.end :]
    if not noun:
        return Conjunct(before, text[mine.end :], is_alone=False)
    if lexicon.opening(before).verb and not _PREPOSITION.search(before):
        whole = noun[-2:] == tail[-2:] or len(tail) <= SHORT
        return Conjunct(before, noun if whole else text[mine.end :], is_alone=whole)
    if _is_row(before):
        return Conjunct(before, text[mine.end :])
    verb = _predicate(before).search(tail)
    if verb is None:
        return Conjunct(before, text[mine.end :], is_alone=False)
    if _PERSON.search(tail[: verb.start()]) and not _PERSON.search(noun):
        return Conjunct(before, text[mine.end :], is_alone=False)  # 18个处室、14家单位负责人
    return Conjunct(before, noun + tail[verb.start() :])


def _second(text: str, other: Quantity, mine: Quantity) -> Conjunct | None:
    between, after = text[other.end : mine.start], text[mine.end :]
    before = text[: other.start]
    if not between:
        people = mine.unit in ("人", "名") and other.unit not in ("人", "名", "次", "期", "场")
        joint = "共" if _CREW.search(before) else "涉及"
        return Conjunct(before + (joint if people else ""), after)
    if not _JOINED.match(between):
        if between[:2] in lexicon.VERBS and not after:
            return Conjunct(before + between, after)
        return Conjunct(before, after) if _is_noun(between) else None
    if between not in ("、", "和") and _is_row(before):
        return Conjunct(text[: mine.start], after)
    start = _before_list(before)
    if start is None or between in ("、", "和"):
        return Conjunct(text[: mine.start], after, is_alone=False)
    return Conjunct(before[:start], after)


def _is_row(before: str) -> bool:
    """Whether the counts close a row of which something is said: 对甲市等5个市、10个渔港…"""
    return _PREPOSITION.search(before) is not None and before.endswith("等")


def _before_list(before: str) -> int | None:
    """Where the first count's own words begin, behind the verb or preposition of both."""
    prepositions = list(_PREPOSITION.finditer(before))
    if prepositions:
        return prepositions[-1].end()
    opening = lexicon.opening(before)
    if opening.verb and "等" in before:
        return opening.object_at
    if opening.verb or not before or before.endswith((",", "中")):
        return len(before)
    return None


def _is_noun(between: str) -> bool:
    """Whether what stands between two numbers is the first one's noun: 5个[方面]27项任务."""
    if between[:2] in lexicon.VERBS:
        return False
    return (
        len(between) <= SHORT
        and not re.search("[,到至为的比较]", between)
        and not any(lexicon.verb_at(between, at) for at in range(len(between)))
    )


def _predicate(before: str) -> re.Pattern[str]:
    return _OBJECT if _PREPOSITION.search(before) else _SUBJECT

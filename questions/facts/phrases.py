"""Turns of phrase that decide what a number means: scope, change, pair, target, run-on."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from questions.data import words


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


_FALLS: Final = "下降 减少 降低 回落 下滑 缩短 压缩 压减 降幅 少".split()  # noqa: SIM905
_RISES: Final = "上升 增长 增加 提高 提升 增幅 多".split()  # noqa: SIM905
_WAY: Final = f"(?P<way>{'|'.join(_FALLS + _RISES)})"
_MONTHS: Final = r"\d{1,2} *(?:-|—|–|~|至) *\d{1,2}月份?|\d{1,2}月份?"
_SPANS: Final = "上半年|下半年|全年|前三季度|[一二三四]季度"
_WHERE: Final = "(?:[我全本][一-鿿]|[一-鿿]{2,8}[省市县区州盟旗])?"

SCOPE: Final = re.compile(
    r"^(?:(?:在|自|从|当|于|针对|为)?[^,]{2,40}(?:以来|期间|之际)"
    rf"|{_WHERE}(?:在|自|从|当|于|针对)[^,]{{2,40}}(?:中|方面|后|前|时|上|下|起)"
    rf"|截[至止][^,]{{2,16}}|(?:20\d\d年)?(?:{_MONTHS}|{_SPANS})"
    r"|20\d\d年(?:度|以来)?|今年以来|今年|一年来|本年度|“十[三四五]五”期间)$"
)
PERIOD: Final = re.compile(
    r"^(?:20\d\d年)?(?:\d{1,2} *(?:-|—|–|~|至|到) *\d{1,2}月份?|第?[一二三四]季度|\d{1,2}月底"
    rf"|\d{{1,2}}月份?|{_SPANS}|年内|年底前)"
)
# 新《…》颁布以来 after a noun: the stop before it is missing, the scope begins at 新.
SINCE: Final = re.compile(r"(?<=[一-鿿])新?《[^》]+》[^《》]{0,14}以来$")
CHANGE: Final = re.compile(
    rf"^(?:(?:同比|环比|比|较|相比|与)[^,、]{{0,16}}?)?{_WAY}(?:了|达|达到|幅度达|为)?约?$"
)
CHANGE_INSIDE: Final = re.compile(
    r"(?:同比|环比|较[^,、]{1,12}|比(?:上年|去年|20\d\d年)[^,、]{0,8})(?:平均)?"
    rf"{_WAY}(?:了|达|达到)?$"
)
FROM: Final = re.compile(r"(?:由|从)[^,、]{0,10}$")
FROM_VALUE: Final = re.compile(r"(?:由|从)[^,、]{0,12}\d.*$")
TO: Final = re.compile(r"(?:到|至|为)$")
LIST_HEAD: Final = re.compile(r"(《[^》]*》)(?:[、和及与]?《[^》]*》)+(?=等$)")
RELATED: Final = re.compile("相关|有关|此类|该类")

_CUT: Final = re.compile(r"^ *(?:并(?!购)|\(|以?及时?并|,|;|$)")
_SHARED_OUT: Final = re.compile(r"分别|(?<![一-鿿])各$|各$|依次")
_TARGET: Final = re.compile(
    "|".join(map(re.escape, words("targets").split()))
    + r"|拟(?=[一-鿿]{0,6}$)|到20\d\d年|20\d\d年底前"
)
_YEAR_BEFORE: Final = re.compile("(?:去年|上年|上一年)同期")
_NOT_AFTER: Final = "".join(
    f"(?<!{word})"
    for word in "进一步 不断 持续 积极 研究 组织 推动 联合 认真 会同 配合 督促 指导".split()  # noqa: SIM905
)
_RUN_ON: Final = re.compile(
    rf"(?<=[一-鿿]{{8}})(?<![和并、及与以来于要为再新各已可应的地得所共]){_NOT_AFTER}"
    r"(?:印发(?:实施)?《|做好(?=[一-鿿]{4})"
    r"|加强(?=[一-鿿]{4}[^,]*(?:工作|培训|教育|管理|监管|建设)$))"
)


def is_cut(after: str) -> bool:
    """Whether the words after a number no longer belong to what it counts."""
    return bool(_CUT.match(after))


def direction(change: re.Match[str] | None) -> Direction | None:
    """The way of a matched change."""
    if change is None:
        return None
    return Direction.DOWN if change["way"] in _FALLS else Direction.UP


def is_shared_out(text: str) -> bool:
    """Whether 分别 or 各 spread numbers over a list, so that none has one bearer."""
    return bool(_SHARED_OUT.search(text))


def is_target(text: str) -> bool:
    """Whether a number is planned or demanded and no result."""
    return bool(_TARGET.search(text))


def is_year_before(text: str) -> bool:
    """Whether a clause gives the figure of the year before."""
    return bool(_YEAR_BEFORE.match(text))


def runs_on(text: str) -> bool:
    """Whether a verb stands mid-clause as only after a missing stop."""
    return bool(_RUN_ON.search(text))


def opens_with_period(text: str) -> str:
    """The period a clause opens with (1-11月, 全年, 上半年), or ''."""
    found = PERIOD.match(text)
    return found.group() if found else ""

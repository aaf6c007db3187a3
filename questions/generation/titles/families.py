"""Which titles may stand side by side: of one class, one level, like length, not one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from questions import laws
from questions.facts.titles import Title
from questions.generation.likeness import bare, grams, jaccard

FAMILIES: Final = tuple(
    frozenset(kinds.split())
    for kinds in (
        "通知 公告 通告 函 批复 决定",
        "意见 措施 若干措施 举措 决定",
        "方案 规划 计划 要点 纲要",
        "预案 方案",
        "目录 名录 清单",
        "标准 规范 导则 基准 准则",
        "办法 规定 细则 制度 规则 规程 基准",
        "指引 指南 手册",
        "条例",
        "法 法典",
        "协议 公约 章程",
    )
)
# What an agency issues, and what a place enacts: of one class where no family has enough.
CLASSES: Final = tuple(
    frozenset(kinds.split())
    for kinds in (
        "通知 公告 意见 措施 若干措施 方案 计划 要点 预案 制度 办法 规定 细则 规则 规程 指引",
        "条例 办法 规定 细则 规则",
    )
)
# Bodies that were merged into others: their texts are of no year that a report tells of.
_FORMER: Final = re.compile(
    "环境保护[厅局]|环保[厅局]|国土资源|工商行政管理|质量技术监督|安全生产监督管理"
    "|卫生和?计[划生][一-鿿]{0,4}委|食品药品监督|法制办|农业委员会|农牧业厅|旅游局|新闻出版广电|地方?税务"
)
_OPENINGS: Final = ("关于印发", "关于")
# What shows at sight, so that it must not tell right titles from wrong ones.
_MARKS: Final = (re.compile("[(](?:试行|暂行)"), re.compile(r"20\d\d"))
_DRAFT: Final = re.compile("草案|送审稿|征求意见稿")
RATIO: Final = 1.6
SLACK: Final = 2  # characters, brackets counted, by which short titles may differ besides
NEAR: Final = 0.7  # Jaccard index of bigrams from which two titles may be one text
KEYS: Final = 3  # right titles of a 多选 at most
_NATION: Final = re.compile("^(?:中华人民共和国|国务院|国家|全国|中共中央|中央)")
_PLACE: Final = re.compile(
    "^[一-鿿]{2,7}?(?:自治[区州县]|特别行政区|[省市县州盟旗]|(?<![地园社城校景辖山牧灾矿库护发])区)(?!域|级|政|场)"
)


def are_kin(one: Title, other: Title) -> bool:
    """Whether two titles are of one family (通知, 意见 …) and so may stand side by side."""
    return any(one.kind in kinds and other.kind in kinds for kinds in FAMILIES)


def are_classed(one: Title, other: Title) -> bool:
    """Whether two titles are of one family or class."""
    return are_kin(one, other) or any(
        one.kind in kinds and other.kind in kinds for kinds in CLASSES
    )


def without_place(title: Title, place: str | None) -> Title:
    """A title without the place whose text it is, where right ones name none."""
    rest = title.text.removeprefix(place or "")
    is_whole = rest != title.text and not rest.startswith(("人民", "党委"))
    return replace(title, text=rest) if is_whole else title


def are_sized(one: Title, other: Title) -> bool:
    """Whether two titles, in their brackets, are of like length."""
    sizes = len(one.text) + 2, len(other.text) + 2
    return max(sizes) <= RATIO * min(sizes) + SLACK


def are_matched(keys: Sequence[Title], others: Sequence[Title]) -> bool:
    """Whether each right title has a wrong one of its length beside it, and each wrong a right."""
    return all(
        any(are_sized(one, other) for other in side)
        for mine, side in ((keys, others), (others, keys))
        for one in mine
    )


def level(title: Title) -> str:
    """Whose text a title says it is: of the nation, of a place, or ''."""
    if _NATION.match(title.text):
        return "nation"
    if _PLACE.match(title.text):
        return "place"
    return "nation" if laws.registry().find(title.text) is not None else ""


def are_peers(keys: Sequence[Title], others: Sequence[Title]) -> bool:
    """Whether neither its kind nor whose text it is singles a right title out.

    Two right titles of a kind of their own may stand beside two wrong ones of another.
    """
    kinds = Counter(title.kind for title in others)
    alone = {title.kind for title in keys} - set(kinds)
    is_pair = len(keys) > 1 and len(alone) == len({title.kind for title in keys}) == 1
    if alone and not (is_pair and max(kinds.values(), default=0) >= len(keys)):
        return False
    mine, theirs = {level(title) for title in keys}, {level(title) for title in others}
    return mine <= theirs and ("nation" not in mine | theirs or len(mine | theirs) == 1)


def are_marked(keys: Sequence[Title], others: Sequence[Title]) -> bool:
    """Whether all right titles bear a mark that no wrong one has, or the other way round."""
    for mark in _MARKS:
        mine = {mark.search(title.text) is not None for title in keys}
        theirs = {mark.search(title.text) is not None for title in others}
        if len(mine) == len(theirs) == 1 and mine != theirs:
            return True
    return False


def is_draft(title: Title) -> bool:
    """Whether a title says itself that its text is not yet final."""
    return bool(_DRAFT.search(title.text))


def is_former(title: Title, issuer: str) -> bool:
    """Whether a title names a body that is no more, and that isn't the issuer itself."""
    found = _FORMER.search(title.text)
    return found is not None and found.group() not in issuer


def stands_out(keys: Sequence[Title], others: Sequence[Title]) -> bool:
    """Whether the one right title alone opens, or alone doesn't open, as a notice may."""
    for opening in _OPENINGS:
        mine = {title.text.startswith(opening) for title in keys}
        theirs = {title.text.startswith(opening) for title in others}
        if len(mine) == len(theirs) == 1 and mine != theirs:
            return True
    return False


def is_near(name: str, others: set[str]) -> bool:
    """Whether a title is nearly, or a part of, one of the others."""
    mine = grams(name)
    return any(
        name in other or other in name or jaccard(mine, grams(other)) >= NEAR for other in others
    )


def homogeneous(titles: Sequence[Title]) -> list[Title]:
    """Up to three titles of one family and like length."""
    best: list[Title] = []
    for first in titles:
        same = [title for title in titles if are_kin(title, first) and _is_sized(title, first)]
        best = same if len(same) > len(best) else best
    return best[:KEYS]


def apart(titles: Sequence[Title], sizes: Sequence[int]) -> list[Title]:
    """Without those that are nearly the same text as an earlier one, or out of proportion."""
    kept: list[Title] = []
    for title in titles:
        lengths = [*sizes, *(len(other.text) for other in kept), len(title.text)]
        near = is_near(bare(title.text), {bare(other.text) for other in kept})
        if not near and max(lengths) <= RATIO * min(lengths):
            kept.append(title)
    return kept


def _is_sized(one: Title, other: Title) -> bool:
    sizes = len(one.text), len(other.text)
    return max(sizes) <= RATIO * min(sizes)

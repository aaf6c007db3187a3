"""Lines that say what they are: 答案：B, 【解析】…, 难度：易."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from questions.formats.choices import fold
from questions.formats.draft import Part

_NAMES: Final[Mapping[Part, str]] = {
    Part.KIND: "题型 试题类型 题目类型",
    Part.STEM: "题干 题目 问题 试题",
    Part.OPTION: "选项 备选项",
    Part.ANSWER: "正确答案 参考答案 标准答案 答案 答",
    Part.EXPLANATION: "答案解析 试题解析 题目解析 解析 详解 解释",
    Part.DIFFICULTY: "难度 难易度 难易程度",
    Part.SECTION: "知识点 章节 所属章节 考点",
    Part.SOURCE: "来源文件 来源 出处",
    Part.BASIS: "法律依据 法条依据 依据",
    Part.QUOTE: "条款/原文 条款原文 原文 条款 法条",
    Part.SINCE: "施行日期 生效日期 实施日期",
    Part.UNTIL: "失效日期 废止日期",
    Part.DEPARTMENT: "责任处室 责任部门",
    Part.TAGS: "标签 关键词",
    Part.UID: "题目编号",
}
_PARTS: Final = {name: part for part, names in _NAMES.items() for name in names.split()}
_WORDS: Final = "|".join(
    r"\s?".join(name) for name in sorted(_PARTS, key=len, reverse=True)
)  # 答 案
# What a learning site prints of someone's own attempt, and points: no part of a question.
_NOISE: Final = re.compile(
    r"[【\[]?(?:我的答案|你的答案|您的答案|学生答案|考生答案|选择答案|你的选择|得分|本题得分|答案状态)[】\]]?\s*:.*"
)
_ATTEMPT: Final = re.compile(
    r"[【\[]?(?:我的|你的|您的|学生|考生|选择)答案[】\]]?\s*[:：].*", re.DOTALL
)
_POINTS_WIDTH: Final = 24
_POINTS: Final = re.compile(
    r"[(（【\[](?:本题|每题|分数|分值|本小题)?\s*[:：]?\s*\d{1,3}(?:\.\d{1,2})?\s*分?\s*[)）】\]]\s*$"
)
_LABEL: Final = re.compile(
    rf"(?:[【\[]\s*(?P<boxed>{_WORDS})\s*[】\]]\s*:?|(?P<plain>{_WORDS})[为是]?\s*:"
    r"|(?P<spaced>(?:正确|参考|标准)?答案)\s+(?=[A-La-l√×对错])"
    r"|(?P<alone>(?:答案|试题|题目)?解析|详解)(?=\s*$))\s*"
)
_BOXED: Final = re.compile(rf"[【\[]\s*(?P<boxed>{_WORDS})\s*[】\]]\s*:?\s*")
_INLINE: Final = re.compile(
    r"[【\[]\s*(?P<boxed>(?:正确|参考|标准)?答案|(?:答案|试题)?解析|难度)\s*[】\]]\s*:?\s*"
    r"|(?:(?<=[\s。？！；;?!)】])|(?<=\A))(?P<plain>(?:正确|参考|标准)答案|答案|(?:答案|试题)?解析|难度)"
    r"\s*:\s*"
)
# Parts whose text may run over several lines.
LONG: Final = frozenset({Part.EXPLANATION, Part.QUOTE})


def is_noise(line: str) -> bool:
    """Whether a line tells of someone's attempt rather than of the question."""
    return bool(_NOISE.fullmatch(fold(line)))


def without_points(line: str) -> str:
    """A line without the points at its end: （2分）, （分数：2.00）."""
    end = line.rstrip()
    start = max(0, len(end) - _POINTS_WIDTH)
    found = _POINTS.search(end, start)
    return end[: found.start()].rstrip() if found and "分" in found[0] else line


def read_label(line: str) -> tuple[Part, str, bool] | None:
    """The part that a line begins, the text after the label, whether the label is in 【】."""
    found = _LABEL.match(fold(line))
    if found is None:
        return None
    name = found["boxed"] or found["plain"] or found["spaced"] or found["alone"]
    return _PARTS["".join(name.split())], line[found.end() :], bool(found["boxed"])


def split_inline(text: str, *, boxed_only: bool = False) -> list[tuple[Part | None, str]]:
    """A line cut where labels stand in its midst; None names what comes before the first."""
    text = _ATTEMPT.sub("", text)
    if not any(word in text for word in ("答案", "解析", "难度", "【", "[")):
        return [(None, text)]
    pattern = _BOXED if boxed_only else _INLINE
    pieces: list[tuple[Part | None, str]] = []
    part: Part | None = None
    done = 0
    for found in pattern.finditer(fold(text)):
        pieces.append((part, text[done : found.start()].strip()))
        groups = found.groupdict()
        part = _PARTS["".join((groups["boxed"] or groups.get("plain") or "").split())]
        done = found.end()
    pieces.append((part, text[done:].strip()))
    return pieces

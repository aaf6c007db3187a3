"""Moodle's weighted answers read by our grading: one key, several keys, accepted forms.

Our grading knows right, half for a part of the keys, and wrong; no wildcards, no tolerances. What
it can't express is refused with the reason, never bent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from questions.formats.assembly import Unusable
from questions.models import JUDGE_OPTIONS, Kind


class Remark(StrEnum):
    """What was left behind of a question that was taken, as its note says."""

    FEEDBACK = "的逐项反馈并入了解析"
    WEIGHTS = "带部分得分，未保留，按本系统的规则计分"
    CASE = "的答案原来区分英文大小写，这里不区分"
    UNITS = "另有换算单位，未保留"
    MEDIA = "的解析里有图片或附件，未保留"
    EXTRAS = "的提示、统一反馈未保留"
    MARKS = "原来不是 1 分，分值未保留"
    HIDDEN = "在 Moodle 里是隐藏的，照常读入"
    ORDER = "的对错没有写明，按“先对后错”的旧规则读取"
    NUMBER = "的编号重复或过长，换成了新编号"
    ORDINAL = "的编号只是序号，没有当作题目编号"
    WIDE = "用了全角括号，按半角读取"
    LINES = "的题干占了几行，已合并"


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as a file gives it: `percent` of the marks, `tolerance` of a number."""

    text: str
    percent: float
    feedback: str = ""
    tolerance: str = "0"


@dataclass(frozen=True, slots=True)
class Body:
    """The answers of one question in our terms, with the feedback each had."""

    kind: Kind
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    feedback: tuple[tuple[str, str], ...] = ()
    remarks: frozenset[Remark] = frozenset()
    fact: dict[str, object] = field(default_factory=dict)


FULL: Final = 99.99
NO_PICTURES: Final = (
    "题里有图片、音像或附件，这里只能显示文字，请改写成不看图也能答的题，或删去这一题"
)
NO_SUCH_KIND: Final = "这里没有这种题型，请改写成单选、多选、判断或填空题，或删去这一题"

_JUDGE_WORDS: Final = (
    ("对", "错"),
    ("正确", "错误"),
    ("true", "false"),
    ("√", "×"),
)
_STAR: Final = re.compile(r"(?<!\\)\*")
_LATIN: Final = re.compile(r"[A-Za-z]")
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,2})?")


def judged(options: Sequence[str], key: Sequence[int]) -> int | None:
    """Where two options are a verdict each, the index of the right one among 对/错."""
    words = tuple(option.strip().casefold() for option in options)
    for pair in _JUDGE_WORDS:
        if len(key) == 1 and len(words) == 2 and set(words) == set(pair):
            return pair.index(words[key[0]])
    return None


def choice(entries: Sequence[Entry], *, is_single: bool) -> Body:
    """A choice among options; raises Unusable where no one key grades as the weights did."""
    full = tuple(i for i, entry in enumerate(entries) if entry.percent >= FULL)
    worth = tuple(i for i, entry in enumerate(entries) if entry.percent > 0)
    if not worth:
        raise Unusable("没有标出正确选项")
    if is_single and len(full) > 1:
        raise Unusable("有几个选项都算全对，请只留一个正确选项，或改成多选题")
    if is_single and not full:
        raise Unusable("单选题没有一个选项得满分，请标出正确选项")
    key = full if is_single else worth
    remarks = {Remark.WEIGHTS} if _is_uneven([entries[i].percent for i in worth]) else set()
    options = tuple(entry.text for entry in entries)
    feedback = tuple((f"“{entry.text}”", entry.feedback) for entry in entries)
    verdict = judged(options, key) if is_single else None
    if verdict is not None:
        return Body(Kind.JUDGE, JUDGE_OPTIONS, (verdict,), (), feedback, frozenset(remarks))
    kind = Kind.SINGLE if is_single else Kind.MULTIPLE
    return Body(kind, options, key, (), feedback, frozenset(remarks))


def judge(is_true: bool, *, right: str, wrong: str) -> Body:
    """A statement to judge, with the feedback to a right and to a wrong verdict."""
    feedback = (("答对", right), ("答错", wrong))
    return Body(Kind.JUDGE, JUDGE_OPTIONS, (0 if is_true else 1,), (), feedback)


def typed(entries: Sequence[Entry], *, is_case_blind: bool) -> Body:
    """A word to type, with every form that had full marks; raises Unusable."""
    accepted = [entry.text for entry in entries if entry.percent >= FULL]
    if any(_STAR.search(text) for text in accepted):
        raise Unusable("答案里有通配符“*”，填空题只能逐一列出可接受的答案，请改写")
    answers = tuple(text.replace(r"\*", "*") for text in accepted)
    remarks = _partial(entries)
    if not is_case_blind and any(map(_LATIN.search, answers)):
        remarks |= {Remark.CASE}
    return Body(Kind.BLANK, (), (), answers, _labelled(entries), frozenset(remarks))


def number(entries: Sequence[Entry], unit: str = "") -> Body:
    """A number to type, exact; raises Unusable where a tolerance or anything at all is right."""
    accepted = [entry for entry in entries if entry.percent >= FULL]
    for entry in accepted:
        if entry.text == "*":
            raise Unusable("数值题填什么都算对，填空题没法判分")
        if _decimal(entry.tolerance or "0") != 0:
            raise Unusable(
                "数值题的答案允许误差或是一个范围，填空题只能判准确的数，请改成准确的数，或改写成选择题"
            )
    answers = tuple(_spelled(entry.text) for entry in accepted)
    fact: dict[str, object] = {"unit": unit} if unit else {}
    remarks = frozenset(_partial(entries))
    return Body(Kind.BLANK, (), (), answers, _labelled(entries), remarks, fact)


def spread(text: str) -> tuple[str, str]:
    """A number as `low..high` or `value:margin` or alone: its value and its tolerance."""
    low, dots, high = text.partition("..")
    if dots and low.strip():
        lowest, highest = _decimal(low.strip()), _decimal(high.strip())
        return str((lowest + highest) / 2), str((highest - lowest) / 2)
    value, _, margin = text.partition(":")
    return value.strip(), margin.strip() or "0"


def wild(text: str) -> str:
    """A typed answer as Moodle matches it literally."""
    return text.replace("*", r"\*")


def explanation(general: str, feedback: Iterable[tuple[str, str]]) -> str:
    """The general feedback, then each answer's with what it answers."""
    lines = [general, *(f"{label}：{text}" for label, text in feedback if text)]
    return "\n".join(line for line in lines if line)


def _labelled(entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("其他答案" if entry.text in ("", "*") else f"“{entry.text}”", entry.feedback)
        for entry in entries
    )


def _partial(entries: Sequence[Entry]) -> set[Remark]:
    return {Remark.WEIGHTS} if any(0 < entry.percent < FULL for entry in entries) else set()


def _is_uneven(percents: Sequence[float]) -> bool:
    # Eleven or more keys can't have equal weights among those that Moodle allows.
    return len(percents) <= 10 and max(percents) - min(percents) > 0.01


def _decimal(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise Unusable("数值题的答案不是数")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Unusable("数值题的答案不是数") from error


def _spelled(text: str) -> str:
    value = _decimal(text)
    return f"{value:f}" if "e" in text.lower() else text

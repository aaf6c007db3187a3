"""Where a question begins: 1、 1. （1） 第1题 【单选题】, and in which style a file numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from questions.formats.choices import fold
from questions.formats.kinds import KIND_PHRASE

_START: Final = re.compile(
    r"(?:第\s*(?P<di>\d{1,5})\s*题\s*[.、:,)]?"
    r"|[(\[【]\s*(?P<par>\d{1,5})\s*[)\]】]\s*[.、:]?"
    r"|(?P<dot>\d{1,5})\s*(?:[.．](?!\d)|[.](?=(?:19|20)\d\d年)|[、:)])"
    r"|题目?\s*(?P<word>\d{1,5})\s*[.、:]"
    r"|(?P<cn>[一二三四五六七八九十百]{1,4})[、.]"
    r"|(?P<bare>\d{1,5})\s+(?=\S))\s*"
)
_POINTS: Final = r"(?:[,，、;\s]\s*\d{1,3}(?:\.\d)?\s*分)?"
_KIND: Final = re.compile(
    rf"(?:[【\[(]\s*(?P<kind>{KIND_PHRASE}){_POINTS}\s*[】\])]\s*[:、.]?\s*"
    rf"|(?P<open>(?:{KIND_PHRASE})(?<=题))[\s:]+(?=\S))"
)
_CODES: Final = re.compile(r"\([\w,\s]{1,60}\)\s*(?=\[)", re.ASCII)  # (kp_01, mc_02)[判断题]
# 1．3 is question 1, while 1.3 is a number.
_WIDE_DOT: Final = re.compile(r"^(\s*\d{1,5})．")
_CHINESE: Final = "一二三四五六七八九十"
_WIDEST_GAP: Final = 60


@dataclass(frozen=True, slots=True)
class Start:
    """The head of a question's first line; `end` is where its stem begins."""

    style: str
    number: int | None
    kind: str
    end: int


def read_start(line: str) -> Start | None:
    """The head of a line that may begin a question."""
    plain = fold(_WIDE_DOT.sub(r"\1、", line))
    tagged = _KIND.match(plain)
    kind, end = (tagged["kind"], tagged.end()) if tagged and tagged["kind"] else ("", 0)
    found = _START.match(plain, end)
    if found is None:
        return Start("kind", None, kind, end) if kind and plain[end:].strip() else None
    style = str(found.lastgroup)
    number = _number(found[style])
    end = found.end()
    if codes := _CODES.match(plain, end):
        end = codes.end()
    if not kind and (tagged := _KIND.match(plain, end)):
        kind, end = tagged["kind"] or tagged["open"], tagged.end()
    if style == "cn" and not kind and not _asks(plain[end:]):
        return None
    return Start(style, number, kind, end)


def _asks(text: str) -> bool:
    """Whether the text after 一、 is a stem rather than a heading."""
    return len(text) > 12 and any(mark in text for mark in "?(_。")


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _CHINESE.find(text) + 1
    return 10 * (_CHINESE.find(tens) + 1 if tens else 1) + (_CHINESE.find(ones) + 1 if ones else 0)


@dataclass(slots=True)
class Counter:
    """How a file numbers its questions, and how far it has come."""

    style: str = ""
    last: int | None = None

    def restart(self) -> None:
        """After a heading the numbers may begin anew."""
        self.last = None

    def accepts(self, start: Start, is_complete: bool) -> bool:
        """Whether this is the next question rather than a line within the current one."""
        if start.number is None:
            return True
        in_order = self.last is None or 0 < start.number - self.last <= _WIDEST_GAP
        if start.style == "bare":
            expected = 1 if self.last is None else self.last + 1
            return is_complete and start.number == expected
        if self.style in ("", start.style):
            return in_order or (is_complete and start.number == 1)
        return is_complete and (in_order or start.number == 1)

    def note(self, start: Start) -> None:
        """This start began a question."""
        if start.number is not None:
            self.last = start.number
            self.style = self.style or start.style

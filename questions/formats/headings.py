"""Headings that name a kind: 一、单选题（每题2分，共20题）, 第二部分 判断题."""

from __future__ import annotations

import re
from typing import Final

from questions.formats.choices import fold
from questions.formats.kinds import KIND_PHRASE

_HEADING: Final = re.compile(
    r"[\s#]*[(【\[]?(?:第?[一二三四五六七八九十\d]{1,3}(?:部分|大题|章|节)?[)】\]]?[、.,:\s]*)?"
    rf"[【\[(]?(?P<kind>{KIND_PHRASE})(?:部分|试题|题库|类)?[】\])]?"
    r"(?:\s*[:,]?\s*[(\[【].*[)\]】]|\s*[:,]?\s*(?:共|每题|每小题|本题|以下|请|\d+\s*[题道分小]).*|:)?\s*"
)
# 五、某某专题之单选题: a topic before the kind needs a number before it and 题 behind.
_TOPIC: Final = re.compile(
    r"[\s#]*(?:[(]?[一二三四五六七八九十]{1,3}[)]?[、.]|第[一二三四五六七八九十\d]{1,3}(?:部分|章|节)[、.,:\s]*)"
    rf"\s*[^,。?!:()]{{1,20}}?(?P<kind>{KIND_PHRASE})(?<=题)\s*(?:[(].*[)])?\s*"
)
# 【单选题】以下哪项…（ ） is a question and no heading that instructs.
_ASKS: Final = re.compile(r"_{2,}|[(【]\s*[)】]|\?")
_NUMBERED: Final = re.compile(r"\s*\d{1,5}\s*[、.,:]?\s*[【\[(].*[】\])]\s*:?\s*[^\s(\[【:]")
_LONGEST: Final = 120


def read_heading(text: str) -> str | None:
    """The kind that a heading (or a sheet's name) names, as written; None where it is none."""
    if not text or len(text) > _LONGEST or ("题" not in text and len(text) > 12):
        return None
    plain = fold(text.strip()).strip().replace("。", "").replace("：", ":")
    if _ASKS.search(plain) or _NUMBERED.match(plain):
        return None
    found = _HEADING.fullmatch(plain) or _TOPIC.fullmatch(plain)
    return found["kind"] if found else None

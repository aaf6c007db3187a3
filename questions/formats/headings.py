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
_LONGEST: Final = 120


def read_heading(text: str) -> str | None:
    """The kind that a heading (or a sheet's name) names, as written; None where it is none."""
    if not text or len(text) > _LONGEST or ("题" not in text and len(text) > 12):
        return None
    found = _HEADING.fullmatch(fold(text.strip()).strip())
    return found["kind"] if found else None

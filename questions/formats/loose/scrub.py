"""Lines freed of what a converter or web page put around them: Markdown, blank lines between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

_QUOTE: Final = re.compile(r"(?:>\s?)+")
_BULLET: Final = re.compile(r"[-*+•]\s+(?=[(（]?[A-LＡ-Ｌ][)）]?[.、:．：)）]|答案|解析|【)")
_ESCAPE: Final = re.compile(r"\\(?=\d|[.*_#>\-])")
_HEAD: Final = re.compile(r"#{1,6}\s+")
_RULE: Final = re.compile(r"(?:-\s?){3,}|(?:\*\s?){3,}|(?:=\s?){3,}|```\w*")
_BOLD: Final = re.compile(r"\*\*(.{1,200}?)\*\*")
_FEWEST: Final = 8  # lines from which on their distance says something


def scrub(line: str) -> str:
    """A line without Markdown's marks at its beginning; a rule is an empty line."""
    text = line.strip()
    if not text or text[0] not in ">-*+•\\#=`":
        return line
    if _RULE.fullmatch(text):
        return ""
    text = _HEAD.sub("", _QUOTE.sub("", text, count=1) if text[0] == ">" else text, count=1)
    text = _BULLET.sub("", text, count=1)
    if text.startswith("**"):
        text = _BOLD.sub(r"\1", text)
    return _ESCAPE.sub("", text, count=1) if text.startswith("\\") else text


def is_spaced(lines: Sequence[str]) -> bool:
    """Whether nearly every line stands alone, so that empty ones part nothing."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    if len(filled) < _FEWEST:
        return False
    together = sum(right - left == 1 for left, right in pairwise(filled))
    return together * 10 <= len(filled)


def without_gaps(lines: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """The numbered lines that are not empty."""
    return ((number, line) for number, line in lines if line.strip())

"""Pasted text made plain: no tags, no entities, ordinary digits, no stray blanks."""

from __future__ import annotations

import html
import re

_BREAKS = re.compile(r"<(?:/?(?:p|div|li|tr|h[1-6]|table|ul|ol)|br)\b[^<>]*>", re.I)
_DROPPED = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.I | re.S)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_WIDE = {ord("０") + i: ord("0") + i for i in range(10)}
_WIDE |= {ord("．"): ord("."), ord("／"): ord("/"), ord("｜"): ord("|")}
_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def plain(pasted: str) -> str:
    """The text in lines, without what a web page leaves behind."""
    said = _DROPPED.sub("", pasted)
    said = _TAGS.sub("", _BREAKS.sub("\n", said))
    said = _INVISIBLE.sub("", html.unescape(said)).translate(_WIDE)
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_BLANKS.sub(" ", line).strip() for line in said.split("\n"))
    return "\n".join(line for line in lines if line)


def close_up(line: str) -> str:
    """The line without the blanks that typists and web pages put beside Chinese."""
    return _BESIDE_CHINESE.sub("", line)

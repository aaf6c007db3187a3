"""Which brackets pair up, and what lies outside all of them."""

from __future__ import annotations

import re
from typing import Final

_PAIRS: Final = {"》": "《", ">": "<", "”": "“", ")": "(", "〕": "〔", "】": "【", "]": "["}
_LONGEST: Final = {"《": 120, "<": 100, "“": 120, "(": 120, "〔": 30, "【": 60, "[": 60}
_MARKS: Final = re.compile(r"[《》<>“”()〔〕【】\[\]]")


def pair(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """The outermost bracketed spans of `text`, and the places of brackets without a partner."""
    spans: list[tuple[int, int]] = []
    lonely: list[int] = []
    opened: list[int] = []
    for mark in _MARKS.finditer(text):
        place, sign = mark.start(), mark.group()
        if sign in _LONGEST:
            opened.append(place)
            continue
        at = _partner(text, opened, place, _PAIRS[sign])
        if at is None:
            lonely.append(place)
            continue
        lonely.extend(opened[at + 1 :])
        span = (opened[at], place + 1)
        del opened[at:]
        spans = [other for other in spans if other[0] < span[0]]
        spans.append(span)
    lonely.extend(opened)
    return spans, lonely


def _partner(text: str, opened: list[int], place: int, wanted: str) -> int | None:
    for at in range(len(opened) - 1, max(-1, len(opened) - 4), -1):
        if text[opened[at]] == wanted:
            return at if place - opened[at] <= _LONGEST[wanted] else None
    return None


def outside(text: str, marks: re.Pattern[str], spans: list[tuple[int, int]]) -> list[int]:
    """Where single-character `marks` stand outside every span, in order."""
    found: list[int] = []
    upcoming = iter(spans)
    span = next(upcoming, None)
    for match in marks.finditer(text):
        place = match.start()
        while span is not None and span[1] <= place:
            span = next(upcoming, None)
        if span is None or place < span[0]:
            found.append(place)
    return found

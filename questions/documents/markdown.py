"""Markdown: its marks leave the view, its headings and tables are known for what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from questions.documents import markup
from questions.documents.reading import Reading, conceal, levels

_HEAD: Final = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n){0,60}?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_HEADING: Final = re.compile(r"^[ ]{0,3}(#{1,6})[ \t\u3000]+(?=\S)", re.MULTILINE)
_RULE: Final = re.compile(r"^[ \t|:-]{5,}$", re.MULTILINE)
_BOLD_START: Final = re.compile(r"^[ \t\u3000]*\*\*[^*\s][^*\n]{0,40}\*\*", re.MULTILINE)
_PAGE: Final = re.compile(r"<(?:!doctype|html|body|head)\b", re.IGNORECASE)
_SAMPLE: Final = 200_000

_FENCE: Final = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_MARK: Final = re.compile(r"[ \t]*(?:>[ ]?)*(?:[ \t]*[-*+][ \t]+(?=\S))?")
_LINE: Final = re.compile(r"^[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}|=+)[ \t]*$")
_TOC: Final = re.compile(r"^\s*\[\[?toc\]?\]\s*$", re.IGNORECASE)
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_URL: Final = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\)"
_INLINE: Final = re.compile(
    rf"(?P<image>!\[[^\]\n]{{0,200}}\](?:{_URL}))"
    rf"|(?P<open>\[)(?P<label>[^\[\]\n]{{1,200}})(?P<link>\](?:{_URL}))"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<loud>[^\n]{1,400}?)(?<=\S)(?P=strong)"
    r"|(?P<soft>(?<![*A-Za-z0-9])\*)(?=[^*\s])(?P<mild>[^*\n]{1,200}?)(?<=[^*\s])\*(?!\*)"
    r"|(?P<struck>~~(?=\S)[^\n]{1,400}?~~)"
    r"|(?P<tick>`)(?P<code>[^`\n]{1,200})`"
    r"|(?P<escape>\\)[\\`*_{}\[\]()#+.!|~>-]"
)
_PARTS: Final = ("label", "loud", "mild", "code")


def is_markdown(text: str) -> bool:
    """Whether a text carries marks that plain text and pages don't."""
    sample = text[:_SAMPLE]
    if _PAGE.search(sample):
        return False
    if _HEAD.match(sample) or _HEADING.search(sample):
        return True
    rules = (match.group() for match in _RULE.finditer(sample))
    return any(map(_is_rule, rules)) or len(_BOLD_START.findall(sample)) >= 2


def read(text: str) -> Reading:
    """A Markdown text without its marks, its YAML head, code, comments and tables."""
    spans, depths = _scan(text)
    shown, places = conceal(text, spans)
    visible, inner = markup.strip(shown)
    offsets = [places[at] for at in inner]
    marked = [(bisect_left(offsets, place), depth) for place, depth in depths]
    return Reading(text, visible, offsets, levels(visible, marked))


def _scan(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What to conceal, and where headings begin with how many #."""
    spans: list[tuple[int, int]] = []
    depths: list[tuple[int, int]] = []
    head = _HEAD.match(text)
    done = head.end() if head else 0
    if done:
        spans.append((0, done))
    fence = ""
    previous = (0, 0)  # the line before, for headings underlined with --- or ===
    for start, end in _lines(text, done):
        line = text[start:end]
        ticks = _FENCE.match(line)
        if fence or ticks:
            closes = ticks is not None and fence != "" and ticks[1].startswith(fence)
            fence = "" if closes else fence or (ticks[1] if ticks else "")
            spans.append((start, end))
        elif _TOC.match(line) or (_ROW.match(line) and "。" not in line) or _is_rule(line):
            spans.append((start, end))
        elif _LINE.match(line):
            spans.append((start, end))
            if previous[0] < previous[1] and line.strip()[0] in "=-":
                depths.append((previous[0], 1 if "=" in line else 2))
        else:
            previous = _mark(text, start, end, spans, depths)
            continue
        previous = (0, 0)
    return spans, depths


def _is_rule(line: str) -> bool:
    """Whether a line parts a table's head from its rows."""
    return "|" in line and "---" in line and not line.strip(" \t\r|:-")


def _lines(text: str, done: int) -> Iterator[tuple[int, int]]:
    while done < len(text):
        stop = text.find("\n", done)
        stop = len(text) if stop < 0 else stop
        yield done, stop
        done = stop + 1


def _mark(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int]],
    depths: list[tuple[int, int]],
) -> tuple[int, int]:
    """Conceal one line's marks; where its own text lies, empty for a heading or a blank."""
    heading = _HEADING.match(text, start, end)
    mark = heading or _MARK.match(text, start, end)
    first = mark.end() if mark else start
    if first > start:
        spans.append((start, first))
    last = end
    if heading:
        tail = re.compile(r"[ \t]+#+[ \t]*$").search(text, first, end)
        last = tail.start() if tail else end
    _conceal_inline(text, first, last, spans)
    if last < end:
        spans.append((last, end))
    if heading:
        depths.append((first, len(heading[1])))
        return 0, 0
    return (first, last) if text[first:last].strip() else (0, 0)


def _conceal_inline(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    at = start
    while match := _INLINE.search(text, at, end):
        part = next((name for name in _PARTS if match[name] is not None), None)
        if match["escape"]:
            spans.append((match.start(), match.start() + 1))
        elif part is None:
            spans.append(match.span())
        else:
            inner = match.span(part)
            spans.append((match.start(), inner[0]))
            if part != "code":
                _conceal_inline(text, *inner, spans)
            spans.append((inner[1], match.end()))
        at = match.end()

"""The logical lines of a law text: markup gone, blanks gone, offsets kept."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from questions.statutes import marks
from questions.statutes.model import Passage

_FRONT: Final = re.compile(r"\s*---\n(?:[^\n]*\n){0,40}?---\n")
_LINE: Final = re.compile(r"[^\n]+")
_LEAD: Final = re.compile(r"[\s#>\-*]*")
_SKIP: Final = re.compile(r"\[\[?toc\]?\]|目次?录?$", re.IGNORECASE)
_DROPPED: Final = re.compile(r"\*\*|\\(?=[*_#])|(?<![A-Za-z]) +| +(?![A-Za-z])")
_OPENING: Final = re.compile(
    rf"第{marks.NUM}(?:条|章|节|编|分编)|[（(][一二三四五六七八九十]+[）)]"
)
MANY: Final = 3  # markers on one line that tell a text whose line breaks are lost
_FULL: Final = (24, 64)  # columns of a hard-wrapped text
_WRAPPED: Final = 0.2  # share of lines cut in mid-sentence that tells a wrapped text


@dataclass(frozen=True, slots=True)
class Line:
    """A line and how it stands to the one before it."""

    passage: Passage
    is_split: bool = False  # cut out of a line that held several
    is_full: bool = False  # as wide as a hard-wrapped line gets
    after_blank: bool = True

    @property
    def text(self) -> str:
        """The line's words."""
        return self.passage.text


def of(plain: str) -> tuple[Line, ...]:
    """The lines of a folded text, front matter, tables of contents' titles and blanks dropped."""
    start = front.end() if (front := _FRONT.match(plain)) else 0
    raw = [(line.start(), line.end()) for line in _LINE.finditer(plain, start)]
    width = _wrap(plain, raw)
    found: list[Line] = []
    previous = -1
    for begin, end in raw:
        for first, last, is_split in _pieces(plain, begin, end):
            passage = clean(plain, first, last)
            if passage.text and not _SKIP.match(passage.text):
                is_full = (
                    width is not None and not is_split and _columns(plain, first, last) == width
                )
                blank = previous >= 0 and plain.count("\n", previous, begin) > 1
                found.append(Line(passage, is_split, is_full, blank))
        previous = end
    return tuple(found)


def clean(plain: str, start: int, end: int) -> Passage:
    """`plain[start:end]` without markup and blanks, in full-width marks."""
    lead = _LEAD.match(plain, start, end)
    start = lead.end() if lead else start
    text = plain[start:end]
    if not _DROPPED.search(text):
        return Passage(marks.full_width(text), range(start, end))
    pieces: list[str] = []
    at: list[int] = []
    done = 0
    for gone in _DROPPED.finditer(text):
        pieces.append(text[done : gone.start()])
        at.extend(range(start + done, start + gone.start()))
        done = gone.end()
    pieces.append(text[done:])
    at.extend(range(start + done, end))
    return Passage(marks.full_width("".join(pieces)), at)


def join(one: Passage, other: Passage) -> Passage:
    """Two passages as one."""
    if not one.text:
        return other
    return Passage(one.text + other.text, [*one.at, *other.at])


def cut(passage: Passage, start: int, end: int | None = None) -> Passage:
    """A stretch of a passage."""
    stop = len(passage.text) if end is None else end
    return Passage(passage.text[start:stop], passage.at[start:stop])


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The line, or its parts where it holds several articles."""
    text = marks.full_width(plain[start:end])
    cuts = [mark.start() for mark in marks.MARKER.finditer(text)]
    if len(cuts) < MANY:
        yield start, end, False
        return
    edges = [0, *(place for place in cuts if place), len(text)]
    for first, last in itertools.pairwise(edges):
        yield start + first, start + last, True


def _columns(plain: str, start: int, end: int) -> int:
    return len(plain[start:end].strip())


def _wrap(plain: str, raw: Sequence[tuple[int, int]]) -> int | None:
    """From how many columns a line counts as full, None where the text isn't hard-wrapped."""
    sizes = Counter(_columns(plain, *line) for line in raw)
    widest = max((size for size, count in sizes.items() if count > 2), default=0)
    if not _FULL[0] <= widest <= _FULL[1] or max(sizes) > widest + 4:
        return None
    running = sum(
        _columns(plain, *line) >= widest - 1
        and plain[line[0] : line[1]].rstrip()[-1:] not in "。;:；：”）)"
        and not _OPENING.match(plain[after[0] : after[1]].strip())
        for line, after in itertools.pairwise(raw)
    )
    return widest if running >= _WRAPPED * len(raw) else None

"""Options written together: A.甲 B.乙, one a line, or parted by bars."""

from __future__ import annotations

import re
from typing import Final

from questions.formats.answers import LETTERS

_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# A letter with its mark; a bare blank is mark enough only at the start of a line.
_MARK: Final = re.compile(
    r"(?:(?<=^)|(?<=[\s\t])|(?<=[^\x00-\x7f])|(?<=[;,)?!.:_])|(?<=[\d%])(?=[A-L][.、]))"
    r"(?:[(\[]([A-La-l])[)\]]\s*[.、,:]?|([A-La-l])\s*[.、:)](?![A-Za-z]\.))[^\S\n]*",
    re.MULTILINE,
)
_BARE: Final = re.compile(r"(?:^|(?<=\n)|(?<=\s\s)|(?<=\t))([A-L])[ \t]+(?=\S)", re.MULTILINE)


def fold(text: str) -> str:
    """Full-width ASCII and blanks made half-width, one character for one."""
    return text.translate(_FOLD)


def find_marks(text: str, first: str = "A", *, fewest: int = 2) -> list[tuple[int, int, str]]:
    """Where options begin in a text: (start, end of the mark, letter), letters in a row.

    Letters with but a blank after them count where there are `fewest` of them.
    """
    plain = fold(text)
    expected = LETTERS.index(first)
    found: list[tuple[int, int, str]] = []
    for mark in _MARK.finditer(plain):
        letter = (mark[1] or mark[2]).upper()
        if expected < len(LETTERS) and letter == LETTERS[expected]:
            found.append((mark.start(), mark.end(), letter))
            expected += 1
    if found:
        return found
    for mark in _BARE.finditer(plain):
        if expected < len(LETTERS) and mark[1] == LETTERS[expected]:
            found.append((mark.start(), mark.end(), mark[1]))
            expected += 1
    return found if len(found) >= fewest else []


def cut(text: str, marks: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """The options between their marks, by letter."""
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    return [
        (letter, text[end:stop].strip(" \t\n\r\u3000;；"))
        for (_, end, letter), stop in zip(marks, ends, strict=True)
    ]


def split(text: str) -> list[tuple[str, str]]:
    """The options of one cell by letter; empty where it can't be told where one ends."""
    marks = find_marks(text)
    if len(marks) > 1 and not text[: marks[0][0]].strip():
        return cut(text, marks)
    for bar in ("\n", "|", "｜", "；", ";"):
        pieces = [piece.strip() for piece in text.split(bar)]
        if len(pieces) > 1 and pieces[-1] == "":
            pieces.pop()
        if len(pieces) > 1 and all(pieces):
            return list(zip(LETTERS, pieces, strict=False)) if len(pieces) <= 12 else []
    return []


def without_letters(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Option cells without the letter that each repeats (A.甲 under 选项A)."""
    stripped = []
    for letter, text in options:
        marks = find_marks(text, letter)
        if not marks or marks[0][0] != 0:
            return options
        stripped.append((letter, text[marks[0][1] :].strip()))
    return stripped

"""The lines of printed pages become paragraphs: furniture goes, wrapped lines join again."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

_EDGE: Final = 2  # lines at the top and bottom of a page that may be furniture
_OFTEN: Final = (3, 0.4)  # a line is furniture on so many pages, and on such a part of them
_NUMBER: Final = re.compile(
    r"[-—–－·• ]*\d{1,4}[-—–－·• ]*|第 *\d+ *页(?:[ ,，/]*共 *\d+ *页)?|\d{1,4} */ *\d{1,4}"
    r"|[Pp]age *\d+(?: *of *\d+)?"
)
_DIGITS: Final = re.compile(r"\d+")
_HAN: Final = "\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’—…·"
_GAP: Final = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}\d])|(?<=\d) (?=[{_HAN}])|[\u200b\ufeff]")
_BLANKS: Final = re.compile(r"[ \t\xa0\u2002-\u200a\u3000]+")
_OPENS: Final = re.compile(
    r"第 *[〇零一二三四五六七八九十百千\d]+ *[编章节条]|[一二三四五六七八九十]{1,3} *、"
    r"|[(（] *(?:[一二三四五六七八九十]{1,3}|\d{1,2}) *[)）]|\d{1,2} *[.．、](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九十]{1,2}是"
)
_HEADS: Final = re.compile(
    r"[一二三四五六七八九十]{1,3} *、|[(（] *[一二三四五六七八九十]{1,3} *[)）]"
)
_MARK: Final = re.compile(r"第[〇零一二三四五六七八九十百千\d]+[编章节条] ")  # keeps its blank
_NEVER_FIRST: Final = "，。、；：！？）》〉”’】〕%％,;:)"
_STOPS: Final = "。！？!?"
_SENTENCE: Final = re.compile("[。！？；，]")
_CUT_NUMBER: Final = re.compile(r"\d[.,]?$")
_SOFT: Final = "；;：:”）)》"
_PULLS: Final = "，、,（(《“"  # a line that ends so always goes on
_FULL: Final = 0.86  # of the usual width
_NARROW: Final = 0.7  # of the usual width, which furniture stays below
_LEAST: Final = 40  # columns; what is printed narrower is no wrapped prose


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The paragraphs of pages given as lines."""
    clean = [[_tidy(line) for line in page] for page in pages]
    usual = _usual_width([line for page in clean for line in page])
    lines = [line for page in _without_furniture(clean, usual) for line in page]
    current = ""
    previous = ""  # the printed line that `current` ends with
    for line in lines:
        if current and _goes_on(previous, line, usual):
            current = _joined(current, line)
        else:
            if current:
                yield current
            current = line
        previous = line
    if current:
        yield current


def _tidy(line: str) -> str:
    """One line without the blanks that a printer puts between characters."""
    plain = _BLANKS.sub(" ", line).strip()
    mark = _MARK.match(plain)
    at = mark.end() if mark else 0
    return plain[:at] + _GAP.sub("", plain[at:])


def _without_furniture(pages: list[list[str]], usual: float) -> Iterator[list[str]]:
    filled = [[line for line in page if line] for page in pages]
    often: Counter[tuple[bool, str]] = Counter()
    for page in filled:
        often.update({(True, _DIGITS.sub("#", line)) for line in page[:_EDGE]})
        often.update({(False, _DIGITS.sub("#", line)) for line in page[-_EDGE:]})
    least = max(_OFTEN[0], len(filled) * _OFTEN[1])

    def is_furniture(line: str, is_top: bool) -> bool:
        if _NUMBER.fullmatch(line):
            return True
        same = often[is_top, _DIGITS.sub("#", line)]
        return same >= least and _width(line) < _NARROW * usual and not _SENTENCE.search(line)

    for page in filled:
        first, last = 0, len(page)
        while first < min(_EDGE, last) and is_furniture(page[first], True):
            first += 1
        while last > max(first, len(page) - _EDGE) and is_furniture(page[last - 1], False):
            last -= 1
        yield page[first:last]


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


def _usual_width(lines: Sequence[str]) -> float:
    """The width that full lines come to: that of the widest but a tenth."""
    widths = sorted(width for line in lines if (width := _width(line)) >= _LEAST)
    return widths[int(len(widths) * 0.9)] if widths else math.inf


def _goes_on(previous: str, line: str, usual: float) -> bool:
    if line[0] in _NEVER_FIRST or previous[-1] in _PULLS:
        return True
    if line[0].isdigit() and _CUT_NUMBER.search(previous):
        return True
    if _HEADS.match(line) or previous[-1] in _STOPS or _width(previous) < _FULL * usual:
        return False
    return not (_OPENS.match(line) and previous[-1] in _SOFT)


def _joined(one: str, other: str) -> str:
    return (
        f"{one} {other}"
        if one[-1].isascii() and other[0].isascii() and (one[-1].isalpha() and other[0].isalpha())
        else one + other
    )

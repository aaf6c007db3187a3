"""Plain text becomes headings, paragraphs, sentences and clauses, all with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from questions import brackets
from questions.data import words
from questions.documents import chrome
from questions.documents.document import Clause, Sentence

_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(a): b
    for a, b in {
        "\u3000": " ", "\xa0": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ",
        "\u200b": " ", "\ufeff": " ", "〈": "<", "〉": ">", "﹤": "<", "﹥": ">", "｡": "。",
        "﹪": "%", "\r": "\n", "\u2028": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
    }.items()
}  # fmt: skip
# A full stop typed as a point: after a word or a sum, before a word or at the end of a line.
_POINT: Final = re.compile(
    r"(?<=[一-鿿”\"》)%])\.(?=[一-鿿(“\"《]| *$)|(?<=[一-鿿])\.(?=\d+[一-鿿])", re.MULTILINE
)
_LINE: Final = re.compile(r"[^\n]*[^\s]")
_HAN_NUMBER: Final = "一二三四五六七八九十百"
_LEVELS: Final = (
    re.compile(rf"(?:第[{_HAN_NUMBER}]+(?:章|部分) *|[{_HAN_NUMBER}]{{1,3}} *、) *"),
    re.compile(rf"(?:[(] *[{_HAN_NUMBER}]{{1,3}} *[)] *、?|第[{_HAN_NUMBER}]+节) *"),
    re.compile(r"(?:\d{1,2} *[.、](?!\d)|[(] *\d{1,2} *[)]|[①-⑳]) *"),
)
_SECTION: Final = re.compile(rf"第[{_HAN_NUMBER}]+节")
_CHAPTER: Final = re.compile(rf"第[{_HAN_NUMBER}]+(?:章|部分)")
_BULLET: Final = re.compile(r"(?:#{1,6}(?=[ 一-鿿])|[-*+](?= )|\*\*|[>•●◆■▪]| )+")
_STOP: Final = re.compile(r"[。!?;]")
_ANY_STOP: Final = re.compile(r"[。!?;,]")
_LONGEST_HEADING: Final = 42
_PLAN: Final = re.compile("|".join(words("plans").split()))
# A sentence that opens on what is wrong or yet to do speaks of it to its paragraph's end.
_TURN: Final = re.compile(
    r"^(?:[一二三四五六七八九]是)?[^,:]{0,10}?(?:存在的?(?:主要|一些|突出)*(?:问题|不足|困难)|(?<!整治)(?<!治理)(?<!解决)(?<!化解)(?<!聚焦)(?<!针对)(?<!纠治)(?<!破解)(?:主要|突出)(?:问题|不足)(?!专项|整治|治理|排查|整改|攻坚)"
    r"|下一步|下步|今后|新的一年|明年)[^,:]{0,10}[:,]|^20\d\d年,?[^,:]{0,12}?(?:将|拟|计划|要)(?![军领近])"
)
_HAN: Final = re.compile(r"[一-鿿]")
# Blanks that pages leave around a number inside a sentence.
_GAPS: Final = re.compile(r"(?<=[一-鿿”》)]) +(?=\d(?!\d{3}[-/.年]))|(?<=\d|%) +(?=[一-鿿])")
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"20\d\d年?")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of prose, or a heading, or furniture, on one line; `section` are its headings."""

    start: int
    end: int
    text: str
    role: str  # prose | heading | chrome | other
    section: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Blanks and full-width ASCII made plain, one character for one."""
    return _POINT.sub("。", text.translate(_FOLD))


def gaps(plain: str) -> Iterator[tuple[int, int]]:
    """Where blanks stand between a number and the words around it."""
    return (gap.span() for gap in _GAPS.finditer(plain))


def blocks(plain: str, headings: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """The lines of a folded text by role, furniture cut out, headings spread over their prose.

    `headings` maps the places of lines known to be headings to their levels, 0 to 2; others are
    told by their numbers.
    """
    known = headings or {}
    found: list[Block] = []
    path: list[str] = ["", "", ""]
    for line in _LINE.finditer(plain):
        for start, end in _pieces(plain, line.start(), line.end()):
            found.extend(_block(plain, start, end, path, known))
    return tuple(found)


def _pieces(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line without inline furniture."""
    done = start
    for piece in chrome.INLINE.finditer(plain, start, end):
        yield done, piece.start()
        done = piece.end()
    yield done, end


def _block(
    plain: str, start: int, end: int, path: list[str], known: Mapping[int, int]
) -> Iterator[Block]:
    start, end = _trim(plain, start, end)
    mark = _BULLET.match(plain, start, end)
    if mark is not None:
        start, end = _trim(plain, mark.end(), end)
    text = plain[start:end]
    if not text:
        return
    if chrome.is_chrome(text):
        yield Block(start, end, text, "chrome")
        return
    for level, marker in enumerate(_LEVELS):
        mark = marker.match(text)
        if mark is not None:
            depth = _depth(level, mark.group(), path)
            yield from _headed(plain, start, end, mark.end(), depth, path)
            return
    if start in known and len(text) <= _LONGEST_HEADING:
        path[known[start] :] = [text, *[""] * (2 - known[start])]
        yield Block(start, end, text, "heading", tuple(filter(None, path)))
        return
    role = "prose" if _is_prose(text) else "other"
    yield Block(start, end, text, role, tuple(filter(None, path)))


def _depth(level: int, mark: str, path: Sequence[str]) -> int:
    """How deep a numbered heading stands: 一、 is below 第一章, and below 第一节 in it."""
    if _SECTION.match(mark) or _CHAPTER.match(mark):
        return level
    above = 2 if _SECTION.match(path[1]) else 1 if _CHAPTER.match(path[0]) else 0
    return min(2, level + above)


def _headed(
    plain: str, start: int, end: int, after: int, level: int, path: list[str]
) -> Iterator[Block]:
    text = plain[start:end]
    spans, _ = brackets.pair(text)
    stops = brackets.outside(text, _STOP, spans)
    cut = stops[0] if stops else len(text)
    counted = _DIGIT.search(_YEAR.sub("", text[after:cut]))
    if cut <= _LONGEST_HEADING and not (counted and stops):
        path[level:] = [text[:cut].strip(), *[""] * (2 - level)]
        yield Block(start, start + cut, text[:cut], "heading", tuple(filter(None, path)))
        body = start + min(cut + 1, len(text))
    else:
        commas = brackets.outside(text, _ANY_STOP, spans)
        lead = text[: commas[0]] if commas else ""
        if not 6 <= len(lead) <= 26 or _DIGIT.search(lead[after:]):
            lead = ""
        path[level:] = [lead, *[""] * (2 - level)]
        body = start + after
    body, end = _trim(plain, body, end)
    if body < end:
        rest = plain[body:end]
        role = "prose" if _is_prose(rest) else "other"
        yield Block(body, end, rest, role, tuple(filter(None, path)))


def _is_prose(text: str) -> bool:
    han = len(_HAN.findall(text))
    if han * 3 < len(text.replace(" ", "")):
        return False
    return bool(_STOP.search(text)) or (han >= 20 and "," in text)


def _trim(plain: str, start: int, end: int) -> tuple[int, int]:
    while start < end and plain[start] in " \n":
        start += 1
    while end > start and plain[end - 1] in " \n*":
        end -= 1
    return start, end


def sentences(plain: str, found: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of all prose, repeated ones and a cut-off tail left out."""
    prose = [block for block in found if block.role == "prose"]
    seen: set[str] = set()
    result: list[Sentence] = []
    for number, block in enumerate(prose):
        is_plan = any(_PLAN.search(heading) for heading in block.section)
        for start, end, is_whole in _cut(plain, block):
            text = plain[start:end]
            print_ = text.replace(" ", "")
            if len(print_) < 5 or (len(print_) >= 12 and print_ in seen):
                continue
            seen.add(print_)
            is_plan = is_plan or bool(_TURN.search(text))
            clauses = _clauses(text, start)
            if not is_whole and number == len(prose) - 1:
                clauses = clauses[:-1]  # the file ends inside a clause
            if clauses:
                result.append(Sentence(start, end, text, clauses, block.section, is_plan))
    return tuple(result)


def _cut(plain: str, block: Block) -> Iterator[tuple[int, int, bool]]:
    spans, _ = brackets.pair(block.text)
    done = 0
    for stop in brackets.outside(block.text, re.compile("[。!?]"), spans):
        start, end = _trim(plain, block.start + done, block.start + stop)
        done = stop + 1
        if start < end:
            yield start, end, True
    start, end = _trim(plain, block.start + done, block.end)
    if start < end:
        yield start, end, plain[end - 1] in ";:”)"


def _clauses(text: str, offset: int) -> tuple[Clause, ...]:
    spans, lonely = brackets.pair(text)
    cuts = [
        place
        for place in brackets.outside(text, re.compile("[,;]"), spans)
        if not _is_thousands(text, place)
    ]
    clauses: list[Clause] = []
    done, opens = 0, True
    for cut in [*cuts, len(text)]:
        start, end = _trim(text, done, cut)
        if start < end:
            broken = any(start <= place < end for place in lonely)
            clauses.append(Clause(offset + start, offset + end, text[start:end], broken, opens))
            opens = False
        opens = opens or text[cut : cut + 1] == ";"
        done = cut + 1
    return tuple(clauses)


def _is_thousands(text: str, place: int) -> bool:
    return (
        text[place] == ","
        and text[place - 1 : place].isdigit()
        and re.match(r"\d{3}(?!\d)", text[place + 1 : place + 5]) is not None
    )

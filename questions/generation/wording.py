"""How stems, statements and explanations read."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from questions.brackets import outside, pair
from questions.data import words
from questions.documents import Document
from questions.facts import lexicon
from questions.facts.figures import FigureFact, Form
from questions.facts.quantities import UnitClass

BLANK: Final = "____"
EXPLANATION: Final = 200  # characters, with at most two line feeds
PASSAGE: Final = 96  # characters of the source shown in it
_HALF_TO_FULL: Final = tuple(zip(",;:?!", "，；：？！", strict=True))
_NUMERIC: Final = re.compile(r"(?<=\d)[，：](?=\d)")
_BRACKETS: Final = re.compile(r"\(([^()]*[一-鿿][^()]*)\)")
_ANGLES: Final = re.compile(r"<([^<>]*[一-鿿][^<>]*)>")
_QUOTES: Final = re.compile('"([^"]{1,40})"')
_LEVEL: Final = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章部分]+|[一二三四五六七八九十]+、|[(][^)]*[)]|\d+[.、])"
)
_SPACES: Final = re.compile(r"\s+")
_TITLES: Final = re.compile("(《[^》]*》)(?:[、和及与]?《[^》]*》)+")
_GAP: Final = "……"
_TOPICS: Final = tuple(
    (tag, re.compile("|".join(map(re.escape, signs.split()))))
    for tag, signs in words("topics").items()
)
_SUMS: Final = re.compile("罚款$|罚金$|罚没款$")
_COMMA: Final = re.compile("[,;，；。]")


def full_width(text: str) -> str:
    """Chinese punctuation, numbers left alone."""
    for half, full in _HALF_TO_FULL:
        text = text.replace(half, full)
    text = _QUOTES.sub(r"“\1”", text)
    text = _NUMERIC.sub(lambda m: {"，": ",", "：": ":"}[m.group()], text)
    return _ANGLES.sub(r"〈\1〉", _BRACKETS.sub(r"（\1）", text))


def question(fact: FigureFact) -> str:
    """The stem that asks for the figure in place (…案件多少件？)."""
    quantity, left = fact.quantity, _joined(fact)
    unit = quantity.scale + quantity.unit
    if quantity.unit_class is UnitClass.SHARE and "百分点" not in unit:
        unit = "大比例" if fact.right.startswith("的") else ""
        ask = f"多{unit}" if unit else "多少"
    else:
        ask = f"多少{unit}"
    return full_width(f"{left}{ask}{fact.right}？")


def statement(fact: FigureFact, printed: str) -> str:
    """The sentence that says the figure is `printed`."""
    return full_width(f"{_joined(fact)}{printed}{fact.right}。")


def gap(fact: FigureFact) -> str:
    """The sentence with the number's digits blanked, everything else of the quantity kept."""
    quantity = fact.quantity
    printed = quantity.printed(BLANK)
    hint = ""
    if "." in quantity.digits:
        hint = f"（保留{len(quantity.digits.split('.')[1])}位小数）"
    return full_width(f"{_joined(fact)}{printed}{fact.right}。") + hint


def _joined(fact: FigureFact) -> str:
    left = fact.left
    last = re.split("[,、]", left)[-1]
    bare = fact.form is Form.BEFORE and lexicon.names_a_measure(last)
    if fact.quantity.lead or (fact.quantity.unit_class is UnitClass.COUNT and _SUMS.search(last)):
        return left  # 涉案金额约8600万元; 罚款8件 counts cases
    if bare and not lexicon.ends_in_copula(last) and fact.direction is None:
        verb = lexicon.opening(last).verb
        if lexicon.opens_with_preposition(last):
            return left
        if not verb or (last.startswith(verb) and len(last) <= len(verb) + 2):
            return left + "为"
        if fact.quantity.unit_class is UnitClass.SHARE:
            return left + "为"
    return left


def basis(section: tuple[str, ...]) -> str:
    """Where in the document: 三、（六）切实加强生态环境执法监管."""
    if not section:
        return ""
    marks = [mark.group() for heading in section[:-1] if (mark := _LEVEL.match(heading))]
    return full_width("".join(marks) + section[-1])


def explain(
    answer: str,
    document: Document,
    section: tuple[str, ...],
    start: int,
    end: int,
    spans: Sequence[tuple[int, int]] = (),
    keys: Sequence[str] = (),
    passage: str = "",
) -> str:
    """Answer, place and passage in at most 200 characters on three lines.

    Of a passage only its telling `spans` are shown, what lies between them left out; the part
    shown holds all `keys`. A `passage` ready to be shown goes before both.
    """
    lines = [f"答案：{answer}"]
    place = basis(section)
    if place:
        lines.append(f"依据：{place[:60]}")
    rest = EXPLANATION - sum(map(len, lines)) - len(lines) - 2
    room = rest if keys else min(PASSAGE, rest)
    if not passage or len(passage) > rest:
        seen = document.seen(start, end)
        passage = _elided(document, spans, room) or (
            _around(seen, keys, room) if keys else _shorten(seen, room)
        )
    passage = lexicon.strip_markers(passage)
    if passage and len(lines) < 3:
        lines.append(f"“{passage}”" if "“" not in passage else f"「{passage}」")
    return "\n".join(lines)[:EXPLANATION]


def _elided(document: Document, spans: Sequence[tuple[int, int]], room: int) -> str:
    """The spans joined by an ellipsis; the first ones go where all do not fit."""
    shown = [_without_list(_SPACES.sub("", document.seen(*span))) for span in spans]
    while len(shown) > 1 and len(_GAP.join(shown)) > room:
        shown.pop(-2)
    text = _GAP.join(shown)
    return text if len(text) <= room else ""


def _without_list(text: str) -> str:
    """A long row of titles shown by its first."""
    return _TITLES.sub(rf"\1{_GAP}", text)


def _around(text: str, keys: Sequence[str], room: int) -> str:
    """The fewest whole clauses that hold all keys, or else the keys with what joins them."""
    text = _SPACES.sub("", text)
    names = [_SPACES.sub("", key) for key in keys]
    places = [text.find(name) for name in names]
    if min(places) < 0:
        return _shorten(text, room)
    first = min(places)
    last = max(place + len(name) for place, name in zip(places, names, strict=True))
    cuts = outside(text, _COMMA, pair(text)[0])
    start = max((place + 1 for place in cuts if place < first), default=0)
    end = min((place for place in cuts if place >= last), default=len(text))
    wide = text[start:] if len(text) - start <= PASSAGE else text[start:end]
    for shown in (wide, text[start:end], f"{_GAP}{text[first:last]}{_GAP}"):
        if len(shown) <= room and not pair(shown)[1]:
            return shown
    told = _GAP.join(name for _, name in sorted(zip(places, names, strict=True)))
    return told if len(told) <= room else ""


def _shorten(text: str, room: int) -> str:
    """The passage's last clauses that fit, never cut inside brackets or numbers."""
    text = _SPACES.sub("", text)
    if len(text) <= room:
        return text
    spans, _ = pair(text)
    for place in outside(text, _COMMA, spans):
        if len(text) - place - 1 <= room:
            return text[place + 1 :]
    for start, _end in spans:
        if text[start] == "《" and len(text) - start + 1 <= room:
            return f"…{text[start:]}"
    return ""


def tags(section: tuple[str, ...], stem: str) -> tuple[str, ...]:
    """Topics of a question: first those its headings name, then its own, at most three."""
    told = (*_topics("".join(section)), *_topics(stem))
    return tuple(dict.fromkeys(told))[:3]


@functools.lru_cache(maxsize=512)
def _topics(text: str) -> tuple[str, ...]:
    return tuple(tag for tag, signs in _TOPICS if signs.search(text))

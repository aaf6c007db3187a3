"""Quantities as people write them: 1,982件, 1.91亿元, 一百二十, 百分之三, 20余项.

Both the extractor and the grading of blanks read numbers here, so that 1.91亿 and 19100万
are one value everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Qualifier(StrEnum):
    """How exactly a printed number is meant."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity as read: `value` with 万, 亿 … multiplied in, `unit` bare (元, 件, %)."""

    value: Decimal
    unit: str
    qualifier: Qualifier


SCALES: Final = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10) ** 4,
    "亿": Decimal(10) ** 8,
}
LONGEST: Final = 40  # characters; nobody writes a longer quantity
SCALE_IN_UNIT: Final = "百分点|千瓦|千克|千米|千伏|千卡|千兆|百帕|万里长"

_FOLD: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BEFORE: Final = (
    (Qualifier.UNDER, ("不足", "不到", "不超过", "不多于", "将近", "接近", "低于", "近")),
    (Qualifier.OVER, ("不少于", "不低于", "至少", "超过", "高于", "多于", "超", "逾")),
    (Qualifier.ABOUT, ("大约", "大概", "约", "大致")),
)
_SHAPE: Final = re.compile(
    rf"""(?P<fraction>百分之)?
        (?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?
          |[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?)
        (?P<inner>[余多]?)
        (?P<scale>(?:(?!{SCALE_IN_UNIT})[十百千万亿]){{0,3}})
        (?P<after>[余多]?)
        (?P<unit>[^0-9,.;:?!。，；：？！、~—几数\-]*)""",
    re.VERBOSE,
)
_TRAILING: Final = (
    (Qualifier.ABOUT, ("左右", "上下")),
    (Qualifier.OVER, ("以上", "多", "余")),
    (Qualifier.UNDER, ("以下", "以内")),
)
_UNIT: Final = re.compile(r"[㐀-鿿A-Za-z%‰°℃μ/·²³()（）]{0,12}")
# "不足59" or "59以上" says something else than 59; "约59" is forgiven.
_BOUNDS: Final = frozenset({Qualifier.OVER, Qualifier.UNDER})
_PROPORTIONS: Final = frozenset({"%", "‰", "个百分点", "百分点"})


@lru_cache(maxsize=8192)
def normalize(text: str) -> str:
    """Half-width letters, digits and marks, without any blanks."""
    return _BLANKS.sub("", text.translate(_FOLD))


def read(text: str) -> Reading | None:
    """The quantity that `text` is, or None where it is no single quantity; never raises."""
    plain = normalize(text)
    if not plain or len(plain) > LONGEST:
        return None
    qualifier, plain = _lead(plain)
    shape = _SHAPE.fullmatch(plain)
    if shape is None:
        return None
    value = _number(shape["number"])
    if value is None:
        return None
    unit, trailing = _tail(shape["unit"])
    if shape["inner"] or shape["after"]:
        trailing = Qualifier.OVER
    if shape["fraction"]:
        unit = unit or "%"
    if not _UNIT.fullmatch(unit):
        return None
    for scale in shape["scale"]:
        value *= SCALES[scale]
    return Reading(value, unit, trailing or qualifier)


def is_among(given: str, accepted: Iterable[str]) -> bool:
    """Whether an answer says an accepted quantity: equal value, unit the same or omitted.

    A unit stated by any accepted form binds; where none states one it is left open, but a
    proportion (%) is never taken for a count.
    """
    mine = read(given)
    theirs = [reading for form in accepted if (reading := read(form)) is not None]
    if mine is None:
        return False
    units = {reading.unit for reading in theirs if reading.unit}
    return any(_agree(mine, reading, units) for reading in theirs)


def spoken(value: Decimal) -> str | None:
    """The Chinese numeral of a whole number up to 99,999,999 (59 → 五十九), else None."""
    if value != value.to_integral_value() or not 0 <= value < 10**8:
        return None
    import cn2an  # compiling its tables takes 100 ms, which a starting bot can do without

    words: str = cn2an.an2cn(str(int(value)), "low")
    return words


def _agree(mine: Reading, theirs: Reading, units: set[str]) -> bool:
    if mine.value != theirs.value:
        return False
    if mine.qualifier is not theirs.qualifier and mine.qualifier in _BOUNDS:
        return False
    loose = {mine.qualifier, theirs.qualifier} - {Qualifier.EXACT}
    if len(loose) > 1:
        return False
    if not mine.unit:
        return True
    return mine.unit in units if units else mine.unit not in _PROPORTIONS


def _lead(plain: str) -> tuple[Qualifier, str]:
    for qualifier, words in _BEFORE:
        for word in words:
            if plain.startswith(word):
                return qualifier, plain[len(word) :]
    return Qualifier.EXACT, plain


def _tail(unit: str) -> tuple[str, Qualifier | None]:
    for qualifier, words in _TRAILING:
        for word in words:
            if unit.endswith(word):
                return unit[: -len(word)], qualifier
    return unit, None


def _number(text: str) -> Decimal | None:
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace(",", ""))
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text, "normal")))
    except (ValueError, ArithmeticError, IndexError, KeyError):
        return None  # 百, 十十: written with numerals, yet no number

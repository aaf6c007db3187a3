"""Numbers with their units, where they stand in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from questions.data import words
from questions.numerals import SCALES, Qualifier


class UnitClass(StrEnum):
    """What a unit measures."""

    COUNT = "count"
    NOUN = "noun"
    MEASURE = "measure"
    MONEY = "money"
    SHARE = "share"
    SPAN = "span"


_CLASSES: Final = {
    unit: UnitClass(name) for name, units in words("units").items() for unit in units.split()
}
_UNITS: Final = "|".join(map(re.escape, sorted(_CLASSES, key=len, reverse=True)))
_NUMBER: Final = re.compile(
    rf"""(?<![A-Za-z0-9.\-—–/:~〔第])
        (?P<lead>大约|约|超过|超|近|逾|不足|不到)?
        (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)
        (?P<inner>[余多]?)(?P<scale>[十百千]?[万亿]{{0,2}})(?P<after>[余多]?)[ ]*
        (?P<unit>(?:{_UNITS})(?![大民口均员](?!次))(?:\([一-鿿]{{1,2}}\)次?)?)
        (?P<tail>左右|以上|以下|以内)?""",
    re.VERBOSE,
)
_PAIRED: Final = re.compile(r"(?:和|、|及|与)[一-鿿]{0,8}\d+(?:\.\d+)?个(?:百分点|工作日|自然日)")
_SHARED: Final = re.compile(r"\d[%余多]?个?(?:和|、|至|到|或|与|~|—|–|-|及)$")
_NAMES: Final = re.compile(r"《[^》]*》|“[^”]*”|<[^>]*>|\([^)]*\)|〔[^〕]*〕")
_DIGIT: Final = re.compile(r"\d")
_ROUND_THE_CLOCK: Final = frozenset({("24", "小时"), ("12", "个月"), ("365", "天")})
_LEADS: Final = {
    "大约": Qualifier.ABOUT, "约": Qualifier.ABOUT, "超过": Qualifier.OVER, "超": Qualifier.OVER,
    "逾": Qualifier.OVER, "近": Qualifier.UNDER, "不足": Qualifier.UNDER, "不到": Qualifier.UNDER,
}  # fmt: skip
_SAME: Final = ({"人", "名", "位"}, {"件", "起", "宗", "例"}, {"家", "户", "个"})
_TAILS: Final = {"左右": Qualifier.ABOUT, "以上": Qualifier.OVER, "以下": Qualifier.UNDER}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number with its unit; `start` and `end` are places in its clause."""

    start: int
    end: int
    lead: str
    digits: str
    inner: str
    scale: str
    after: str
    unit: str
    tail: str

    def moved(self, by: int) -> Quantity:
        """The same quantity where its clause begins elsewhere."""
        return replace(self, start=self.start + by, end=self.end + by) if by else self

    @property
    def value(self) -> Decimal:
        """The number with its scale multiplied in."""
        value = Decimal(self.digits.replace(",", ""))
        for scale in self.scale:
            value *= SCALES[scale]
        return value

    def is_like(self, other: Quantity) -> bool:
        """Whether both count the same sort of thing, so that one may be part of the other."""
        return self.unit == other.unit or any({self.unit, other.unit} <= same for same in _SAME)

    @property
    def unit_class(self) -> UnitClass:
        """What the unit measures."""
        return _CLASSES.get(self.unit) or _CLASSES[self.unit.split("(")[0]]

    @property
    def qualifier(self) -> Qualifier:
        """Exact, or how not."""
        if self.inner or self.after:
            return Qualifier.OVER
        return _LEADS.get(self.lead) or _TAILS.get(self.tail) or Qualifier.EXACT

    def printed(self, digits: str | None = None) -> str:
        """The quantity as the document writes it, or with other digits in its place."""
        number = self.digits if digits is None else digits
        return f"{self.lead}{number}{self.inner}{self.scale}{self.after}{self.unit}{self.tail}"


def scan(clause: str) -> Iterator[Quantity]:
    """The quantities of one clause; names, dates, ranges and shared units are passed over."""
    if not _DIGIT.search(clause):
        return
    hidden = [match.span() for match in _NAMES.finditer(clause)]
    for match in _NUMBER.finditer(clause):
        start, end = match.span()
        if any(a < match.start("digits") < b for a, b in hidden):
            continue
        if _SHARED.search(clause, max(0, start - 4), start):
            continue
        if match["unit"] == "个" and _PAIRED.match(clause, end):
            continue
        if (match["digits"], match["unit"]) in _ROUND_THE_CLOCK or clause[end : end + 1] == "/":
            continue
        if match["digits"].startswith("0") and "." not in match["digits"]:
            continue
        yield Quantity(
            start, end, match["lead"] or "", match["digits"], match["inner"], match["scale"],
            match["after"], match["unit"], match["tail"] or "",
        )  # fmt: skip

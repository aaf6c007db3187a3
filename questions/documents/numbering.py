"""Word's automatic numbers (一、 （一） 第三条), which stand in no paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from questions.numerals import spoken

_SLOT: Final = re.compile(r"%([1-9])")
_LARGEST: Final = 9999
_ROMAN: Final = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL",
    10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I",
}  # fmt: skip


def _chinese(number: int) -> str:
    return spoken(Decimal(number)) or str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN.items():
        count, number = divmod(number, value)
        text += sign * count
    return text


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"({number})"


_WRITERS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        {48 + d: 0xFF10 + d for d in range(10)}
    ),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "ideographDigital": lambda number: "".join(
        "〇一二三四五六七八九"[int(d)] for d in str(number)
    ),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
}


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered; `pattern` holds %1 … %9."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted. Listens to word/numbering.xml."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)  # w:num → w:abstractNum
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)
    _list: str = ""
    _use: str = ""
    _at: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one element of word/numbering.xml."""
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._list, self._use = attributes.get("abstractNumId", ""), ""
        elif name == "num":
            self._use, self._list = attributes.get("numId", ""), ""
        elif name == "abstractNumId" and self._use:
            self.uses[self._use] = value
        elif name in ("lvl", "lvlOverride"):
            self._at = _number(attributes.get("ilvl", ""))
        elif name == "startOverride" and self._use:
            self.starts[self._use, self._at] = _number(value)
        elif self._list and name in ("start", "numFmt", "lvlText", "suff"):
            level = self.lists.setdefault(self._list, {}).setdefault(self._at, Level())
            if name == "start":
                level.start = _number(value)
            elif name == "numFmt":
                level.style = value
            elif name == "lvlText":
                level.pattern = value
            else:
                level.suffix = value

    def end(self, name: str) -> None:
        """Nothing to do."""

    def data(self, text: str) -> None:
        """Nothing to do."""

    def label(self, use: str, at: int) -> str:
        """The number of a list's next paragraph on a level, with the blank that follows it."""
        which = self.uses.get(use, "")
        level = self.lists.get(which, {}).get(at)
        if level is None or level.style in ("bullet", "none"):
            return ""
        self._count(use, which, at, level)
        text = _SLOT.sub(lambda slot: self._written(which, int(slot[1]) - 1), level.pattern)
        if not text or level.suffix == "nothing" or text[-1] in "、．.）)":
            return text
        return text + " "

    def _count(self, use: str, which: str, at: int, level: Level) -> None:
        if use not in self._begun:
            self._begun.add(use)
            for (other, depth), begin in self.starts.items():
                if other == use:
                    self._counts[which, depth] = begin - 1
        self._counts[which, at] = self._counts.get((which, at), level.start - 1) + 1
        for deeper in range(at + 1, 9):
            self._counts.pop((which, deeper), None)

    def _written(self, which: str, at: int) -> str:
        level = self.lists[which].get(at, Level())
        number = max(1, min(self._counts.get((which, at), level.start), _LARGEST))
        return _WRITERS.get(level.style, str)(number)


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,4}", text) else 0

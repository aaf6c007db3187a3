"""Word's paragraph styles: which are headings, which are lists, which make up a contents page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_HEADING: Final = re.compile(r"(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc|目录) ?(?:\d|heading|标题)?$", re.IGNORECASE)
_CHAIN: Final = 12  # styles based on one another


@dataclass(slots=True)
class Style:
    """One style as its own element tells it; `level` counts from 0."""

    name: str = ""
    base: str = ""
    level: int | None = None
    numbers: str = ""
    depth: int = 0


@dataclass(slots=True)
class Styles:
    """All styles. Listens to word/styles.xml."""

    _all: dict[str, Style] = field(default_factory=dict)
    _open: Style | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one element of word/styles.xml."""
        value = attributes.get("val", "")
        if name == "style":
            self._open = Style()
            self._all[attributes.get("styleId", "")] = self._open
        elif self._open is None:
            return
        elif name == "name":
            self._open.name = value
        elif name == "basedOn":
            self._open.base = value
        elif name == "outlineLvl" and re.fullmatch("[0-8]", value):
            self._open.level = int(value)
        elif name == "numId":
            self._open.numbers = value
        elif name == "ilvl" and re.fullmatch("[0-8]", value):
            self._open.depth = int(value)

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "style":
            self._open = None

    def data(self, text: str) -> None:
        """Nothing to do."""

    def level(self, style: str) -> int | None:
        """The outline level of a style from 0, None for running text."""
        for one in self._chain(style):
            named = _HEADING.fullmatch(one.name)
            if named:
                return int(named[1]) - 1
            if one.level is not None:
                return one.level
        return None

    def numbers(self, style: str) -> tuple[str, int]:
        """The list that a style numbers its paragraphs by, and on which level; '' for none."""
        for one in self._chain(style):
            if one.numbers:
                return one.numbers, one.depth
        return "", 0

    def is_contents(self, style: str) -> bool:
        """Whether a style is that of a line in a table of contents."""
        return any(_CONTENTS.fullmatch(one.name) for one in self._chain(style))

    def _chain(self, style: str) -> list[Style]:
        found: list[Style] = []
        while len(found) < _CHAIN and (one := self._all.get(style)):
            found.append(one)
            style = one.base
        return found

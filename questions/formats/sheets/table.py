"""Sheets become questions: the header is found, rows are drafted, faults are placed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from questions.errors import FormatError
from questions.formats.draft import Draft, Part
from questions.formats.format import Place, Reading, Skip
from questions.formats.gathering import Gathering, Refusal
from questions.formats.headings import read_heading
from questions.formats.loose import blocks
from questions.formats.sheets.cells import Broken
from questions.formats.sheets.columns import (
    COMPLAINT,
    Columns,
    is_answer,
    is_stem,
    plain,
    read_codes,
    read_header,
    shows_pictures,
    with_letters,
)
from questions.formats.sheets.grid import Grid, Row

_SEARCHED: Final = 40  # rows in which a header is looked for
_EXPECTED: Final = ("说明", "须知", "示例说明")  # sheets that nobody misses
_SHARED: Final = frozenset(Part) - {Part.STEM, Part.ANSWER, Part.OPTION, Part.UID}
_NEEDED: Final = (Part.STEM, Part.ANSWER, Part.EXPLANATION, Part.OPTION, Part.QUOTE)
_RULE: Final = re.compile(r":?-{2,}:?")
Key = tuple[Part | None, str]  # a column by its part (and letter), others by their titles
_KIND: Final[Key] = (Part.KIND, "")
NO_HEADER: Final = "找不到表头：要有一行列名，至少有“题干”和“答案”两列。请对照导出的模板补上。"


@dataclass(slots=True)
class Tables:
    """All sheets of one file as they come in."""

    gathering: Gathering
    chars: int = 0
    notes: list[str] = field(default_factory=list)
    has_header: bool = False
    _skips: list[tuple[Place, str, dict[Key, str]]] = field(default_factory=list)
    _titles: dict[Key, str] = field(default_factory=dict)

    def add(self, grid: Grid) -> None:
        """Read one sheet; a sheet without questions is noted and passed over."""
        _Sheet(self, grid.name).read(grid.rows)

    def reading(self) -> Reading:
        """What all the sheets hold; raises FormatError where none has a header."""
        if not self.has_header:
            raise FormatError(NO_HEADER)
        header, skips = self.skips()
        notes = (*self.notes, *self.gathering.notes())
        return Reading(self.gathering.bank(self.chars), skips, header, notes)

    def skips(self) -> tuple[tuple[str, ...], tuple[Skip, ...]]:
        """The titles of all columns, and the skipped rows under them."""
        titles = dict(self._titles)
        if any(_KIND in cells for _, _, cells in self._skips) and _KIND not in titles:
            titles = {_KIND: str(Part.KIND), **titles}
        skips = tuple(
            Skip(place, reason, tuple(cells.get(key, "") for key in titles))
            for place, reason, cells in self._skips
        )
        return tuple(titles.values()), skips

    def note(self, text: str) -> None:
        """Tell once."""
        if text not in self.notes:
            self.notes.append(text)

    def head(self, columns: Columns) -> list[Key]:
        """Take in a header; columns of several sheets that hold one part share a key."""
        self.has_header = True
        if columns.unused:
            self.note(f"没有用到的列：{'、'.join(columns.unused[:12])}。")
        held: dict[int, Key] = {at: (part, "") for part, at in columns.parts.items()}
        held |= {at: (Part.OPTION, letter) for letter, at in columns.options}
        keys: list[Key] = []
        for at, title in enumerate(columns.titles):
            count = sum(title == key[1] for key in keys if key[0] is None)
            key = held.get(at, (None, title + " " * count))
            keys.append(key)
            if at in held or plain(title) not in ("", COMPLAINT):
                self._titles.setdefault(key, title)
        return keys

    def skip(self, place: Place, reason: str, cells: dict[Key, str]) -> None:
        """Keep a row that was not taken."""
        self._skips.append((place, reason, cells))


class _Sheet:
    """One sheet being read."""

    def __init__(self, tables: Tables, name: str | None) -> None:
        self.tables = tables
        self.name = name
        self.columns: Columns | None = None
        self.keys: list[Key] = []
        self.kind = read_heading(name or "") or ""
        self.is_fresh = False  # the row after a header may name its options
        self.codes: dict[str, str] = {}  # kinds by the numbers that a header explains
        self.pictures: list[int] = []  # columns that hold pictures

    def read(self, rows: Iterable[Row]) -> None:
        seen = 0
        for row in rows:
            if not any(row.cells):
                continue
            seen += 1
            if self.columns is None and seen > _SEARCHED:
                break
            self._row(row)
        name = (self.name or "").strip()
        if self.columns is None and name and seen and name not in _EXPECTED:
            self.tables.note(f"工作表“{self.name}”没有题干和答案列，没有读。")

    def _row(self, row: Row) -> None:
        columns = self.columns
        if columns is None or self._is_header(columns, row.cells):
            found = read_header(row.cells)
            if found is not None:
                self._head(found)
                return
        if columns is None:
            return
        if self.is_fresh:
            self.is_fresh = False
            if not columns.options and (second := with_letters(columns, row.cells)):
                self._head(second)
                self.is_fresh = False
                return
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1 and (kind := read_heading(filled[0])):
            self.kind = kind
            return
        if all(_RULE.fullmatch(cell) for cell in filled):
            return  # the rule beneath the header of a table in Markdown
        self.tables.chars += sum(map(len, filled))
        if columns.whole is not None and _at(row.cells, columns.whole):
            self._whole(row, columns, _at(row.cells, columns.whole))
        elif not self._is_blank(row, columns):
            self._question(row, columns)

    def _head(self, columns: Columns) -> None:
        self.columns = columns
        self.keys = self.tables.head(columns)
        kind = columns.parts.get(Part.KIND)
        self.codes = read_codes(columns.titles[kind]) if kind is not None else {}
        used = self._used(columns)
        self.pictures = [
            at
            for at, title in enumerate(columns.titles)
            if at not in used and shows_pictures(title)
        ]
        self.is_fresh = True

    def _is_header(self, columns: Columns, cells: Sequence[str]) -> bool:
        """Whether a row names columns anew: the same ones, or those of another bank."""
        at = columns.parts.get(Part.STEM)
        if at is not None and is_stem(_at(cells, at)):
            return True
        return any(map(is_stem, cells)) and any(map(is_answer, cells))

    def _is_blank(self, row: Row, columns: Columns) -> bool:
        """Whether a row holds but what templates prefill: numbers, kinds, points."""
        places = [columns.parts[part] for part in _NEEDED if part in columns.parts]
        places += [at for _, at in columns.options]
        return not any(_at(row.cells, at) for at in places)

    def _question(self, row: Row, columns: Columns) -> None:
        draft = self._draft(row, columns)
        place = Place(row.number, self.name)
        broken = next((at for at, cell in enumerate(row.cells) if isinstance(cell, Broken)), None)
        if broken is not None and broken in self._used(columns):
            reason = f"单元格是公式错误 {row.cells[broken]}，请改成文字"
            title: str | None = columns.titles[broken]
        elif (
            picture := next((at for at in self.pictures if _at(row.cells, at)), None)
        ) is not None:
            reason = "题目带图片，这里只能显示文字，请改写成不看图也能答的题并清空这一格"
            title = columns.titles[picture]
        else:
            refusal = self.tables.gathering.take(draft, place)
            if refusal is None:
                return
            reason, title = refusal.reason, self._title(columns, refusal, draft)
        self._skip(row, Place(row.number, self.name, title), reason)

    def _title(self, columns: Columns, refusal: Refusal, draft: Draft) -> str | None:
        letter = next((name for name, text in draft.options if not text.strip()), "")
        return columns.title(refusal.part, letter)

    def _used(self, columns: Columns) -> set[int]:
        return {*columns.parts.values(), *(at for _, at in columns.options)}

    def _draft(self, row: Row, columns: Columns) -> Draft:
        texts = {part: _at(row.cells, at) for part, at in columns.parts.items()}
        for part, at in columns.parts.items():
            if not texts[part] and part in _SHARED and at in row.above:
                texts[part] = row.above[at]
        kind = texts.get(Part.KIND, "")
        texts[Part.KIND] = self.codes.get(kind.strip(), kind)
        more = [_at(row.cells, at) for at in columns.others]
        if any(more):
            tags = [texts.get(Part.TAGS, ""), *more]
            texts[Part.TAGS] = "；".join(filter(None, tags))
        options = [(letter, _at(row.cells, at)) for letter, at in columns.options]
        return Draft(texts, options, self.kind)

    def _whole(self, row: Row, columns: Columns, text: str) -> None:
        """A question of loose text that stands in one cell."""
        place = Place(row.number, self.name, columns.titles[columns.whole or 0])
        for reason in blocks.take_all(self.tables.gathering, text, place):
            self._skip(row, place, reason)

    def _skip(self, row: Row, place: Place, reason: str) -> None:
        cells = {key: _at(row.cells, at) for at, key in enumerate(self.keys)}
        for at, key in enumerate(self.keys):
            if not cells.get(key, "") and at in row.above:
                cells[key] = row.above[at]
        columns = self.columns
        if self.kind and columns is not None and Part.KIND not in columns.parts:
            cells[_KIND] = self.kind
        self.tables.skip(place, reason, cells)


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""

"""The tables of a file: their columns, and rows as plain cells in the columns' order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from bot.texts import label

Cell = str | int | float | date | None
Row = tuple[Cell, ...]


class Sort(StrEnum):
    """What the cells of a column are; a share is from 0 to 1."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in characters."""

    title: str
    sort: Sort
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `charted` are titles of columns worth a chart, its first column the names."""

    name: str
    columns: tuple[Column, ...]
    charted: tuple[str, ...] = ()


class Sink(Protocol):
    """Takes tables one after another, row by row, and holds none of them."""

    def begin(self, table: Table) -> None:
        """Rows that follow are this table's."""
        ...

    def add(self, rows: Iterable[Row]) -> None:
        """More rows."""
        ...

    def close(self) -> None:
        """The file is complete."""
        ...


_SHARES: Final = ("participation", "rate", "score_rate", "pass_rate", "discrimination")
_WIDTHS: Final = {
    "name": 14,
    "department": 24,
    "plan": 20,
    "number": 18,
    "stem": 60,
    "tags": 24,
    "basis": 40,
    "day": 12,
    "kind": 10,
    "status": 12,
    "role": 12,
    "what": 18,
    "said": 80,
}
_TEXTS: Final = frozenset(_WIDTHS) | {"outcome"}
_COLUMNS: Final = {
    "about": ("what", "said"),
    "people": (
        "name",
        "department",
        "role",
        "asked",
        "answered",
        "right",
        "rate",
        "points",
        "offered",
        "score_rate",
        "began_rounds",
        "due_rounds",
        "away_rounds",
    ),
    "departments": (
        "department",
        "people",
        "due",
        "began",
        "participation",
        "finished",
        "answered",
        "right",
        "rate",
        "points",
        "offered",
        "score_rate",
        "scored",
        "passed",
        "pass_rate",
    ),
    "rounds": (
        "day",
        "plan",
        "size",
        "due",
        "began",
        "participation",
        "finished",
        "answered",
        "right",
        "rate",
    ),
    "answers": (
        "day",
        "plan",
        "department",
        "name",
        "number",
        "stem",
        "kind",
        "outcome",
        "points",
    ),
    "questions": (
        "number",
        "stem",
        "kind",
        "tags",
        "basis",
        "answered",
        "rate",
        "discrimination",
        "status",
    ),
}


def table(name: str) -> Table:
    """One of the tables: about, people, departments, rounds, answers, questions."""
    charted = ("participation", "score_rate") if name == "departments" else ()
    return Table(
        label(f"reports.table_{name}"),
        tuple(_column(column) for column in _COLUMNS[name]),
        tuple(label(f"reports.column_{column}") for column in charted),
    )


def _column(name: str) -> Column:
    sort = Sort.COUNT
    if name == "day":
        sort = Sort.DATE
    elif name in _TEXTS:
        sort = Sort.TEXT
    elif name in _SHARES:
        sort = Sort.SHARE
    return Column(label(f"reports.column_{name}"), sort, _WIDTHS.get(name, 11))


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None where there is no whole."""
    return part / whole if whole else None

"""What a picture shows, ready to be drawn; rates are whole numbers per million, None: no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_POINTS: Final = 53  # weeks of a year
MOST_ROWS: Final = 40
MOST_COLUMNS: Final = 27  # as many as leave room for a figure in each cell


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure worth a large type."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a board."""

    rank: int
    name: str
    rate: int
    note: str = ""
    tag: str = ""  # says that it is one's own


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; an empty heading is not drawn."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """A board; `empty` is said where there is no line at all."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    groups: tuple[Group, ...]
    empty: str
    note: str


@dataclass(frozen=True, slots=True)
class Point:
    """参与率 and 正确率 of one day, week or month."""

    label: str
    participation: int | None
    rate: int | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Two rates over time, at most MOST_POINTS points, and both over all of it."""

    title: str
    note: str
    points: tuple[Point, ...]
    subtitle: str = ""
    participation: int | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One department's rates, a value for each column, and over all of them."""

    label: str
    values: tuple[int | None, ...]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Departments by weeks, at most MOST_ROWS by MOST_COLUMNS."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    subtitle: str = ""

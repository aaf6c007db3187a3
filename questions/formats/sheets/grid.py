"""A sheet as readers hand it on: numbered rows of texts, none kept longer than needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One row, counted from 1; `above` holds, by column, what a merged cell says from above."""

    number: int
    cells: Sequence[str]
    above: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet and its rows; `name` is None where the file is but one sheet (CSV)."""

    name: str | None
    rows: Iterable[Row]

"""Rows an admin types or copies from a table: 2027-01-01 休 元旦."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from questions.workdays.dates import days_of

_DATE = (
    r"(?:(?P<{0}y>\d{{4}})(?P<{0}s>[-/.年]))?(?P<{0}m>\d{{1,2}})[-/.月](?P<{0}d>\d{{1,2}})[日号]?"
    r"|(?P<{0}c>\d{{8}})"
)
_WEEKDAY = r"(?:[（(]?(?:星期|周|礼拜)[一二三四五六日天][）)]?)?"
_GAP = r"[\s,，、|:：]*"
_ROW = re.compile(
    rf"{_GAP}(?:{_DATE.format('a')}){_GAP}{_WEEKDAY}"
    rf"(?:\s*(?:至|到|[-—–~～]+)\s*(?:{_DATE.format('b')}){_GAP}{_WEEKDAY})?"
    rf"{_GAP}(?P<mark>放假|休息|休假|假期|休|假|调休上班|补班|上班|工作日|班){_GAP}(?P<name>.{{0,20}}?)"
    rf"{_GAP}"
)
_WORK = frozenset(["调休上班", "补班", "上班", "工作日", "班"])
_NUMBERS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its days, what they are, and the name beside them."""

    days: tuple[date, ...]
    is_workday: bool
    name: str
    phrase: str


def read_row(line: str, year: int) -> Row | None:
    """The row a line is, or None; a date without a year is in `year`.

    Raises ValueError where the line is a row whose date does not exist.
    """
    match = _ROW.fullmatch(line)
    if match is None or _NUMBERS.search(match["name"]):
        return None
    first = _day(match, "a", year)
    has_end = match["bc"] is not None or match["bm"] is not None
    last = _day(match, "b", first.year) if has_end else first
    if last < first:
        raise ValueError(line)
    days = tuple(days_of(first, last))
    return Row(days, match["mark"] in _WORK, match["name"].strip(), line.strip())


def _day(match: re.Match[str], which: str, year: int) -> date:
    if compact := match[f"{which}c"]:
        return date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))
    said = match[f"{which}y"]
    return date(int(said) if said else year, int(match[f"{which}m"]), int(match[f"{which}d"]))

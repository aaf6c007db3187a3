"""Plans that agencies commonly hold, with their days of the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

MonthDay = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A plan to be had by one tap; without days it runs on workdays for good."""

    name: str
    first: MonthDay | None = None
    last: MonthDay | None = None

    def span(self, today: date) -> tuple[date, date] | None:
        """Its next days that have not begun to pass: this year's or next year's."""
        if self.first is None or self.last is None:
            return None
        year = today.year + (date(today.year, *self.first) < today)
        return date(year, *self.first), date(year, *self.last)


SUGGESTIONS: Final = (
    Suggestion("每日学法"),
    Suggestion("宪法宣传周", (12, 1), (12, 7)),
    Suggestion("国家宪法日", (12, 4), (12, 4)),
    Suggestion("国家安全教育日", (4, 15), (4, 15)),
    Suggestion("民法典宣传月", (5, 1), (5, 31)),
    Suggestion("六五环境日", (6, 5), (6, 5)),
)


def find_suggestion(name: str) -> Suggestion:
    """The suggestion of this name, or a plan on workdays."""
    return next((one for one in SUGGESTIONS if one.name == name), Suggestion(name))

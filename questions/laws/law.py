"""A law with its names, rank and versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from questions.models import Basis

STATE = "中华人民共和国"


class Rank(StrEnum):
    """效力位阶, taken from a checked row and never from the last word of a title."""

    CONSTITUTION = "宪法"
    STATUTE = "法律"
    REGULATION = "行政法规"
    LOCAL_REGULATION = "地方性法规"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_RULE = "地方政府规章"
    PARTY_RULE = "党内法规"
    DOCUMENT = "规范性文件"


class Event(StrEnum):
    """How a text of a law came about."""

    ADOPTED = "通过"
    PUBLISHED = "公布"
    AMENDED = "修正"  # some articles changed; the last article keeps its old date
    REVISED = "修订"  # re-enacted whole
    CHANGED = "修改"  # one of the two, the source doesn't say which


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a law; unknown days are None, the last day in force is included."""

    made_on: date | None
    event: Event
    in_force_from: date | None = None
    in_force_to: date | None = None

    @property
    def label(self) -> str:
        """What tells this text from others of its law: 2021年修订; '' where unknown."""
        return f"{self.made_on.year}年{self.event}" if self.made_on else ""


@dataclass(frozen=True, slots=True)
class Law:
    """One row of the registry.

    `versions` has the texts in order, the current one last, and is never empty;
    `in_force_from` is the day the current text came into force, `in_force_to` the last day of
    the law itself. `articles` counts those of the current text.
    """

    title: str
    aliases: tuple[str, ...]
    rank: Rank
    versions: tuple[Version, ...]
    in_force_from: date | None
    in_force_to: date | None
    replaced_by: str | None
    articles: int | None
    source: str

    @property
    def short(self) -> str:
        """The title without the state's name."""
        return self.title.removeprefix(STATE)

    def is_in_force(self, day: date) -> bool:
        """Whether any text of the law may hold on `day`; unknown days don't bar it."""
        begins = self.versions[0].in_force_from or self.versions[0].made_on
        if begins is not None and day < begins:
            return False
        return self.in_force_to is None or day <= self.in_force_to

    def version(self, day: date) -> Version:
        """The text that holds on `day`, as far as the days are known; else the first one."""
        for text in reversed(self.versions):
            begins = text.in_force_from or text.made_on
            if begins is None or begins <= day:
                return text
        return self.versions[0]

    def basis(self, article: str | None = None, day: date | None = None) -> Basis:
        """The basis for an article of the current text, or of the one that held on `day`."""
        text = self.versions[-1] if day is None else self.version(day)
        return Basis(self.title, article, text.in_force_from, text.in_force_to)


def versions(
    events: tuple[tuple[date | None, Event], ...], begins: date | None, ends: date | None
) -> tuple[Version, ...]:
    """The texts of a law from its events; only the days of the last one are known."""
    found: list[Version] = []
    until, since = ends, begins
    for day, event in reversed(events or ((None, Event.PUBLISHED),)):
        found.append(Version(day, event, since, until))
        until, since = (since - timedelta(days=1) if since else None), None
    return tuple(reversed(found))

"""Names known beforehand: places, rivers, bodies, set phrases and families of coordinate terms."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from questions.data import words

OTHER: Final = 9  # the style of bodies that are no departments
_ELSEWHERE: Final = {  # what bodies of the other level are called
    "厅": ("中级", "消防救援支队", "市委", "县委", "区委"),
    "局": ("高级", "消防救援总队", "省委"),
}
_APART: Final = frozenset({"台湾", "香港", "澳门"})  # not among the bodies that sign or host here
_TRIM: Final = str.maketrans("", "", "、，, ")


class Class(StrEnum):
    """What sort of name it is."""

    PROVINCE = "province"
    CITY = "city"
    RIVER = "river"
    LAKE = "lake"
    MINISTRY = "ministry"
    CONGRESS = "congress"
    DEPARTMENT = "department"
    PEER = "peer"
    TERM = "term"


NOUNS: Final = {
    Class.PROVINCE: "省份",
    Class.CITY: "市",
    Class.RIVER: "河流",
    Class.LAKE: "湖泊",
    Class.MINISTRY: "部门",
    Class.CONGRESS: "机关",
    Class.DEPARTMENT: "部门",
    Class.TERM: "项",
}


@dataclass(frozen=True, slots=True)
class Family:
    """Names of which a list or a wrong option may be made; `noun` asks for one of them."""

    cls: Class
    label: str
    noun: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: as printed, its family, and `canon`, which all names of one thing share.

    `style` tells its names apart: a full name (0) is not offered beside short ones.
    """

    text: str
    family: Family
    canon: str
    style: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at `start` of a text, once for each family that has it."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def entry(self, family: Family) -> Entry | None:
        """What the name is in one family."""
        return next((entry for entry in self.entries if entry.family == family), None)


def _entries() -> Iterator[Entry]:
    provinces = Family(Class.PROVINCE, "", NOUNS[Class.PROVINCE])
    for short, full in words("provinces").items():
        if short in _APART:
            continue
        yield Entry(full, provinces, full, 0)
        yield Entry(short, provinces, full, 1)
    for province, cities in words("cities").items():
        family = Family(Class.CITY, province, NOUNS[Class.CITY])
        for city in cities.split():
            yield Entry(city, family, city, 0)
            if len(city) > 2 and city.endswith("市"):
                yield Entry(city[:-1], family, city, 1)
    for name, listed in words("gazetteer").items():
        cls = Class(name)
        yield from _row(listed, Family(cls, "", NOUNS[cls]))
    yield from _departments()
    for noun, lines in words("peers").items():
        for number, line in enumerate(lines.strip().splitlines()):
            yield from _row(line, Family(Class.PEER, f"{noun}{number}", noun))
    for number, line in enumerate(words("terms")["all"].strip().splitlines()):
        yield from _row(line, Family(Class.TERM, str(number), NOUNS[Class.TERM]))


def _row(line: str, family: Family) -> Iterator[Entry]:
    for names in line.split():
        known = names.split("/")
        for name in known:
            yield Entry(name, family, known[0], 0)


def _departments() -> Iterator[Entry]:
    """Bodies as a province (厅) and as a city or county (局) has them."""
    table = words("departments")
    for level in ("厅", "局"):
        family = Family(Class.DEPARTMENT, level, NOUNS[Class.DEPARTMENT])
        for names, ending in (
            (table["offices"], level),
            (table["bureaus"], "局"),
            (table["council"], "委"),
            *([(table["council"], "局")] if level == "局" else []),  # as counties have them
        ):
            for row in names.split():
                known = row.split("/")
                for place, name in enumerate(known):
                    style = int(place > 0 or (names == table["council"] and ending == "局"))
                    yield Entry(name + ending, family, known[0], style)
                    if ending == "委":
                        yield Entry(f"{name}委员会", family, known[0], 1)
        for row in table["other"].split():
            known = [name for name in row.split("/") if not name.startswith(_ELSEWHERE[level])]
            for name in known:
                yield Entry(name, family, known[0], OTHER)


def _index() -> dict[str, list[tuple[str, tuple[Entry, ...]]]]:
    by_text: dict[str, list[Entry]] = defaultdict(list)
    for entry in _entries():
        if all(other.family != entry.family for other in by_text[entry.text]):
            by_text[entry.text].append(entry)
    by_start: dict[str, list[tuple[str, tuple[Entry, ...]]]] = defaultdict(list)
    for text, entries in by_text.items():
        by_start[text[:2]].append((text, tuple(entries)))
    for listed in by_start.values():
        listed.sort(key=lambda row: -len(row[0]))
    return dict(by_start)


_INDEX: Final = _index()
_MEMBERS: Final[dict[Family, list[Entry]]] = defaultdict(list)
for _entry in _entries():
    _MEMBERS[_entry.family].append(_entry)
_PLACES: Final = {
    (entry.family, entry.text): place
    for entries in _MEMBERS.values()
    for place, entry in enumerate(entries)
}
_OVERLAPS: Final = frozenset(
    frozenset(pair)
    for line in words("overlaps")["all"].strip().splitlines()
    for pair in itertools.combinations(line.split(), 2)
)
_TERMS: Final = {
    entry.text.translate(_TRIM): entry
    for family, entries in _MEMBERS.items()
    if family.cls is Class.TERM
    for entry in entries
}


def scan(text: str) -> list[Hit]:
    """The known names of a text in order, longest first, none inside another."""
    found: list[Hit] = []
    place, end = 0, len(text)
    while place < end:
        rows = _INDEX.get(text[place : place + 2])
        row = next((row for row in rows if text.startswith(row[0], place)), None) if rows else None
        if row is None:
            row = _single(text, place)
        if row is None:
            place += 1
            continue
        found.append(Hit(place, place + len(row[0]), row[1]))
        place += len(row[0])
    return found


def _single(text: str, place: int) -> tuple[str, tuple[Entry, ...]] | None:
    """A name of one character, which counts only as an item of a list (大气、水、土壤)."""
    rows = _INDEX.get(text[place])
    if not rows or (text[place - 1 : place] != "、" and text[place + 1 : place + 2] != "、"):
        return None
    return rows[0]


def term(text: str) -> Entry | None:
    """The set phrase of that wording, its commas left aside, or None."""
    return _TERMS.get(text.translate(_TRIM))


def members(family: Family) -> list[Entry]:
    """All names of a family in the order of the tables."""
    return _MEMBERS[family]


def near(entries: Sequence[Entry]) -> list[Entry]:
    """The other names of a family, those next to `entries` in the tables first."""
    family = entries[0].family
    places = [_PLACES[family, entry.text] for entry in entries]
    told = {entry.canon for entry in entries}
    others = [entry for entry in _MEMBERS[family] if entry.canon not in told]
    return sorted(
        others, key=lambda other: min(abs(_PLACES[family, other.text] - at) for at in places)
    )


def short(entry: Entry) -> str:
    """A province without 省, 市 or 自治区; any other name by its first form where that is part."""
    if entry.family.cls is Class.PROVINCE:
        names = (other.text for other in _MEMBERS[entry.family] if other.canon == entry.canon)
        return min(names, key=len)
    return entry.canon if entry.canon in entry.text else entry.text


def overlap(one: Entry, other: Entry) -> bool:
    """Whether one name may stand for a part of the other (学校, 高校)."""
    return frozenset({one.canon, other.canon}) in _OVERLAPS

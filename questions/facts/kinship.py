"""Which names could be taken for each other: rivers of one province, departments of one field."""

from __future__ import annotations

import itertools
import re
from typing import Final

from questions.data import words
from questions.documents import Document
from questions.facts.gazetteer import Entry

_FIELDS: Final = tuple(
    frozenset(line.split()) for line in words("domains")["all"].strip().splitlines()
)
_TELLS: Final = {
    department: re.compile("|".join(signs.split())) for department, signs in words("tells").items()
}
_WATERS: Final = {province: tuple(names.split()) for province, names in words("waters").items()}
_BASINS: Final = frozenset(
    frozenset((river, tributary))
    for line in words("basins")["all"].strip().splitlines()
    for river, tributary in itertools.product(line.split()[:1], line.split()[1:])
)
_STILL: Final = re.compile("[湖海泊池淀错]$|五大连池")


def province(document: Document) -> str:
    """The short name of the province a document is from, '' where the tables don't tell."""
    place = document.place
    if place is None:
        return ""
    names = [place.short, place.name, *(name for _, name in place.around)]
    for short, cities in words("cities").items():
        if not set(names).isdisjoint(cities.split()):
            return str(short)
    return next((short for short in _WATERS if any(name.startswith(short) for name in names)), "")


def waters(name: str, short: str) -> list[str]:
    """Rivers, or lakes, of a province that neither hold `name` nor belong to it."""
    is_still = bool(_STILL.search(name))
    return [
        other
        for other in _WATERS.get(short, ())
        if other != name
        and bool(_STILL.search(other)) is is_still
        and frozenset((name, other)) not in _BASINS
    ]


def share_a_field(one: Entry, other: Entry) -> bool:
    """Whether two departments work in one field, so that either could have joined in."""
    return any(one.canon in field and other.canon in field for field in _FIELDS)


def is_told_by(entry: Entry, text: str) -> bool:
    """Whether a text has a word that points straight at a department."""
    tells = _TELLS.get(entry.canon)
    return tells is not None and tells.search(text) is not None

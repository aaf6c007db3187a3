"""A bank as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.banks.shelf.service import Taken
from bot.errors import StaleTap
from questions.errors import FormatError
from questions.formats import FORMATS, Format

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class File:
    """A name and what is in it."""

    name: str
    content: bytes


def format_at(place: int) -> Format:
    """The format at a place of the table; raises StaleTap for a forged one."""
    every = list(FORMATS.values())
    if place >= len(every):
        raise StaleTap
    return every[place]


def written(taken: Taken, wanted: Format) -> File | None:
    """The bank in a format; None where there is nothing that it could hold."""
    if not taken.bank.questions:
        return None
    try:
        content = wanted.write(taken.bank)
    except FormatError:
        return None
    name = _NOT_IN_NAMES.sub("_", taken.row.name).strip("_.") or "bank"
    return File(f"{name}{wanted.suffix}", content)

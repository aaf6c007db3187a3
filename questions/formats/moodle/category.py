"""Category paths: names from the outermost inwards, parted by "/", a "/" within doubled.

Moodle puts a context ($course$) and its own root (top) in front; neither says anything here.
"""

from __future__ import annotations

import re
from typing import Final

from questions.formats.assembly import LONGEST_TAG
from questions.formats.details import is_row
from questions.formats.moodle.plain import clean

UNSORTED: Final = "未分类"  # where questions without a section go in a file that has sections

_SLASH: Final = re.compile(r"(?<!/)/(?!/)")
_CONTEXT: Final = re.compile(r"\$[a-z]+\$")


def split(path: str) -> tuple[str, ...]:
    """The section a path names; none for Moodle's root and for our place without a section."""
    names = [_line(name.replace("//", "/")) for name in _SLASH.split(clean(path))]
    if names and _CONTEXT.fullmatch(names[0]):
        del names[0]
    if names and names[0] == "top":
        del names[0]
    section = tuple(name[:LONGEST_TAG] for name in names if name)
    return () if section == (UNSORTED,) else section


def join(section: tuple[str, ...]) -> str:
    """The path of a section as Moodle writes it."""
    return "/".join(("$course$", "top", *map(_escaped, section or (UNSORTED,))))


def carried(section: tuple[str, ...]) -> tuple[str, ...]:
    """A section as a path carries it; a question's place in an imported file is none."""
    names = tuple(name for part in section if (name := _line(clean(part))))
    if names == (UNSORTED,) or is_row(names):
        return ()
    return names


def _line(name: str) -> str:
    return " ".join(name.split())


def _escaped(name: str) -> str:
    name = name.replace("/", "//")
    return (" " if name.startswith("/") else "") + name + (" " if name.endswith("/") else "")

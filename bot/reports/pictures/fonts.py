"""The typefaces of pictures: Noto Sans SC and Noto Serif SC, out of a wheel, never the system's.

A character without a glyph would come out as nothing or as a box; it is set as 〓 instead, the
printer's mark for a missing sort, so that whoever looks sees that something is missing.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MISSING: Final = "〓"
CUT: Final = "…"
_NO_CHARACTER: Final = "\U0010ffff"
_PROBE: Final = 24
# Marks that say how to show the character before them, controls, and what joins characters.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"})


class Family(StrEnum):
    """Sans for reading, serif for headings."""

    SANS = "sans"
    SERIF = "serif"


@lru_cache(maxsize=64)
def font(family: Family, size: int) -> FreeTypeFont:
    """A typeface at a size in pixels."""
    import pylopdf_fonts_zh_cn as wheel
    from PIL import ImageFont

    path = wheel.serif_path() if family is Family.SERIF else wheel.sans_path()
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def has_glyph(character: str, family: Family = Family.SANS) -> bool:
    """Whether the typeface can show a character."""
    return bytes(font(family, _PROBE).getmask(character)) != _absent(family)


@cache
def _absent(family: Family) -> bytes:
    return bytes(font(family, _PROBE).getmask(_NO_CHARACTER))


def printable(text: str, family: Family = Family.SANS) -> str:
    """The text on one line, as the typeface can show it: 〓 for each missing character."""
    shown = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            shown.append(" ")
        elif unicodedata.category(character) in _UNSEEN:
            continue
        else:
            shown.append(character if has_glyph(character, family) else MISSING)
    return "".join(shown).strip()


def width(text: str, family: Family, size: int) -> float:
    """How wide a printable text is, in pixels."""
    return font(family, size).getlength(text)


def shrunk(text: str, family: Family, size: int, room: float) -> int:
    """The size in pixels at which a text fits into `room`, but no less than three quarters."""
    least = size * 3 // 4
    while size > least and width(text, family, size) > room:
        size = max(least, size - 2)
    return size


def fitted(text: str, family: Family, size: int, room: float) -> str:
    """The text, its middle cut out with … where it is wider than `room` pixels.

    Long names of an agency's offices begin alike: their ends tell them apart.
    """
    if width(text, family, size) <= room:
        return text
    for kept in range(len(text) - 1, 0, -1):
        start = kept - kept * 2 // 5
        shown = text[:start].rstrip() + CUT + text[len(text) - kept + start :].lstrip()
        if width(shown, family, size) <= room:
            return shown
    return CUT


def lines(text: str, family: Family, size: int, room: float) -> list[str]:
    """The text broken into lines of at most `room` pixels; no line begins with a closing mark."""
    broken: list[str] = []
    line = ""
    for character in text:
        if width(line + character, family, size) > room and character not in _CLOSING:
            broken.append(line)
            line = ""
        line += character
    return [*broken, line] if line else broken


_CLOSING: Final = frozenset("，。；：！？、）》”’％%…·")

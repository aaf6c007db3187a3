"""What may stand on a list as somebody's or some department's name."""

from __future__ import annotations

import re
import unicodedata

SHORTEST, LONGEST = 2, 20
LONGEST_DEPARTMENT = 30
# Letters and symbols by category, yet nothing anyone can see.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Vowel signs of Tibetan, Mongolian or Uyghur come one or two to a letter; more is a prank.
_MOST_MARKS = 2


def clean_name(typed: str, longest: int = LONGEST) -> str | None:
    """The name as it is kept: trimmed and composed; None where it can't be a name.

    Refused are lengths outside 2 to `longest` characters, control, bidirectional, zero-width and
    invisible characters, line breaks, and marks heaped on a letter or on none.
    """
    name = _SPACES.sub(" ", unicodedata.normalize("NFC", typed)).strip()
    if not SHORTEST <= len(name) <= longest:
        return None
    marks = _MOST_MARKS
    for character in name:
        category = unicodedata.category(character)
        if category[0] == "C" or category in ("Zl", "Zp") or character in _BLANKS:
            return None
        marks = marks + 1 if category[0] == "M" else 0
        if marks > _MOST_MARKS:
            return None
    return name


def clean_department(typed: str) -> str | None:
    """A department's name as it is kept: the same rule, 2 to 30 characters."""
    return clean_name(typed, LONGEST_DEPARTMENT)

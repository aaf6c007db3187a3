"""The text of a cell: cleaned when read, harmless to a spreadsheet program when written."""

from __future__ import annotations

import re
from typing import Final

# Control characters but tab and line feed, halves of surrogate pairs, and no characters at all.
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_LITERAL: Final = re.compile(r"&#(?:x0*[ad]|0*1[03]);", re.IGNORECASE)
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
# What makes Excel and its kin compute a cell; OWASP, "CSV Injection".
_RISKY: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_QUOTED: Final = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")


class Broken(str):
    """An error that a formula left in a cell, such as #N/A."""

    __slots__ = ()


def fit(text: str) -> str:
    """The text without characters that no file format carries; line ends as line feeds."""
    return _UNFIT.sub("", _BREAKS.sub("\n", text))


def clean(text: str) -> str:
    """A cell's text as its writer meant it: line breaks written as &#10; made real."""
    if "&#" in text:
        text = _LITERAL.sub("\n", text)
    if not text.isascii() or not text.isprintable():
        text = fit(text).replace("\xa0", " ")
    return text.strip()


def unescape(text: str) -> str:
    """Excel's _x000D_ made the character that it stands for."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet program might compute the cell."""
    return bool(_RISKY.match(text))


def quote(text: str) -> str:
    """A cell that no spreadsheet program computes: an apostrophe before what looks a formula."""
    return "'" + text if is_risky(text) else text


def unquote(text: str) -> str:
    """The cell as it was before `quote`."""
    return text[1:] if text[:1] == "'" and _QUOTED.match(text) else text

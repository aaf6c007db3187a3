"""GIFT's outermost layer: blocks between blank lines, their comments, escapes.

An escaped character is hidden behind a lone surrogate, which no decoded file can contain, while
a block is taken apart, and shown again at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from questions.formats.moodle.lines import lines_of

_CONTROLS: Final = ":#={}~"
_ESCAPE: Final = re.compile(r"\\([\\:#={}~n])")
_HIDDEN: Final = {"\\": "\\", "n": "\udc0a"} | {c: chr(0xDC00 + ord(c)) for c in _CONTROLS}
_SHOWN: Final = {ord(hidden): c for c, hidden in _HIDDEN.items() if hidden != "\\"} | {
    0xDC0A: "\n"
}
_SPECIAL: Final = str.maketrans(
    {"\\": r"\\", "\n": r"\n", "\r": ""} | {c: f"\\{c}" for c in _CONTROLS}
)
_BRACKET: Final = re.compile(r"\[(?P<name>id|tags?):|(?P<end>(?<!\\)\])")
_COMMAS: Final = re.compile(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two blank ones; `row` is the line its text begins on."""

    row: int
    text: str  # without comment lines
    raw: str
    comments: str


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file that hold more than comments."""
    lines: list[str] = []
    first = 1
    for row, line in enumerate(chain(lines_of(text), [""]), 1):
        line = line.strip()
        if line.startswith("```"):
            line = ""  # a fence in Markdown
        if line:
            if not lines:
                first = row
            lines.append(line)
            continue
        if lines and (block := _block(lines, first)) is not None:
            yield block
        lines = []


def hide(text: str) -> str:
    """The text with its escapes out of a parser's way."""
    return _ESCAPE.sub(lambda found: _HIDDEN[found[1]], text)


def show(text: str) -> str:
    """What hidden escapes stand for."""
    return text.translate(_SHOWN)


def escape(text: str) -> str:
    """A text for GIFT, in one line."""
    return text.translate(_SPECIAL)


def labels(comments: str) -> tuple[str, tuple[str, ...]]:
    """The id and the tags that a question's comments give it: `// [id:7] [tag:环评]`."""
    uid = ""
    tags: list[str] = []
    for name, value in _told(comments):
        value = value.replace(r"\]", "]").strip()
        if name == "id":
            uid = uid or value
        elif name == "tag":
            tags.append(value)
        else:
            tags += [tag.strip() for tag in _COMMAS.split(value)]
    return uid, tuple(tags)


def _told(comments: str) -> Iterator[tuple[str, str]]:
    for line in comments.split("\n"):
        name, start = "", 0
        for bracket in _BRACKET.finditer(line):
            if bracket["end"] and name:
                yield name, line[start : bracket.start()]
                name = ""
            elif bracket["name"] and not name:
                name, start = bracket["name"], bracket.end()


def label(name: str, value: str) -> str:
    """One id or tag as a comment gives it."""
    value = value.replace("]", r"\]")
    return f"[{name}:{value}{' ' if value.endswith(chr(92)) else ''}]"


def _block(lines: list[str], first: int) -> Block | None:
    told = [line for line in lines if not line.startswith("//")]
    if not told:
        return None
    row = first + lines.index(told[0])
    comments = "\n".join(line for line in lines if line.startswith("//"))
    return Block(row, "\n".join(told), "\n".join(lines), comments)

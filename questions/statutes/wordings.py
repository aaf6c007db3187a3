"""Which law a text without a title is: its articles' wording against that of known texts.

A row of the bundled table is a law's text: its title, the day it was made, and for each of its
articles, in order, the first three bytes of a SHA-256 over its words, in base64. Nothing can
be read out of it; it only tells whether a text at hand is that text.
"""

from __future__ import annotations

import base64
import csv
import functools
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from questions.data import read_wordings
from questions.statutes.model import Article

SIZE: Final = 3  # bytes of a digest that are kept
ALIKE: Final = 0.9  # share of equal articles that tells a text
FEWEST: Final = 5  # equal articles below which a text may be any
_WORDS: Final = re.compile(r"[^一-鿿\d]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A law's text known by its articles' digests."""

    title: str
    made_on: date
    marks: tuple[bytes, ...]


def mark(article: Article) -> bytes:
    """An article's digest, the same in whatever layout it is printed."""
    words = "".join(
        p.passage.text
        + "".join(i.passage.text + "".join(x.text for x in i.parts) for i in p.items)
        for p in article.paragraphs
    )
    return hashlib.sha256(_WORDS.sub("", words).encode()).digest()[:SIZE]


def find(articles: Sequence[Article]) -> Wording | None:
    """The known text these articles are, or are a part of; None where that isn't sure."""
    plain = [(article.number, mark(article)) for article in articles if not article.branch]
    if not plain:
        return None
    is_part = plain[0][0] > 1
    for known in table():
        if not is_part and len(known.marks) != len(plain):
            continue
        same = sum(
            number <= len(known.marks) and known.marks[number - 1] == digest
            for number, digest in plain
        )
        if same >= max(FEWEST, ALIKE * len(plain)):
            return known
    return None


@functools.cache
def table() -> tuple[Wording, ...]:
    """Every known text."""
    rows = csv.DictReader(io.StringIO(read_wordings().decode()))
    return tuple(
        Wording(row["title"], date.fromisoformat(row["made_on"]), _cut(row["marks"]))
        for row in rows
    )


def _cut(marks: str) -> tuple[bytes, ...]:
    data = base64.b64decode(marks)
    return tuple(data[at : at + SIZE] for at in range(0, len(data), SIZE))

"""What is known of one document: its text, who speaks, and its sentences with raw offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from questions.models import Citation, DocumentId, DocumentInfo

_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the issuer governs: 内蒙古自治区 (short 内蒙古), and what it calls its own area."""

    name: str
    short: str
    level: str  # 省, 区, 市, 县 … as in 全省, 我区
    around: tuple[tuple[str, str], ...] = ()  # the places it lies in: ("市", "杭州市")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one sentence between commas, at bracket depth 0; offsets into `plain`."""

    start: int
    end: int
    text: str
    is_broken: bool  # a bracket or quotation mark has no partner
    opens: bool = False  # first after a semicolon or at the sentence's start


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the headings it stands under."""

    start: int
    end: int
    text: str
    clauses: tuple[Clause, ...]
    section: tuple[str, ...]
    is_plan: bool  # under a heading about what is yet to do, or what is wrong


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    `text` is the decoded file, untouched. `plain` is what a reader sees of it, with blanks and
    full-width ASCII folded one to one; `offsets[i]` is where its character i stands in `text`.
    """

    id: DocumentId
    text: str
    plain: str
    offsets: Sequence[int]
    title: str
    issuer: str | None
    year: int | None
    place: Place | None
    sha256: str
    sentences: tuple[Sentence, ...]

    @property
    def info(self) -> DocumentInfo:
        """The document's row in a bank."""
        return DocumentInfo(
            self.id, self.title, self.issuer, self.year, self.sha256, len(self.text)
        )

    def raw(self, start: int, end: int) -> str:
        """The untouched text behind `plain[start:end]`, any markup in between included."""
        if end <= start:
            return ""
        return self.text[self.offsets[start] : self.offsets[end - 1] + 1]

    def is_verbatim(self, start: int, end: int) -> bool:
        """Whether nothing invisible (a tag, an entity) lies inside `plain[start:end]`."""
        return end > start and self.offsets[end - 1] - self.offsets[start] == end - 1 - start

    def cite(self, start: int, end: int, section: tuple[str, ...] = ()) -> Citation:
        """The citation of `plain[start:end]`, in offsets of `text`."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return Citation(self.id, first, last, self.text[first:last], section)

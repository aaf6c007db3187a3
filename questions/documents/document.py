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

    `text` is what citations count in: of plain text and Markdown the decoded file, untouched
    but for its byte order mark;
    of web pages, Word and PDF files the text that is read out of them, one paragraph a line.
    `plain` is what a reader sees of it, with blanks and full-width ASCII folded one to one;
    `offsets[i]` is where its character i stands in `text`. `sha256` is of the file's bytes.
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

    def seen(self, start: int, end: int) -> str:
        """The text behind `plain[start:end]` as a reader sees it, tags left in a file aside."""
        return self.raw(start, end) if self.is_verbatim(start, end) else self.plain[start:end]

    def untagged(self, start: int, end: int, at: int) -> tuple[int, int]:
        """The widest stretch around `at` within `plain[start:end]` without a tag inside."""
        first = last = at
        while first > start and self._touch(first - 1):
            first -= 1
        while last + 1 < end and self._touch(last):
            last += 1
        return first, last + 1

    def _touch(self, at: int) -> bool:
        """Whether nothing but blanks lies between a character of `plain` and the next."""
        return not self.text[self.offsets[at] + 1 : self.offsets[at + 1]].strip()

    def is_verbatim(self, start: int, end: int) -> bool:
        """Whether nothing but blanks lies unseen (no tag, no entity) inside `plain[start:end]`."""
        if end <= start or self.offsets[end - 1] - self.offsets[start] == end - 1 - start:
            return end > start
        raw, plain = self.raw(start, end), self.plain[start:end]
        return len(_BLANKS.sub("", raw)) == len(_BLANKS.sub("", plain))

    def cite(self, start: int, end: int, section: tuple[str, ...] = ()) -> Citation:
        """The citation of `plain[start:end]`, in offsets of `text`."""
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return Citation(self.id, first, last, self.text[first:last], section)

"""The nouns every other room speaks: a question, its source, its answer and its grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

QuestionId = NewType("QuestionId", str)
DocumentId = NewType("DocumentId", str)

JUDGE_OPTIONS = ("对", "错")


class Kind(StrEnum):
    """题型."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"
    BLANK = "blank"


class FactKind(StrEnum):
    """What sort of fact a question asks for."""

    FIGURE = "figure"
    TITLE = "title"
    LIST = "list"
    ENTITY = "entity"
    ARTICLE = "article"


class Outcome(StrEnum):
    """How an answer compares with the key."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a bank says of one of its source documents.

    `chars` counts the text that citations count in (see Citation); `sha256` is of the file.
    """

    id: DocumentId
    title: str
    issuer: str | None
    year: int | None
    sha256: str
    chars: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The verbatim passage behind a question: `quote == text[start:end]`.

    `start` and `end` count characters: of plain text and Markdown those of the decoded file
    without its byte order mark; of web pages, Word and PDF files those of the text read out
    of them, one paragraph a line. `xuefa text FILE` writes that text out.
    """

    document: DocumentId
    start: int
    end: int
    quote: str
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """法律依据: a law and article with the days between which it is in force, both included."""

    law: str
    article: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the basis holds on `day`; an unknown date does not bar it."""
        if self.in_force_from is not None and day < self.in_force_from:
            return False
        return self.in_force_to is None or day <= self.in_force_to


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its key and its source.

    `options` is empty for blanks and 对/错 for judges; `key` holds option indices (empty for
    blanks); `answers` lists every accepted form of a blank; `difficulty` is 0 (easy) to 1.
    """

    id: QuestionId
    kind: Kind
    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    answers: tuple[str, ...]
    explanation: str
    citation: Citation
    fact: Mapping[str, object]
    basis: Basis | None = None
    difficulty: float = 0.5
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """题库: questions with the documents they cite."""

    documents: tuple[DocumentInfo, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gave: option indices of the question as authored, or the text of a blank."""

    chosen: tuple[int, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The verdict on an answer: `points` out of `offered`."""

    outcome: Outcome
    points: int
    offered: int = field(default=10)

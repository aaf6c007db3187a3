"""Questions written as people type them, and such that they are read back equal."""

from __future__ import annotations

from collections.abc import Iterator

from questions.formats.answers import LETTERS
from questions.formats.draft import Part
from questions.formats.kinds import KIND_NAMES
from questions.formats.loose.block import INDENT
from questions.formats.sheets.cells import fit
from questions.formats.sheets.layout import AFTER, parts_of
from questions.models import Kind, Question

_LABELS = {Part.QUOTE: "原文"}


def lines_of(question: Question, title: str, number: int) -> Iterator[str]:
    """The lines of one question; `title` is its document's, empty where there is none to name."""
    parts = parts_of(question, title)
    yield from f"{number}. 【{KIND_NAMES[question.kind]}】{parts[Part.STEM]}".split("\n")
    if question.kind is not Kind.JUDGE:
        for letter, option in zip(LETTERS, question.options, strict=False):
            yield from f"{letter}. {fit(option)}".split("\n")
    for part in AFTER:
        if parts.get(part):
            first, *more = f"{_LABELS.get(part, part)}：{parts[part]}".split("\n")
            yield first
            yield from (INDENT + line for line in more)

"""A kept question put to the checks once more, with another stem."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from questions.generation import checks
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate
from questions.generation.statutes import LawCandidate, LawSource
from questions.generation.statutes import checks as law_checks

# The code of the first check that the question fails with this stem, or None. It looks at the
# question and its document alone: V8 is for whoever sees the whole bank.
Trial = Callable[[str], str | None]


def of_report(candidate: Candidate, source: Source) -> Trial:
    """The trial of a report's question."""

    def trial(stem: str) -> str | None:
        other = replace(candidate, question=replace(candidate.question, stem=stem))
        book = Book(random.Random(0), frozenset())  # noqa: S311 - an empty book draws nothing
        return checks.first_failure(other, source, book)

    return trial


def of_law(candidate: LawCandidate, law: LawSource) -> Trial:
    """The trial of a law's question."""

    def trial(stem: str) -> str | None:
        other = replace(candidate, stem=stem)
        return law_checks.first_failure(other, law, law_checks.Desk())

    return trial

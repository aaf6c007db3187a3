"""What a writer is told of a question, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from questions.models import Kind, Question, QuestionId


@dataclass(frozen=True, slots=True)
class Request:
    """One question to be worded anew: its stem may change, all else only explains it."""

    id: QuestionId
    kind: Kind
    stem: str
    options: tuple[str, ...]
    key: tuple[int, ...]
    answers: tuple[str, ...]
    fact: Mapping[str, object]
    quote: str
    section: tuple[str, ...]

    @property
    def unit(self) -> str:
        """The unit of the figure asked for, '' for other facts."""
        return str(self.fact.get("unit", ""))

    @property
    def keys(self) -> tuple[str, ...]:
        """The words that are the answer; none for 判断."""
        if self.kind is Kind.JUDGE:
            return ()
        return (*(self.options[at] for at in self.key), *self.answers)


class Writer(Protocol):
    """Proposes other stems."""

    def propose(self, requests: Sequence[Request]) -> Mapping[QuestionId, str]:
        """At most one stem for each request; never raises, what it can't word it leaves out."""


def request(question: Question) -> Request:
    """What a writer is told of a question."""
    return Request(
        id=question.id,
        kind=question.kind,
        stem=question.stem,
        options=question.options,
        key=question.key,
        answers=question.answers,
        fact=question.fact,
        quote=question.citation.quote,
        section=question.citation.section,
    )

"""Facts become questions: makers per fact kind, wrong options, checks, selection.

`generate` is the only door. Same documents, seed and options give the same bank.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from questions import facts
from questions.documents import Document
from questions.facts import FigureFact, TitleFact
from questions.generation import checks, figures, selection, titles, wording
from questions.generation.book import Book, Source, source
from questions.generation.candidate import Candidate
from questions.models import Bank, Kind, Question

__all__ = ["DocumentStats", "Generated", "Stats", "generate"]

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class DocumentStats:
    """What became of one document: facts found, questions asked, candidates dropped by code."""

    title: str
    sentences: int
    found: dict[str, int]
    asked: dict[str, int]
    dropped: dict[str, int]
    by_section: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """What became of a run, document by document; the totals are sums over them."""

    documents: tuple[DocumentStats, ...]

    def total(self, column: str) -> dict[str, int]:
        """Sum of `found`, `asked`, `dropped` or `by_section` over all documents."""
        counter: Counter[str] = Counter()
        for document in self.documents:
            counter.update(getattr(document, column))
        return dict(sorted(counter.items()))


@dataclass(frozen=True, slots=True)
class Generated:
    """A bank and the account of how it came about."""

    bank: Bank
    stats: Stats


def generate(
    documents: Sequence[Document],
    *,
    seed: int = 0,
    kinds: Collection[Kind] = ALL_KINDS,
    limit: int | None = None,
) -> Generated:
    """Questions from documents, fewer but right; `limit` keeps the widest spread of them."""
    documents = tuple({document.id: document for document in documents}.values())
    sources = [source(document, facts.extract(document)) for document in documents]
    book = Book(random.Random(seed), frozenset(kinds))  # noqa: S311 - no secret
    questions: list[Question] = []
    accounts: list[DocumentStats] = []
    for one in sources:
        made, dropped = _ask(one, book)
        questions.extend(made)
        accounts.append(_account(one, made, dropped))
    kept = tuple(questions) if limit is None else selection.pick(questions, limit)
    infos = tuple(document.info for document in documents)
    return Generated(Bank(infos, kept), Stats(tuple(accounts)))


def _ask(one: Source, book: Book) -> tuple[list[Question], Counter[str]]:
    asked: list[Question] = []
    dropped: Counter[str] = Counter()
    for candidate in _candidates(one, book):
        code = checks.first_failure(candidate, one, book)
        if code is not None:
            dropped[code] += 1
            continue
        _enter(candidate, book)
        question = candidate.question
        tags = wording.tags(question.citation.section, question.stem)
        asked.append(replace(question, tags=tags))
    return asked, dropped


def _candidates(one: Source, book: Book) -> Iterator[Candidate]:
    """Candidates in reading order; each sees what the book kept of those before it."""
    for fact in one.facts:
        if isinstance(fact, FigureFact):
            yield from _of_figure(fact, one, book)
        elif titles.is_askable(fact):
            yield from _of_title(fact, one, book)


def _of_figure(fact: FigureFact, one: Source, book: Book) -> Iterator[Candidate]:
    """A 单选, and the rarer of 判断 and 填空; the other one where either can't be made."""
    wanted = [Kind.SINGLE, *sorted((Kind.JUDGE, Kind.BLANK), key=book.asked.__getitem__)]
    made = 0
    for kind in wanted:
        if kind not in book.kinds or made == 2:
            continue
        candidate = figures.MAKERS[kind](fact, one, book)
        if candidate is not None:
            before = book.asked[kind]
            yield candidate
            made += book.asked[kind] - before


def _of_title(fact: TitleFact, one: Source, book: Book) -> Iterator[Candidate]:
    makers = {Kind.SINGLE: titles.single, Kind.MULTIPLE: titles.multiple, Kind.JUDGE: titles.judge}
    for kind, maker in makers.items():
        if kind in book.kinds:
            yield from maker(fact, one, book)


def _enter(candidate: Candidate, book: Book) -> None:
    question = candidate.question
    book.asked[question.kind] += 1
    checks.remember(candidate, book)
    if question.kind is Kind.JUDGE:
        book.verdicts[question.key == (0,)] += 1
    elif question.kind is Kind.SINGLE:
        checks.count(candidate, book)


def _account(one: Source, asked: Sequence[Question], dropped: Counter[str]) -> DocumentStats:
    found = Counter(type(fact).__name__.removesuffix("Fact").lower() for fact in one.facts)
    sections = Counter(" / ".join(question.citation.section) for question in asked)
    kinds = Counter(question.kind.value for question in asked)
    return DocumentStats(
        one.document.title,
        len(one.document.sentences),
        dict(sorted(found.items())),
        dict(sorted(kinds.items())),
        dict(sorted(dropped.items())),
        dict(sections),
    )

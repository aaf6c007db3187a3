"""Facts become questions: makers per fact kind, wrong options, checks, selection.

`generate` is the only door. Same documents, seed and options give the same bank.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from questions import facts
from questions.accounts import DocumentStats
from questions.documents import Document
from questions.facts import setting
from questions.generation import checks, makers, selection, statutes, trials, wording
from questions.generation.book import Book, Source, source
from questions.generation.candidate import Candidate
from questions.generation.trials import Trial
from questions.models import Bank, DocumentInfo, Kind, Question, QuestionId
from questions.statutes import Statute, advice, recognise

__all__ = ["DocumentStats", "Generated", "Stats", "Trial", "Wordings", "generate"]

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Wordings:
    """What became of the stems that a writer proposed; `same` are those that changed nothing."""

    asked: int
    proposed: int
    taken: int
    same: int
    dropped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """What became of a run, document by document; the totals are sums over them.

    `wordings` is None where no writer was asked.
    """

    documents: tuple[DocumentStats, ...]
    wordings: Wordings | None = None

    def total(self, column: str) -> dict[str, int]:
        """Sum of `found`, `asked`, `dropped` or `by_section` over all documents."""
        counter: Counter[str] = Counter()
        for document in self.documents:
            counter.update(getattr(document, column))
        return dict(sorted(counter.items()))


@dataclass(frozen=True, slots=True)
class Generated:
    """A bank and the account of how it came about, with the trial of each of its questions."""

    bank: Bank
    stats: Stats
    trials: Mapping[QuestionId, Trial] = field(default_factory=dict, compare=False, repr=False)


def generate(
    documents: Sequence[Document],
    *,
    seed: int = 0,
    kinds: Collection[Kind] = ALL_KINDS,
    limit: int | None = None,
) -> Generated:
    """Questions from documents, fewer but right; `limit` keeps the widest spread of them."""
    documents = tuple({document.id: document for document in documents}.values())
    book = Book(random.Random(seed), frozenset(kinds))  # noqa: S311 - no secret
    questions: list[Question] = []
    accounts: list[DocumentStats] = []
    infos: list[DocumentInfo] = []
    known: dict[QuestionId, Trial] = {}
    for document in documents:
        law = recognise(document)
        if law is not None:
            info, made, account = _ask_law(law, seed, book, known)
        else:
            one = source(document, facts.extract(document))
            made, dropped = _ask(one, book, known)
            info, account = document.info, _account(one, made, dropped)
        infos.append(info)
        questions.extend(made)
        accounts.append(account)
    kept = tuple(questions) if limit is None else selection.pick(questions, limit)
    return Generated(Bank(tuple(infos), kept), Stats(tuple(accounts)), known)


def _ask_law(
    law: Statute, seed: int, book: Book, known: dict[QuestionId, Trial]
) -> tuple[DocumentInfo, list[Question], DocumentStats]:
    asked = statutes.ask(law, seed=seed, kinds=book.kinds)
    info = statutes.info(law)
    for question, candidate in zip(asked.questions, asked.candidates, strict=True):
        known[question.id] = trials.of_law(candidate, asked.source)
    kinds = Counter(question.kind.value for question in asked.questions)
    sections = Counter(" / ".join(question.citation.section) for question in asked.questions)
    account = DocumentStats(
        info.title, asked.norms, asked.found, dict(sorted(kinds.items())), asked.dropped,
        dict(sections), advice(law.title, law.events) or asked.source.ending,
    )  # fmt: skip
    return info, list(asked.questions), account


def _ask(
    one: Source, book: Book, known: dict[QuestionId, Trial]
) -> tuple[list[Question], Counter[str]]:
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
        known[question.id] = trials.of_report(candidate, one)
    return asked, dropped


def _candidates(one: Source, book: Book) -> Iterator[Candidate]:
    """Candidates in reading order; each sees what the book kept of those before it."""
    for fact in one.facts:
        yield from makers.of(fact, one, book)


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
        setting.advice(one.document),
    )

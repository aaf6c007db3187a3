"""Which makers ask about which facts, and how often one fact is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from questions.facts import (
    EntityFact,
    EnumFact,
    Fact,
    FigureFact,
    MentionFact,
    TallyFact,
    TitleFact,
)
from questions.generation import entities, enumerations, figures, mentions, tallies, titles
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate
from questions.generation.likeness import bare
from questions.models import Kind
from questions.numerals import Qualifier

LEAD: Final = 1  # true statements ahead of false ones, for a figure to make up
FIRST: Final = 3  # 填空 that come before
Maker = Callable[..., Iterator[Candidate]]

_TITLE: Final = (
    (Kind.SINGLE, titles.single),
    (Kind.MULTIPLE, titles.multiple),
    (Kind.SINGLE, titles.deed),
    (Kind.SINGLE, titles.day),
    (Kind.SINGLE, titles.term),
    (Kind.BLANK, titles.blank),
    (Kind.JUDGE, titles.judge),
)
_MENTION: Final = {
    Kind.SINGLE: mentions.single,
    Kind.MULTIPLE: mentions.multiple,
    Kind.BLANK: mentions.blank,
    Kind.JUDGE: mentions.judge,
}
_ENUM: Final = {Kind.MULTIPLE: enumerations.multiple, Kind.BLANK: enumerations.blank}
_ENTITY: Final = {Kind.SINGLE: entities.single, Kind.BLANK: entities.blank}
_TALLY: Final = {Kind.MULTIPLE: tallies.multiple}


def of(fact: Fact, source: Source, book: Book) -> Iterator[Candidate]:
    """Candidates about a fact; each sees what the book kept of those before it."""
    if isinstance(fact, FigureFact):
        yield from _of_figure(fact, source, book)
    elif isinstance(fact, TitleFact):
        if fact.issuer and Kind.JUDGE in book.kinds:
            yield from titles.owned(fact, source, book)
        if titles.is_askable(fact):
            for kind, maker in _TITLE:
                if kind in book.kinds:
                    yield from maker(fact, source, book)
    elif isinstance(fact, MentionFact):
        yield from _of_mention(fact, source, book)
    elif isinstance(fact, EnumFact):
        yield from _first(_ENUM, fact, source, book)
    elif isinstance(fact, EntityFact):
        ways = _ENTITY
        if fact.excludes and book.asked[Kind.JUDGE] * 2 < book.asked[Kind.SINGLE]:
            ways = {Kind.JUDGE: entities.judge, **_ENTITY}
        yield from _first(ways, fact, source, book)
    elif isinstance(fact, TallyFact):
        yield from _all(_TALLY, fact, source, book)


def _all(makers: dict[Kind, Maker], fact: Fact, source: Source, book: Book) -> Iterator[Candidate]:
    for kind, maker in makers.items():
        if kind in book.kinds:
            yield from maker(fact, source, book)


def _first(
    makers: dict[Kind, Maker], fact: Fact, source: Source, book: Book
) -> Iterator[Candidate]:
    """Of several ways to ask for the same words, the first that passes."""
    for kind, maker in makers.items():
        if kind not in book.kinds:
            continue
        before = book.asked[kind]
        yield from maker(fact, source, book)
        if book.asked[kind] > before:
            return


def _of_figure(fact: FigureFact, source: Source, book: Book) -> Iterator[Candidate]:
    """One question; a weighty figure gets a 单选 and the rarer of 判断 and 填空.

    A figure that a 多选 already asks is asked once more and no oftener.
    """
    rarer = sorted((Kind.JUDGE, Kind.BLANK), key=book.asked.__getitem__)
    ahead = book.verdicts[True] - book.verdicts[False]
    if ahead >= LEAD and book.asked[Kind.BLANK] > FIRST:
        rarer = [Kind.JUDGE, Kind.BLANK]  # a figure may well be told wrong
    wanted = [Kind.SINGLE, *rarer]
    most = 2
    if not figures.is_weighty(fact) or (fact.document, fact.at) in book.tallied:
        most = 1
        if fact.quantity.qualifier is Qualifier.EXACT:
            wanted.sort(key=lambda kind: book.asked[kind] // (3 if kind is Kind.SINGLE else 1))
            if ahead > LEAD and not fact.left.endswith("等"):
                wanted = [Kind.JUDGE, *wanted]
    if fact.at in source.restated:
        wanted = wanted[-1:]  # whatever is asked, it fails
    made = 0
    for kind in wanted:
        if kind not in book.kinds or made == most:
            continue
        candidate = figures.MAKERS[kind](fact, source, book)
        if candidate is not None:
            before = book.asked[kind]
            yield candidate
            made += book.asked[kind] - before


def _of_mention(fact: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Each title is asked by one passage; 判断 only where no 单选 or 填空 was made."""
    names = {bare(title.text) for title in fact.titles}
    if names & book.mentioned:
        if Kind.JUDGE in book.kinds:
            yield from titles.leftover(fact, source, book)
        return
    made = 0
    for kind, maker in _MENTION.items():
        if kind not in book.kinds or (kind is Kind.JUDGE and made > 1):
            continue
        before = book.asked[kind]
        yield from maker(fact, source, book)
        made += book.asked[kind] - before
    if made:
        book.mentioned |= names
    if Kind.JUDGE in book.kinds and (not made or len(fact.titles) > 1):
        yield from titles.leftover(fact, source, book)

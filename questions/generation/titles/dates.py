"""The day from which a text is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from questions.facts.titles import Relation, TitleFact
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare
from questions.generation.titles import sayings
from questions.models import Kind

_DAY: Final = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
STEPS: Final = (-6, -4, -3, -2, -1, 1, 2, 3, 4, 6)  # months off


def day(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """When the text came into force, among four days in order."""
    found = _DAY.search(fact.object)
    if fact.relation is not Relation.PASSED or not found or len(fact.titles) != 1:
        return
    title = fact.titles[0]
    true = date(*map(int, found.groups()))
    wrong = others(true, book, source.document.plain)
    shown = sorted([true, *wrong])
    name = sayings.names([title])
    asked = fact.object.replace(found.group(), "下列哪一天", 1)
    draft = Draft(
        Kind.SINGLE,
        sayings.said(f"{fact.verb}{sayings.NAME}{asked}？", name),
        sayings.explain(fact, source, f"{found.group()}。", [title]),
        options=tuple(map(printed, shown)),
        key=(shown.index(true),),
        keys=(found.group(),),
        difficulty=0.6,
    )
    before = book.asked[Kind.SINGLE]
    yield sayings.finish(draft, fact, source, "day")
    if book.asked[Kind.SINGLE] > before:
        book.titled[bare(title.text)] += 1


def read(text: str) -> date | None:
    """The first day printed in a text."""
    found = _DAY.search(text)
    return date(*map(int, found.groups())) if found else None


def others(true: date, book: Book, text: str, count: int = 3) -> list[date]:
    """Days of other months that the document does not print, the key at an even rank."""
    days = [shifted(true, step) for step in STEPS]
    days = [other for other in days if printed(other) not in text]
    rank = min(range(count + 1), key=lambda at: (book.ledger.places[at], book.rng.random()))
    before = [other for other in days if other < true]
    after = [other for other in days if other > true]
    early = book.rng.sample(before, min(rank, len(before)))
    return early + book.rng.sample(after, min(count - len(early), len(after)))


def shifted(true: date, months: int) -> date:
    """The day so many months off, on the first where the month is too short."""
    index = true.year * 12 + true.month - 1 + months
    day_of = true.day if true.day <= 28 else 1
    return date(index // 12, index % 12 + 1, day_of)


def printed(one: date) -> str:
    """2024年9月1日."""
    return f"{one.year}年{one.month}月{one.day}日"

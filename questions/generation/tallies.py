"""Figures that stand together, asked as 多选: which of them are as the document has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from questions import numerals
from questions.facts import tallies
from questions.facts.figures import FigureFact
from questions.facts.tallies import TallyFact
from questions.generation import claims, leads, numbers, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.generation.claims import OPTIONS, Claim
from questions.models import Kind


def multiple(fact: TallyFact, source: Source, book: Book) -> Iterator[Candidate]:
    """For every four claims of like length: two or three as printed, the others altered."""
    for four in claims.fours(claims.of(fact, source)):
        yield from _question(four, source, book)


def _question(four: list[Claim], source: Source, book: Book) -> Iterator[Candidate]:
    fact = tallies.together([claim.figure for claim in four])
    shared = leads.shared([claim.text for claim in four])
    lead = leads.of(fact, shared, source)
    altered = _all_altered(four, source, book)
    able = [place for place, made in enumerate(altered) if made]
    count = min(len(able), book.rng.choice((1, 2, 2)))
    if not lead or not count:
        return
    false = set(book.rng.sample(able, count))
    options: list[str] = []
    keys: list[str] = []
    wrong: list[str] = []
    for place, claim in enumerate(four):
        text, printed = claim.text.removeprefix(shared), claim.figure.quantity.printed()
        (wrong if place in false else keys).append(printed)
        if place in false:
            text = text.replace(printed, altered[place])
        options.append(wording.full_width(text))
    answer = f"{'、'.join(keys)}与原文一致；其余数字改动过，原为{'、'.join(wrong)}。"
    passage = claims.passage(fact, source)
    draft = Draft(
        Kind.MULTIPLE,
        f"{lead}{'' if lead.endswith('的') else '，'}下列哪些数据与报告一致？",
        wording.explain(
            answer, source.document, fact.section, fact.start, fact.end, passage=passage
        ),
        options=tuple(options),
        key=tuple(place for place in range(OPTIONS) if place not in false),
        keys=tuple(keys),
        difficulty=0.6,
    )
    citation = source.document.cite(fact.start, fact.end, fact.section)
    before = book.asked[Kind.MULTIPLE]
    yield assemble(draft, source.document, fact, citation)
    if book.asked[Kind.MULTIPLE] > before:
        book.tallied |= {(figure.document, figure.at) for figure in fact.figures}


def _all_altered(four: list[Claim], source: Source, book: Book) -> list[str]:
    """Each figure altered; '' where it can't be, or where parts shown beside would belie it."""
    totals = {
        (claim.figure.total.value, claim.figure.total.unit) for claim in four if claim.figure.total
    }
    return [
        ""
        if (claim.figure.quantity.value, claim.figure.quantity.unit) in totals
        else _altered(claim.figure, source, book)
        for claim in four
    ]


def _altered(figure: FigureFact, source: Source, book: Book) -> str:
    """The figure with a number that is wrong at sight; '' where there is none."""
    quantity, taken = figure.quantity, _taken(figure, source)
    made = numbers.wrong(quantity, taken, figure.ceiling, book.rng, figure.total)
    return quantity.printed(made) if made is not None else ""


def _taken(figure: FigureFact, source: Source) -> Callable[[Decimal], bool]:
    """Values that stand in the sentence, or are true of something alike."""
    rivals = {other.quantity.value for other in source.rivals.get(figure.at, ())}
    said = {
        reading.value
        for reading in map(numerals.read, re.findall(r"\d+(?:\.\d+)?", figure.sentence))
        if reading is not None
    }
    return lambda value: value in rivals or value in said

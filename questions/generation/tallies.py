"""Figures that stand together, asked as 多选: which of them are as the document has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts import lexicon, quantities, setting
from questions.facts.figures import FigureFact
from questions.facts.tallies import TallyFact
from questions.generation import numbers, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.models import Kind

OPTIONS: Final = 4
LONGEST: Final = 34  # characters of an option
LEAD: Final = 30  # and of the clause that opens the stem
RATIO: Final = 1.6
RECALLABLE: Final = 5  # digits a person may tell wrong at sight
_DATE: Final = re.compile(r"^(?:20\d\d年(?:度|全年)?)?[,，]?(?:全年[,，])?")


def multiple(fact: TallyFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two or three figures as printed beside one or two altered ones."""
    told = [(figure, text) for figure in fact.figures if (text := _claim(figure, source))]
    told = _even([pair for pair in told if pair[0].at not in source.restated])
    lead = _lead(fact, source)
    if len(told) < OPTIONS or not lead:
        return
    picked = sorted(book.rng.sample(range(len(told)), OPTIONS))
    right = book.rng.choice((2, 2, 3))
    true = sorted(book.rng.sample(range(OPTIONS), right))
    options: list[str] = []
    wrong: list[str] = []
    for place, (figure, text) in enumerate(told[at] for at in picked):
        if place not in true:
            made = numbers.wrong(figure.quantity, _taken(figure, source), None, book.rng)
            if made is None:
                return
            wrong.append(figure.quantity.printed())
            text = text.replace(figure.quantity.printed(), figure.quantity.printed(made))
        options.append(wording.full_width(text))
    keys = tuple(told[picked[place]][0].quantity.printed() for place in true)
    answer = f"{'、'.join(keys)}与原文一致；其余数字改动过，原为{'、'.join(wrong)}。"
    draft = Draft(
        Kind.MULTIPLE,
        f"{lead}，下列哪些数据与报告一致？",
        wording.explain(answer, source.document, fact.section, fact.start, fact.end),
        options=tuple(options),
        key=tuple(true),
        keys=keys,
        difficulty=0.6,
    )
    citation = source.document.cite(fact.start, fact.end, fact.section)
    yield assemble(draft, source.document, fact, citation)


def _claim(figure: FigureFact, source: Source) -> str:
    """What one figure says, without the period and the speaker the stem names; '' if too long."""
    digits = figure.quantity.digits.replace(",", "").replace(".", "").strip("0")
    text = wording.statement(figure, figure.quantity.printed()).rstrip("。")
    text = _DATE.sub("", text).removeprefix(source.setting.issuer or "\n")
    near = f"{source.setting.short}全{source.setting.level}"
    text = text.removeprefix(source.setting.place or "\n").replace(near, near[-2:])
    text = text.lstrip("，,")
    is_bare = lexicon.weight(text) < 2 or text[:1] in "的并及等其"
    printed = figure.quantity.printed()
    if len(list(quantities.scan(text))) > 1:
        return ""
    if is_bare or text.count(printed) != 1 or not 6 <= len(text) <= LONGEST:
        return ""
    return text if len(digits) <= RECALLABLE else ""


def _even(told: list[tuple[FigureFact, str]]) -> list[tuple[FigureFact, str]]:
    """The largest group of claims of like length."""
    best: list[tuple[FigureFact, str]] = []
    for _, first in told:
        size = len(first)
        same = [pair for pair in told if size <= len(pair[1]) <= RATIO * size + 2]
        best = same if len(same) > len(best) else best
    return best


def _lead(fact: TallyFact, source: Source) -> str:
    """What opens the stem: the period, the speaker and what the figures are of."""
    topic = setting.topic(fact.section)
    year = source.setting.period() if source.setting.year else ""
    who = source.setting.issuer or source.setting.place
    if not who:
        return ""
    first = _opening(fact.sentence)
    if first:
        return wording.full_width(f"{year}，{who}{first}" if year else f"{who}{first}")
    return wording.full_width(f"关于{year}{who}{topic}工作") if topic else ""


def _opening(sentence: str) -> str:
    """The clause a sentence opens with, if it names a field of work and no figure."""
    clause = lexicon.strip_markers(re.split("[,:]", sentence)[0])
    plain = not any(c.isdigit() for c in clause) and 6 <= len(clause) <= LEAD
    fits = plain and lexicon.is_verbal(clause) and not lexicon.opens_with_preposition(clause)
    return clause if fits and setting.find_dangling(clause) is None else ""


def _taken(figure: FigureFact, source: Source) -> Callable[[Decimal], bool]:
    """Values that stand in the sentence, or are true of something alike."""
    rivals = {other.quantity.value for other in source.rivals.get(figure.at, ())}
    said = {
        reading.value
        for reading in map(numerals.read, re.findall(r"\d+(?:\.\d+)?", figure.sentence))
        if reading is not None
    }
    return lambda value: value in rivals or value in said

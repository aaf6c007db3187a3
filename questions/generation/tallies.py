"""Figures that stand together, asked as 多选: which of them are as the document has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts import lexicon, setting
from questions.facts.figures import FigureFact
from questions.facts.tallies import TallyFact
from questions.generation import numbers, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.models import Kind

OPTIONS: Final = 4
LONGEST: Final = 44  # characters of an option
LEAD: Final = 26  # and of the clause that opens the stem
RATIO: Final = 1.6
RECALLABLE: Final = 5  # digits a person may tell wrong at sight
_DATE: Final = re.compile(r"^(?:20\d\d年(?:度|全年)?)?[,，]?(?:全年[,，])?")


Told = tuple[FigureFact, str]


def multiple(fact: TallyFact, source: Source, book: Book) -> Iterator[Candidate]:
    """For every four claims of like length: two or three as printed, the others altered."""
    told = [
        (figure, text)
        for figure in fact.figures
        if figure.at not in source.restated and (text := _claim(figure, source))
    ]
    for four in _fours(told):
        yield from _question(fact, four, source, book)


def _question(
    fact: TallyFact, four: list[Told], source: Source, book: Book
) -> Iterator[Candidate]:
    lead = _lead(fact, [figure for figure, _ in four], source)
    if not lead:
        return
    true = sorted(book.rng.sample(range(OPTIONS), book.rng.choice((2, 2, 3))))
    options: list[str] = []
    wrong: list[str] = []
    for place, (figure, text) in enumerate(four):
        printed = figure.quantity.printed()
        if place not in true:
            made = numbers.wrong(figure.quantity, _taken(figure, source), None, book.rng)
            if made is None:
                return
            wrong.append(printed)
            text = text.replace(printed, figure.quantity.printed(made))
        options.append(wording.full_width(text))
    keys = tuple(four[place][0].quantity.printed() for place in true)
    start = min(figure.start for figure, _ in four)
    end = max(figure.end for figure, _ in four)
    answer = f"{'、'.join(keys)}与原文一致；其余数字改动过，原为{'、'.join(wrong)}。"
    draft = Draft(
        Kind.MULTIPLE,
        f"{lead}，下列哪些数据与报告一致？",
        wording.explain(answer, source.document, fact.section, start, end),
        options=tuple(options),
        key=tuple(true),
        keys=keys,
        difficulty=0.6,
    )
    citation = source.document.cite(start, end, fact.section)
    yield assemble(draft, source.document, fact, citation, str(start))


def _fours(told: list[Told]) -> Iterator[list[Told]]:
    """Claims by fours, each four of like length and none giving a number of another."""
    open_fours: list[list[Told]] = []
    for pair in {text: (figure, text) for figure, text in told}.values():
        four = next((four for four in open_fours if _fits(four, pair)), None)
        if four is None:
            open_fours.append([pair])
            continue
        four.append(pair)
        if len(four) == OPTIONS:
            yield four
            open_fours.remove(four)


def _fits(four: list[Told], pair: Told) -> bool:
    sizes = [len(text) for _, text in (*four, pair)]
    if max(sizes) > RATIO * min(sizes) + 2:
        return False
    mine = _words(pair[1], pair[0])
    return not any(
        figure.quantity.printed() in pair[1]
        or pair[0].quantity.printed() in text
        or _words(text, figure) in mine
        or mine in _words(text, figure)
        for figure, text in four
    )


def _words(text: str, figure: FigureFact) -> str:
    """A claim without its number."""
    return text.replace(figure.quantity.printed(), "")


def _claim(figure: FigureFact, source: Source) -> str:
    """What one figure says, without the period and the speaker the stem names; '' if too long."""
    digits = figure.quantity.digits.replace(",", "").replace(".", "").strip("0")
    text = wording.statement(figure, figure.quantity.printed()).rstrip("。")
    text = _DATE.sub("", text).removeprefix(source.setting.issuer or "\n")
    near = f"{source.setting.short}全{source.setting.level}"
    text = text.removeprefix(source.setting.place or "\n").replace(near, near[-2:])
    text = text.lstrip("，,")
    before, _, own = text.rpartition("，")
    if before and not lexicon.is_verbal(own):
        return ""  # what was counted stands in the words before
    text = own
    printed = figure.quantity.printed()
    is_bare = lexicon.weight(_words(text, figure)) < 3 or text[:1] in "的并及等其"
    if is_bare or text.count(printed) != 1 or not 6 <= len(text) <= LONGEST:
        return ""
    return text if len(digits) <= RECALLABLE else ""


def _lead(fact: TallyFact, figures: list[FigureFact], source: Source) -> str:
    """What opens the stem: the period, the speaker and what the figures are of."""
    topic = setting.topic(fact.section)
    year = source.setting.period()
    who = source.setting.issuer or source.setting.place
    if not who:
        return ""
    comma = "，" if year else ""
    openings = [_opening(text) for text in dict.fromkeys(figure.sentence for figure in figures)]
    if len(openings) == 1 and openings[0]:
        return wording.full_width(f"{year}{comma}{who}{openings[0]}")
    named = [text for text in openings if text][:2]
    if named:
        return wording.full_width(f"{year}{comma}{who}在{'、'.join(named)}等方面")
    return wording.full_width(f"{year}{comma}{who}在{topic}方面") if topic else ""


def _opening(sentence: str) -> str:
    """The clause a sentence opens with, if it names a field of work and no figure."""
    clause = lexicon.strip_markers(re.split("[,:]", sentence)[0])
    plain = not any(c.isdigit() or c in "《“" for c in clause) and 6 <= len(clause) <= LEAD
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

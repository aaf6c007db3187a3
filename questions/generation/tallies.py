"""One count given by kinds, asked as 多选: which kinds have the number the document gives.

Wrong options exchange the numbers of two kinds, so each is a number of the same measure and the
parts still add up. Three kinds are shown beside their whole; there the whole and one kind may
be wrong by as much.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from questions.facts.figures import FigureFact
from questions.facts.quantities import Quantity
from questions.facts.tallies import TallyFact
from questions.generation import figures, numbers, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble, is_slight
from questions.models import Kind

FEWEST, MOST = 4, 5  # options
RATIO: Final = 1.6  # of the longest option to the shortest
APART: Final = (Decimal("1.15"), Decimal(4))  # how far two numbers that are exchanged may lie
WHOLE: Final = "合计"
_JOINT: Final = re.compile("[,，]?(?:其中)?$")


@dataclass(frozen=True, slots=True)
class _Shown:
    """The figures behind the options, and the number told of each that is told wrong."""

    labels: tuple[str, ...]
    figures: tuple[FigureFact, ...]
    wrong: dict[int, str]

    @property
    def right(self) -> tuple[int, ...]:
        """The places of the options that are as printed."""
        return tuple(place for place in range(len(self.labels)) if place not in self.wrong)

    def told(self, place: int) -> str:
        """An option."""
        printed = self.figures[place].quantity.printed()
        return self.labels[place] + self.wrong.get(place, printed)

    def explained(self) -> str:
        """What is right, and what the wrong ones ought to be."""
        right = "、".join(self.told(place) for place in self.right)
        mended = [
            f"{self.labels[place]}应为{self.figures[place].quantity.printed()}"
            for place in sorted(self.wrong)
        ]
        return f"{right}；{'，'.join(mended)}。"


def multiple(fact: TallyFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Four or five numbers, two of which are wrong."""
    told = fact.figures if fact.whole is None else (fact.whole, *fact.figures)
    if any(figure.at in source.restated or is_slight(figure) for figure in told):
        return
    whole = fact.whole
    shown = _with_whole(fact, whole, source, book) if whole else _of_parts(fact, book)
    if shown is None:
        return
    among = "其中" if fact.whole is None else ""
    citation = source.document.cite(fact.start, fact.end, fact.section)
    draft = Draft(
        Kind.MULTIPLE,
        wording.full_width(f"{_JOINT.sub('', fact.lead)}，{among}下列哪些数据与报告一致？"),
        wording.explain(
            wording.full_width(shown.explained()),
            source.document,
            fact.section,
            fact.start,
            fact.end,
        ),
        options=tuple(wording.full_width(shown.told(place)) for place in range(len(shown.labels))),
        key=shown.right,
        keys=tuple(shown.figures[place].quantity.printed() for place in shown.right),
        difficulty=0.6,
    )
    before = book.asked[Kind.MULTIPLE]
    yield assemble(draft, source.document, fact, citation)
    if book.asked[Kind.MULTIPLE] > before:
        book.tallied |= {(fact.document, figure.at) for figure in shown.figures}


def _of_parts(fact: TallyFact, book: Book) -> _Shown | None:
    """Four or five kinds, two of them with each other's number."""
    places = _of_like_length(fact)
    told = tuple(fact.figures[place] for place in places)
    pairs = _exchanges(told)
    if len(places) < FEWEST or not pairs:
        return None
    labels = tuple(fact.labels[place] for place in places)
    return _Shown(labels, told, _exchanged(told, book.rng.choice(pairs)))


def _with_whole(fact: TallyFact, whole: FigureFact, source: Source, book: Book) -> _Shown | None:
    """Three kinds beside their whole: two exchanged, or one wrong and the whole by as much."""
    told = (whole, *fact.figures)
    labels = (WHOLE, *fact.labels)
    sizes = [
        len(label + figure.quantity.printed()) for label, figure in zip(labels, told, strict=True)
    ]
    if max(sizes) > RATIO * min(sizes) + 2:
        return None
    pairs = [(one + 1, other + 1) for one, other in _exchanges(fact.figures)]
    ways = [_exchanged(told, book.rng.choice(pairs))] if pairs else []
    shifted = _shifted(told, source, book)
    if shifted:
        ways.append(shifted)
    return _Shown(labels, told, book.rng.choice(ways)) if ways else None


def _exchanged(told: Sequence[FigureFact], pair: tuple[int, int]) -> dict[int, str]:
    one, other = pair
    return {one: told[other].quantity.printed(), other: told[one].quantity.printed()}


def _shifted(told: Sequence[FigureFact], source: Source, book: Book) -> dict[int, str]:
    """The largest part wrong, and the whole by as much, so that no sum tells; {} where unfit."""
    whole, *parts = (figure.quantity for figure in told)
    place = max(range(len(parts)), key=lambda at: parts[at].value)
    if len({_decimals(quantity) for quantity in (whole, *parts)}) > 1:
        return {}
    is_taken = figures.taken(told[place + 1], source)
    made = numbers.wrong(parts[place], is_taken, None, book.rng)
    if made is None:
        return {}
    moved = _number(whole.digits) + _number(made) - _number(parts[place].digits)
    rest = sum((_number(part.digits) for part in parts), -_number(parts[place].digits))
    if moved <= rest + _number(made) / 2:
        return {}
    comma = "," if "," in whole.digits or "," in made else ""
    text = f"{moved:{comma}.{_decimals(whole)}f}"
    return {0: whole.printed(text), place + 1: parts[place].printed(made)}


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _decimals(quantity: Quantity) -> int:
    return len(quantity.digits.partition(".")[2])


def _of_like_length(fact: TallyFact) -> list[int]:
    """The places of up to five kinds whose options are of like length, in reading order."""
    sizes = {
        place: len(label) + len(figure.quantity.printed())
        for place, (figure, label) in enumerate(zip(fact.figures, fact.labels, strict=True))
    }
    by_size = sorted(sizes, key=sizes.__getitem__)
    runs = [
        [place for place in by_size[at:] if sizes[place] <= RATIO * sizes[first] + 2]
        for at, first in enumerate(by_size)
    ]
    longest = max(runs, key=len, default=[])
    return sorted(sorted(longest)[:MOST])


def _exchanges(told: Sequence[FigureFact]) -> list[tuple[int, int]]:
    """Pairs of figures of which each could be the other's."""
    return [
        (one, other)
        for one, other in itertools.combinations(range(len(told)), 2)
        if _could_be(told[one].quantity.value, told[other].quantity.value)
        and told[one].quantity.qualifier is told[other].quantity.qualifier
    ]


def _could_be(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((one, other))
    return low >= 2 and APART[0] * low <= high <= APART[1] * low

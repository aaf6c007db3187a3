"""One count given by kinds, asked as 多选: which kinds have the number the document gives.

Wrong options exchange the numbers of two kinds, so each is a number of the same measure and
the parts still add up.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from questions.facts.figures import FigureFact
from questions.facts.tallies import TallyFact
from questions.generation import wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble, is_slight
from questions.models import Kind

FEWEST, MOST = 4, 5  # options
RATIO: Final = 1.6  # of the longest option to the shortest
APART: Final = (Decimal("1.15"), Decimal(4))  # how far two numbers that are exchanged may lie
_JOINT: Final = re.compile("[,，]?(?:其中)?$")


def multiple(fact: TallyFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Four or five kinds with their numbers, two of which are exchanged."""
    if any(figure.at in source.restated or is_slight(figure) for figure in fact.figures):
        return
    shown = _shown(fact)
    pairs = _exchanges([fact.figures[place] for place in shown])
    if len(shown) < FEWEST or not pairs:
        return
    one, other = book.rng.choice(pairs)
    numbers = [fact.figures[place].quantity.printed() for place in shown]
    told = list(numbers)
    told[one], told[other] = told[other], told[one]
    labels = [fact.labels[place] for place in shown]
    right = [place for place in range(len(shown)) if place not in (one, other)]
    answer = (
        f"{'、'.join(labels[place] + numbers[place] for place in right)}；"
        f"{labels[one]}应为{numbers[one]}，{labels[other]}应为{numbers[other]}。"
    )
    draft = Draft(
        Kind.MULTIPLE,
        wording.full_width(f"{_JOINT.sub('', fact.lead)}，其中下列哪些数据与报告一致？"),
        wording.explain(
            wording.full_width(answer), source.document, fact.section, fact.start, fact.end
        ),
        options=tuple(
            wording.full_width(label + number) for label, number in zip(labels, told, strict=True)
        ),
        key=tuple(right),
        keys=tuple(numbers[place] for place in right),
        difficulty=0.6,
    )
    citation = source.document.cite(fact.start, fact.end, fact.section)
    before = book.asked[Kind.MULTIPLE]
    yield assemble(draft, source.document, fact, citation)
    if book.asked[Kind.MULTIPLE] > before:
        book.tallied |= {(fact.document, fact.figures[place].at) for place in shown}


def _shown(fact: TallyFact) -> list[int]:
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


def _exchanges(figures: Sequence[FigureFact]) -> list[tuple[int, int]]:
    """Pairs of figures of which each could be the other's."""
    return [
        (one, other)
        for one, other in itertools.combinations(range(len(figures)), 2)
        if _could_be(figures[one].quantity.value, figures[other].quantity.value)
        and figures[one].quantity.qualifier is figures[other].quantity.qualifier
    ]


def _could_be(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((one, other))
    return low >= 2 and APART[0] * low <= high <= APART[1] * low

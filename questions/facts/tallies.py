"""One thing counted by kinds in one sentence: 办理案件157件,其中查封31件、限产18件、移送9件…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Final

from questions.facts.figures import FigureFact
from questions.facts.quantities import Quantity
from questions.numerals import Qualifier

FEWEST: Final = 3
ALONE: Final = 4  # parts that need not be shown beside their whole
LABEL: Final = (2, 12)  # characters of what tells one kind from the others
OWN: Final = 4  # characters of a clause that names what it counts (办结17件 does not)
LEAD: Final = 12  # characters that say what is counted
_OF_IT: Final = re.compile("(?:其中|,|按[一-鿿]{2,6}分,)$")
_LABEL: Final = re.compile("[一-鿿“”、]+$")
_OTHERS: Final = re.compile("^(?:其他|其余|其它|另|剩余|共|合计|总)")


@dataclass(frozen=True, slots=True)
class TallyFact:
    """The parts of one count in reading order: `lead` says of what, `labels` which is which.

    `whole` is the count itself where the parts are too few to be asked without it.
    """

    document: str
    start: int
    end: int
    figures: tuple[FigureFact, ...]
    labels: tuple[str, ...]
    lead: str
    section: tuple[str, ...]
    sentence: str
    whole: FigureFact | None = None
    faults: tuple[str, ...] = ()


def of(figures: Sequence[FigureFact]) -> tuple[TallyFact, ...]:
    """The counts of a document that are given by kinds, at least three of them."""
    return tuple(_series([figure for figure in figures if not figure.faults]))


def _series(figures: Sequence[FigureFact]) -> Iterator[TallyFact]:
    wholes = {_counted(figure.sentence, figure.quantity): figure for figure in figures}
    for _, same in groupby(figures, key=_what):
        parts = [figure for figure in same if figure.total and not figure.right]
        if len(parts) < FEWEST:
            continue
        lead, labels = _split([figure.left for figure in parts])
        kept = [
            (figure, label)
            for figure, label in zip(parts, labels, strict=True)
            if LABEL[0] <= len(label) <= LABEL[1]
            and _LABEL.match(label)
            and not _OTHERS.match(label)
        ]
        count = len({label for _, label in kept})
        if len(lead) < LEAD or count < FEWEST:
            continue
        if count >= ALONE:
            yield _fact(lead, kept)
            continue
        first = parts[0]
        whole = wholes.get(_counted(first.sentence, first.total)) if first.total else None
        if whole is not None and _is_whole(whole, parts):
            yield _fact(whole.left, kept, whole)


def _counted(sentence: str, quantity: Quantity) -> tuple[str, Decimal, str]:
    return sentence, quantity.value, quantity.unit


def _is_whole(whole: FigureFact, parts: Sequence[FigureFact]) -> bool:
    """Whether a figure counts what the parts are of, exactly and as they do."""
    own = whole.left.rpartition(",")[2]
    if whole.right or whole.at > parts[0].at or len(whole.left) < LEAD or len(own) < OWN:
        return False
    mine = whole.quantity
    return all(
        (part.scale, part.unit, part.qualifier) == (mine.scale, mine.unit, Qualifier.EXACT)
        for part in (mine, *(figure.quantity for figure in parts))
    )


def _what(figure: FigureFact) -> tuple[str, str, object]:
    """What all parts of one count share: the sentence, the unit, and the whole."""
    total = figure.total
    unit = figure.quantity.scale + figure.quantity.unit
    return figure.sentence, unit, (total.value, total.unit) if total else None


def _split(lefts: Sequence[str]) -> tuple[str, list[str]]:
    """What all words before the numbers open with, up to a clause's end, and what each adds."""
    shared = 0
    for letters in zip(*lefts, strict=False):
        if len(set(letters)) > 1:
            break
        shared += 1
    while shared and not _OF_IT.search(lefts[0][:shared]):
        shared -= 1
    return lefts[0][:shared], [left[shared:] for left in lefts]


def _fact(
    lead: str, kept: Sequence[tuple[FigureFact, str]], whole: FigureFact | None = None
) -> TallyFact:
    figures = tuple(figure for figure, _ in kept)
    told = figures if whole is None else (whole, *figures)
    first = figures[0]
    return TallyFact(
        document=first.document,
        start=min(figure.start for figure in told),
        end=max(figure.end for figure in told),
        figures=figures,
        labels=tuple(label for _, label in kept),
        lead=lead,
        section=first.section,
        sentence=first.sentence,
        whole=whole,
    )

"""Figures that stand together, of which a question tells the printed from the altered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from questions.facts.figures import FigureFact
from questions.facts.quantities import UnitClass

FEWEST: Final = 4
MOST: Final = 12
SPAN: Final = 560  # characters of the passage that holds them all


@dataclass(frozen=True, slots=True)
class TallyFact:
    """Four to twelve figures of one section, next to each other."""

    document: str
    start: int
    end: int
    figures: tuple[FigureFact, ...]
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...] = ()


def of(figures: Sequence[FigureFact]) -> tuple[TallyFact, ...]:
    """Groups of figures in reading order; no figure is in two."""
    return tuple(_groups(figures))


def _groups(figures: Sequence[FigureFact]) -> Iterator[TallyFact]:
    taken: list[FigureFact] = []
    for figure in figures:
        if not _is_plain(figure):
            continue
        if taken and not _belongs(taken, figure):
            yield from _closed(taken)
            taken = []
        taken.append(figure)
        if len(taken) == MOST:
            yield from _closed(taken)
            taken = []
    yield from _closed(taken)


def _belongs(taken: list[FigureFact], figure: FigureFact) -> bool:
    first = taken[0]
    return first.section == figure.section and figure.end - first.start <= SPAN


def _closed(taken: list[FigureFact]) -> Iterator[TallyFact]:
    if len(taken) < FEWEST:
        return
    first = min(taken, key=lambda figure: figure.start)
    end = max(figure.end for figure in taken)
    yield TallyFact(
        first.document, first.start, end, tuple(taken), first.section, first.sentence
    )  # fmt: skip


def _is_plain(figure: FigureFact) -> bool:
    """Whether the figure stands alone in a few words and can be altered."""
    quantity = figure.quantity
    if figure.faults or figure.direction is not None or quantity.value < 3:
        return False
    return not (quantity.unit_class is UnitClass.SHARE and quantity.value == 100)

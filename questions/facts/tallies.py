"""Figures that stand together, of which a question tells the printed from the altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from questions.facts.figures import FigureFact

FEWEST: Final = 4
SPAN: Final = 560  # characters of the passage that holds them all


@dataclass(frozen=True, slots=True)
class TallyFact:
    """Figures in reading order; `section` is what their headings have in common."""

    document: str
    start: int
    end: int
    figures: tuple[FigureFact, ...]
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...] = ()


def of(figures: Sequence[FigureFact]) -> tuple[TallyFact, ...]:
    """All figures of a document that may be told in a few words, if they are enough."""
    plain = [figure for figure in figures if _is_plain(figure)]
    return (together(plain),) if len(plain) >= FEWEST else ()


def together(figures: Sequence[FigureFact]) -> TallyFact:
    """Some figures as one fact."""
    first = min(figures, key=lambda figure: figure.start)
    end = max(figure.end for figure in figures)
    return TallyFact(
        first.document, first.start, end, tuple(figures), common(figures), first.sentence
    )  # fmt: skip


def common(figures: Sequence[FigureFact]) -> tuple[str, ...]:
    """The headings above all figures."""
    return tuple(
        names[0]
        for names in zip(*(figure.section for figure in figures), strict=False)
        if len(set(names)) == 1
    )


def _is_plain(figure: FigureFact) -> bool:
    """Whether the figure stands alone in a few words and can be altered."""
    return not figure.faults and figure.quantity.value >= 3

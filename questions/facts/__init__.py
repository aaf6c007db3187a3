"""Documents become typed facts: figures and titles now; each extractor is one row of a table.

An extractor takes a document and its setting and gives frozen facts with offsets; it drops
nothing for style. What may not be asked is decided by the checks of generation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from questions.documents import Document
from questions.facts import figures, setting, titles
from questions.facts.figures import FigureFact
from questions.facts.setting import Setting
from questions.facts.titles import TitleFact
from questions.models import FactKind

__all__ = ["EXTRACTORS", "Fact", "FigureFact", "Setting", "TitleFact", "extract", "setting"]

Fact = FigureFact | TitleFact
Extractor = Callable[[Document, Setting], Sequence[Fact]]

EXTRACTORS: Final[tuple[tuple[FactKind, Extractor], ...]] = (
    (FactKind.FIGURE, figures.extract),
    (FactKind.TITLE, titles.extract),
)


def extract(document: Document) -> tuple[Fact, ...]:
    """Every fact of a document, figures first, each kind in reading order."""
    scene = setting.of(document)
    return tuple(fact for _, extractor in EXTRACTORS for fact in extractor(document, scene))

"""Documents become typed facts; each extractor is one row of a table.

An extractor takes a document and its setting and gives frozen facts with offsets; it drops
nothing for style. What may not be asked is decided by the checks of generation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from questions.documents import Document
from questions.facts import (
    entities,
    enumerations,
    figures,
    mentions,
    parallels,
    setting,
    tallies,
    titles,
)
from questions.facts.entities import EntityFact
from questions.facts.enumerations import EnumFact
from questions.facts.figures import FigureFact
from questions.facts.mentions import MentionFact
from questions.facts.setting import Setting
from questions.facts.tallies import TallyFact
from questions.facts.titles import TitleFact
from questions.models import FactKind

__all__ = [
    "EXTRACTORS",
    "EntityFact",
    "EnumFact",
    "Fact",
    "FigureFact",
    "MentionFact",
    "Setting",
    "TallyFact",
    "TitleFact",
    "extract",
    "setting",
]

Fact = FigureFact | TitleFact | MentionFact | EnumFact | EntityFact | TallyFact
Extractor = Callable[[Document, Setting], Sequence[Fact]]

EXTRACTORS: Final[tuple[tuple[FactKind, Extractor], ...]] = (
    (FactKind.FIGURE, figures.extract),
    (FactKind.TITLE, titles.extract),
    (FactKind.TITLE, mentions.extract),
    (FactKind.LIST, enumerations.extract),
    (FactKind.LIST, parallels.extract),
    (FactKind.ENTITY, entities.extract),
)


def extract(document: Document) -> tuple[Fact, ...]:
    """Every fact of a document, figures first, each kind in reading order."""
    scene = setting.of(document)
    found = [fact for _, extractor in EXTRACTORS for fact in extractor(document, scene)]
    counted = [fact for fact in found if isinstance(fact, FigureFact)]
    return (*found, *tallies.of(counted))

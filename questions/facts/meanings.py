"""定义: what a law says its words mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts import citing
from questions.facts.articles import MeaningFact
from questions.facts.norms import Norm
from questions.statutes import Article, Passage, Statute, short_title

_SHAPE: Final = re.compile(
    r"^(?:（[一二三四五六七八九十]+）)?(?:本(?:法|条例|规定|办法)(?:所称|中)的?)?“?((?!“?[^”]*规定”?，?是指|本条|本款|前款|本章)[^，。：；“”]{2,16})”?，?是指([^。；]+)[。；]?$"
)
LONGEST: Final = 80


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[MeaningFact]:
    """Every definition that stands alone."""
    law = short_title(statute)
    by_place = {(norm.article.label, norm.paragraph): norm for norm in norms}
    for article in statute.articles:
        for number, paragraph in enumerate(article.paragraphs):
            norm = by_place.get((article.label, number))
            if norm is None:
                continue
            yield from _of(article, number, None, paragraph.passage, norm, law)
            for item in paragraph.items:
                yield from _of(article, number, item.number, item.passage, norm, law)


def _of(
    article: Article, paragraph: int, item: int | None, passage: Passage, norm: Norm, law: str
) -> Iterator[MeaningFact]:
    first = passage.text.split("。")[0]
    found = _SHAPE.match(first)
    if found is None or not passage.text:
        return
    meaning = citing.rewrite(found[2], law)
    faults = set(citing.faults(meaning))
    if len(meaning) > LONGEST or len(passage.text) > len(first) + 1:
        faults.add("L6" if len(passage.text) > len(first) + 1 else "L5")
    start, end = passage.span(0, len(first))
    place = article.place(paragraph, item)
    yield MeaningFact(norm, place, found[1], meaning, start, end, frozenset(faults))

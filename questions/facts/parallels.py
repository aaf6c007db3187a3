"""Names that a document counts side by side in the same words: 钢铁企业改造10家、焦化企业改造14家.

Such a row is whole by what it counts.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questions.documents import Document
from questions.facts import frames, gazetteer, lexicon, threads
from questions.facts.enumerations import EnumFact
from questions.facts.frames import Frame
from questions.facts.gazetteer import Class, Entry, Family
from questions.facts.setting import Setting

FEWEST: Final = 2
_COUNT: Final = re.compile(
    r"(?P<tail>[一-鿿]{4,16}?)\d[\d,.]*[万亿]?余?[一-鿿]{1,2}(?:[(][一-鿿]{1,2}[)])?(?=[、,;]|和|$)"
)


@dataclass(frozen=True, slots=True)
class _Counted:
    start: int
    end: int
    entry: Entry


def extract(document: Document, scene: Setting) -> tuple[EnumFact, ...]:
    """The rows of names counted in the same words, in reading order."""
    found: list[EnumFact] = []
    for sentence, thread in threads.along(document):
        if len(sentence.text) <= frames.LONGEST and sentence.text.count("、"):
            for frame in frames.of(sentence, thread):
                found.extend(_rows(document, scene, frame))
    return tuple(found)


def _rows(document: Document, scene: Setting, frame: Frame) -> Iterator[EnumFact]:
    text = frame.clause.text
    counted: dict[tuple[Family, str], list[_Counted]] = defaultdict(list)
    for hit in gazetteer.scan(text):
        count = _COUNT.match(text, hit.end)
        if count and hit.entries[0].family.cls is Class.PEER:
            entry = hit.entries[0]
            counted[entry.family, count["tail"]].append(_Counted(hit.start, count.end(), entry))
    for (family, tail), row in counted.items():
        gaps = [text[one.end : other.start] for one, other in itertools.pairwise(row)]
        if len({one.entry.canon for one in row}) < FEWEST or not set(gaps) <= {"、", "和"}:
            continue
        if text[row[-1].end :] or not lexicon.is_verbal(text[: row[0].start]):
            continue  # what follows, or went before, may belong to one of them alone
        members = tuple(one.entry for one in row)
        left, _ = frame.around(scene, row[0].start, len(text))
        yield EnumFact(
            document=document.id,
            start=frame.start,
            end=frame.clause.end,
            at=frame.clause.start + row[0].start,
            family=family,
            noun=family.noun,
            members=members,
            printed=tuple(entry.text for entry in members),
            left=left,
            right=tail,
            names_whole=False,
            is_open=False,
            section=frame.sentence.section,
            sentence=frame.sentence.text,
            faults=tuple(frame.faults()),
        )

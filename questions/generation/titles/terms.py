"""The telling word of a title, asked for in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.data import words
from questions.facts.titles import Title, TitleFact
from questions.generation import inplace, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare
from questions.generation.titles import sayings
from questions.generation.titles.contrary import ISSUING
from questions.models import Kind

_ROWS: Final = tuple(frozenset(row.split()) for row in words("measures").values())
_BEFORE_KIND: Final = re.compile("(?P<term>[一-鿿]{4})(?:工作|管理|实施|暂行)?$")
_EDITION: Final = re.compile("[(（][^()（）]*[)）]$")
WRONG: Final = 3


def term(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Which measure a title is on (《某某____办法》), where no title of the document shares it."""
    if fact.relation not in ISSUING or fact.is_open:
        return  # what 等 leaves unnamed may be on another measure
    for title in fact.titles:
        found = telling(title)
        if not found or source.document.plain.count(found) > 3:
            continue
        left, _, right = title.text.partition(found)
        if found in right or any(
            other.startswith(bare(left)) and other != bare(title.text) for other in source.deeds
        ):
            continue
        row = next(row for row in _ROWS if found in row)
        pool = [one for one in sorted(row) if one not in source.document.plain]
        if len(pool) < WRONG:
            continue
        wrong = book.rng.sample(pool, WRONG)
        stem = sayings.sentence(fact, f"《{left}{wording.BLANK}{right}》")
        options, key = inplace.place(wrong, found, book.ledger.places, book.rng)
        draft = Draft(
            Kind.SINGLE,
            f"{stem}横线处应填下列哪一项？",
            sayings.explain(fact, source, f"{found}。", [title]),
            options=options,
            key=key,
            keys=(found,),
            difficulty=0.5,
        )
        before = book.asked[Kind.SINGLE]
        yield sayings.finish(draft, fact, source, f"term:{title.text}")
        if book.asked[Kind.SINGLE] > before:
            book.titled[bare(title.text)] += 1
            return


def telling(title: Title) -> str:
    """The measure a title is on, or ''."""
    stem = _EDITION.sub("", title.text).removesuffix(title.kind)
    found = _BEFORE_KIND.search(stem)
    return found["term"] if found and any(found["term"] in row for row in _ROWS) else ""

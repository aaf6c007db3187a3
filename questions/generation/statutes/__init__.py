"""Law texts become questions: values, lists, meanings and rules, each with its 条款项 as basis.

`ask` is the door. What it asks of a law depends on the law, the seed and the kinds alone; two
files of one law give the same questions.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from questions.facts import articles
from questions.generation.statutes import checks, judges, lists, meanings, values, verdicts
from questions.generation.statutes.candidate import LawCandidate, finish
from questions.generation.statutes.law import Source as LawSource
from questions.generation.statutes.law import source
from questions.generation.statutes.scales import Ledger
from questions.models import DocumentInfo, Kind, Question
from questions.statutes import Article, Statute, display_title

__all__ = ["Asked", "LawCandidate", "LawSource", "ask", "info"]


_VALUE: Final = re.compile("元以[上下]|百分之|(?<!期)[日月年]内")


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one law; `candidates` are what the questions were made from."""

    questions: tuple[Question, ...]
    candidates: tuple[LawCandidate, ...]
    source: LawSource
    found: dict[str, int]
    dropped: dict[str, int]
    norms: int


def ask(statute: Statute, *, seed: int, kinds: Collection[Kind]) -> Asked:
    """The questions of a law in the order of its articles, and the account of them."""
    law = source(articles.extract(statute))
    dropped: Counter[str] = Counter(
        code for fact in law.articles.facts for code in sorted(fact.faults)[:1]
    )
    dropped["L5"] += _unread(law)
    pen = Pen(law, seed, frozenset(kinds))
    kept: list[LawCandidate] = []
    desk = checks.Desk()
    for candidate in pen.candidates():
        code = checks.first_failure(candidate, law, desk)
        if code is not None:
            dropped[code] += 1
            continue
        desk.enter(candidate)
        kept.append(candidate)
    kept, thinned = verdicts.balanced(kept, law, seed)
    dropped.update(thinned)
    found = Counter(_name(fact) for fact in law.articles.facts)
    questions = tuple(finish(candidate, law) for candidate in kept)
    return Asked(
        questions,
        tuple(kept),
        law,
        dict(sorted(found.items())),
        dict(sorted((+dropped).items())),
        len(law.articles.norms),
    )


def info(statute: Statute) -> DocumentInfo:
    """A law's row in a bank: its title with its version."""
    plain = statute.document.info
    year = statute.events[-1].day.year if statute.events else plain.year
    return replace(plain, title=display_title(statute), year=year)


def _unread(law: LawSource) -> int:
    """How many articles with a sum or a term gave no fact: theirs stand in items."""
    read = {fact.norm.article.label for fact in law.articles.facts}
    return sum(
        article.label not in read and any(_VALUE.search(text) for text in _texts(article))
        for article in law.statute.articles
    )


def _texts(article: Article) -> Iterator[str]:
    for paragraph in article.paragraphs:
        yield paragraph.passage.text
        yield from (item.passage.text for item in paragraph.items)


def _name(fact: articles.ArticleFact) -> str:
    if isinstance(fact, articles.MeaningFact):
        return articles.Pattern.MEANING.value
    return fact.pattern.value


@dataclass(slots=True)
class Pen:
    """Writes candidates in reading order."""

    law: LawSource
    seed: int
    kinds: frozenset[Kind]

    def candidates(self) -> Iterator[LawCandidate]:
        """All candidates of the law, faulty facts left out."""
        ledger = Ledger()
        rng = random.Random(f"{self.seed}\n{self.law.key}")  # noqa: S311 - no secret
        for fact in self.law.articles.facts:
            if fact.faults:
                continue
            if isinstance(fact, articles.SlotFact):
                made = values.ask(fact, self.law, ledger, rng)
            elif isinstance(fact, articles.ListFact):
                made = lists.ask(fact, self.law, ledger, rng)
            elif isinstance(fact, articles.MeaningFact):
                made = meanings.ask(fact, self.law, ledger, rng)
            else:
                made = judges.ask(fact, self.law)
            yield from (one for one in made if one.kind in self.kinds)

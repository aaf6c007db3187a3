"""What is known while a bank is being written: facts, and what earlier questions used up."""

from __future__ import annotations

import bisect
import random
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from questions.documents import Document
from questions.facts import (
    EntityFact,
    EnumFact,
    Fact,
    FigureFact,
    MentionFact,
    TallyFact,
    TitleFact,
    gazetteer,
    setting,
)
from questions.facts.entities import Ask
from questions.facts.gazetteer import Entry, members
from questions.facts.quantities import Quantity
from questions.facts.setting import Setting
from questions.facts.titles import Relation, Title
from questions.generation import inplace, likeness
from questions.generation.likeness import bare, jaccard
from questions.generation.numbers import Ledger
from questions.models import Kind

NEIGHBOURS: Final = 6  # figures of a unit on either side that may serve as wrong numbers
DUPLICATE: Final = 0.8  # Jaccard index of 3-grams from which two stems are one
SHELF: Final = 48  # titles on either side that may serve as wrong options


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its setting and facts, and indices over them.

    `by_unit` lists figures in reading order, `rivals` those that may measure the same thing,
    `relations` all that was done with a title, `lists` the lists by what asks for a member;
    `restated` are places of figures that the document gives twice with different values.
    """

    document: Document
    setting: Setting
    facts: tuple[Fact, ...]
    by_unit: dict[str, list[FigureFact]]
    rivals: dict[int, tuple[FigureFact, ...]]
    restated: frozenset[int]
    relations: dict[str, set[Relation]]
    deeds: dict[str, tuple[TitleFact, ...]]  # all that was done with a title, with by whom
    shelf: tuple[tuple[Title, str, TitleFact], ...]
    shelved: dict[int, int]  # where a title fact's first title stands on the shelf
    lists: dict[str, list[EnumFact]]
    mentions: dict[str, list[MentionFact]]
    names: tuple[EntityFact, ...]  # those in quotation marks
    own: frozenset[str]  # names of the issuer and its place, none a fair wrong option
    printed: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def neighbours(self, fact: FigureFact) -> list[Quantity]:
        """Figures of the same unit nearby."""
        shelf = self.by_unit[fact.quantity.unit]
        at = bisect.bisect_left(shelf, fact.at, key=lambda other: other.at)
        near = shelf[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]
        return [other.quantity for other in near if other is not fact]

    def titles_near(self, fact: TitleFact) -> Sequence[tuple[Title, str, TitleFact]]:
        """Titles on either side of a fact, each with its bare text and its own fact."""
        at = self.shelved[fact.start]
        return self.shelf[max(0, at - SHELF) : at + SHELF]

    def titles_around(self, place: int) -> Sequence[tuple[Title, str, TitleFact]]:
        """Titles on either side of a place of the document."""
        at = bisect.bisect_left(self.shelf, place, key=lambda row: row[2].start)
        return self.shelf[max(0, at - SHELF) : at + SHELF]

    def is_open_to(self, fact: MentionFact, name: str) -> bool:
        """Whether something alike is said of another title too."""
        mine = inplace.predicate(fact.left, fact.right)
        return any(
            inplace.are_alike(mine, inplace.predicate(other.left, other.right))
            and fact.tail == other.tail
            for other in self.mentions.get(name, ())
        )

    def prints(self, entry: Entry) -> bool:
        """Whether the document prints any name of the thing."""
        return self._has(entry.text) or any(
            self._has(other.text)
            for other in members(entry.family)
            if other.canon == entry.canon and len(other.text) > 1
        )

    def _has(self, name: str) -> bool:
        """Whether the document prints a name, looked for once."""
        if name not in self.printed:
            self.printed[name] = name in self.document.plain
        return self.printed[name]

    def pairs(self, fact: EntityFact, entry: Entry) -> bool:
        """Whether the document says something alike of another name of the fact's class."""
        return any(
            entry.canon in {member.canon for member in listed.members}
            and inplace.are_alike(
                inplace.predicate(fact.left, fact.right),
                inplace.predicate(listed.left, listed.right),
            )
            for listed in self.lists.get(fact.noun, ())
        )


@dataclass(slots=True)
class Book:
    """The state of one run; everything random comes from `rng`."""

    rng: random.Random
    kinds: Collection[Kind]
    ledger: Ledger = field(default_factory=Ledger)
    verdicts: Counter[bool] = field(default_factory=Counter)
    asked: Counter[Kind] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    judged: Counter[tuple[str, ...]] = field(default_factory=Counter)
    mentioned: set[str] = field(default_factory=set)
    titled: Counter[str] = field(default_factory=Counter)  # titles asked by what was done
    tallied: set[tuple[str, int]] = field(default_factory=set)  # figures asked among others
    seen: set[tuple[str, ...]] = field(default_factory=set)
    grams: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stems: list[tuple[Kind, frozenset[str]]] = field(default_factory=list)

    def repeats(self, kind: Kind, stem: frozenset[str]) -> bool:
        """Whether nearly the same stem, given as 3-grams, was asked in this kind before.

        Two sets this alike share one of any fifth of either, plus one: only the rarest count.
        """
        seen = self.grams
        rare = sorted((len(seen[gram]) if gram in seen else 0, gram) for gram in stem)
        near = {at for count, gram in rare[: len(stem) // 5 + 1] if count for at in seen[gram]}
        same = (other for at in near for known, other in (self.stems[at],) if known is kind)
        return any(
            min(len(stem), len(other)) >= DUPLICATE * max(len(stem), len(other))
            and jaccard(stem, other) >= DUPLICATE
            for other in same
        )

    def wants_truth(self) -> bool:
        """Whether the next 判断 should be true, to keep the two in balance."""
        if self.verdicts[True] == self.verdicts[False]:
            return self.rng.random() < 0.5
        return self.verdicts[True] < self.verdicts[False]


def source(document: Document, facts: Sequence[Fact]) -> Source:
    """Index a document's facts."""
    figures = [fact for fact in facts if isinstance(fact, FigureFact)]
    by_unit: dict[str, list[FigureFact]] = defaultdict(list)
    for figure in figures:
        by_unit[figure.quantity.unit].append(figure)
    relations: dict[str, set[Relation]] = defaultdict(set)
    deeds: dict[str, list[TitleFact]] = defaultdict(list)
    shelf: list[tuple[Title, str, TitleFact]] = []
    shelved: dict[int, int] = {}
    for fact in facts:
        if isinstance(fact, TitleFact):
            shelved.setdefault(fact.start, len(shelf))
            for title in fact.titles:
                name = bare(title.text)
                relations[name].add(fact.relation)
                deeds[name].append(fact)
                shelf.append((title, name, fact))
    rivals = likeness.rivals(figures)
    return Source(
        document=document,
        setting=setting.of(document),
        facts=tuple(sorted(facts, key=lambda fact: (fact.start, not isinstance(fact, TallyFact)))),
        by_unit=dict(by_unit),
        rivals=rivals,
        restated=likeness.restated(figures, rivals),
        relations=dict(relations),
        deeds={name: tuple(done) for name, done in deeds.items()},
        shelf=tuple(shelf),
        shelved=shelved,
        lists=_lists(facts),
        mentions=_mentions(facts),
        names=tuple(
            fact for fact in facts if isinstance(fact, EntityFact) and fact.ask is Ask.NAME
        ),
        own=_own(document),
    )


def _lists(facts: Sequence[Fact]) -> dict[str, list[EnumFact]]:
    found: dict[str, list[EnumFact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, EnumFact):
            found[fact.noun].append(fact)
    return dict(found)


def _mentions(facts: Sequence[Fact]) -> dict[str, list[MentionFact]]:
    found: dict[str, list[MentionFact]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, MentionFact):
            for title in fact.titles:
                found[bare(title.text)].append(fact)
    return dict(found)


def _own(document: Document) -> frozenset[str]:
    """What the issuer and its place are called in the tables."""
    issuer, place = document.issuer or "", document.place
    found = {place.name, place.short} if place else set()
    found |= {name for _, name in place.around} if place else set()
    for hit in gazetteer.scan(issuer):
        found |= {entry.canon for entry in hit.entries}
    return frozenset(found)

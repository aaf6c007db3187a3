"""Several right titles among four or five, as 多选."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from questions import numerals
from questions.facts.titles import Relation, Title, TitleFact
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare, grams
from questions.generation.titles import families, sayings
from questions.generation.titles.contrary import ISSUING, is_contrary, is_other_bodys
from questions.generation.titles.picking import RARE, WEAR, called, shuffled
from questions.models import Kind

MOST: Final = 5  # options
FEWEST: Final = 2  # wrong ones
ANSWER: Final = 120  # characters of right titles, which the feedback shows as printed
STEP: Final = 4  # characters of length that are no difference
POOL: Final = 8  # wrong titles that are tried together


def multiple(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two or three right titles: each set of like ones once, else two of one kind."""
    before = book.asked[Kind.MULTIPLE]
    left = list(fact.titles)
    while len(left) >= FEWEST:
        keys = families.homogeneous(left)
        left = [title for title in left if title not in keys]
        while len(keys) > FEWEST and _size(keys) > ANSWER:
            keys.pop()
        if len(keys) >= FEWEST and _size(keys) <= ANSWER:
            yield from _asked(fact, keys, source, book)
    for keys in map(list, combinations(fact.titles, FEWEST)):
        same = len({title.kind for title in keys}) == 1 and _size(keys) <= ANSWER
        if same and book.asked[Kind.MULTIPLE] == before:
            yield from _asked(fact, keys, source, book)


def _size(titles: list[Title]) -> int:
    return sum(len(title.text) + 2 for title in titles)


def _asked(fact: TitleFact, keys: list[Title], source: Source, book: Book) -> Iterator[Candidate]:
    found = _fitting(fact, keys, source, book)
    if found is None:
        return
    stem, others = found
    shown, key = shuffled(keys, others, book)
    answer = "".join(f"《{title.text}》" for title in keys)
    draft = Draft(
        Kind.MULTIPLE,
        stem,
        sayings.explain(fact, source, f"{answer}。", keys[:1]),
        options=shown,
        key=key,
        keys=tuple(title.text for title in keys),
        difficulty=0.65,
    )
    before = book.asked[Kind.MULTIPLE]
    yield sayings.finish(draft, fact, source, "" if keys[0] is fact.titles[0] else keys[0].text)
    if book.asked[Kind.MULTIPLE] > before:
        book.titled.update(bare(title.text) for title in keys)
        book.used.update(bare(title.text) for title in others)


def _fitting(
    fact: TitleFact, keys: list[Title], source: Source, book: Book
) -> tuple[str, list[Title]] | None:
    """A stem with wrong titles, together such that nothing but the document tells the key."""
    pool = _pool(fact, keys, source, book)
    fresh: dict[str, list[str]] = {}  # stems by what the titles are called; few words, many sets
    counts = range(MOST - len(keys), FEWEST - 1, -1)
    for may_mark, count in product((False, True), counts):  # a mark tells, if nothing else is left
        for others in map(list, combinations(pool, count)):
            if families.are_marked(keys, others) and not may_mark:
                continue
            name = called([*keys, *others])
            if name not in fresh:
                fresh[name] = _fresh(fact, name, book)
            if not fresh[name] or not _is_fair(keys, others):
                continue
            stem = _stem(fact, keys, others, source, fresh[name])
            if stem:
                return stem, others
    return None


def _is_fair(keys: list[Title], others: list[Title]) -> bool:
    matched = families.are_matched(keys, others) and families.are_peers(keys, others)
    return matched and _are_apart(others)


def _are_apart(titles: list[Title]) -> bool:
    names = [bare(title.text) for title in titles]
    return not any(families.is_near(one, {other}) for one, other in combinations(names, 2))


def _fresh(fact: TitleFact, name: str, book: Book) -> list[str]:
    """Stems that ask for titles called `name` and were not asked before."""
    return [
        stem
        for stem in sayings.wide(fact, f"下列哪些{name}")
        if not book.repeats(Kind.MULTIPLE, grams(numerals.normalize(stem), 3))
    ]


def _stem(
    fact: TitleFact, keys: list[Title], others: list[Title], source: Source, stems: list[str]
) -> str:
    """A stem that echoes no key more than the wrong titles; '' if none."""
    seen = frozenset().union(*(grams(title.text) for title in others))
    told = [grams(title.text) - seen for title in keys]
    names_actor = any(is_other_bodys(bare(title.text), source) for title in others)
    for stem in stems:
        if names_actor and (fact.actor or "") not in stem:
            continue
        if not any(gram & grams(stem) for gram in told):
            return stem
    return ""


def _pool(fact: TitleFact, keys: list[Title], source: Source, book: Book) -> list[Title]:
    """Titles of the keys' class of which the document says the contrary, the likeliest first."""
    mine = {bare(title.text) for title in fact.titles}
    are_placed = any(families.level(key) == "place" for key in keys)
    found: dict[str, Title] = {}
    for title, name, other in source.titles_near(fact):
        if other.start == fact.start or {"V9", "V5"} & set(other.faults):
            continue
        fits = name not in mine and name not in found
        fits = fits and families.is_draft(title) == families.is_draft(keys[0])
        fits = fits and not families.is_former(title, source.document.issuer or "")
        shown = title if are_placed else families.without_place(title, source.setting.place)
        fits = fits and _suits(shown, keys, fact) and not families.is_near(name, mine)
        if fits and is_contrary(fact, name, source):
            found[name] = shown
    fresh = [name for name in found if fact.relation in RARE or book.used[name] < WEAR]
    book.rng.shuffle(fresh)
    kinds = {title.kind for title in keys}
    sizes = [len(title.text) for title in keys]
    fresh.sort(
        key=lambda name: (
            found[name].kind not in kinds,
            not _is_settled(name, source),
            book.used[name],
            min(abs(len(found[name].text) - size) for size in sizes) // STEP,
        )
    )
    return [found[name] for name in fresh[:POOL]]


def _is_settled(name: str, source: Source) -> bool:
    """Whether a title's own fate is told (废止, 列入计划, 宣讲), not just that it is in use."""
    return any(other.relation in RARE | {Relation.TAUGHT} for other in source.deeds.get(name, ()))


def _suits(title: Title, keys: list[Title], fact: TitleFact) -> bool:
    """Whether a title is of a right one's class and length; a bill may be taken for issued."""
    bill = fact.relation in ISSUING and title.kind == "条例"
    classed = bill or any(families.are_classed(title, key) for key in keys)
    return classed and any(families.are_sized(title, key) for key in keys)

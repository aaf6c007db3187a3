"""One right title among four, as 单选."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from questions import numerals
from questions.facts.titles import Relation, Title, TitleFact
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare, grams
from questions.generation.titles import families, sayings
from questions.generation.titles.contrary import is_contrary, is_other_bodys
from questions.models import Kind

CALLED: Final = frozenset(["通知", "办法", "方案", "规定", "制度", "条例", "意见", "预案"])
RARE: Final = frozenset({Relation.REPEALED, Relation.LISTED, Relation.DRAFTED, Relation.SUBMITTED})
WEAR: Final = 5  # how often one title may serve as a wrong option
WRONG: Final = 3
ASKED: Final = 2  # 单选 on one fact


def single(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """One of four titles; for each fact at most two questions, on titles of two families."""
    asked: list[Title] = []
    for title in fact.titles:
        if len(asked) == ASKED or any(families.are_kin(title, other) for other in asked):
            continue
        others = _outsiders(fact, [title], source, book, WRONG)
        if len(others) < WRONG or not families.are_peers([title], others):
            continue
        if families.stands_out([title], others) or families.are_marked([title], others):
            continue
        stem = _stem(fact, title, others, source, book)
        if not stem:
            continue
        shown, key = shuffled([title], others, book)
        draft = Draft(
            Kind.SINGLE,
            stem,
            sayings.explain(fact, source, f"《{title.text}》。", [title]),
            options=shown,
            key=key,
            keys=(title.text,),
            difficulty=0.5,
        )
        before = book.asked[Kind.SINGLE]
        yield sayings.finish(draft, fact, source, title.text)
        if book.asked[Kind.SINGLE] > before:
            book.titled[bare(title.text)] += 1
        asked.append(title)


def shuffled(
    keys: Sequence[Title], others: Sequence[Title], book: Book
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The options in an order that keeps key places even over the bank, and the key."""
    shown = [*keys, *others]
    book.rng.shuffle(shown)
    if len(keys) == 1 and len(shown) == WRONG + 1:
        place = min(range(4), key=lambda at: (book.ledger.places[at], book.rng.random()))
        shown.remove(keys[0])
        shown.insert(place, keys[0])
    texts = tuple(f"《{title.text}》" for title in shown)
    return texts, tuple(at for at, title in enumerate(shown) if title in keys)


def called(titles: Sequence[Title]) -> str:
    """What all the titles are (通知), or 文件."""
    kinds = {title.kind for title in titles}
    return kinds.pop() if len(kinds) == 1 and kinds <= CALLED else "文件"


def _stem(fact: TitleFact, key: Title, others: Sequence[Title], source: Source, book: Book) -> str:
    """The question, with its actor and heading where they give no key away; '' if none is fair."""
    seen = frozenset().union(*(grams(title.text) for title in others))
    told = grams(key.text) - seen
    stems = list(sayings.questions(fact, f"下列哪份{called([key, *others])}"))
    if any(is_other_bodys(bare(title.text), source) for title in others):
        stems = [stem for stem in stems if fact.actor and fact.actor in stem]
    fair = [stem for stem in stems if not told & grams(stem)] or stems[:1]
    fresh = (
        stem for stem in fair if not book.repeats(Kind.SINGLE, grams(numerals.normalize(stem), 3))
    )
    return next(fresh, fair[0] if fair else "")


def _outsiders(
    fact: TitleFact, keys: Sequence[Title], source: Source, book: Book, count: int
) -> list[Title]:
    """Titles of the same class of which the document says the contrary, least used first."""
    mine = {bare(title.text) for title in fact.titles}
    sizes = [len(title.text) for title in keys]
    found: dict[str, Title] = {}
    for title, name, other in source.titles_near(fact):
        if other.start == fact.start or {"V9", "V5"} & set(other.faults):
            continue
        size = len(title.text)
        if max(*sizes, size) > families.RATIO * min(*sizes, size) or name in mine | set(found):
            continue
        fits = families.are_kin(title, keys[0]) and not families.is_near(name, mine)
        fits = fits and families.is_draft(title) == families.is_draft(keys[0])
        fits = fits and not families.is_former(title, source.document.issuer or "")
        if fits and is_contrary(fact, name, source):
            found[name] = title
    fresh = [
        title for name, title in found.items() if fact.relation in RARE or book.used[name] < WEAR
    ]
    book.rng.shuffle(fresh)
    kinds = {title.kind for title in keys}
    fresh.sort(
        key=lambda title: (
            title.kind not in kinds,
            families.level(title) != families.level(keys[0]),
            book.used[bare(title.text)],
        )
    )
    return families.apart(fresh, sizes)[:count]

"""Lists asked as 多选, and as 填空 for one member left out.

Wrong members come first from another list of the document, of the same class and with another
predicate; then from the tables. What stands elsewhere in the document, or is but another name
of a member, is no wrong member.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from questions.facts import lexicon
from questions.facts.enumerations import EnumFact
from questions.facts.gazetteer import Class, Entry, members
from questions.generation import inplace, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.models import Kind

OPTIONS: Final = 5
_PLACES: Final = frozenset({Class.PROVINCE, Class.CITY, Class.RIVER, Class.LAKE})
_ADVERBS: Final = tuple("均都分别共同联合")


def multiple(fact: EnumFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two to four members among four or five names; an open list only beside a contrary one."""
    others = _siblings(fact, source, book)
    if not fact.is_open:
        others += _outsiders(fact, source, book, others)
    count = _share(len(fact.members), len(others), book)
    if count == 0:
        return
    chosen = sorted(book.rng.sample(range(len(fact.members)), count))
    keys = [fact.printed[at] for at in chosen]
    wrong = others[: OPTIONS - count]
    shown = [*keys, *wrong]
    book.rng.shuffle(shown)
    key = tuple(at for at, text in enumerate(shown) if text in keys)
    start = "据报告列举，" if fact.is_open else ""
    draft = Draft(
        Kind.MULTIPLE,
        start + _stem(fact),
        _explain(fact, source, f"{'、'.join(keys)}。"),
        options=tuple(shown),
        key=key,
        keys=tuple(keys),
        difficulty=0.6 if len(fact.members) > len(keys) else 0.55,
    )
    yield _finish(draft, fact, source)


def blank(fact: EnumFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The one member of a whole list that is not shown."""
    if fact.is_open or not 3 <= len(fact.members) <= 6:
        return
    at = book.rng.randrange(1, len(fact.members))
    entry = fact.members[at]
    listed = [name if place != at else wording.BLANK for place, name in enumerate(fact.printed)]
    text = f"{fact.left}{'、'.join(listed)}{fact.right}。"
    names = [other.text for other in members(fact.family) if other.canon == entry.canon]
    draft = Draft(
        Kind.BLANK,
        wording.full_width(text),
        _explain(fact, source, f"{entry.text}。"),
        answers=tuple(dict.fromkeys([entry.text, *names])),
        keys=(entry.text,),
        difficulty=0.55,
    )
    yield _finish(draft, fact, source, "blank")


def _share(members: int, others: int, book: Book) -> int:
    """How many members to show beside how many others; 0 where no fair set exists."""
    fair = [
        count
        for count in (2, 3, 3, 4)
        if count <= members and min(OPTIONS - count, others) >= (1 if count == 4 else 2)
    ]
    if not fair and members == 3 and others == 1:
        return 3
    return book.rng.choice(fair) if fair else 0


def _stem(fact: EnumFact) -> str:
    right = fact.right
    if fact.names_whole:
        return inplace.stem(fact.left, "下列哪些", right)
    plain = not right or right[0] in ",(" or right.startswith(_ADVERBS) or right[0] == "的"
    if plain or lexicon.is_verbal(right):
        return inplace.stem(fact.left, f"下列哪些{fact.noun}", right)
    if fact.family.cls in _PLACES:
        return inplace.stem(fact.left, f"下列哪些{fact.noun}的", right)
    return inplace.gap(fact.left, right, f"横线处列出的{fact.noun}有哪些？")


def _siblings(fact: EnumFact, source: Source, book: Book) -> list[str]:
    """Members of other lists of the class whose predicate is another."""
    mine = inplace.predicate(fact.left, fact.right)
    names = {entry.canon for entry in fact.members}
    found: list[str] = []
    for other in source.lists.get(fact.noun, ()):
        if other.sentence == fact.sentence or other.family.cls is not fact.family.cls:
            continue
        if fact.is_open and (other.family == fact.family or fact.family.cls is not Class.PEER):
            continue
        if not fact.is_open and other.family != fact.family:
            continue
        if inplace.are_alike(mine, inplace.predicate(other.left, other.right)):
            names |= {entry.canon for entry in other.members}
            continue
        shared = {entry.canon for entry in other.members} & {e.canon for e in fact.members}
        for entry in () if shared and fact.is_open else other.members:
            if entry.canon not in names and entry.text not in fact.sentence:
                names.add(entry.canon)
                found.append(entry.text)
    book.rng.shuffle(found)
    return _alike(fact, found)


def _outsiders(fact: EnumFact, source: Source, book: Book, taken: list[str]) -> list[str]:
    """Names of the tables that the document does not print."""
    style = fact.members[0].style
    names = {entry.canon for entry in fact.members}
    own = source.own
    found: dict[str, Entry] = {}
    for entry in members(fact.family):
        fits = entry.style == style or fact.family.cls is Class.DEPARTMENT
        if not fits or entry.canon in names or entry.canon in found or entry.text in taken:
            continue
        if source.prints(entry) or entry.canon in own or entry.text in own:
            continue
        found[entry.canon] = entry
    listed = [entry.text for entry in found.values()]
    book.rng.shuffle(listed)
    return _alike(fact, listed)


def _alike(fact: EnumFact, names: list[str]) -> list[str]:
    """Names of like length, none a part of a member or holding one."""
    sizes = [len(name) for name in fact.printed]
    return [
        name
        for name in names
        if len(name) <= 1.6 * min(sizes) + 2
        and max(sizes) <= 1.6 * len(name) + 2
        and not any(name in member or member in name for member in fact.printed)
    ]


def _explain(fact: EnumFact, source: Source, answer: str) -> str:
    return wording.explain(answer, source.document, fact.section, fact.start, fact.end)


def _finish(draft: Draft, fact: EnumFact, source: Source, part: str = "") -> Candidate:
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation, part)

"""Titles asked by what the document says around them.

The passage is specific, so other titles of the document, of the same family and from other
passages, are fair wrong options whatever was done with them; those that hear the same words
in the stem as the key does are taken first, so that no word gives the key away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions import laws
from questions.facts import MentionFact, lexicon, setting
from questions.facts.titles import Relation, Title
from questions.generation import inplace, titles, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.generation.likeness import bare, grams
from questions.models import JUDGE_OPTIONS, Kind

SHORT: Final = 12  # characters of a title a person may be asked to write down
AHEAD: Final = 1  # true statements more than false ones, for later figures to make up
WEAR: Final = 8  # how often one title may serve as a wrong option here
_NOT_IN_FORCE: Final = frozenset({Relation.REPEALED, Relation.LISTED, Relation.DRAFTED})
_COUNT: Final = re.compile(r"^等?\d")
_WHEN: Final = re.compile(r"^(?:20\d\d年)?(?:全年)?")
_LEANS: Final = re.compile("(?:按照|依照|根据|依据|遵照)$")
_OPEN: Final = re.compile(r"^等[一-鿿\d]{0,14}$")


def single(fact: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """One of four titles."""
    if len(fact.titles) != 1:
        return
    title = fact.titles[0]
    stem = _stem(fact, "下列哪份文件")
    others = _outsiders(fact, [title], stem, source, book, 3)
    if len(others) < 3:
        return
    texts = [f"《{other.text}》" for other in others]
    options, key = inplace.place(texts, f"《{title.text}》", book.ledger.places, book.rng)
    draft = Draft(
        Kind.SINGLE,
        stem,
        _explain(fact, source, f"《{title.text}》。"),
        options=options,
        key=key,
        keys=(title.text,),
        difficulty=0.5,
    )
    yield _finish(draft, fact, source)


def multiple(fact: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two or three right titles among four or five."""
    keys = titles.homogeneous(fact.titles)
    if len(keys) < 2 or (fact.is_open and not fact.tail):
        return
    stem = _stem(fact, "下列哪些文件")
    others = _outsiders(fact, keys, stem, source, book, 5 - len(keys))
    if len(others) < 2:
        return
    shown, key = titles.shuffled(keys, others, book)
    answer = "".join(f"《{title.text}》" for title in keys)
    draft = Draft(
        Kind.MULTIPLE,
        stem,
        _explain(fact, source, f"{answer}。" if len(answer) <= 110 else f"以上{len(keys)}份。"),
        options=shown,
        key=key,
        keys=tuple(title.text for title in keys),
        difficulty=0.65,
    )
    yield _finish(draft, fact, source)


def judge(fact: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The passage with its own title; another's there would be unmentioned, not false."""
    title = book.rng.choice(fact.titles)
    if book.titled[bare(title.text)]:
        return  # judged by what was done with it
    around = fact.left + fact.right
    ahead = book.verdicts[True] - book.verdicts[False] > AHEAD
    if len(fact.titles) > 1 and _COUNT.match(fact.right):
        return  # one alone is not the four that were counted
    if titles.is_slogan(fact.left, fact.right + fact.tail) or _LEANS.search(fact.left):
        return
    if ahead or lexicon.is_publicity(around) or titles.is_political(around):
        return
    name = wording.full_width(setting.expand_aliases(f"《{title.text}》")) + (
        "等" if fact.is_open else ""
    )
    right = fact.right.removeprefix("等") if fact.is_open else fact.right
    tail = f"，{fact.tail}" if fact.tail else ""
    draft = Draft(
        Kind.JUDGE,
        wording.full_width(f"{fact.left}{name}{right}{tail}。"),
        _explain(fact, source, "对。"),
        options=JUDGE_OPTIONS,
        key=(0,),
        keys=(title.text,),
        difficulty=0.45,
    )
    yield _finish(draft, fact, source)


def blank(fact: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """A short title left out; a law by any of its names."""
    if len(fact.titles) != 1 or fact.is_open:
        return
    text = fact.titles[0].text
    if any(c.isdigit() for c in text) or not _says(fact.left, source):
        return  # nobody recalls an edition
    law = laws.registry().find(text)
    names = [text] if law is None else [text, law.short, law.title, *law.aliases]
    if min(map(len, names)) > SHORT:
        return
    tail = f"，{fact.tail}" if fact.tail else ""
    draft = Draft(
        Kind.BLANK,
        wording.full_width(f"{fact.left}《{wording.BLANK}》{fact.right}{tail}。")
        + ("（填法律法规名称）" if text.endswith(("法", "法典", "条例")) else "（填文件名称）"),
        _explain(fact, source, f"《{text}》。"),
        answers=tuple(dict.fromkeys([*names, *(f"《{name}》" for name in names)])),
        keys=(text,),
        difficulty=0.6,
    )
    yield _finish(draft, fact, source)


def _stem(fact: MentionFact, asked: str) -> str:
    right = _OPEN.sub("", fact.right) if fact.is_open else fact.right
    tail = f"，{fact.tail}" if fact.tail else ""
    return inplace.stem(fact.left, asked, right + tail)


def _says(left: str, source: Source) -> bool:
    """Whether what is done with a title stands before it, so that the gap can be filled."""
    return bool(_WHEN.sub("", left).replace(source.setting.issuer or "\n", "").strip("，,"))


def _outsiders(
    fact: MentionFact, keys: Sequence[Title], stem: str, source: Source, book: Book, count: int
) -> list[Title]:
    """Titles of other passages, those first that hear as much of the stem as the keys."""
    mine = {bare(title.text) for title in fact.titles}
    sizes = [len(title.text) for title in keys]
    found: dict[str, Title] = {}
    for title, name, other in source.titles_around(fact.start):
        if other.sentence == fact.sentence or {"V9", "V5"} & set(other.faults):
            continue
        if titles.is_former(title, source.document.issuer or ""):
            continue
        apart = name not in mine and name not in found and name not in bare(stem)
        fits = apart and titles.are_kin(title, keys[0]) and not titles.is_near(name, mine)
        if fact.is_open and not source.relations[name] <= _NOT_IN_FORCE:
            fits = False  # what 等 leaves unnamed may be any text in force
        if fits and not source.is_open_to(fact, name):
            found[name] = title
    fresh = [title for name, title in found.items() if book.used[name] < WEAR]
    kinds = {title.kind for title in keys}
    same = [title for title in fresh if title.kind in kinds]
    fresh = same if len(same) >= count else fresh  # no 公告 beside three 通知
    book.rng.shuffle(fresh)
    heard = grams(stem)
    told = frozenset().union(*(grams(title.text) & heard for title in keys))
    picked: list[Title] = []
    while fresh and len(picked) < count:
        best = max(
            fresh, key=lambda title: (len(grams(title.text) & told), -book.used[bare(title.text)])
        )
        fresh.remove(best)
        lengths = [*sizes, *(len(title.text) for title in picked), len(best.text)]
        near = titles.is_near(bare(best.text), {bare(title.text) for title in picked})
        if not near and max(lengths) <= titles.RATIO * min(lengths):
            picked.append(best)
            told -= grams(best.text)
    return [] if titles.stands_out(keys, picked) else picked


def _explain(fact: MentionFact, source: Source, answer: str) -> str:
    return wording.explain(answer, source.document, fact.section, fact.start, fact.end)


def _finish(draft: Draft, fact: MentionFact, source: Source) -> Candidate:
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation)

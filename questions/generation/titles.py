"""Titles asked by what was done with them, as 单选, 多选 and 判断.

Wrong options are titles of the same family to which the document says something contrary
happened: a repealed regulation was not issued, a listed bill is not yet in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts import setting
from questions.facts.titles import Relation, Title, TitleFact
from questions.generation import wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.generation.likeness import bare, grams, jaccard
from questions.models import JUDGE_OPTIONS, Kind

FAMILIES: Final = (
    frozenset(
        [
            "通知",
            "公告",
            "意见",
            "通告",
            "函",
            "决定",
            "批复",
            "举措",
            "报告",
            "解释",
            "要求",
            "措施",
            "若干措施",
        ]
    ),
    frozenset(
        [
            "方案",
            "规划",
            "计划",
            "要点",
            "预案",
            "纲要",
            "协议",
            "目录",
            "名录",
            "清单",
            "标准",
            "规范",
            "导则",
            "准则",
        ]
    ),
    frozenset(
        ["办法", "规定", "细则", "制度", "规则", "规程", "指引", "指南", "手册", "基准", "章程"]
    ),
    frozenset(["条例", "规定", "办法", "细则"]),
    frozenset(["条例", "法", "法典", "公约"]),
)
ASKED: Final = (
    Relation.ISSUED,
    Relation.MADE,
    Relation.DRAFTED,
    Relation.REPEALED,
    Relation.LISTED,
    Relation.CARRIED,
)
_ALL: Final = frozenset(Relation)
_ELSE: Final = frozenset({Relation.REPEALED, Relation.LISTED, Relation.CARRIED})
CONTRARY: Final[dict[Relation, frozenset[Relation]]] = {
    Relation.ISSUED: _ELSE,
    Relation.MADE: _ELSE,
    Relation.DRAFTED: _ALL - {Relation.DRAFTED, Relation.LISTED, Relation.MADE},
    Relation.REPEALED: _ALL - {Relation.REPEALED},
    Relation.LISTED: _ALL - {Relation.LISTED, Relation.DRAFTED, Relation.MADE},
    Relation.CARRIED: frozenset({Relation.REPEALED, Relation.LISTED, Relation.DRAFTED}),
}
OWN: Final = frozenset({Relation.ISSUED, Relation.MADE})
JUDGED: Final = frozenset(
    ["办法", "规定", "制度", "细则", "条例", "方案", "预案", "规划", "标准", "规则"]
)
PER_SECTION: Final = 1  # 判断 on the status of ordinary titles
CALLED: Final = frozenset(["通知", "办法", "方案", "规定", "制度", "条例", "意见", "预案"])
WEAR: Final = 5  # how often one title may serve as a wrong option
RATIO: Final = 1.6


def single(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """One of four titles; for each fact at most two questions, on titles of two families."""
    asked: list[Title] = []
    for title in fact.titles:
        if len(asked) == 2 or any(are_kin(title, other) for other in asked):
            continue
        others = _outsiders(fact, (title,), source, book, 3)
        if len(others) < 3:
            continue
        what = f"下列哪份{_called([title, *others])}"
        stem = _stem(fact, source, what, [title], others, Kind.SINGLE, book)
        shown, key = shuffled([title], others, book)
        draft = Draft(
            Kind.SINGLE,
            stem,
            _explain(fact, source, f"《{title.text}》。", title),
            options=shown,
            key=key,
            keys=(title.text,),
            difficulty=0.5,
        )
        yield _finish(draft, fact, source, title.text)
        asked.append(title)


def multiple(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Two to four right titles among four or five, for each family of the fact's titles."""
    left = list(fact.titles)
    while len(left) >= 2:
        keys = homogeneous(left)
        left = [title for title in left if title not in keys]
        if len(keys) >= 2:
            yield from _several(fact, keys, source, book)


def _several(
    fact: TitleFact, keys: list[Title], source: Source, book: Book
) -> Iterator[Candidate]:
    others = _outsiders(fact, keys, source, book, 5 - len(keys))
    if len(others) + len(keys) < 4 or not others:
        return
    stem = _stem(
        fact, source, f"下列哪些{_called([*keys, *others])}", keys, others, Kind.MULTIPLE, book
    )
    shown, key = shuffled(keys, others, book)
    answer = "".join(f"《{title.text}》" for title in keys)
    if len(answer) > 120:
        answer = "".join(f"《{title.text[:24]}…》" for title in keys)
    draft = Draft(
        Kind.MULTIPLE,
        stem,
        _explain(fact, source, f"{answer}。", keys[0]),
        options=shown,
        key=key,
        keys=tuple(title.text for title in keys),
        difficulty=0.65,
    )
    yield _finish(draft, fact, source, "" if keys[0] is fact.titles[0] else keys[0].text)


def judge(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """What was done with a title, or its contrary."""
    rare = fact.relation in (Relation.REPEALED, Relation.LISTED, Relation.DRAFTED)
    formal = [title for title in fact.titles if rare or title.kind in JUDGED]
    if fact.relation is Relation.CARRIED or not formal:
        return
    if not rare and book.judged[fact.section] >= PER_SECTION:
        return
    book.judged[fact.section] += 1
    title = book.rng.choice(formal)
    is_true = book.wants_truth()
    others = source.relations.get(bare(title.text), set())
    claim = _claim(fact, source, fact.relation, title)
    if not is_true:
        flipped = _flip(fact.relation, title, book)
        if flipped is None or flipped in others:
            return
        claim = _claim(fact, source, flipped, title)
    note = "对。" if is_true else f"错，原文为“{_said(fact)}”。"
    draft = Draft(
        Kind.JUDGE,
        claim,
        _explain(fact, source, note, title),
        options=JUDGE_OPTIONS,
        key=(0 if is_true else 1,),
        keys=(title.text,),
        is_false=not is_true,
        difficulty=0.4,
    )
    yield _finish(draft, fact, source)


def is_askable(fact: TitleFact) -> bool:
    """Whether the fact says what the issuer itself did with the titles."""
    said = bool(fact.verb or fact.object)
    return fact.relation in ASKED and fact.actor is not None and said


def _flip(relation: Relation, title: Title, book: Book) -> Relation | None:
    """A status that contradicts the true one."""
    flips = {
        Relation.REPEALED: (
            (Relation.ISSUED, Relation.LISTED) if title.kind == "条例" else (Relation.ISSUED,)
        ),
        Relation.LISTED: (Relation.REPEALED,),
        Relation.DRAFTED: (Relation.REPEALED,),
        Relation.ISSUED: (Relation.REPEALED, Relation.DRAFTED),
        Relation.MADE: (Relation.REPEALED,),
    }.get(relation)
    return book.rng.choice(flips) if flips else None


def _said(fact: TitleFact) -> str:
    return f"{fact.verb}{fact.object}" if fact.relation is not Relation.LISTED else fact.object


def _year(source: Source) -> str:
    return f"{source.document.year}年，" if source.document.year else ""


def _claim(fact: TitleFact, source: Source, relation: Relation, title: Title) -> str:
    """A full statement about one title."""
    who = f"{_year(source)}{fact.actor}"
    name = wording.full_width(f"《{title.text}》")
    if relation is fact.relation:
        return f"{who}{_predicate(fact, name)}。"
    if relation is Relation.LISTED:
        return f"{who}将{name}列为地方立法项目。"
    if relation is Relation.ISSUED:
        return f"{who}修订印发了{name}。"
    if relation is Relation.DRAFTED:
        return f"{who}只完成了{name}的初稿起草，尚未正式出台。"
    verb = "报请废止" if title.kind in ("条例", "规定", "办法") else "废止"
    return f"{who}{verb}了{name}。"


def _predicate(fact: TitleFact, name: str) -> str:
    if fact.relation is Relation.LISTED:
        return f"将{name}{fact.object}"
    if fact.object:
        return f"{fact.verb}{name}{fact.object}"
    return f"{fact.verb}{'' if fact.verb.endswith('了') else '了'}{name}"


def _called(titles: Sequence[Title]) -> str:
    """What all the titles are (通知), or 文件."""
    kinds = {title.kind for title in titles}
    return kinds.pop() if len(kinds) == 1 and kinds <= CALLED else "文件"


def _stem(
    fact: TitleFact,
    source: Source,
    asked: str,
    keys: Sequence[Title],
    others: Sequence[Title],
    kind: Kind,
    book: Book,
) -> str:
    """The question, with its heading's topic and its actor where they give no key away."""
    topic, year = setting.topic(fact.section), _year(source)
    done = _predicate(fact, asked)
    at = f"在{topic}方面，" if topic else ""
    stems = (
        f"{year}{at}{fact.actor}{done}？",
        f"{year}{fact.actor}{done}？",
        f"据报告，{year.rstrip('，')}{at}{done}？",
        f"据报告，{year.rstrip('，')}{done}？",
    )
    seen = frozenset().union(*(grams(title.text) for title in others))
    told = frozenset().union(*(grams(title.text) for title in keys)) - seen
    fair = [stem for stem in stems if not told & grams(stem)]
    fair = [wording.full_width(stem) for stem in fair or stems[1:2]]
    fresh = (stem for stem in fair if not book.repeats(kind, grams(stem, 3)))
    return next(fresh, fair[0])


def _outsiders(
    fact: TitleFact, keys: Sequence[Title], source: Source, book: Book, count: int
) -> list[Title]:
    """Titles of the same family with only contrary relations, least used first."""
    family = _families(keys[0].kind)
    contrary = CONTRARY[fact.relation]
    mine = {bare(title.text) for title in fact.titles}
    core = _core(source)
    sizes = [len(title.text) for title in keys]
    found: dict[str, Title] = {}
    low, high = min(sizes), max(sizes)
    for title, name, other in source.titles_near(fact):
        if other.sentence == fact.sentence or {"V9", "V5"} & set(other.faults):
            continue
        size = len(title.text)
        if max(high, size) > RATIO * min(low, size) or name in mine or name in found:
            continue
        own = fact.relation in OWN and bool(core) and core in title.text
        fits = not own and bool(_families(title.kind) & family)
        if fits and source.relations[name] <= contrary and not is_near(name, mine):
            found[name] = title
    rare = fact.relation in (Relation.REPEALED, Relation.LISTED, Relation.DRAFTED)
    fresh = [title for name, title in found.items() if rare or book.used[name] < WEAR]
    book.rng.shuffle(fresh)
    head = keys[0].text[:3]
    fresh.sort(key=lambda title: (title.text[:3] != head, book.used[bare(title.text)]))
    return _apart(fresh, sizes)[:count]


def _apart(titles: list[Title], sizes: list[int]) -> list[Title]:
    """Without those that are nearly the same text as an earlier one, or out of proportion."""
    kept: list[Title] = []
    for title in titles:
        lengths = [*sizes, *(len(other.text) for other in kept), len(title.text)]
        near = is_near(bare(title.text), {bare(other.text) for other in kept})
        if not near and max(lengths) <= RATIO * min(lengths):
            kept.append(title)
    return kept


def are_kin(one: Title, other: Title) -> bool:
    """Whether two titles are of one family (通知, 意见 …) and so may stand side by side."""
    return bool(_families(one.kind) & _families(other.kind))


def is_near(name: str, others: set[str]) -> bool:
    """Whether a title is nearly, or a part of, one of the others."""
    mine = grams(name)
    return any(
        name in other or other in name or jaccard(mine, grams(other)) >= 0.7 for other in others
    )


def _core(source: Source) -> str:
    """The issuer's name without its place: a title with it may be the issuer's own."""
    issuer, place = source.document.issuer or "", source.document.place
    return issuer.removeprefix(place.name).removeprefix(place.short) if place else issuer


def _families(kind: str) -> frozenset[int]:
    return frozenset(number for number, kinds in enumerate(FAMILIES) if kind in kinds)


def homogeneous(titles: Sequence[Title]) -> list[Title]:
    """Up to three titles of one family and like length."""
    best: list[Title] = []
    for first in titles:
        same = [
            title
            for title in titles
            if _families(title.kind) & _families(first.kind)
            and max(len(title.text), len(first.text))
            <= RATIO * min(len(title.text), len(first.text))
        ]
        best = same if len(same) > len(best) else best
    return best[:3]


def shuffled(
    keys: Sequence[Title], others: Sequence[Title], book: Book
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    shown = [*keys, *others]
    book.rng.shuffle(shown)
    if len(keys) == 1 and len(shown) == 4:  # keep key places even over the bank
        place = min(range(4), key=lambda at: (book.ledger.places[at], book.rng.random()))
        shown.remove(keys[0])
        shown.insert(place, keys[0])
    texts = tuple(f"《{title.text}》" for title in shown)
    return texts, tuple(at for at, title in enumerate(shown) if title in keys)


def _explain(fact: TitleFact, source: Source, answer: str, title: Title) -> str:
    start = fact.start if fact.end - fact.start <= 110 else title.start
    end = fact.end if fact.end - fact.start <= 110 else title.end
    return wording.explain(answer, source.document, fact.section, start, end)


def _finish(draft: Draft, fact: TitleFact, source: Source, part: str = "") -> Candidate:
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation, part)

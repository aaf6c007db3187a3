"""What was done with one title, chosen among deeds that rule each other out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.facts.titles import Relation, Title, TitleFact
from questions.generation import inplace
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare
from questions.generation.titles import families, sayings
from questions.models import Kind

_YEAR: Final = re.compile(r"20\d\d年")
# How each deed may be put, from short to long; the one nearest the key's length is taken.
_WORDS: Final[dict[Relation, tuple[str, ...]]] = {
    Relation.LISTED: ("列入立法计划", "列为下一年度立法项目"),
    Relation.ISSUED: (
        "公布施行",
        "正式公布施行",
        "正式公布并组织实施",
        "经审议通过并正式公布施行",
    ),
    Relation.REPEALED: ("废止", "报请废止", "报请政府废止", "报请本级政府予以废止"),
    Relation.REVISED: (
        "修订公布",
        "修订后重新公布",
        "修订后重新公布施行",
        "完成修订后重新公布施行",
    ),
    Relation.MADE: ("制定", "首次制定", "首次制定并印发"),
}
# For each deed the three that the document's own words rule out.
_WRONG: Final[dict[Relation, tuple[Relation, ...]]] = {
    Relation.DRAFTED: (Relation.ISSUED, Relation.REPEALED, Relation.REVISED),
    Relation.LISTED: (Relation.ISSUED, Relation.REPEALED, Relation.REVISED),
    Relation.CONSULTED: (Relation.ISSUED, Relation.REPEALED, Relation.REVISED),
    Relation.SUBMITTED: (Relation.ISSUED, Relation.REPEALED, Relation.REVISED),
    Relation.REPEALED: (Relation.REVISED, Relation.LISTED, Relation.ISSUED),
    Relation.REVISED: (Relation.MADE, Relation.REPEALED, Relation.LISTED),
}


def deed(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """What was done with the title asked least, where only one of four deeds can be right."""
    wrong = _WRONG.get(fact.relation)
    key = (fact.object if fact.object else fact.verb).rstrip("了")
    if key.endswith(("稿", "工作")):
        return  # a text or a noun, seen at once among deeds
    if wrong is None or key not in source.document.plain[fact.start : fact.end]:
        return
    title = min(fact.titles, key=lambda title: book.titled[bare(title.text)])
    if families.is_draft(title):
        return
    told = {other.relation for other in source.deeds.get(bare(title.text), ())}
    if told & set(wrong):
        return
    year = _YEAR.search(key)
    dated = year.group() if year else ""  # or the one right deed would be the one with a year
    texts = [
        dated + min(_WORDS[other], key=lambda text: abs(len(dated + text) - len(key)))
        for other in wrong
    ]
    options, at = inplace.place(texts, key, book.ledger.places, book.rng)
    draft = Draft(
        Kind.SINGLE,
        _stem(fact, title),
        sayings.explain(fact, source, f"{key}。", [title]),
        options=options,
        key=at,
        keys=(key,),
        difficulty=0.45,
    )
    before = book.asked[Kind.SINGLE]
    yield sayings.finish(draft, fact, source, "deed")
    if book.asked[Kind.SINGLE] > before:
        book.titled[bare(title.text)] += 1


def _stem(fact: TitleFact, title: Title) -> str:
    name = sayings.names([title])
    if not fact.actor:
        return sayings.said(f"据报告，{fact.period}{sayings.NAME}的进展是下列哪一项？", name)
    return sayings.said(f"{sayings.opening(fact)}对{sayings.NAME}作了下列哪种处理？", name)

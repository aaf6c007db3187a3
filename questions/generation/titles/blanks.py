"""The subject of a title, left out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.facts.titles import Relation, Title, TitleFact
from questions.generation import wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft
from questions.generation.likeness import bare
from questions.generation.titles import sayings
from questions.models import Kind

ASKED: Final = frozenset(
    {Relation.ISSUED, Relation.MADE, Relation.REVISED, Relation.CARRIED, Relation.DRAFTED}
)
SHORTEST, LONGEST = 5, 8  # characters a person may be asked to write down
PER_SECTION: Final = 2
_EDITION: Final = re.compile("[(（][^()（）]*[)）]$")
_OWNER: Final = re.compile(
    "^(?:[一-鿿]{2,7}?(?:自治[区州县]|[省市区县州盟旗]))?(?:自治区)?(?:[一-鿿]{2,10}?(?:委员会|政府|[厅局办署](?!法)))?"
)
_YEAR: Final = re.compile(r"^20\d\d年度?")
_USUAL: Final = re.compile(
    "(?:暂行|实施|工作|管理|程序|具体|监督管理|(?:自由)?裁量权?|行政裁量|事项)+$"
)
_PART: Final = re.compile("^[一-鿿]+$")
_NESTED: Final = re.compile("(?<=法治建设)第一责任人职责(?=规定)")  # what a rule in a rule is on
_JOINED: Final = re.compile("关于|[和及与的等]|印发|开展|加强|进一步|做好")


def blank(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The part of a title that says what it is on, its owner and kind told."""
    if fact.relation not in ASKED or book.judged[*fact.section, "blank"] >= PER_SECTION:
        return
    for title in fact.titles:
        left, subject, right = parts(title)
        rivals = (name for name in source.deeds if name != bare(title.text))
        if not subject or book.titled[bare(title.text)] or fact.is_open:
            continue
        if any(n.startswith(bare(left)) and n.endswith(bare(right)) for n in rivals):
            continue
        name = f"《{left}{wording.BLANK}{right}》"
        draft = Draft(
            Kind.BLANK,
            sayings.sentence(fact, name) + f"（填{len(subject)}个字）",
            sayings.explain(fact, source, f"{subject}。", [title]),
            answers=(subject,),
            keys=(subject,),
            difficulty=0.6,
        )
        before = book.asked[Kind.BLANK]
        yield sayings.finish(draft, fact, source, f"blank:{title.text}")
        if book.asked[Kind.BLANK] > before:
            book.titled[bare(title.text)] += 1
            book.judged[*fact.section, "blank"] += 1
            return


def parts(title: Title) -> tuple[str, str, str]:
    """Whose a title is, what it is on and the rest (某某市|行政执法公示|办法); '' where unfit."""
    nested = _NESTED.search(title.text)
    if nested:
        return title.text[: nested.start()], nested.group(), title.text[nested.end() :]
    edition = _EDITION.search(title.text)
    stem = title.text[: edition.start()] if edition else title.text
    stem = stem.removesuffix(title.kind) if title.kind else ""
    owner = _OWNER.match(stem)
    start = owner.end() if owner else 0
    year = _YEAR.match(stem[start:])
    start += year.end() if year else 0
    usual = _USUAL.search(stem, start)
    end = usual.start() if usual else len(stem)
    subject = stem[start:end]
    fits = SHORTEST <= len(subject) <= LONGEST and _PART.match(subject)
    if not start or not fits or _JOINED.search(subject):
        return title.text, "", ""
    return title.text[:start], subject, title.text[end:]

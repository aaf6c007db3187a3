"""How a title fact is said: its predicate with a title, or a question word, in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts import setting
from questions.facts.titles import Relation, Title, TitleFact
from questions.generation import wording
from questions.generation.book import Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.generation.titles import families
from questions.generation.titles.contrary import ASKED, ISSUING, NAMED

_DONE: Final = frozenset({Relation.ISSUED, Relation.MADE, Relation.REVISED, Relation.REPEALED})
_ACTS: Final = ("执行", "落实", "贯彻")
_TELLS: Final = ("宣传", "普及", "宣贯")
NAME: Final = "\ufffc"  # where the titles stand in words still to be set
SHOWN: Final = 110  # characters of a passage that is shown whole


def is_askable(fact: TitleFact) -> bool:
    """Whether the fact says what was done with the titles, and by whom."""
    if fact.relation not in ASKED or fact.actor is None or not (fact.verb or fact.object):
        return False
    if any(is_named_for_another(title, fact) for title in fact.titles):
        return False
    if fact.relation is Relation.CARRIED:
        # Whoever reports carries out what the nation enacts; only a place's own text is telling.
        near = all(families.level(title) != "nation" and title.kind for title in fact.titles)
        verb = fact.verb.rstrip("了")
        return verb.endswith(_TELLS) or (verb.endswith(_ACTS) and near)
    return True


def is_named_for_another(title: Title, fact: TitleFact) -> bool:
    """Whether a title opens with a body other than who is said to act (某某厅党组关于…)."""
    named = NAMED.match(title.text)
    short = re.sub("^.{0,8}?(?:自治区|[省市县区州盟旗])", "", named["body"]) if named else ""
    return bool(short) and fact.relation in ISSUING and not (fact.actor or "").endswith(short)


def predicate(fact: TitleFact, name: str) -> str:
    """What was done, `name` standing for the titles (报请政府废止了《甲》)."""
    if fact.relation is Relation.LISTED:
        return f"{fact.verb or ('将' if fact.actor else '')}{name}{fact.object}"
    if fact.object:
        return f"{fact.verb}{name}{fact.object}"
    ends = "" if fact.relation not in _DONE or fact.verb.endswith("了") else "了"
    return f"{fact.verb}{ends}{name}"


def opening(fact: TitleFact) -> str:
    """When and who (2023年，某某厅)."""
    period = f"{fact.period}，" if fact.period else ""
    return f"{period}{fact.actor or ''}"


def sentence(fact: TitleFact, name: str) -> str:
    """The fact as a sentence, `name` standing for the titles."""
    return said(f"{opening(fact)}{predicate(fact, NAME)}。", name)


def said(text: str, name: str) -> str:
    """Words with a title in the place of NAME, which stays as printed."""
    return wording.full_width(text).replace(NAME, name)


def questions(fact: TitleFact, asked: str) -> Iterator[str]:
    """Ways to ask for titles, the plainest first; a heading only tells like stems apart."""
    topic, when = setting.topic(fact.section), f"{fact.period}，" if fact.period else ""
    done = predicate(fact, asked)
    at = f"在{topic}方面，" if topic else ""
    for stem in (
        f"{when}{fact.actor or ''}{done}？",
        f"据报告，{fact.period}{done}？",
        f"{when}{at}{fact.actor or ''}{done}？",
        f"据报告，{fact.period}{at}{done}？",
    ):
        yield wording.full_width(stem)


def wide(fact: TitleFact, asked: str) -> Iterator[str]:
    """Ways to ask for several titles, those that say by whom first."""
    plain, *others = questions(fact, asked)
    yield plain
    if fact.actor and not fact.object:
        yield said(passive(fact, asked).replace("。", "？"), asked)
    yield from others


def passive(fact: TitleFact, name: str, actor: str = "") -> str:
    """The fact told of the titles: 《甲》是由某某厅于2023年印发的。"""
    when = f"于{fact.period}" if fact.period else ""
    return f"{name}是由{actor or fact.actor}{when}{fact.verb.rstrip('了')}的。"


def names(titles: Sequence[Title]) -> str:
    """《甲》《乙》, short names of laws written out."""
    return setting.expand_aliases("".join(f"《{title.text}》" for title in titles))


def explain(fact: TitleFact, source: Source, answer: str, titles: Sequence[Title]) -> str:
    """Answer, place and the words that say it: the verb with the titles asked about."""
    document, passage = source.document, ""
    if fact.end - fact.start > SHOWN:
        lead = document.raw(fact.start, fact.titles[0].start)
        lead = lead if len(lead) <= 20 else f"…{fact.verb}"
        shown = "".join(document.raw(title.start, title.end) for title in titles)
        gap = "" if titles[0] == fact.titles[0] else "……"
        passage = f"{lead}{gap}{shown}{'……' if titles[-1] != fact.titles[-1] else ''}"
    return wording.explain(answer, document, fact.section, fact.start, fact.end, passage=passage)


def finish(draft: Draft, fact: TitleFact, source: Source, part: str = "") -> Candidate:
    """The candidate of a draft, citing the fact's clause."""
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation, part)

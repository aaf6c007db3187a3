"""A law question on its way, and what it becomes when it is kept."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from questions.facts import sanctions
from questions.facts.articles import (
    ArticleFact,
    ListFact,
    MeaningFact,
    Pattern,
    RuleFact,
    SlotFact,
)
from questions.generation.statutes import worth
from questions.generation.statutes.law import Source
from questions.models import Citation, FactKind, Kind, Question, QuestionId

EXPLANATION: Final = 200
_ID: Final = 12
TAIL: Final = 12  # characters that name a consequence
_STOPS: Final = "。；，、："


@dataclass(frozen=True, slots=True)
class LawCandidate:
    """A question before the checks; `told` is the answer as feedback gives it.

    `other` is the statement a 判断 makes when it is to be false, with its feedback.
    """

    kind: Kind
    fact: ArticleFact
    pattern: Pattern
    stem: str
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    told: str = ""
    note: str = ""
    is_false: bool = False
    other: tuple[str, str] | None = None
    swapped: str = ""  # the authority the false statement names
    siblings: int = 0  # wrong options that are true of a neighbour
    faults: frozenset[str] = field(default=frozenset())

    @property
    def place(self) -> str:
        """条款项."""
        return self.fact.place


def finish(candidate: LawCandidate, law: Source) -> Question:
    """The question a kept candidate becomes."""
    cite = citation(candidate, law)
    article = candidate.fact.norm.article
    chapter = article.headings[-1].partition(" ")[2] if article.headings else ""
    return Question(
        id=_id(candidate, law),
        kind=candidate.kind,
        stem=candidate.stem,
        options=candidate.options,
        key=candidate.key,
        answers=candidate.answers,
        explanation=feedback(candidate, law),
        citation=cite,
        fact=_describe(candidate),
        basis=law.basis(candidate.place, cite.quote),
        difficulty=worth.difficulty(candidate),
        tags=tuple(filter(None, (candidate.pattern.value, chapter))),
    )


def citation(candidate: LawCandidate, law: Source) -> Citation:
    """The passage from its condition on, verbatim."""
    fact = candidate.fact
    section = (*fact.norm.article.headings, fact.place)
    return law.statute.document.cite(fact.start, fact.end, section)


def _shown(candidate: LawCandidate, law: Source, cite: Citation) -> str:
    """What feedback quotes: of a list only the rule, its items stand in the key or the note."""
    norm = candidate.fact.norm
    if not candidate.note and not isinstance(candidate.fact, ListFact):
        return cite.quote
    until = candidate.fact.until if isinstance(candidate.fact, ListFact) else 0
    return law.statute.document.raw(norm.start, max(norm.end, until))


def operative(candidate: LawCandidate) -> tuple[str, ...]:
    """The words feedback must show, since they are what is asked."""
    fact = candidate.fact
    if isinstance(fact, ListFact) and fact.pattern is Pattern.SANCTIONS:
        return tuple(sanctions.bare(member.text) for member in fact.members)
    if isinstance(fact, ListFact):
        return (fact.says[0].rpartition("，")[2][-TAIL:],)
    if isinstance(fact, RuleFact):
        return (fact.norm.rest.split("，")[0][-TAIL:],)
    return candidate.keys


def feedback(candidate: LawCandidate, law: Source) -> str:
    """答案：KEY。《law》条款项：「quote」 and a note, as a learner reads it."""
    return explain(candidate, law, _shown(candidate, law, citation(candidate, law)))


def explain(candidate: LawCandidate, law: Source, quote: str) -> str:
    """答案：KEY。《law》条款项：「quote」 and a note, at most 200 characters."""
    head = f"答案：{candidate.told}\n依据：《{law.short}》{candidate.place}\n"
    note = candidate.note
    room = EXPLANATION - len(head) - 2
    text = re.sub(r"\s+|\*\*", "", quote)
    if note and len(note) + min(len(text), 60) > room:
        note = ""
    shown = excerpt(text, operative(candidate), room - len(note))
    return (head + (f"「{shown}」" if shown else "") + note).rstrip()[:EXPLANATION]


def excerpt(text: str, keys: tuple[str, ...], room: int) -> str:
    """The passage, or its beginning and the clause with the key, cut at marks only."""
    if room < 16:
        return ""
    if len(text) <= room:
        return text
    key = max(keys, key=len, default="")
    place = text.find(key)
    opening = _cut(text, room - 1) + "…"
    if place < 0 or key in opening:
        return opening
    start = max(text.rfind(mark, 0, place) for mark in "，；。：") + 1
    end = min(
        (at for mark in "，；。" if (at := text.find(mark, place + len(key))) > 0),
        default=len(text),
    )
    tail = text[start:end]
    left = room - len(tail) - 2
    if left < 12:
        return tail if len(tail) <= room else ""
    return f"{_cut(text, left)}…{tail}"


def _cut(text: str, room: int) -> str:
    piece = text[:room]
    stop = max(piece.rfind(mark) for mark in _STOPS)
    return piece[: stop + 1] if stop > room // 3 else piece


def _describe(candidate: LawCandidate) -> dict[str, object]:
    fact = candidate.fact
    value, unit = "", ""
    if isinstance(fact, SlotFact):
        value, unit = fact.printed, fact.unit
    elif isinstance(fact, ListFact):
        value = "、".join(candidate.options[at] for at in candidate.key)
    elif isinstance(fact, MeaningFact):
        value = fact.term
    else:
        value = fact.norm.modality or fact.pattern.value
    return {
        "kind": FactKind.ARTICLE.value,
        "value": value,
        "unit": unit,
        "article": fact.place,
        "pattern": candidate.pattern.value,
    }


def _id(candidate: LawCandidate, law: Source) -> QuestionId:
    fact = candidate.fact
    if isinstance(fact, SlotFact):
        mark = "\n".join((fact.left, fact.printed, fact.right))
    elif isinstance(fact, ListFact):
        mark = fact.left + fact.asked + fact.right
    else:
        mark = fact.term if isinstance(fact, MeaningFact) else fact.norm.text
    parts = (law.key, fact.place, candidate.pattern.value, mark, candidate.kind.value)
    return QuestionId(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_ID])

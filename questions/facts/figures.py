"""Figures of a report: what was counted, by whom, where and when, and how much.

Chinese asks in place, so a fact keeps the words before and after its number. Words from
earlier clauses are carried in where the clause alone does not say what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from questions.documents import Document, Sentence
from questions.facts import lexicon, phrases, pieces, quantities
from questions.facts.context import ENOUGH, Antecedents, Context, measure
from questions.facts.phrases import Direction
from questions.facts.pieces import Piece
from questions.facts.quantities import Quantity
from questions.facts.setting import Setting

LONGEST: Final = 1200  # characters; a longer sentence lacks its stops
_ANOTHER_PLACE: Final = re.compile("[省市县区州盟旗国]")


class Form(StrEnum):
    """Where the counted thing stands: 案件1982件 (before) or 148个水源地 (after)."""

    BEFORE = "A"
    AFTER = "B"


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One number of a document with everything a question about it must say.

    `left` and `right` are the words around the number, scope and antecedent included, with
    nothing left that only the document explains; `start` and `end` bound the passage in
    `plain`, and `at` is where the number begins there. `ceiling` is the from-value of a pair
    (由6个压减到3个); `faults` are codes of checks the passage itself fails.
    """

    document: str
    start: int
    end: int
    at: int
    quantity: Quantity
    left: str
    right: str
    measure: str
    subject: str
    period: str
    form: Form
    direction: Direction | None
    ceiling: Quantity | None
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


def extract(document: Document, scene: Setting) -> tuple[FigureFact, ...]:
    """The figures of a document in reading order."""
    facts: list[FigureFact] = []
    previous: Sentence | None = None
    for sentence in document.sentences:
        if len(sentence.text) <= LONGEST and any(c.isdigit() for c in sentence.text):
            facts.extend(_of_sentence(document, scene, sentence, previous))
        previous = sentence
    return tuple(facts)


def _of_sentence(
    document: Document, scene: Setting, sentence: Sentence, previous: Sentence | None
) -> Iterator[FigureFact]:
    parts = pieces.cut(sentence)
    antecedents = Antecedents(parts, sentence, previous)
    for index, piece in enumerate(parts):
        for quantity in piece.quantities:
            after = piece.text[quantity.end :]
            right = "" if phrases.is_cut(after) else after
            before = lexicon.strip_markers(piece.text[: quantity.start])
            before = phrases.LIST_HEAD.sub(r"\1", before)
            context = antecedents.of(index, before, right)
            taken = piece if context.keeps_head else replace(piece, head="")
            yield _fact(document, scene, sentence, taken, quantity, before, right, context)


def _fact(
    document: Document,
    scene: Setting,
    sentence: Sentence,
    piece: Piece,
    quantity: Quantity,
    before: str,
    right: str,
    context: Context,
) -> FigureFact:
    change = phrases.CHANGE.match(before) or phrases.CHANGE_INSIDE.search(before)
    counted = measure(piece.head + before, right)
    if lexicon.weight(counted) < ENOUGH:
        counted = lexicon.opening(piece.head + before).verb + counted  # 废止12件, 修改5件
    start = min(context.start, piece.scope_at) if piece.scopes else context.start
    return FigureFact(
        document=document.id,
        start=start,
        end=piece.end if right else piece.start + quantity.end,
        at=piece.start + quantity.start,
        quantity=quantity,
        left=_left(scene, piece, context.text, before),
        right=_tidy(scene.resolve(right)),
        measure=(context.text or "") + counted,
        subject=piece.subject,
        period="".join(piece.scopes),
        form=Form.AFTER if right else Form.BEFORE,
        direction=phrases.direction(change),
        ceiling=_ceiling(piece, before),
        section=sentence.section,
        sentence=sentence.text,
        faults=tuple(_faults(sentence, piece, before, right, context.text)),
    )


def _left(scene: Setting, piece: Piece, context: str | None, before: str) -> str:
    """Period, scope, speaker and antecedent in front of the number's own words."""
    body = (context or "") + piece.head + before
    scopes = [scope for scope in piece.scopes if not body.startswith(scope)]
    foreign = piece.subject and not piece.text.startswith(piece.subject)
    if foreign and context is None and piece.subject not in body:
        body = piece.subject + body
    body = scene.resolve(body)
    where = [scene.resolve(scope) for scope in scopes]
    dated = any("以来" in scope or "截至" in scope for scope in where)
    period = "" if dated else scene.period(*where, body)
    if not any(name and name in scope for scope in where for name in (scene.issuer, scene.place)):
        speaker = _speaker(scene, body)
        near = f"{scene.short}全{scene.level}"
        body = speaker + (body.replace(near, near[-2:]) if speaker else body)
    if where and phrases.opens_with_period(where[0]):
        where[0] = period + where[0]
    elif period:
        where.insert(0, period)
    return _tidy(",".join([*where, body]))


def _speaker(scene: Setting, body: str) -> str:
    """Who acts, or where, in front of words that do not say so."""
    if scene.issuer and not body.startswith(scene.issuer) and lexicon.is_verbal(body):
        first = re.split("[,、]", body)[0]
        number = next(quantities.scan(first), None)
        noun = lexicon.names_a_measure(first[: number.start] if number else first)
        if not noun or lexicon.opens_with_preposition(body):
            return scene.issuer
    rate = lexicon.names_a_measure(body) or lexicon.ends_in_copula(body)
    bare = not _ANOTHER_PLACE.search(body[:12]) and not lexicon.opens_with_preposition(body)
    if not (rate or bare) or "全国" in body:
        return ""
    if scene.place:
        return "" if scene.short in body else scene.place
    return "" if not scene.issuer or scene.issuer in body else scene.issuer


def _ceiling(piece: Piece, before: str) -> Quantity | None:
    if not phrases.TO.search(before):
        return None
    for quantity in piece.quantities:
        if phrases.FROM.search(piece.text[: quantity.start]) and quantity.end < len(before):
            return quantity
    return None


def _faults(
    sentence: Sentence, piece: Piece, before: str, right: str, context: str | None
) -> Iterator[str]:
    """Codes of checks that no wording of this number could pass."""
    if piece.is_broken:
        yield "V5"
    vague = context is None and lexicon.weight(measure(piece.head + before, right)) < 2
    starts_pair = phrases.FROM.search(before) and not phrases.TO.search(before)
    if vague or starts_pair or sentence.is_plan or phrases.is_target(piece.text):
        yield "V3"
    if phrases.is_shared_out(piece.text) or "分别" in (context or ""):
        yield "V3"
    if phrases.is_year_before(piece.text):
        yield "V3"
    if phrases.runs_on(f"{context or ''}{before}{right}"):
        yield "V11"


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=[^A-Za-z]) +| +(?=[^A-Za-z])", "", text)
    return re.sub(r",{2,}", ",", text)

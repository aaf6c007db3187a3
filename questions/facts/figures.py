"""Figures of a report: what was counted, by whom, where and when, and how much.

Chinese asks in place, so a fact keeps the words before and after its number. Words from
earlier clauses are carried in where the clause alone does not say what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from questions.documents import Document, Sentence
from questions.facts import (
    conjuncts,
    lexicon,
    phrases,
    pieces,
    quantities,
    soundness,
    speech,
    threads,
)
from questions.facts.context import Antecedents, Context, Span
from questions.facts.phrases import Direction
from questions.facts.pieces import Piece
from questions.facts.quantities import Quantity
from questions.facts.setting import Setting
from questions.facts.threads import Thread
from questions.facts.weighing import ENOUGH, measure

_ECHO: Final = re.compile(r"([一-鿿]{2})(?:案件)?,\1(?=率)")  # 机关败诉案件,败诉率
_DONE: Final = re.compile("(?:已|均|应当)*(?:完成|应当)(?=[一-鿿]{2,8}率)")  # 已完成核准率
_WIDTH: Final = re.compile("(?:增加|增长|上升|提高|减少|下降|降低),?(?=[增降]幅)")
_LEFT_OVER: Final = re.compile("(?<=年)的(?=下降|上升|减少|增加|提高|增长|降低)")
_BODY: Final = re.compile("[省市县区州](?:政府|委|人大|政协|[一-鿿]{2,6}局)")
_SORT: Final = re.compile("[一-鿿]类$")
_OTHERS: Final = re.compile("^(?:其中)?(?:其他|其余|其它)[一-鿿]{0,4}$")
_SPACES: Final = re.compile("(?<=[^A-Za-z]) +| +(?=[^A-Za-z])")
_SUMMED: Final = re.compile("(?<=[一-鿿])(?:共计|合计|总计),")
_COMMAS: Final = re.compile(",{2,}")
_DIGIT: Final = re.compile(r"\d")
# Of the year before its own, or before the day it is read: the words don't say.
_LAST_YEAR: Final = re.compile("(?<![比较与同于为])去年(?!同期|年?末|年?底)")
_BETWEEN: Final = re.compile("、|(?<!涉)[和及与]")
_ROW: Final = re.compile(
    "(?:(?:《[^》]*》[、和及与]?){2,}|(?:“[^”]*”[、和及与]?){2,}|(?:[一-鿿]{2,8}[、和及与])+[一-鿿]{2,8}?)等?$"
)
SHORTEST: Final = 2  # characters up to which a verb or noun says nothing alone
LONGEST: Final = 1200  # characters; a longer sentence lacks its stops


class Form(StrEnum):
    """Where the counted thing stands: 案件1982件 (before) or 148个水源地 (after)."""

    BEFORE = "A"
    AFTER = "B"


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One number of a document with everything a question about it must say.

    `left` and `right` are the words around the number, scope and antecedent included, with
    nothing left that only the document explains; `start` and `end` bound the passage in
    `plain`, `spans` its telling parts, and `at` is where the number begins. `ceiling` is the
    from-value of a pair (由6个压减到3个), `total` the most the number can be, `base` what a
    change changes; `is_joint` says that a second count stands in the same words; `faults` are
    codes of checks the passage itself fails.
    """

    document: str
    start: int
    end: int
    at: int
    spans: tuple[Span, ...]
    quantity: Quantity
    left: str
    right: str
    measure: str
    subject: str
    period: str
    form: Form
    direction: Direction | None
    ceiling: Quantity | None
    total: Quantity | None
    base: Quantity | None
    is_joint: bool
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


def extract(document: Document, scene: Setting) -> tuple[FigureFact, ...]:
    """The figures of a document in reading order."""
    facts: list[FigureFact] = []
    for sentence, thread in threads.along(document):
        if len(sentence.text) <= LONGEST and _DIGIT.search(sentence.text):
            facts.extend(_of_sentence(document, scene, sentence, thread))
    return tuple(facts)


def _of_sentence(
    document: Document, scene: Setting, sentence: Sentence, thread: Thread
) -> Iterator[FigureFact]:
    parts = pieces.cut(sentence, thread)
    antecedents = Antecedents(parts, sentence, thread)
    for index, piece in enumerate(parts):
        for quantity in piece.quantities:
            words = conjuncts.of(piece.text, piece.quantities, quantity)
            right = "" if phrases.is_cut(words.after) else words.after
            before = phrases.LIST_HEAD.sub(r"\1", lexicon.strip_markers(words.before))
            context = antecedents.of(index, before, right)
            before, context = soundness.mended(parts, index, before, right, context)
            yield _fact(
                document.id,
                _Place(scene, sentence, thread, piece, quantity),
                _Words(before, right, not words.is_alone, context),
            )


@dataclass(frozen=True, slots=True)
class _Place:
    scene: Setting
    sentence: Sentence
    thread: Thread
    piece: Piece
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Words:
    before: str
    right: str
    is_joint: bool
    context: Context


def _fact(document: str, place: _Place, words: _Words) -> FigureFact:
    piece, quantity, context = place.piece, place.quantity, words.context
    before, right = words.before, words.right
    head = piece.head if context.keeps_head else ""
    change = phrases.CHANGE.match(before) or phrases.CHANGE_INSIDE.search(before)
    counted = measure(head + before, right)
    if lexicon.weight(counted) < ENOUGH:
        counted = lexicon.opening(head + before).verb + counted  # 废止12件, 修改5件
    left = _left(place, context, head + before)
    own = (piece.start, piece.end if right else piece.start + quantity.end)
    spans = _spans(piece, head, context, own)
    return FigureFact(
        document=document,
        start=min(start for start, _ in spans),
        end=own[1],
        at=piece.start + quantity.start,
        spans=spans,
        quantity=quantity,
        left=left,
        right=_tidy(_once(place.scene, left, right)),
        measure=context.text + counted,
        subject=piece.subject,
        period="".join(piece.scopes),
        form=Form.AFTER if right else Form.BEFORE,
        direction=phrases.direction(change),
        ceiling=_ceiling(piece, before),
        total=context.total,
        base=context.base,
        is_joint=words.is_joint,
        section=place.sentence.section,
        sentence=place.sentence.text,
        faults=(
            *_faults(place, words, head),
            *soundness.faults(piece, quantity, before, right, head, context),
        ),
    )


def _spans(piece: Piece, head: str, context: Context, own: Span) -> tuple[Span, ...]:
    """Scope, antecedents, the list's verb and the number's own words, in reading order."""
    found = [*context.spans, own]
    if piece.scopes and not piece.text.startswith(piece.scopes[0]):
        found.append((piece.scope_at, piece.scope_end))
    if head:
        found.append((piece.head_at, piece.head_at + len(head)))
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _left(place: _Place, context: Context, own: str) -> str:
    """Period, scope, speaker and antecedent in front of the number's own words."""
    scene, piece = place.scene, place.piece
    subject = piece.subject
    body = context.text + own
    area = phrases.AREA.match(body if context.base else own)
    if subject and _BODY.match(own):
        subject = ""
    if subject and subject not in body and not context.text.endswith("其中") and not area:
        body = subject + body if context.base else context.text + subject + own
    scopes = [scope for scope in piece.scopes if not body.startswith(scope)]
    return _tidy(speech.said(scene, body, scopes, _area(place)))


def _once(scene: Setting, left: str, right: str) -> str:
    """The words behind a number; the speaker's full name (厅党组会) only where it is new."""
    told = scene.resolve(right)
    issuer = scene.issuer or ""
    return right if issuer and issuer in left and told.startswith(issuer) else told


def _area(place: _Place) -> str:
    """The area the paragraph is on, as 全省 only where the sentence itself says so."""
    scene, area = place.scene, place.thread.area
    told = not area or area in place.sentence.text or area[-1] != scene.level
    return area if told else scene.place


def _ceiling(piece: Piece, before: str) -> Quantity | None:
    if not phrases.TO.search(before):
        return None
    for quantity in piece.quantities:
        if phrases.FROM.search(piece.text[: quantity.start]) and quantity.end < len(before):
            return quantity
    return None


def _faults(place: _Place, words: _Words, head: str) -> Iterator[str]:
    """Codes of checks that no wording of this number could pass."""
    piece, before, context = place.piece, words.before, words.context
    if piece.is_broken:
        yield "V5"
    starts_pair = phrases.FROM.search(before) and not phrases.TO.search(before)
    said = f"{context.text}{head}{before}{words.right}"
    told = place.sentence.text[: piece.start + place.quantity.start - place.sentence.start]
    nowhere = not place.scene.place and phrases.NOWHERE.search(said)
    if nowhere or not _is_placed(place, said) or _LAST_YEAR.search("".join((*piece.scopes, said))):
        yield "V3"
    if phrases.LACK.search(before) or context.is_lost or starts_pair or place.sentence.is_plan:
        yield "V3"
    if phrases.is_target(piece.text) or phrases.is_year_before(piece.text):
        yield "V3"
    shared = phrases.is_shared_out(piece.head + piece.text) or "分别" in context.text
    if shared or "加上" in context.text or (told.startswith("其中") and piece.parent < 0):
        yield "V3"
    if words.right.startswith("内") or words.right == "中" or phrases.KEPT.search(before):
        yield "V3"
    if phrases.FORMER.search(told) or (phrases.HANGING.search(before) and not context.text):
        yield "V3"
    if phrases.BARE_ACT.match(context.text.rstrip(",") or before + words.right):
        yield "V3"  # 本级审批,涉及总投资…: what was approved?
    if phrases.HANGING.search(context.text) or phrases.LODGED.match(head + before):
        yield "V3"
    own = before[lexicon.skip_adverbs(before, 0) :]
    if len(own) <= SHORTEST and not (context.text or words.right or head):
        yield "V3"  # 纠正3件: of what?
    odd = phrases.ODD.search(head + before) or (_SORT.search(before) and piece.parent < 0)
    if odd or (phrases.ALL.search(before) and not phrases.SEVERAL.search(said)):
        yield "V3"
    if "百分点" in place.quantity.unit and context.base and "%" not in context.base.unit:
        yield "V3"
    if phrases.runs_on(said):
        yield "V11"
    if any(_counts_names(before, quantity) for quantity in piece.quantities):
        yield "V9"
    if lexicon.is_trifle(said) or _OTHERS.search(before) or _is_frame(piece, words, place):
        yield "V9"


def _is_placed(place: _Place, said: str) -> bool:
    """Whether anybody can tell whose the count is, and of which year."""
    scene, piece = place.scene, place.piece
    told = "".join((*piece.scopes, piece.subject, said))
    whose = scene.issuer or scene.place or phrases.NAMED_PLACE.search(told)
    return bool(whose) and (scene.year is not None or phrases.DATED.search(told) is not None)


def _counts_names(before: str, quantity: Quantity) -> bool:
    """Whether a number but counts the names right before it: 甲、乙、丙3市."""
    row = _ROW.search(before)
    if row is None:
        return False
    closing = sum(row.group().count(mark) for mark in "》”")
    return quantity.value == (closing or len(_BETWEEN.findall(row.group())) + 1)


def _is_frame(piece: Piece, words: _Words, place: _Place) -> bool:
    """Whether the number but frames another (13个断面优良比例为92.3%), or is told by one."""
    mine = place.quantity
    told = any(other.digits == mine.digits for other in piece.quantities if other is not mine)
    ranked = phrases.RANKED.search(words.right)
    return told or bool(ranked) or next(quantities.scan(words.right), None) is not None


def _tidy(text: str) -> str:
    text = phrases.LABEL.sub("", _SPACES.sub("", text))
    echoed = _ECHO.sub(r"\1", text)
    text = _DONE.sub("", echoed) if echoed != text else text
    text = _WIDTH.sub("", text)  # 立案增加31件,增幅32.6%
    text = _LEFT_OVER.sub("", text)  # 比上年的41微克下降: without the 41
    text = _SUMMED.sub(",", text)
    return _COMMAS.sub(",", text)

"""Figures of a report: what was counted, by whom, where and when, and how much.

Chinese asks in place, so a fact keeps the words before and after its number. Words from
earlier clauses are carried in where the clause alone does not say what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from questions.data import words
from questions.documents import Clause, Document, Sentence
from questions.facts import lexicon, quantities
from questions.facts import setting as settings
from questions.facts.quantities import Quantity
from questions.facts.setting import Setting


class Form(StrEnum):
    """Where the counted thing stands: 案件1982件 (before) or 148个水源地 (after)."""

    BEFORE = "A"
    AFTER = "B"


class Direction(StrEnum):
    """Which way a change goes."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class FigureFact:
    """One number of a document with everything a question about it must say.

    `left` and `right` are the words around the number, scope and antecedent included, with
    nothing left that only the document explains; `start` and `end` bound the passage in
    `plain`, and `at` is where the number begins there.
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
    ceiling: Quantity | None  # the from-value of a from–to pair
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]  # codes of checks the passage itself fails


_SCOPE: Final = re.compile(
    r"^(?:(?:在|自|从|当|于|针对|为)?[^,]{2,40}(?:以来|期间|之际)|(?:[我全本][一-鿿]|[一-鿿]{2,8}[省市县区州盟旗])?(?:在|自|从|当|于|针对)[^,]{2,40}(?:中|方面|后|前|时|上|下|起)"
    r"|截[至止][^,]{2,16}|(?:20\d\d年)?(?:\d{1,2} *(?:-|—|–|~|至) *\d{1,2}月份?|上半年|下半年|全年|前三季度|[一二三四]季度|\d{1,2}月份?)"
    r"|20\d\d年(?:度|以来)?|今年以来|今年|一年来|本年度|“十[三四五]五”期间)$"
)
_SINCE: Final = re.compile(r"(?<=[一-鿿])新?《[^》]+》[^《》]{0,14}以来$")
_CHANGE: Final = re.compile(
    r"^(?:(?:分别)?(?:同比|环比|比|较|相比|与)[^,、]{0,16}?)?(?:分别)?(?P<way>下降|减少|降低|回落|下滑|缩短|压缩|压减|上升|增长|增加|提高|提升|增幅|降幅|多|少)(?:了|达|达到|幅度达|为)?(?:约)?$"
)
_CHANGE_INSIDE: Final = re.compile(
    r"(?:同比|环比|较[^,、]{1,12}|比(?:上年|去年|20\d\d年)[^,、]{0,8})(?:平均)?(?P<way>下降|减少|降低|回落|下滑|缩短|压缩|压减|上升|增长|增加|提高|提升|多|少)(?:了|达|达到)?$"
)
_DOWN: Final = frozenset("下降 减少 降低 回落 下滑 缩短 压缩 压减 降幅 少".split())
_FROM_TO: Final = re.compile(r"(?:由|从)[^,、]{0,10}$")
_TO: Final = re.compile(r"(?:到|至|为)$")
_CUT: Final = re.compile(r"^ *(?:并(?!购)|\(|以?及时?并|,|;|$)")
_LIST_HEAD: Final = re.compile(r"(《[^》]*》)(?:[、和及与]?《[^》]*》)+(?=等$)")
_NUMERAL_FEATURES: Final = re.compile(r"分别|(?<![一-鿿])各$|各$|依次")
_TARGET: Final = re.compile(
    "|".join(map(re.escape, words("targets").split()))
    + r"|拟(?=[一-鿿]{0,6}$)|到20\d\d年|20\d\d年底前"
)
_RUN_ON: Final = re.compile(
    r"(?<=[一-鿿]{8})(?<![和并、及与以来于要为再新各已可应的地得所共])(?<!进一步)(?<!不断)(?<!持续)(?<!积极)(?<!研究)(?<!组织)(?<!推动)(?<!联合)(?<!认真)"
    r"(?:印发(?:实施)?《|做好(?=[一-鿿]{4})|加强(?=[一-鿿]{4}[^,]*(?:工作|培训|教育|管理|监管|建设)$))"
)
_TOPIC: Final = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]+[)]?[、.]?)+ *|方面$|情况$")
_RELATED: Final = re.compile("相关|有关|此类|该类")
_LONGEST_CONTEXT: Final = 110
_ENOUGH: Final = 4  # Han characters that make a measure specific
_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause that holds at most one trailing number; places in `plain`."""

    start: int
    end: int
    text: str
    head: str  # verb (and subject) lent by the first item of a 、 list
    subject: str
    scopes: tuple[str, ...]
    scope_at: int  # where the first scope clause begins, or this piece
    is_broken: bool
    opens: bool


def extract(document: Document, scene: Setting) -> tuple[FigureFact, ...]:
    """The figures of a document in reading order."""
    facts: list[FigureFact] = []
    previous: Sentence | None = None
    for sentence in document.sentences:
        if any(c.isdigit() for c in sentence.text):
            facts.extend(_Walk(document, scene, sentence, previous).facts())
        previous = sentence
    return tuple(facts)


class _Walk:
    """One pass over a sentence's pieces, carrying subject, scope and antecedents."""

    def __init__(
        self, document: Document, scene: Setting, sentence: Sentence, previous: Sentence | None
    ) -> None:
        self.document, self.scene, self.sentence = document, scene, sentence
        same = previous is not None and previous.section == sentence.section
        self.previous = previous if same else None
        self.theme = ""  # what the sentence before lends to this one, once a number needed it
        self.pieces: list[Piece] = []
        self.quantities: list[list[Quantity]] = []

    def facts(self) -> Iterator[FigureFact]:
        self._cut()
        for index, found in enumerate(self.quantities):
            for quantity in found:
                yield self._fact(index, quantity)

    def _cut(self) -> None:
        scopes: tuple[str, ...] = ()
        scope_at, subject = -1, ""
        for clause in self.sentence.clauses:
            if clause.opens:
                subject, scopes, scope_at = "", (), -1
            text, start = self._scope(clause)
            if text:
                scopes, scope_at = (*scopes, text), start if scope_at < 0 else scope_at
                if not lexicon.opens_with_preposition(text) and "以来" not in text:
                    subject = ""
                continue
            period = settings.opens_with_period(clause.text)
            mine = lexicon.opening(lexicon.strip_markers(clause.text)).subject
            subject = mine or subject
            self._split(clause, subject, scopes, scope_at)
            if period and not scopes:
                scopes, scope_at = (period,), clause.start

    def _scope(self, clause: Clause) -> tuple[str, int]:
        since = _SINCE.search(clause.text)
        if since and lexicon.is_verbal(clause.text) and clause.text[:1] not in "自从":
            return since.group(), clause.start + since.start()
        if _SCOPE.match(clause.text) and not list(quantities.scan(clause.text)):
            return clause.text, clause.start
        return "", clause.start

    def _split(self, clause: Clause, subject: str, scopes: tuple[str, ...], scope_at: int) -> None:
        found = list(quantities.scan(clause.text))
        cuts = [
            quantity.end
            for quantity in found
            if clause.text[quantity.end :].lstrip().startswith("、")
        ]
        done, head = 0, ""
        for number, cut in enumerate([*cuts, len(clause.text)]):
            text = clause.text[done:cut]
            lead = len(text) - len(text.lstrip(" 、"))
            start, text = done + lead, text[lead:]
            if number == 1:
                head = self._head(clause.text[: cuts[0]])
            lent = "" if number == 0 or self._stands(text) else head
            piece = Piece(
                clause.start + start, clause.start + cut, text, lent, subject, scopes, scope_at,
                clause.is_broken, clause.opens and number == 0,
            )  # fmt: skip
            self.pieces.append(piece)
            inside = [q for q in found if start <= q.start < cut]
            self.quantities.append(
                [replace(q, start=q.start - start, end=q.end - start) for q in inside]
            )
            done = cut

    @staticmethod
    def _head(first: str) -> str:
        start = lexicon.opening(first)
        return first[: start.object_at] if start.verb else ""

    @staticmethod
    def _stands(text: str) -> bool:
        number = next(quantities.scan(text), None)
        before = text[: number.start] if number else text
        return bool(_CHANGE.match(before)) or bool(lexicon.verb_at(text, 0))

    def _fact(self, index: int, quantity: Quantity) -> FigureFact:
        piece = self.pieces[index]
        before, after = piece.text[: quantity.start], piece.text[quantity.end :]
        cut = _CUT.match(after)
        right = "" if cut else after
        form = Form.BEFORE if cut else Form.AFTER
        before = _LIST_HEAD.sub(r"\1", lexicon.strip_markers(before))
        change = _CHANGE.match(before) or _CHANGE_INSIDE.search(before)
        context, start = self._context(index, before, right, form, bool(_CHANGE.match(before)))
        left = self._left(piece, context, before)
        measure = (context or "") + self._measure(piece.head + before, right)
        end = piece.end if form is Form.AFTER else piece.start + quantity.end
        if piece.scope_at >= 0 and piece.scopes:
            start = min(start, piece.scope_at)
        return FigureFact(
            document=self.document.id,
            start=start,
            end=end,
            at=piece.start + quantity.start,
            quantity=quantity,
            left=left,
            right=_tidy(self.scene.resolve(right)),
            measure=measure,
            subject=piece.subject,
            period="".join(piece.scopes),
            form=form,
            direction=_direction(change),
            ceiling=self._ceiling(index, before),
            section=self.sentence.section,
            sentence=self.sentence.text,
            faults=tuple(self._faults(index, quantity, left + right, context)),
        )

    def _left(self, piece: Piece, context: str | None, before: str) -> str:
        """Period, scope, speaker and antecedent in front of the number's own words."""
        body = (context or "") + piece.head + before
        scopes = [scope for scope in piece.scopes if not body.startswith(scope)]
        inherited = piece.subject and context is None and not body.startswith(piece.subject)
        if inherited and piece.subject not in body:
            body = piece.subject + body
        body = self.scene.resolve(body)
        where = [self.scene.resolve(scope) for scope in scopes]
        period = "" if any("以来" in s for s in where) else self.scene.period(*where, body)
        if not any(self.scene.issuer and self.scene.issuer in scope for scope in where):
            speaker = self._speaker(body)
            near = f"{self.scene.short}全{self.scene.level}"
            body = speaker + (body.replace(near, near[-2:]) if speaker else body)
        if where and settings.opens_with_period(where[0]):
            where[0] = period + where[0]
        elif period:
            where.insert(0, period)
        return _tidy(",".join([*where, body]))

    def _speaker(self, body: str) -> str:
        issuer = self.scene.issuer
        if issuer and not body.startswith(issuer) and lexicon.is_verbal(body):
            first = re.split("[,、]", body)[0]
            number = next(quantities.scan(first), None)
            noun = lexicon.names_a_measure(first[: number.start] if number else first)
            if not noun or lexicon.opens_with_preposition(body):
                return issuer
        place = self.scene.place
        if place and place not in body and self.scene.short not in body and _is_rate(body):
            return place
        return ""

    def _context(
        self, index: int, before: str, right: str, form: Form, is_change: bool
    ) -> tuple[str | None, int]:
        """The earlier words this number leans on, None where it leans on nothing."""
        piece = self.pieces[index]
        measure = self._measure(piece.head + before, right)
        if not is_change and not _RELATED.search(measure):
            own = piece.subject and piece.text.startswith(piece.subject)
            enough = _ENOUGH - 1 if own or piece.opens is False and "全" in before[:2] else _ENOUGH
            if lexicon.weight(measure) >= enough and "其中" not in piece.text[:2]:
                return self._subject_context(index, piece)
        text, start, at = "", piece.start, index
        for _ in range(_DEPTH):
            if self.pieces[at].opens or at == 0:
                break
            at -= 1
            earlier = self.pieces[at]
            text = earlier.head + earlier.text + ("," if not text else ",") + text
            start = earlier.start
            if self._is_enough(at):
                break
        first = self.pieces[at]
        if text and first.subject and first.subject not in text:
            text = first.subject + text
        if not text or (not self._is_enough(at) and not is_change):
            self.theme = self.theme or self._background()
            text = self.theme + text
        elif self.theme:
            text = self.theme + text
        return (text or None), start

    def _subject_context(self, index: int, piece: Piece) -> tuple[str | None, int]:
        """A clause that introduces a foreign subject is carried with it."""
        foreign = piece.subject and not piece.text.startswith(piece.subject)
        if foreign and index > 0 and not piece.head:
            earlier = self.pieces[index - 1]
            if earlier.text.startswith(piece.subject) and not self.quantities[index - 1]:
                return f"{earlier.text},", earlier.start
        if self.theme:
            lent = piece.subject if piece.subject not in piece.text else ""
            return self.theme + lent, piece.start
        return None, piece.start

    def _is_enough(self, index: int) -> bool:
        piece, found = self.pieces[index], self.quantities[index]
        text = piece.head + piece.text
        if not found:
            return lexicon.weight(self._measure(text, "")) >= _ENOUGH
        before, after = piece.text[: found[0].start], piece.text[found[0].end :]
        if _CHANGE.match(before):
            return False
        return lexicon.weight(self._measure(piece.head + before, after)) >= _ENOUGH

    def _background(self) -> str:
        """What the sentence before, or the heading, says this one is about."""
        if self.previous is not None:
            first = self.previous.clauses[0]
            if len(first.text) <= 36 and not any(c.isdigit() for c in first.text):
                return f"{lexicon.strip_markers(first.text)},"
        topic = _TOPIC.sub("", self.sentence.section[-1]) if self.sentence.section else ""
        topic = _TOPIC.sub("", topic)
        return f"在{topic}方面," if 4 <= len(topic) <= 26 else ""

    @staticmethod
    def _measure(before: str, after: str) -> str:
        text = lexicon.strip_markers(before)
        start = lexicon.opening(text)
        rest = text[start.object_at :] if start.verb else text[lexicon.skip_adverbs(text, 0) :]
        return re.sub(r"\s|20\d\d年|^[一-鿿]?全[省市区县州国]", "", rest + after)

    def _ceiling(self, index: int, before: str) -> Quantity | None:
        if not _TO.search(before):
            return None
        for quantity in self.quantities[index]:
            lead = self.pieces[index].text[: quantity.start]
            if _FROM_TO.search(lead) and quantity.end < len(before):
                return quantity
        return None

    def _faults(
        self, index: int, quantity: Quantity, asked: str, context: str | None
    ) -> Iterator[str]:
        piece = self.pieces[index]
        before = piece.text[: quantity.start]
        whole = "".join(clause.text for clause in self.sentence.clauses)
        if piece.is_broken:
            yield "V5"
        if _NUMERAL_FEATURES.search(piece.text) or re.search("分别", whole) and not piece.opens:
            yield "V3"
        if self.sentence.is_plan or _TARGET.search(piece.text):
            yield "V3"
        if _FROM_TO.search(before) and not _TO.search(before) and not before.endswith("从"):
            yield "V3" if re.search(r"(?:由|从)[^,、]{0,10}$", before) else "V9"
        if _RUN_ON.search(asked):
            yield "V11"
        if (
            context is None
            and lexicon.weight(self._measure(piece.head + before, piece.text[quantity.end :])) < 2
        ):
            yield "V3"


def _is_rate(body: str) -> bool:
    return lexicon.names_a_measure(body) or lexicon.ends_in_copula(body)


def _direction(change: re.Match[str] | None) -> Direction | None:
    if change is None:
        return None
    return Direction.DOWN if change["way"] in _DOWN else Direction.UP


def _tidy(text: str) -> str:
    text = re.sub(r"(?<=[^A-Za-z]) +| +(?=[^A-Za-z])", "", text)
    return re.sub(r",{2,}", ",", text)


def contradicting(facts: Sequence[FigureFact]) -> frozenset[int]:
    """Indices of figures that the same document states twice with different values."""
    groups: dict[tuple[str, str, str, str, str], list[int]] = {}
    for index, fact in enumerate(facts):
        key = (fact.document, fact.measure, fact.quantity.unit, fact.subject, fact.period)
        groups.setdefault(key, []).append(index)
    return frozenset(
        index
        for group in groups.values()
        if len({facts[index].quantity.value for index in group}) > 1
        for index in group
    )

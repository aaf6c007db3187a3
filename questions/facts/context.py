"""What a number leans on: the earlier words it takes to say what was counted.

A number that stands alone takes nothing. One that does not takes the nearest clause that says
what it is about, without figures nobody asks for; where none does, it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from questions.documents import Sentence
from questions.facts import lexicon, phrases
from questions.facts.pieces import Piece
from questions.facts.quantities import Quantity, UnitClass
from questions.facts.setting import topic
from questions.facts.threads import Thread

ENOUGH: Final = 4  # Han characters that make a measure specific
TOPICAL: Final = 7  # and that need no topic, even where the clause before names one
SHORT: Final = 5  # up to here a noun without a verb leans on the clause before it
SPARE: Final = 3  # up to here next to nothing
LONG: Final = 12  # and that need no campaign either
DEPTH: Final = 5  # pieces looked back at most
TOPIC: Final = 36  # characters of a clause that names a topic
_NOISE: Final = re.compile(r"\s|20\d\d年|^[一-鿿]?全[省市区县州国]")
_TOPIC: Final = re.compile(
    "开展|深化|加强|推进|强化|加大|严格|推动|围绕|聚焦|推行|实施|健全|落实|优化|严厉|规范|整治"
)
_BODY: Final = re.compile("部门|机关|机构|法院|检察院|队伍|服务队|协会|委员会")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Context:
    """Earlier words ('' where the piece stands alone) and where they stand in `plain`.

    `base` is the figure a change changes, `total` the most the number can be where the words
    show it; `keeps_head` says whether the piece still takes the verb of its list, `is_lost`
    that nothing says what was counted.
    """

    text: str = ""
    spans: tuple[Span, ...] = ()
    keeps_head: bool = True
    base: Quantity | None = None
    total: Quantity | None = None
    is_lost: bool = False


def measure(before: str, after: str) -> str:
    """What is counted: the words around a number without subject, adverbs and verb."""
    text = lexicon.strip_markers(before)
    start = lexicon.opening(text)
    rest = text[start.object_at :] if start.verb else text[lexicon.skip_adverbs(text, 0) :]
    return _NOISE.sub("", rest + after)


class Antecedents:
    """The contexts of one sentence's pieces."""

    def __init__(self, pieces: Sequence[Piece], sentence: Sentence, thread: Thread):
        self._pieces = pieces
        self._numbered = topic((thread.heading,))
        self._heading = self._numbered or topic(sentence.section)

    def of(self, index: int, before: str, right: str) -> Context:
        """The context of the number that stands between `before` and `right` in a piece."""
        piece = self._pieces[index]
        if phrases.CHANGE.match(before) or (before.startswith("占") and not right):
            return self._changed(index)
        if piece.parent >= 0:
            return self._part(index)
        if phrases.FOLLOWS.match(before) and index > 0 and not piece.opens and not piece.head:
            return self._following(index)
        if phrases.STOCK.match(before):
            return Context(is_lost=True)  # all there is, not what was counted before
        if not before and lexicon.verb_at(right, 0) and not piece.head:
            return Context(is_lost=True)  # 2家列入…: nothing says of what
        counted = measure(piece.head + phrases.FROM_VALUE.sub("", before), right)
        weight = lexicon.weight(counted) + _own(piece)
        if index > 0 and not piece.opens and not piece.head:
            if self._is_derived(before, right, counted):
                return self._derived(index)
            if self._is_rate(index, weight):
                return self._rate(index, before, weight)
        dated = phrases.EVENT.search("".join(piece.scopes))
        if not dated and _is_relational(before, right, weight):
            return self._governing(index)
        if weight >= ENOUGH and not self._leans(index, before, right, weight):
            return self._foreign(index) or self._topic(index, before, weight)
        return self._earlier(index, weight=weight)

    def _is_derived(self, before: str, right: str, counted: str) -> bool:
        """Whether a piece is but a verb or rate (办结, 采纳率) of what was counted before."""
        own = lexicon.strip_markers(before)
        if right:
            return False
        if len(counted) <= 1 or phrases.DERIVED.match(own):
            return True
        return len(own) <= SHORT + 1 and lexicon.is_bare_measure(own)

    def _is_rate(self, index: int, weight: int) -> bool:
        """Whether a share tells of the cases counted right before it."""
        piece, last = self._pieces[index], self._pieces[index - 1]
        if piece.quantities[0].unit_class is not UnitClass.SHARE or weight > TOPICAL:
            return False
        if not last.quantities or self._is_change(last) or "全" in piece.text[:2]:
            return False
        if last.quantities[0].unit_class not in (UnitClass.COUNT, UnitClass.NOUN):
            return False
        return bool(lexicon.opening(last.head + last.text).verb) and self._is_enough(index - 1)

    def _following(self, index: int) -> Context:
        """The act that brought something about, or the clause right before."""
        for at in range(index - 1, max(-1, index - 1 - DEPTH), -1):
            if phrases.ACT.match(self._words(at)):
                return self._act(at)
            if self._pieces[at].opens:
                break
        at = index
        while at > 0 and not self._pieces[at].opens:
            at -= 1
            piece = self._pieces[at]
            if phrases.FOLLOWS.match(piece.head + piece.text):
                continue
            acts = piece.quantities and phrases.LOOKS.search(piece.text)
            told = piece.quantities or _names_topic(piece, strict=False)
            if acts or (told and self._is_enough(at)):
                return self._act(at)
        return self._act(index - 1)

    def _rate(self, index: int, before: str, weight: int) -> Context:
        """The cases a share is of, where it says so or could be of nothing else."""
        last = self._pieces[index - 1]
        own, other = phrases.bigrams(before), phrases.bigrams(last.head + last.text)
        if weight >= ENOUGH and not own & other:
            return Context(is_lost=True)
        return self._earlier(index, weight=weight)

    def _leans(self, index: int, before: str, right: str, weight: int) -> bool:
        """Whether a bare noun (合格率, 受灾人口) needs the clause before it."""
        piece = self._pieces[index]
        if index == 0 or piece.opens or piece.head:
            return False
        if lexicon.is_bare_measure(phrases.FROM_VALUE.sub("", before)):
            return True
        alone = not piece.head and not piece.subject and not right
        return alone and weight <= SHORT and not lexicon.is_verbal(piece.text)

    def _changed(self, index: int) -> Context:
        """What a change (同比下降3%) changes, without its figure."""
        at = index
        while at > 0 and not self._pieces[at].opens:
            at -= 1
            piece = self._pieces[at]
            if not piece.quantities:
                break
            if not self._is_change(piece):
                number = piece.quantities[-1]
                inner = self.of(at, piece.text[: number.start], piece.text[number.end :])
                words = self._words(at)
                between = [other.text for other in self._pieces[at + 1 : index]]
                said = phrases.compared(between, self._pieces[index].text)
                spans = (*inner.spans, (piece.start, piece.end))
                return Context(f"{inner.text}{words}{said}", spans, keeps_head=False, base=number)
        return Context(is_lost=True)

    def _part(self, index: int) -> Context:
        """The total a part belongs to, its own figure kept."""
        piece = self._pieces[index]
        whole = self._pieces[piece.parent]
        if not whole.quantities:
            return self._earlier(index, weight=0)
        number = whole.quantities[-1]
        before, after = whole.text[: number.start], whole.text[number.end :]
        inner = self.of(piece.parent, before, after)
        words = f"{whole.head if inner.keeps_head else ''}{lexicon.strip_markers(whole.text)}"
        same = number.unit == piece.quantities[0].unit
        first = self._pieces[index - piece.item].quantities
        if piece.item and first and first[0].unit != piece.quantities[0].unit:
            return Context(is_lost=True)  # 其中讨薪案件213件、挽回467万元
        spans = (*inner.spans, (whole.start, whole.end))
        return Context(
            f"{inner.text}{words},{'' if '其中' in piece.text[1:4] else '其中'}",
            spans,
            keeps_head=True,
            total=number if same else None,
            is_lost=inner.is_lost,
        )

    def _derived(self, index: int) -> Context:
        """What was handled (受理1846件,办结…): the figure stays where it is of the same unit."""
        at = index - 1 - self._pieces[index].item
        if at < 0:
            return Context(is_lost=True)  # 取消事项3项、下放2项
        while at > 0 and self._is_change(self._pieces[at]) and not self._pieces[at].opens:
            at -= 1
        number, last = self._pieces[index].quantities[0], self._pieces[at]
        same = bool(last.quantities) and last.quantities[-1].unit == number.unit
        same = same and not last.text[last.quantities[-1].end :].strip()
        same = same and last.quantities[-1].value >= number.value
        if not same or number.unit_class is UnitClass.SHARE or self._is_change(last):
            return self._earlier(index, weight=0, is_derived=True)
        kept, total = f"{self._words(at, keeps_last=True)},", last.quantities[-1]
        if self._is_enough(at) or last.opens:
            subject = last.subject if last.subject not in last.text else ""
            return Context(subject + kept, ((last.start, last.end),), total=total)
        context = self._earlier(at, weight=0, is_derived=True)
        spans = (*context.spans, (last.start, last.end))
        return Context(context.text + kept, spans, total=total, is_lost=context.is_lost)

    def _earlier(self, index: int, *, weight: int, is_derived: bool = False) -> Context:
        """The nearest piece before `index` that says what is counted, its figure cut."""
        at, unit = index, self._pieces[index].quantities[0].unit
        text = lexicon.strip_markers(self._pieces[index].text)
        acts = bool(lexicon.verb_at(text, lexicon.skip_adverbs(text, 0))) and not is_derived
        mine = self._pieces[index]
        if mine.item and weight < (2 if mine.head else ENOUGH):
            return self._listed(index)
        spare = -1
        for _ in range(DEPTH):
            if at == 0 or self._pieces[at].opens:
                break
            at -= 1
            piece = self._pieces[at]
            if mine.item and piece.head_at == mine.head_at:
                continue  # another item of its list
            if mine.quantities[0].unit_class is UnitClass.SHARE:
                told = piece.quantities or weight < SPARE or phrases.ACT.match(self._words(at))
                if _is_measured(piece) or not told:
                    continue
            if "罚" in text[:4] and not re.search("[案罚查违办]", piece.text):
                continue
            like = bool(piece.quantities) and piece.quantities[0].unit == unit
            if like and not is_derived:
                continue  # its sibling, not what it is about
            words = self._words(at)
            if acts and piece.quantities and not phrases.LOOKS.search(words):
                continue  # an act beside it
            stock = piece.quantities and piece.text[: piece.quantities[0].start].endswith("达到")
            if stock and (acts or weight >= SPARE) and not _is_measured(piece):
                continue  # a stock beside it
            issued = at == index - 1 and "《" in piece.text
            named = piece.quantities or issued or _names_topic(piece, strict=False)
            if self._is_enough(at) and named:
                return self._act(at)
            if piece.quantities and phrases.LOOKS.search(words) and not self._is_change(piece):
                spare = at
        if spare >= 0:
            return self._act(spare)
        if self._heading and weight < 2:
            return Context(f"在{self._heading}方面,")
        return Context(is_lost=weight < 2)

    def _listed(self, index: int) -> Context:
        """The first item of a list, for a sum that is of it; no noun is lent to a bare 市级."""
        piece = self._pieces[index]
        first = index - piece.item
        if piece.quantities[0].unit_class is UnitClass.MONEY and self._is_enough(first):
            other = self._pieces[first]
            span = (other.start, other.end)
            return Context(f"{self._words(first)},", (span,), keeps_head=False)
        return Context(is_lost=True)

    def _words(self, at: int, *, keeps_last: bool = False) -> str:
        """A piece's words without its figures, or with the last of them."""
        piece = self._pieces[at]
        text = piece.text
        pair = phrases.FROM_VALUE.search(text)
        if pair:
            text = text[: pair.start()]  # 事项由26项压减到19项
        else:
            for number in reversed(piece.quantities[: -1 if keeps_last else None]):
                text = phrases.without_figure(text, number.start, number.end)
        text = re.sub("^[将把]", "", text) if pair else text
        return f"{piece.head}{lexicon.strip_markers(text)}"

    def _topic(self, index: int, before: str, weight: int) -> Context:
        """The act or topic that a clause belongs to, where its own words say little."""
        piece = self._pieces[index]
        if piece.opens or piece.item or index == 0:
            return Context()
        earlier = self._pieces[index - 1]
        if phrases.CAMPAIGN.match(earlier.text) and not earlier.quantities and weight < LONG:
            return self._carried(earlier)
        if weight >= TOPICAL or not lexicon.is_verbal(before):
            return Context()
        if _names_topic(earlier, strict=True):
            return self._carried(earlier)
        if phrases.FINDS.match(before[lexicon.skip_adverbs(before, 0) :]):
            return Context()
        for at in range(index - 1, max(-1, index - 1 - DEPTH), -1):
            if phrases.ACT.match(self._words(at)):
                return self._act(at)
            if self._pieces[at].opens:
                break
        return Context()

    def _act(self, at: int) -> Context:
        """A clause without its figures, and the campaign it belongs to."""
        piece = self._pieces[at]
        words = self._words(at)
        lead = piece.subject if piece.subject and piece.subject not in words else ""
        spans = ((piece.start, piece.end),)
        earlier = self._pieces[at - 1] if at and not piece.opens else None
        if earlier and not earlier.quantities and phrases.CAMPAIGN.match(earlier.text):
            context = self._carried(earlier)
            return Context(f"{context.text}{words},", (*context.spans, *spans))
        return Context(f"{lead}{words},", spans)

    def _governing(self, index: int) -> Context:
        """The nearest clause before that an object such as 评估范围 belongs to."""
        at = index
        while at > 0 and not self._pieces[at].opens:
            at -= 1
            piece = self._pieces[at]
            looks = phrases.LOOKS.search(self._words(at))
            if piece.quantities and looks and self._is_enough(at):
                return self._act(at)
            if _names_topic(piece, strict=False):
                return self._carried(piece)
        if self._numbered:
            return Context(f"在{self._numbered}方面,")
        return Context(is_lost=True)

    def _carried(self, piece: Piece) -> Context:
        lead = piece.subject if piece.subject and piece.subject not in piece.text else ""
        text = lexicon.strip_markers(piece.text)
        return Context(f"{lead}{text},", ((piece.start, piece.end),))

    def _foreign(self, index: int) -> Context | None:
        """The clause that brought in a subject of its own (包头市列入…范围,三年争取…)."""
        piece = self._pieces[index]
        if index == 0 or piece.head or not piece.subject or piece.text.startswith(piece.subject):
            return None
        earlier = self._pieces[index - 1]
        if earlier.text.startswith(piece.subject) and not earlier.quantities:
            return Context(f"{earlier.text},", ((earlier.start, earlier.end),))
        return None

    def _is_change(self, piece: Piece) -> bool:
        return bool(
            piece.quantities and phrases.CHANGE.match(piece.text[: piece.quantities[0].start])
        )

    def _is_enough(self, index: int) -> bool:
        piece = self._pieces[index]
        if not piece.quantities:
            return lexicon.weight(measure(piece.head + piece.text, "")) >= ENOUGH
        first = piece.quantities[0]
        before, after = piece.text[: first.start], piece.text[first.end :]
        if lexicon.is_bare_measure(phrases.FROM_VALUE.sub("", before)):
            return False
        if phrases.DERIVED.match(before) or phrases.AIMLESS.search(before + after):
            return False
        if self._is_change(piece) or first.unit_class is UnitClass.SHARE or piece.parent >= 0:
            return False
        return lexicon.weight(measure(piece.head + before, after)) + _own(piece) >= ENOUGH


def _own(piece: Piece) -> int:
    """What a piece's scope and subject say of its topic: 各级水行政主管部门 much, 全省 little."""
    said = "".join(piece.scopes)
    dated = 2 if phrases.EVENT.search(said) or lexicon.weight(said) > TOPICAL else 0
    if not piece.subject or not _BODY.search(piece.subject):
        return dated + (SHORT if piece.subject and piece.text.startswith(piece.subject) else 0)
    return dated + lexicon.weight(phrases.AREA.sub("", piece.subject))


def _is_measured(piece: Piece) -> bool:
    """Whether a piece gives a sum or share, which has no shares of its own."""
    first = piece.quantities[0].unit_class if piece.quantities else UnitClass.COUNT
    return first in (UnitClass.MONEY, UnitClass.SHARE)


def _is_relational(before: str, right: str, weight: int) -> bool:
    text = before + right
    if phrases.RELATIONAL.search(text):
        return True
    if weight >= LONG and not text.startswith(("会同", "联合", "与")):
        return False
    aimed = weight >= TOPICAL and re.search("[对将]", before)
    return bool(phrases.AIMLESS.search(text)) and not aimed


def _names_topic(piece: Piece, *, strict: bool) -> bool:
    if piece.quantities or len(piece.text) > TOPIC or any(c.isdigit() for c in piece.text):
        return False
    if "《" in piece.text or lexicon.weight(piece.text) < ENOUGH:
        return False
    text = lexicon.strip_markers(piece.text)
    if text.startswith(("由", "以", "按")):
        return False
    place = lexicon.skip_adverbs(text, 0)
    return not strict or bool(_TOPIC.match(text, place))

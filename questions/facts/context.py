"""What a number leans on: the earlier words it takes to say what was counted.

A number that stands alone takes nothing. One that does not takes the nearest clause that says
what it is about, as it is told; where none does, it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from questions.documents import Sentence
from questions.facts import lexicon, phrases, weighing
from questions.facts.pieces import Piece
from questions.facts.quantities import Quantity, UnitClass
from questions.facts.setting import topic
from questions.facts.threads import Thread
from questions.facts.weighing import ENOUGH, LONG, SHORT, TOPICAL

DEPTH: Final = 5  # pieces looked back at most

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
        if weighing.is_by_others(self._pieces, index):
            return Context(is_lost=True)
        if phrases.CASE_RATE.match(before) and not right:
            return self._of_cases(index)
        if phrases.MOVED.match(before) and not right and (told := self._cases(index)):
            return told
        if phrases.JOINT.match(before) and index > 0 and not piece.opens and not piece.item:
            return self._act(index - 1)
        if phrases.LOOKED.match(before) and index > 0 and not piece.opens and not piece.item:
            return self._earlier(index, weight=0)
        if phrases.FOLLOWS.match(before) and index > 0 and not piece.opens and not piece.head:
            return self._following(index)
        change = phrases.CHANGE_INSIDE.search(before)
        bare = change is not None and lexicon.is_bare_measure(before[: change.start()])
        if bare and index > 0 and not piece.opens and not piece.head:
            return self._earlier(index, weight=0, is_derived=True)
        nothing = not before and lexicon.verb_at(right, 0) and not piece.head  # 2家列入…
        if nothing or phrases.STOCK.match(before):
            return Context(is_lost=True)
        counted = weighing.measure(piece.head + phrases.FROM_VALUE.sub("", before), right)
        weight = lexicon.weight(counted) + weighing.own(piece)
        if index > 0 and not piece.opens and not piece.head:
            told = self._of_last(index, before, right, counted, weight)
            if told is not None:
                return told
        dated = phrases.EVENT.search("".join(piece.scopes))
        if not dated and weighing.is_relational(before, right, weight):
            return self._governing(index)
        if weight >= ENOUGH and not self._leans(index, before, right, weight):
            return self._foreign(index) or self._topic(index, before, weight)
        return self._earlier(index, weight=weight)

    def _of_last(
        self, index: int, before: str, right: str, counted: str, weight: int
    ) -> Context | None:
        """What a sum, outcome or rate is of: the part, count or cases right before it."""
        if weight < TOPICAL and weighing.is_of_part(self._pieces, index):
            return self._within(index - 1)
        if weighing.is_derived(before, right, counted):
            return self._derived(index)
        return self._rate(index, before, weight) if self._is_rate(index, weight) else None

    def _is_rate(self, index: int, weight: int) -> bool:
        """Whether a share tells of the cases counted right before it."""
        piece, last = self._pieces[index], self._pieces[index - 1]
        if piece.quantities[0].unit_class is not UnitClass.SHARE or weight > TOPICAL:
            return False
        if not last.quantities or weighing.is_change(last) or "全" in piece.text[:2]:
            return False
        if last.quantities[0].unit_class not in (UnitClass.COUNT, UnitClass.NOUN):
            return False
        return bool(lexicon.opening(last.head + last.text).verb) and weighing.is_enough(
            self._pieces[index - 1]
        )

    def _of_cases(self, index: int) -> Context:
        """The cases that a rate (综合纠错率) is of, or the heading of both."""
        told = self._cases(index)
        if told is None and self._heading:
            return Context(f"在{self._heading}方面,")
        return told or Context(is_lost=True)

    def _cases(self, index: int) -> Context | None:
        """The nearest count of cases before, across semicolons."""
        for at in range(index - 1, -1, -1):
            piece = self._pieces[at]
            if not piece.quantities or piece.parent >= 0 or weighing.is_change(piece):
                continue
            counted = piece.quantities[0].unit_class in (UnitClass.COUNT, UnitClass.NOUN)
            if counted and weighing.is_enough(piece) and phrases.CASES.search(piece.text):
                return self._act(at)
        return None

    def _following(self, index: int) -> Context:
        """The act that brought something about, or the clause right before."""
        last = self._pieces[index - 1]
        if weighing.is_part(last):
            return self._within(index - 1)
        act = self._act_before(index)
        if act is not None:
            return act
        at = index
        while at > 0 and not self._pieces[at].opens:
            at -= 1
            piece = self._pieces[at]
            own = piece.head + piece.text[: piece.quantities[0].start if piece.quantities else 0]
            if phrases.FOLLOWS.match(piece.head + piece.text) or phrases.AVERAGE.search(own):
                continue
            if phrases.MOVED.match(own):
                return self._of_cases(index)
            if piece.quantities and phrases.CHANGED.search(
                piece.text[: piece.quantities[0].start]
            ):
                return Context(is_lost=True)
            acts = piece.quantities and phrases.LOOKS.search(piece.text)
            told = piece.quantities or weighing.names_topic(piece, strict=False)
            if acts or (told and weighing.is_enough(self._pieces[at])):
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
            if not weighing.is_change(piece):
                number = piece.quantities[-1]
                inner = self.of(at, piece.text[: number.start], piece.text[number.end :])
                words = re.sub("占$", "占比", weighing.words(self._pieces[at]))
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
        if phrases.ODD.search(before) or weighing.is_last_of_many(self._pieces, piece.parent):
            return Context(is_lost=True)  # 建议71件、提案94件,其中…8件: of either
        inner = self.of(piece.parent, before, after)
        words = f"{whole.head if inner.keeps_head else ''}{lexicon.strip_markers(whole.text)}"
        mine = piece.quantities[0]
        same = number.unit == mine.unit
        if same and mine.value > number.value:
            return Context(is_lost=True)  # 建议37件、提案54件,其中主办件66件
        if not number.is_like(mine):  # 案件19件,其中修复农田41亩: no part of a count of cases
            return Context(is_lost=True)
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
        while at > 0 and weighing.is_aside(self._pieces[at]) and not self._pieces[at].opens:
            at -= 1
        number, last = self._pieces[index].quantities[0], self._pieces[at]
        same = bool(last.quantities) and last.quantities[-1].is_like(number)
        same = same and not last.text[last.quantities[-1].end :].strip()
        same = same and last.quantities[-1].value >= number.value
        if phrases.PARTED.search(self._pieces[index].text) and not phrases.WHOLE.search(last.text):
            if lexicon.weight(weighing.measure(weighing.words(last), "")) > 1:
                return self._act(at)  # 修订制度12项,废止3项: no part of those
            return Context(is_lost=True)
        if not same or number.unit_class is UnitClass.SHARE or weighing.is_change(last):
            return self._earlier(index, weight=0, is_derived=True)
        kept, total = f"{weighing.said(last)},", last.quantities[-1]
        if last.parent >= 0:
            return replace(self._within(at), total=total)
        if weighing.is_enough(self._pieces[at]) or last.opens:
            subject = last.subject if last.subject not in last.text else ""
            return Context(subject + kept, ((last.start, last.end),), total=total)
        context = self._earlier(at, weight=0, is_derived=True)
        spans = (*context.spans, (last.start, last.end))
        return Context(context.text + kept, spans, total=total, is_lost=context.is_lost)

    def _within(self, at: int) -> Context:
        """A part that later words are of, with its whole: 其中中心受理106件,化解98件."""
        whole, part = self._part(at), self._pieces[at]
        own = f"{weighing.said(part)},"
        own = own.removeprefix("其中") if whole.text.endswith("其中") else own
        spans = (*whole.spans, (part.start, part.end))
        return Context(whole.text + own, spans, is_lost=whole.is_lost)

    def _earlier(self, index: int, *, weight: int, is_derived: bool = False) -> Context:
        """The nearest piece before `index` that says what is counted."""
        mine = self._pieces[index]
        if mine.item and weight < (2 if mine.head else ENOUGH):
            return self._listed(index)
        if mine.item and mine.head:
            own = mine.text[: mine.quantities[0].start]
            if lexicon.tagged_verb(own) == own:
                return Context(is_lost=True)  # 办理新办12件、延期3件
            first = self._pieces[index - mine.item]
            number = first.quantities[0]
            inner = self.of(
                index - mine.item, first.text[: number.start], first.text[number.end :]
            )
            return Context(inner.text, inner.spans, is_lost=inner.is_lost)
        beside = weighing.rated(self._pieces, index)
        if beside >= 0:
            return self._act(beside)
        spare = -1
        for at in range(index - 1, max(-1, index - 1 - DEPTH), -1):
            if self._pieces[at + 1].opens:
                break
            piece = self._pieces[at]
            if weighing.is_beside(mine, piece, weight, is_derived=is_derived):
                continue
            issued = at == index - 1 and "《" in piece.text
            named = piece.quantities or issued or weighing.names_topic(piece, strict=False)
            fined = "罚" in mine.text and weighing.CASES.search(self._pieces[spare].text)
            if named and weighing.is_enough(piece) and not (spare >= 0 and fined):
                return self._act(at)
            words = weighing.words(piece)
            looks = piece.quantities and phrases.LOOKS.search(words)
            if looks and not lexicon.is_bare_measure(words) and not weighing.is_change(piece):
                spare = at
        if spare >= 0:
            return self._act(spare)
        if self._heading and weight < 2:
            return Context(f"在{self._heading}方面,")
        text = phrases.FROM_VALUE.sub("", mine.text[: mine.quantities[-1].start])
        return Context(is_lost=weight < (ENOUGH if lexicon.is_bare_measure(text) else 2))

    def _listed(self, index: int) -> Context:
        """The first item of a list, for a sum that is of it; no noun is lent to a bare 市级."""
        piece = self._pieces[index]
        first = index - piece.item
        other = self._pieces[first]
        if piece.quantities[0].unit_class is UnitClass.MONEY and weighing.is_enough(other):
            span = (other.start, other.end)
            return Context(f"{weighing.said(other)},", (span,), keeps_head=False)
        return Context(is_lost=True)

    def _topic(self, index: int, before: str, weight: int) -> Context:
        """The act or topic that a clause belongs to, where its own words say little."""
        piece = self._pieces[index]
        if piece.item and piece.head and not self._pieces[index - piece.item].opens:
            return self._topic(index - piece.item, piece.head, weight)
        if piece.opens or piece.item or index == 0:
            vague = lexicon.is_bare_measure(before) and not piece.item and self._heading
            return Context(f"在{self._heading}方面,") if vague else Context()
        earlier = self._pieces[index - 1]
        if phrases.SUMMED.match(before):
            return Context()
        if phrases.SPELLED.match(before) and not earlier.quantities:
            return self._carried(earlier)
        opener = weighing.opener(self._pieces, index)
        if opener is not None and phrases.ACT.match(opener.text) and weight < LONG:
            return self._carried(opener)
        if phrases.CAMPAIGN.match(earlier.text) and not earlier.quantities and weight < LONG:
            return self._carried(earlier)
        if weight >= TOPICAL or not lexicon.is_verbal(before):
            return Context()
        if weighing.names_topic(earlier, strict=True):
            return self._carried(earlier)
        if phrases.FINDS.match(before[lexicon.skip_adverbs(before, 0) :]):
            return Context()
        return self._act_before(index) or Context()

    def _act_before(self, index: int) -> Context | None:
        """The nearest act whose results may follow, named by a verb or as a noun (抽查12次)."""
        for at in range(index - 1, max(-1, index - 1 - DEPTH), -1):
            piece = self._pieces[at]
            words = weighing.words(piece)
            counted = bool(piece.quantities) and phrases.LOOKS.search(words)
            verbal = lexicon.opening(words).verb or lexicon.is_verbal(words)
            if phrases.ACT.match(words) or (counted and not verbal):
                return self._act(at)
            if piece.opens:
                break
        return None

    def _act(self, at: int) -> Context:
        """A clause as it is told, and the campaign it belongs to."""
        first, last = weighing.listed(self._pieces, at)
        piece = self._pieces[first]
        words = "、".join(
            weighing.said(other).removeprefix(other.head if place else "")
            for place, other in enumerate(self._pieces[first : last + 1])
        )
        lead = piece.subject if piece.subject and piece.subject not in words else ""
        spans = ((piece.start, self._pieces[last].end),)
        earlier = self._pieces[first - 1] if first and not piece.opens else None
        governs = earlier and any(
            (phrases.SPELLED.match(words), phrases.CAMPAIGN.match(earlier.text),
             phrases.ACT.match(earlier.text))
        )  # fmt: skip
        if earlier and not earlier.quantities and governs:
            context = self._carried(earlier)
            return Context(f"{context.text}{words},", (*context.spans, *spans))
        return Context(f"{lead}{words},", spans)

    def _governing(self, index: int) -> Context:
        """The nearest clause before that an object such as 评估范围 belongs to."""
        at = index
        while at > 0 and not self._pieces[at].opens:
            at -= 1
            piece = self._pieces[at]
            looks = phrases.LOOKS.search(weighing.words(piece))
            if piece.quantities and looks and weighing.is_enough(piece):
                return self._act(at)
            if weighing.names_topic(piece, strict=False):
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
        if phrases.FORMULA.search(earlier.text):
            return None
        if earlier.text.startswith(piece.subject) and not earlier.quantities:
            return Context(f"{earlier.text},", ((earlier.start, earlier.end),))
        return None

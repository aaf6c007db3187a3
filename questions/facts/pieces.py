"""Sentences cut so finely that a number ends its piece, each piece knowing what it inherits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from questions.documents import Clause, Sentence
from questions.facts import lexicon, phrases, quantities
from questions.facts.quantities import Quantity, UnitClass
from questions.facts.threads import Thread

_PIVOT: Final = re.compile(
    "(?:组织|督促|指导|引导|推动)[一-鿿]{2,12}(?:学习|观看|旁听|参加|开展|培训)"
)
# 接收处置含油污水; 移送公安机关案件2件、嫌疑人4人
_SECOND: Final = re.compile(
    "处置|整治|查处|查获|转运|安置|利用|(?<=移[送交])(?:公安|司法|检察|纪检监察|监察)(?:机关|部门)"
)
# 《规划》于4月获批复,划定…: what follows is in the document and done by nobody else.
_TITLED: Final = re.compile(
    r"《[^》]+》(?=(?:已|正式|顺利|率先)*(?:于[^,]{2,14})?(?:已|正式|顺利)*(?:获|经|通过|印发|公布|颁布|发布|批复|出台|施行|实施|明确|划定|规定|提出))"
)
_MEASURED: Final = re.compile("(?:面积|金额|里程|长度|体积|重量|库容|投资|资金|产值)$")
_OWN_VERB: Final = re.compile("(?:稳定|带动|拉动|吸纳|帮扶|服务|专题(?:研究|学习|听取))[一-鿿]{2}")
_LEVEL: Final = re.compile("(?:国家|[省市县区])级")
_ITEM_END: Final = re.compile(r"(?:\([^)]*\))?(?= *、)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause, or one item of a 、 list of figures in it; places in `plain`.

    `head` is what the list's first item lends to this one, up to `head_end`; `subject` whoever
    acts since an earlier clause, `scopes` the clauses of time and place before. `parent` is the
    piece whose total this is a part of (其中…), -1 for none; `item` its place in its clause's
    list.
    """

    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...]
    head: str
    head_at: int
    subject: str
    scopes: tuple[str, ...]
    scope_at: int
    scope_end: int
    is_broken: bool
    opens: bool
    parent: int
    item: int


@dataclass(frozen=True, slots=True)
class _Inherited:
    subject: str = ""
    scopes: tuple[str, ...] = ()
    scope_at: int = -1
    scope_end: int = -1


def cut(sentence: Sentence, thread: Thread | None = None) -> tuple[Piece, ...]:
    """The pieces of a sentence; clauses that only give a scope become part of later ones."""
    pieces: list[Piece] = []
    lent = _lent(thread)
    carried = lent
    for clause in sentence.clauses:
        if clause.opens:
            carried = lent
        if phrases.LED.search(clause.text):
            continue
        text, start = _scope(clause)
        if text:
            carried = _scoped(carried, lent, text, start)
            continue
        said = lexicon.strip_markers(clause.text)
        titled = _TITLED.match(said)
        subject = titled.group() if titled else lexicon.opening(said).subject
        if subject and subject != carried.subject and not lexicon.names_a_measure(subject):
            carried = replace(carried, subject=subject)
        period = phrases.opens_with_period(clause.text)
        earlier = carried.scopes and phrases.opens_with_period(carried.scopes[0])
        if earlier and (period or phrases.SUMMED.match(clause.text)):
            carried = replace(carried, scopes=(), scope_at=-1, scope_end=-1)
        pieces.extend(_items(clause, carried, pieces))
        if period and not carried.scopes:
            end = clause.start + len(period)
            carried = replace(carried, scopes=(period,), scope_at=clause.start, scope_end=end)
    return tuple(pieces)


def _lent(thread: Thread | None) -> _Inherited:
    if thread is None or not thread.since:
        return _Inherited()
    end = thread.since_at + len(thread.since)
    return _Inherited("", (thread.since,), thread.since_at, end)


def _scoped(carried: _Inherited, lent: _Inherited, text: str, start: int) -> _Inherited:
    earlier = () if carried.scopes == lent.scopes else carried.scopes
    keeps = lexicon.opens_with_preposition(text) or "以来" in text
    return _Inherited(
        carried.subject if keeps else "",
        (*earlier, text),
        carried.scope_at if earlier else start,
        start + len(text),
    )


def _scope(clause: Clause) -> tuple[str, int]:
    """A clause's words, and where they begin, if all it does is say when or where."""
    since = phrases.SINCE.search(clause.text)
    if since and lexicon.is_verbal(clause.text) and clause.text[:1] not in "自从":
        return since.group(), clause.start + since.start()
    text = phrases.LABEL.sub("", lexicon.strip_markers(clause.text))
    if phrases.SCOPE.match(text) and next(quantities.scan(text), None) is None:
        return text, clause.end - len(text)
    return "", clause.start


def _items(clause: Clause, carried: _Inherited, before: Sequence[Piece]) -> Sequence[Piece]:
    found = list(quantities.scan(clause.text))
    tails = [(q, _ITEM_END.match(clause.text, q.end)) for q in found]
    cuts = [tail.end() for _, tail in tails if tail]
    head = _head(clause.text[: cuts[0]]) if cuts else ""
    if head.startswith("其中"):
        head = lexicon.opening(head[2:]).verb  # 其中按日计罚2件、查封21件
    pieces: list[Piece] = []
    done = 0
    for number, place in enumerate([*cuts, len(clause.text)]):
        text = clause.text[done:place].lstrip(" 、")
        start = place - len(text)
        lent = "" if number == 0 or _stands(text) else head
        if number and any(q.start == start for q in found) and place in (*cuts, found[-1].end):
            lent = clause.text[: found[0].start]  # 培训12期、1460人次
        elif number and _is_measure(text) and not clause.text.startswith("其中"):
            lent = clause.text[: cuts[0]] + "、"  # 审批项目47宗、面积2136亩
        lent += _level(clause.text[len(head) : cuts[0]], text) if head and lent == head else ""
        if not number and not clause.opens and before and not text.startswith("其中"):
            lent = _parallel(text, found, before[-1])
        piece = Piece(
            start=clause.start + start,
            end=clause.start + place,
            text=text,
            quantities=tuple(q.moved(-start) for q in found if start <= q.start < place),
            head=lent,
            head_at=clause.start,
            subject=carried.subject,
            scopes=carried.scopes,
            scope_at=carried.scope_at,
            scope_end=carried.scope_end,
            is_broken=clause.is_broken,
            opens=clause.opens and number == 0,
            parent=-1,
            item=number,
        )
        parent = _parent(clause, piece, [*before, *pieces])
        pieces.append(replace(piece, parent=parent) if parent >= 0 else piece)
        done = place
    return pieces


def _level(first: str, item: str) -> str:
    """The level that a list's first item lends to its like: 省级美丽宜居乡镇、美丽宜居村庄."""
    level = _LEVEL.match(first)
    shared = level is not None and first.startswith(item[:2], level.end()) and len(item) > 2
    return level.group() if level and shared else ""


def _is_measure(item: str) -> bool:
    """Whether a list item but measures what the one before it counts: 面积, 金额."""
    number = next(quantities.scan(item), None)
    own = item[: number.start] if number else item
    return len(own) <= 4 and _MEASURED.search(own) is not None


def _parallel(text: str, found: Sequence[Quantity], last: Piece) -> str:
    """The verb of the clause before, where this one only counts the like: 不合格案卷3卷."""
    if not found or not last.quantities or found[0].unit != last.quantities[0].unit:
        return ""
    if found[0].unit_class is UnitClass.SHARE:
        return ""
    mine, other = text[: found[0].start], last.text[: last.quantities[0].start]
    if not 3 <= len(mine) <= 10 or mine[-2:] != other[-2:] or lexicon.is_verbal(mine):
        return ""
    if lexicon.opening(mine).verb or not lexicon.opening(other).verb:
        return ""  # 绝收面积1390公顷,林地受灾面积1352公顷: no verb to lend
    head = _head(other)
    return "" if mine.startswith("不合格") and not head.endswith("出") else head


def _parent(clause: Clause, piece: Piece, before: Sequence[Piece]) -> int:
    """The piece whose total this is a part of: behind 其中, and on while the parts add up."""
    told = (p for p in reversed(before) if not _is_change(p) and (p.quantities or not p.item))
    last = next(told, None)
    if last is None:
        return -1
    if re.match("(?:将|对)?其中", clause.text):
        return last.parent if piece.item else _total(before, piece, clause.text)
    if piece.opens or last.parent < 0 or not piece.quantities or not last.quantities:
        return -1
    own = piece.text[: piece.quantities[0].start]
    if phrases.DERIVED.match(own) and not piece.item and _begins_part(last):
        return -1  # 其中中心受理106件,化解98件
    total, mine = before[last.parent].quantities, piece.quantities[0]
    if not total or total[-1].unit != mine.unit:
        return -1
    parts = [p.quantities[0] for p in before[last.parent + 1 :] if p.quantities]
    whole = sum((q.value for q in parts if q.unit == mine.unit), mine.value)
    return last.parent if whole <= total[-1].value else -1


def _begins_part(part: Piece) -> bool:
    """Whether a part has a verb of its own that the next clause may tell the outcome of."""
    told = part.text[: part.quantities[0].start].removeprefix("其中")
    return bool(lexicon.opening(told).verb) and not phrases.DERIVED.match(told)


def _is_change(piece: Piece) -> bool:
    first = piece.quantities[0] if piece.quantities else None
    return first is not None and bool(phrases.CHANGE.match(piece.text[: first.start]))


def _total(before: Sequence[Piece], part: Piece, said: str) -> int:
    """The last piece that counts the same unit, or anything, and is no change of a count.

    Where several count it, the one that the parts of the clause add up to.
    """
    unit = part.quantities[0].unit if part.quantities else ""
    parts = [q.value for q in quantities.scan(said) if q.unit == unit]
    whole = sum(parts) if len(parts) > 1 else None
    found, same = -1, -1
    for place in range(len(before) - 1, -1, -1):
        piece = before[place]
        first = piece.quantities[0] if piece.quantities else None
        if not _is_change(piece):
            found = place if found < 0 else found
            if first and first.unit == unit:
                if whole is None or first.value == whole:
                    return place
                same = place if same < 0 else same
        if piece.opens:
            break
    return found if same < 0 else same


def _head(first: str) -> str:
    start = lexicon.opening(first)
    if _PIVOT.match(first, max(0, start.object_at - len(start.verb))):
        return ""  # 组织干部学习《…》2次、《…》1次: the act is the second verb
    if not start.verb:
        return lexicon.tagged_verb(first[:8])
    if start.verb in ("达到", "占"):
        return ""
    more = _SECOND.match(first, start.object_at)
    return first[: more.end() if more else start.object_at]


def _stands(text: str) -> bool:
    """Whether a list item has a verb of its own."""
    number = next(quantities.scan(text), None)
    before = text[: number.start] if number else text
    if phrases.FROM.search(before) or _OWN_VERB.match(text):
        return True
    stands = phrases.CHANGE.match(before) or phrases.DERIVED.match(before)
    return bool(stands or phrases.FOLLOWS.match(before) or lexicon.verb_at(text, 0))

"""Who, where, under which name: one informative word of a clause, with the words around it.

Each rule finds one kind of word: a place that won something, the body one worked with, a term
in quotation marks, one mode of several. Whether the word is worth a question is for the checks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from questions.brackets import pair
from questions.data import words
from questions.documents import Document, Sentence
from questions.facts import frames, gazetteer, lexicon, threads
from questions.facts.frames import Frame
from questions.facts.gazetteer import Class, Entry, Hit
from questions.facts.setting import Setting


class Ask(StrEnum):
    """What kind of word is asked for."""

    PLACE = "place"  # 包头市成功列入…
    PARTNER = "partner"  # 会同住建厅…
    HONOUR = "honour"  # 受到生态环境部…
    COUNTY = "county"  # 巴彦淖尔市五原县…
    TERM = "term"  # “三线一单”, its marks included
    NAME = "name"  # “美丽中国,我是行动者”主题实践活动
    SLOT = "slot"  # 改为备案制


@dataclass(frozen=True, slots=True)
class EntityFact:
    """One word asked for: `value` as printed; `left` and `right` stand alone around it.

    `entry` is what the tables know of it; a slot brings along what asks for its word (`noun`)
    and `peers`, the wrong words, its neighbours first, which cannot be true beside it where
    `excludes`; `head` is the noun after a name in marks (活动).
    """

    document: str
    start: int
    end: int
    at: int
    ask: Ask
    value: str
    noun: str
    left: str
    right: str
    entry: Entry | None
    peers: tuple[str, ...]
    head: str
    excludes: bool
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    ask: Ask
    noun: str
    entry: Entry | None = None
    peers: tuple[str, ...] = ()
    head: str = ""
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class _Slot:
    noun: str
    ask: str
    words: tuple[str, ...]
    excludes: bool
    before: re.Pattern[str]
    after: re.Pattern[str]


ENOUGH: Final = 5  # Han characters around a word that say what it is asked of
NAMED: Final = 4  # characters besides stock words that say what bears a name
_LEAST: Final = {"平台": 7}  # what was published, besides where
_FURTHER: Final = re.compile("另有|另外|其余|余下")
_LIST: Final = re.compile(r"^[”]?(?:、|和(?!谐)|及|以及|与|等(?![次级]))")
_LISTED: Final = re.compile(r"(?:、|[一-鿿”](?:和|及|以及))“?$")
_WON: Final = re.compile(
    r"^(?:(?:成功|正式|再次|率先|首批|顺利|连续|同时|均|被|先后)*)"
    r"(?:入围|入选|列入|纳入|列为|确定为|获评|获批|获得|荣获|评为|授予|命名为|成为|申报成为|通过|创成|跻身)"
)
_DONE_AT: Final = re.compile(
    r"(?:(?<=完成)了?|(?<=完成了)|(?<=启动)了?|(?<=编制)了?|(?<=编制完成)了?)$"
)
_WITH: Final = re.compile(
    r"(?P<verb>会同|联合|协同|携手|联手|商请|配合|与)(?:自治区|[省市区县州盟])?$"
)
_HONOUR: Final = re.compile(r"(?:受到|获|获得|荣获|入选|列入|入围|由|经|被)$")
_HONOURED: Final = re.compile(
    r"^(?:评为|授予|命名|确定|表彰|通报表扬|表扬|批准|批复|列为|认定|备案|推广)"
)
_COUNTY: Final = re.compile(
    r"[一-鿿]{1,5}?(?:自治县|自治旗|县|旗|区|市)(?=(?:成功|正式|被)?(?:申报|列入|入选|获评|成为|纳入|获批))"
)
_QUOTED: Final = re.compile(r"“([^“”]{2,24})”")
_HEAD: Final = re.compile(
    r"^(?:[一-鿿]{0,12}?)(活动|行动|系统|平台|协议|机制|模式|品牌|论坛|大赛|竞赛|工程|计划|称号|责任制|工作法|制度|项目|试点|奖|节|日|周|月|讲堂|课堂|热线|案例|事项|改革|规划)"
)
_PUBLICITY: Final = frozenset(
    ["称号", "奖", "活动", "节", "日", "周", "月", "论坛", "大赛", "竞赛", "讲堂", "课堂", "热线"]
)  # whose names nobody needs to know
_DAY: Final = re.compile("^”[一-鿿]{1,8}日")  # the theme of a day kept all over the country
_HONOURS: Final = re.compile("^”?[一-鿿]{0,8}?(?:受到|入选|列入|被|获|荣获|入围)")
_COORDINATE: Final = re.compile("[》”]、[一-鿿]")  # one act of two, the other a title's
_OWN: Final = re.compile("(?<=[到在至])[厅局委部院办]$")
_GENERIC: Final = re.compile(
    "组织|深入|持续|积极|认真|扎实|集中|联合|专项|系列|主题|行动|活动|工作|开展|推进|落实|实施|制度|机制|平台"
)
_OFFICER: Final = re.compile("主要负责|负责同志|第一责任人|述法|领导干部")
_MARKS: Final = re.compile("《[^》]*》|“[^”]*”")
_REGION: Final = re.compile("自治区|[省市县区旗州盟]$")
_SLOTS: Final = tuple(
    _Slot(
        row["noun"],
        row["ask"],
        tuple(row["words"].split()),
        row.get("excludes", False),
        re.compile(row["before"]),
        re.compile(row["after"]),
    )
    for row in words("slots")
)
_SLOT_WORD: Final = re.compile(
    "|".join(sorted({w for slot in _SLOTS for w in slot.words}, key=len, reverse=True))
)
_PLACES: Final = frozenset({Class.PROVINCE, Class.CITY, Class.RIVER, Class.LAKE})
_BODIES: Final = frozenset({Class.DEPARTMENT, Class.MINISTRY, Class.CONGRESS})


def extract(document: Document, scene: Setting) -> tuple[EntityFact, ...]:
    """The words worth asking for, in reading order."""
    facts: list[EntityFact] = []
    for sentence, thread in threads.along(document):
        if len(sentence.text) > frames.LONGEST:
            continue
        found = [(clause, list(_find(clause.text))) for clause in sentence.clauses]
        if not any(listed for _, listed in found):
            continue
        by_clause = {frame.clause: frame for frame in frames.of(sentence, thread)}
        for clause, listed in found:
            frame = by_clause.get(clause)
            if frame is not None:
                facts.extend(_fact(document, scene, sentence, frame, one) for one in listed)
    return tuple(_first_of_each(facts))


def _first_of_each(facts: list[EntityFact]) -> Iterator[EntityFact]:
    """One fact for each word, the first that has no fault."""
    seen: set[tuple[Ask, str]] = set()
    for fact in facts:
        if fact.faults or (fact.ask, fact.value) not in seen:
            yield fact
        if not fact.faults:
            seen.add((fact.ask, fact.value))


def _find(text: str) -> Iterator[_Found]:
    spans = [span for span in pair(text)[0] if text[span[0]] == "《"]
    seen: set[int] = set()
    for rule in _RULES:
        for found in rule(text):
            inside = any(start < found.start < end for start, end in spans)
            if not inside and found.start not in seen:
                seen.add(found.start)
                yield found


def _known(text: str) -> Iterator[_Found]:
    """Places that won something, partners and bodies that honour."""
    for hit in gazetteer.scan(text):
        before, after = text[: hit.start], text[hit.end :]
        if _LIST.match(after) or _LISTED.search(before):
            continue
        entry = _of(hit, _PLACES)
        if entry is not None:
            yield from _placed(hit, entry, before, after)
        body = _of(hit, _BODIES)
        if body is not None:
            yield from _met(hit, body, before, after)


def _placed(hit: Hit, entry: Entry, before: str, after: str) -> Iterator[_Found]:
    noun = gazetteer.NOUNS[entry.family.cls]
    if entry.family.cls is Class.CITY:
        noun = entry.text[-1] if entry.text[-1] in "市州盟" else "地区"
    won = _WON.match(after) and len(after) >= 8
    done = entry.family.cls in (Class.RIVER, Class.LAKE) and _DONE_AT.search(before)
    if entry.style == 0 and (won or (done and len(after) >= 4)):
        yield _Found(hit.start, hit.end, Ask.PLACE, noun, entry)


def _met(hit: Hit, entry: Entry, before: str, after: str) -> Iterator[_Found]:
    met = _WITH.search(before)
    acts = lexicon.is_verbal(after) and len(after) >= 6
    if met and acts:
        noun = "单位" if entry.style == gazetteer.OTHER else entry.family.noun
        yield _Found(hit.start, hit.end, Ask.PARTNER, noun, entry)
    elif entry.family.cls is Class.MINISTRY and _HONOUR.search(before):
        if not (_HONOURED.match(after) or after[:1] == "“"):
            return
        yield _Found(hit.start, hit.end, Ask.HONOUR, "部门", entry)


def _of(hit: Hit, classes: frozenset[Class]) -> Entry | None:
    return next((entry for entry in hit.entries if entry.family.cls in classes), None)


def _counties(text: str) -> Iterator[_Found]:
    if _COUNTY.search(text) is None:
        return
    for hit in gazetteer.scan(text):
        if _of(hit, frozenset({Class.CITY})) is not None:
            county = _COUNTY.match(text, hit.end)
            if county and not _LISTED.search(text[: hit.start]):
                yield _Found(county.start(), county.end(), Ask.COUNTY, "县（区、旗）")


def _quoted(text: str) -> Iterator[_Found]:
    quotes = list(_QUOTED.finditer(text))
    for quote in quotes:
        before, after = text[: quote.start()], text[quote.end() :]
        alone = not _LIST.match(after) and not _LISTED.search(before)
        if not alone or before.endswith("”") or after.startswith("“"):
            continue
        entry = gazetteer.term(quote[1])
        head = _HEAD.match(after)
        if entry is not None:
            noun = head[1] if head else ""
            yield _Found(quote.start(), quote.end(), Ask.TERM, noun, entry, head=noun)
        elif head:
            yield _Found(quote.start(1), quote.end(1), Ask.NAME, "名称", head=head[1])


def _slots(text: str) -> Iterator[_Found]:
    for word in _SLOT_WORD.finditer(text):
        before, after = text[: word.start()], text[word.end() :]
        if _LIST.match(after) or _LISTED.search(before):
            continue
        for slot in _SLOTS:
            if (
                word.group() in slot.words
                and slot.before.search(before)
                and slot.after.search(after)
            ):
                yield _slot(slot, word.group(), text, word.start())
                break


def _slot(slot: _Slot, word: str, text: str, start: int) -> _Found:
    """The word of a slot with its neighbours; one's own (厅门户网站) goes by its full name."""
    own = _OWN.search(text[:start])
    body = own.group() if own else ""
    at = slot.words.index(word)
    peers = [other for other in slot.words if other != word]
    peers.sort(key=lambda other: abs(slot.words.index(other) - at))
    return _Found(
        start - len(body),
        start + len(word),
        Ask.SLOT,
        slot.ask,
        peers=tuple(body + other for other in peers),
        head=slot.noun,
        excludes=slot.excludes,
    )


_RULES: Final[tuple[Callable[[str], Iterator[_Found]], ...]] = (
    _known, _counties, _quoted, _slots,
)  # fmt: skip


def _fact(
    document: Document, scene: Setting, sentence: Sentence, frame: Frame, found: _Found
) -> EntityFact:
    clause = frame.clause
    left, right = frame.around(scene, found.start, found.end)
    left, right = _told_once(left, right, scene)
    return EntityFact(
        document=document.id,
        start=frame.start,
        end=clause.end,
        at=clause.start + found.start,
        ask=found.ask,
        value=clause.text[found.start : found.end],
        noun=found.noun,
        left=left,
        right=right,
        entry=found.entry,
        peers=found.peers,
        head=found.head,
        excludes=found.excludes,
        section=sentence.section,
        sentence=sentence.text,
        faults=tuple(_faults(frame, sentence, found)),
    )


def _faults(frame: Frame, sentence: Sentence, found: _Found) -> Iterator[str]:
    """Codes of checks that no question for the word could pass."""
    text = frame.clause.text
    said = text[: found.start] + text[found.end :]
    yield from frame.faults()
    least = _LEAST.get(found.head, 3 if found.ask is Ask.SLOT else ENOUGH)
    if lexicon.weight(said) < least:
        yield "V9"
    if _FURTHER.match(text):
        yield "V3"  # what is counted further stands in the clause before
    if not frame.subject and any(_OFFICER.search(heading) for heading in sentence.section):
        yield "V3"  # the head of the agency did it, not the agency
    if found.ask is Ask.SLOT and _COORDINATE.search(text[: found.start]):
        yield "V11"
    behind = text[found.end :]
    known = _DAY.match(behind) or (found.head == "活动" and _HONOURS.match(behind))
    if found.ask is Ask.NAME and found.head in _PUBLICITY and not known:
        yield "V9"
    least = {Ask.NAME: NAMED, Ask.TERM: 2}.get(found.ask, 0)
    if len(_GENERIC.sub("", said)) < least:
        yield "V9"  # of what?


def _told_once(left: str, right: str, scene: Setting) -> tuple[str, str]:
    """The words around with the issuer's place in full but once: 浙江省水利厅会同省…"""
    region = _REGION.search(scene.place)
    whole = f"{left}\n{right}"
    if region is None or whole.count(scene.place) < 2:
        return left, right
    first, marks = whole.find(scene.place), [mark.span() for mark in _MARKS.finditer(whole)]

    def shortened(again: re.Match[str]) -> str:
        named = any(start < again.start() < end for start, end in marks)
        return again.group() if named or again.start() == first else region.group()

    before, _, after = re.sub(re.escape(scene.place), shortened, whole).partition("\n")
    return before, after

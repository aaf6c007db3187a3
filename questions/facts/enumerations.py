"""Lists: coordinate names joined by 、 and 和, whole or open (等), with what is said of them.

A list is read where its members are known names of one class, so that words before the first
member (基层社区、企业) or after the last (乌海市重型柴油货车) stay outside the members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import rjieba

from questions import numerals
from questions.brackets import pair
from questions.documents import Clause, Document, Sentence
from questions.facts import frames, gazetteer, lexicon, threads
from questions.facts.frames import Frame
from questions.facts.gazetteer import Class, Entry, Family, Hit
from questions.facts.setting import Setting

FEWEST: Final = 3  # members of a family of common words; two known names are enough elsewhere
_JOINT: Final = re.compile(r"[”]?(?:、|和|及|以及|与|、以及|、和)?[“]?")
_LEVELLED: Final = re.compile(r"(?:、|和|及|以及|与)(?:自治区|[省市县区州盟旗])")
_MORE: Final = re.compile(r"^”?(?:、|和|及|以及|与)(?=[一-鿿“《])")
_OWN_LEVEL: Final = re.compile(r"(?:本级|机关|总部)(?:和|及|以及|、)$")
_JOINED: Final = re.compile(r"[一-鿿”》)](?:、|和|及|以及)(?:自治区|[省市县区州盟旗])?“?$")
_OPEN: Final = re.compile(
    r"^”?等(?P<count>\d+|[一二两三四五六七八九十]+)?(?P<measure>个|家|项|种|类|条|位)?"
)
_TOTAL: Final = re.compile(
    r"^(?P<count>\d{1,2}|[两二三四五六七八九十]+)(?:个|家)?"
    r"(?:(?:省份|省区市|省区|省市|省|盟市|市州|市|州|地|区|县|部门|单位|条河流|种)(?!级)|(?=[省市县]级))"
)
_NOUN: Final = re.compile(
    r"^(?:[省市县区]级|有关|相关|兄弟|毗邻|中央)?(?:部门|单位|省份|省区|省市|城市|盟市|市州|地市|市|省(?:[(](?:区、)?[区市][)])?|河流|河湖|湖泊|机关|部委)(?![一-鿿]*厅|级)"
)
_MEANS: Final = re.compile(r"^(?:通过|采取|采用|运用|利用|以|依托|借助)")
_WAYS: Final = re.compile(r"^(?:多种|各种|各类|的)?(?:方式|形式|途径|手段|渠道|方法|载体)$")
_REST: Final = re.compile(
    r"^”?(?:、|和|及|以及|与)[^,、]{2,24}(?=等(?:多种|各种)?(?:方式|形式|途径|手段|渠道|方法|载体))"
)
_JOINTLY: Final = re.compile("^联合(?:开展|组织|举办|部署|查处|印发|发布)")
_TOGETHER: Final = re.compile(
    "^(?P<who>[^,《]{2,20}[与和同][^,《]{2,24}?)(?:共同|联合)?(?:建立|健全|签订|签署|成立|构建|制定|会商)"
)
_ALL: Final = re.compile("^(?:均|都|皆|把|将)")
_MADE: Final = ("作为", "列为", "纳入", "贯穿", "确定为", "定为", "确立为")
PURPOSE: Final = 40  # characters of a clause that may stand beside a list's own
_PAIRED: Final = frozenset({"机关", "违法犯罪行为"})  # two of whose names are a list
_STYLED: Final = frozenset({Class.PROVINCE, Class.CITY})
_SUMMED: Final = frozenset({Class.PROVINCE, Class.CITY, Class.MINISTRY, Class.DEPARTMENT})


@dataclass(frozen=True, slots=True)
class EnumFact:
    """One list and its predicate.

    `left` and `right` are the words around the list, made to stand alone; `noun` is what its
    members are. `is_open` where 等 leaves others unnamed. `end_name` are the words that name the
    whole after 等 (非现场检查方式…), if `right` begins with them.
    """

    document: str
    start: int
    end: int
    at: int
    family: Family
    noun: str
    members: tuple[Entry, ...]
    printed: tuple[str, ...]
    left: str
    right: str
    names_whole: bool
    is_open: bool
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    hits: tuple[Hit, ...]
    family: Family
    entries: tuple[Entry, ...]

    @property
    def start(self) -> int:
        return self.hits[0].start

    @property
    def end(self) -> int:
        return self.hits[-1].end


def extract(document: Document, scene: Setting) -> tuple[EnumFact, ...]:
    """The lists of known names of a document in reading order."""
    facts: list[EnumFact] = []
    for sentence, thread in threads.along(document):
        if len(sentence.text) > frames.LONGEST:
            continue
        found = [(clause, runs(clause.text)) for clause in sentence.clauses]
        if not any(listed for _, listed in found):
            continue
        by_clause = {frame.clause: frame for frame in frames.of(sentence, thread)}
        for place, (clause, listed) in enumerate(found):
            frame = by_clause.get(clause)
            if frame is None:
                continue
            beside = _Beside(
                found[place - 1][0] if place else None,
                found[place + 1][0] if place + 1 < len(found) else None,
            )
            facts.extend(_fact(document, scene, frame, run, beside) for run in listed)
    return tuple(facts)


def runs(text: str) -> list[_Run]:
    """The lists in a clause; none inside a title."""
    if not any(mark in text for mark in "、和及与“"):
        return []
    spans = [span for span in pair(text)[0] if text[span[0]] == "《"]
    hits = [
        hit
        for hit in gazetteer.scan(text)
        if not any(start < hit.start < end for start, end in spans)
    ]
    found: list[_Run] = []
    at = 0
    while at < len(hits):
        run = max(_from(text, hits, at), key=lambda run: len(run.hits), default=None)
        if run is not None and _is_whole(text, run):
            found.append(run)
        at += len(run.hits) if run is not None else 1
    return found


def _from(text: str, hits: Sequence[Hit], at: int) -> Iterator[_Run]:
    for first in hits[at].entries:
        taken, entries = [hits[at]], [first]
        for hit in hits[at + 1 :]:
            between = text[taken[-1].end : hit.start]
            entry = hit.entry(first.family)
            if entry is None or not _joins(between, first.family):
                break
            taken.append(hit)
            entries.append(entry)
        things = {entry.canon for entry in entries}
        styles = {entry.style for entry in entries if first.family.cls in _STYLED}
        fewest = FEWEST if first.family.cls is Class.PEER else 2
        if first.family.noun in _PAIRED:
            fewest = 2
        if len(things) == len(entries) >= fewest and len(styles) <= 1:
            yield _Run(tuple(taken), first.family, tuple(entries))


def _joins(between: str, family: Family) -> bool:
    """Whether words between two names only join them: 省公安厅、[省]司法厅 too."""
    if family.cls is Class.DEPARTMENT and _LEVELLED.fullmatch(between):
        return True
    return bool(between and _JOINT.fullmatch(between))


def _is_whole(text: str, run: _Run) -> bool:
    """Whether the list begins and ends with its first and last known name."""
    before, after = text[: run.start], text[run.end :]
    if _JOINED.search(before) and not _OWN_LEVEL.search(before):
        return False
    if _MORE.match(after) and not _rest(text, run):
        return False
    if run.family.cls is not Class.PEER:
        short = any(entry.style == 1 for entry in run.entries)
        is_place = run.family.cls in (Class.PROVINCE, Class.CITY)
        return not (is_place and short) or _ends_word(text, run)
    return _ends_word(text, run)


def _ends_word(text: str, run: _Run) -> bool:
    """Whether the last name is a word by itself where it stands."""
    last = run.hits[-1]
    place = 0
    for word in rjieba.cut(text[last.start : last.end + 6]):
        place += len(word)
        if place >= last.end - last.start:
            return place == last.end - last.start
    return True


def _rest(text: str, run: _Run) -> int:
    """How many characters behind the list tell of further ways in words of their own."""
    if run.family.noun != "方式":
        return 0
    rest = _REST.match(text[run.end :])
    return rest.end() if rest else 0


@dataclass(frozen=True, slots=True)
class _Beside:
    """The clauses before and behind a list's own, if the sentence has them."""

    before: Clause | None
    after: Clause | None


def _fact(
    document: Document, scene: Setting, frame: Frame, run: _Run, beside: _Beside
) -> EnumFact:
    clause, sentence = frame.clause, frame.sentence
    start, end, is_open, says_etc = _bounds(clause.text, run)
    left, right = frame.around(scene, start, end)
    said = _Said(left, right, frame.start, clause.end, list(_faults(frame, run, left + right)))
    if _MEANS.match(lexicon.strip_markers(clause.text)) and _WAYS.match(clause.text[end:]):
        said = _with_purpose(said, scene, frame, beside.after)
    if _JOINTLY.match(clause.text):
        said = _with_party(said, scene, frame)
    if _ALL.match(clause.text) and _lacks_object(clause.text, start, end):
        said = _with_whole(said, scene, clause.text[:start], beside.before)
    return EnumFact(
        document=document.id,
        start=said.start,
        end=said.end,
        at=clause.start + run.start,
        family=run.family,
        noun=_noun(run),
        members=run.entries,
        printed=tuple(entry.text for entry in run.entries),
        left=said.left,
        right=said.right,
        names_whole=says_etc and _opens_with_noun(clause.text[end:]),
        is_open=is_open,
        section=sentence.section,
        sentence=sentence.text,
        faults=tuple(said.faults),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of a list, where its words begin and end, and what is wrong with them."""

    left: str
    right: str
    start: int
    end: int
    faults: list[str]


def _with_purpose(said: _Said, scene: Setting, frame: Frame, after: Clause | None) -> _Said:
    """With what the means serve, which the clause behind tells."""
    purpose = _purpose(scene, after)
    if not purpose or after is None:
        return replace(said, faults=[*said.faults, "V9"])  # by these means, but to do what?
    faults = [*frame.faults(), *(["V11"] if frames.runs_on(purpose) else [])]
    return replace(said, right=f"{said.right},{purpose}", end=after.end, faults=faults)


def _with_party(said: _Said, scene: Setting, frame: Frame) -> _Said:
    """With those who act jointly, whom the clause before names."""
    party = _party(frame.sentence, frame.clause)
    alone = f"{frame.subject or scene.issuer}联合"
    if party is None or not scene.issuer or alone not in said.left:
        return replace(said, faults=[*said.faults, "V3"])  # together with whom?
    left = said.left.replace(alone, f"{scene.resolve(party[1])}联合", 1)
    return replace(said, left=left, start=min(said.start, party[0].start))


def _with_whole(said: _Said, scene: Setting, before: str, earlier: Clause | None) -> _Said:
    """With what all of it is said of, which the clause before tells."""
    whole, body = _purpose(scene, earlier), lexicon.strip_markers(before)
    if not whole or earlier is None or not said.left.endswith(body):
        return replace(said, faults=[*said.faults, "V3"])  # all of what?
    left = f"{said.left.removesuffix(body)}{whole},{body}"
    return replace(said, left=left, start=min(said.start, earlier.start))


def _party(sentence: Sentence, clause: Clause) -> tuple[Clause, str] | None:
    """The clause before that names those who act jointly, and their names: 甲与乙建立了机制."""
    before = [earlier for earlier in sentence.clauses if earlier.start < clause.start]
    if not before:
        return None
    found = _TOGETHER.match(lexicon.strip_markers(before[-1].text))
    return (before[-1], found["who"]) if found else None


def _lacks_object(text: str, start: int, end: int) -> bool:
    """Whether it takes the clause before to know of what a list is said: 均履行…, 把…作为…."""
    if text[0] in "把将":
        return start <= 1 and text[end:].startswith(_MADE)
    return True


def _purpose(scene: Setting, clause: Clause | None) -> str:
    """A clause that says what a list is for, or of; '' where it can't stand beside it."""
    if clause is None or clause.is_broken:
        return ""
    text = lexicon.strip_markers(clause.text)
    plain = len(text) <= PURPOSE and not pair(text)[1]
    return scene.resolve(text) if plain and lexicon.is_verbal(text) else ""


def _bounds(text: str, run: _Run) -> tuple[int, int, bool, bool]:
    """Where the list begins and ends with its marks, 等, total and noun; whether it is open, and
    whether its noun still stands behind 等."""
    start, end = run.start, run.end
    if text[start - 1 : start] == "“":
        start -= 1
    if text[end : end + 1] == "”":
        end += 1
    end += _rest(text, run)
    tail = _OPEN.match(text[end:])
    total = tail or _TOTAL.match(text[end:])
    is_open = total is not None and _count(total["count"]) != len(run.hits)
    if total is not None:
        end += total.end()
    noun = _NOUN.match(text[end:]) if run.family.cls in _SUMMED else None
    if noun is not None:
        end += noun.end()
    return start, end, is_open, tail is not None and noun is None


def _count(text: str | None) -> int:
    if text is None:
        return 0
    reading = numerals.read(text.replace("两", "二"))
    return int(reading.value) if reading is not None else 0


def _opens_with_noun(rest: str) -> bool:
    first = rest[:1]
    return bool(first) and "一" <= first <= "鿿" and not lexicon.is_verbal(rest[:8])


def _noun(run: _Run) -> str:
    if run.family.cls is Class.CITY:
        if all(entry.canon.endswith("市") for entry in run.entries):
            return "市"
        return "盟市" if run.family.label == "内蒙古" else "市州"
    return run.family.noun


def _faults(frame: Frame, run: _Run, around: str) -> Iterator[str]:
    yield from frame.faults()
    if run.family.cls is Class.TERM:
        yield "V9"  # set phrases have nothing in common but their marks
    clause = frame.clause
    said = clause.text[: run.start] + clause.text[run.end :]
    if lexicon.weight(said) < 4 or len(around) < 10:
        yield "V9"

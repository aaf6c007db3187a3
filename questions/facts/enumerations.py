"""Lists: coordinate names joined by 、 and 和, whole or open (等), with what is said of them.

A list is read where its members are known names of one class, so that words before the first
member (基层社区、企业) or after the last (乌海市重型柴油货车) stay outside the members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import rjieba

from questions import numerals
from questions.documents import Clause, Document, Sentence
from questions.documents.brackets import pair
from questions.facts import frames, gazetteer, lexicon
from questions.facts.frames import Frame
from questions.facts.gazetteer import Class, Entry, Family, Hit
from questions.facts.setting import Setting

FEWEST: Final = 3  # members of a family of common words; two known names are enough elsewhere
_JOINT: Final = re.compile(r"[”]?(?:、|和|及|以及|与|、以及|、和)?[“]?")
_MORE: Final = re.compile(r"^”?(?:、|和|及|以及|与)(?=[一-鿿“《])")
_OWN_LEVEL: Final = re.compile(r"(?:本级|机关|总部)(?:和|及|以及|、)$")
_JOINED: Final = re.compile(r"[一-鿿”》)](?:、|和|及|以及)“?$")
_OPEN: Final = re.compile(
    r"^”?等(?P<count>\d+|[一二两三四五六七八九十]+)?(?P<measure>个|家|项|种|类|条|位)?"
)
_TOTAL: Final = re.compile(
    r"^(?P<count>\d{1,2}|[两二三四五六七八九十]+)(?:个|家)?"
    r"(?:省份|省区市|省区|省市|省|盟市|市州|市|州|地|区|县|部门|单位|条河流|种)"
)
_NOUN: Final = re.compile(
    r"^(?:[省市县区]级|有关|相关|兄弟|毗邻|中央)?(?:部门|单位|省份|省区|省市|城市|盟市|市州|地市|市|省|河流|河湖|湖泊|机关|部委)(?![一-鿿]*厅)"
)
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
    for sentence in document.sentences:
        if len(sentence.text) > frames.LONGEST:
            continue
        found = [(clause, runs(clause.text)) for clause in sentence.clauses]
        if not any(listed for _, listed in found):
            continue
        by_clause = {frame.clause: frame for frame in frames.of(sentence)}
        for clause, listed in found:
            frame = by_clause.get(clause)
            if frame is not None:
                facts.extend(_fact(document, scene, sentence, frame, run) for run in listed)
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
            if entry is None or not between or not _JOINT.fullmatch(between):
                break
            taken.append(hit)
            entries.append(entry)
        things = {entry.canon for entry in entries}
        styles = {entry.style for entry in entries if first.family.cls in _STYLED}
        fewest = FEWEST if first.family.cls is Class.PEER else 2
        if first.family.noun == "机关":
            fewest = 2
        if len(things) == len(entries) >= fewest and len(styles) <= 1:
            yield _Run(tuple(taken), first.family, tuple(entries))


def _is_whole(text: str, run: _Run) -> bool:
    """Whether the list begins and ends with its first and last known name."""
    before, after = text[: run.start], text[run.end :]
    if _JOINED.search(before) and not _OWN_LEVEL.search(before):
        return False
    if _MORE.match(after):
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


def _fact(
    document: Document, scene: Setting, sentence: Sentence, frame: Frame, run: _Run
) -> EnumFact:
    clause = frame.clause
    start, end, is_open, says_etc = _bounds(clause.text, run)
    left, right = frame.around(scene, start, end)
    return EnumFact(
        document=document.id,
        start=frame.start,
        end=clause.end,
        at=clause.start + run.start,
        family=run.family,
        noun=_noun(run),
        members=run.entries,
        printed=tuple(entry.text for entry in run.entries),
        left=left,
        right=right,
        names_whole=says_etc and _opens_with_noun(clause.text[end:]),
        is_open=is_open,
        section=sentence.section,
        sentence=sentence.text,
        faults=tuple(_faults(frame, clause, run, left + right)),
    )


def _bounds(text: str, run: _Run) -> tuple[int, int, bool, bool]:
    """Where the list begins and ends with its marks, 等, total and noun; whether it is open, and
    whether its noun still stands behind 等."""
    start, end = run.start, run.end
    if text[start - 1 : start] == "“":
        start -= 1
    if text[end : end + 1] == "”":
        end += 1
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


def _faults(frame: Frame, clause: Clause, run: _Run, around: str) -> Iterator[str]:
    yield from frame.faults()
    said = clause.text[: run.start] + clause.text[run.end :]
    if lexicon.weight(said) < 4 or len(around) < 10:
        yield "V9"

"""Titles with the words around them: what was done under them, by them, or to them.

A verb alone (印发《甲》) says nothing a title could be asked by; a clause with words of its own
(将…内容纳入《甲》) does, and so does a verb with the clause that tells the purpose behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questions.brackets import pair
from questions.documents import Clause, Document, Sentence
from questions.facts import frames, lexicon, titles
from questions.facts.frames import Frame
from questions.facts.setting import Setting
from questions.facts.titles import Relation, Title

ENOUGH: Final = 5  # Han characters around a title that make its clause specific
TAIL: Final = 34  # characters of the clause behind that may tell the purpose
_RUN: Final = re.compile(r"^等[一-鿿\d]{0,10}$")
_PURPOSE: Final = re.compile(
    r"^(?:切实|有效|积极|全面)*(?:明确|规范|引导|推动|推进|优化|提升|保障|防范|防止|规定|细化|统一"
    r"|压实|促进|确保|减少|简化|压缩|增强|厘清|解决|划定|提出|列明|界定|填补|提前预|为[一-鿿]{2,16}提供)"
)
_LEANS: Final = re.compile("^(?:按照|根据|依据|依照|遵照|围绕|结合|对照|通过|为|以)")
_LEANING: Final = re.compile(
    r"^(?:等[一-鿿]{0,6})?(?:和[一-鿿]{0,12})?的?(?:要求|规定|精神|部署|安排|方式)?$"
)
_SLOGAN: Final = re.compile(r"新成效|新进展|新局面|氛围|意识$|精神$|有关内容|相关任务|指引|指导下")
_FORMULA: Final = re.compile("(?:贯彻|落实|遵循)[^,]*要求$")  # which all would claim
_STATE: Final = re.compile(r"(?:新修订的?|新制定的?|新)$")
_TRIFLE: Final = re.compile(r"\d[.·]\d{1,2}$")  # a day that says which law is meant (12.4)
_TIMES: Final = re.compile(r"^等\d+[次场期]$")  # titles left unnamed, and only counted
_SUM: Final = re.compile(
    r"^、?等?(?:\d+|[两二三四五六七八九十]+)(?:个|项|件|部|份|种|类|大)"
)  # counts the whole list
_PROGRAMME: Final = re.compile("^(?:等)?(?:节目|栏目|专栏|系列片)")
_STOP: Final = re.compile(r"(?<=[一-鿿])\.(?=[一-鿿])")  # a full stop typed as a point
_BY_STATUS: Final = frozenset({Relation.LISTED, Relation.REPEALED, Relation.DRAFTED})


@dataclass(frozen=True, slots=True)
class MentionFact:
    """One or several titles in a specific passage.

    `left` and `right` are the words around them, `tail` the clause behind that tells what for;
    all stand alone. `is_open` where 等 leaves other titles unnamed.
    """

    document: str
    start: int
    end: int
    titles: tuple[Title, ...]
    left: str
    right: str
    tail: str
    is_open: bool
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


def extract(document: Document, scene: Setting) -> tuple[MentionFact, ...]:
    """The specific mentions of titles in reading order."""
    return tuple(
        fact
        for sentence in document.sentences
        if "《" in sentence.text and len(sentence.text) <= 2 * frames.LONGEST
        for fact in _of_sentence(document, scene, sentence)
    )


def _of_sentence(document: Document, scene: Setting, sentence: Sentence) -> Iterator[MentionFact]:
    found = frames.of(sentence)
    for place, frame in enumerate(found):
        if "《" not in frame.clause.text:
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        yield from _of_frame(document, scene, sentence, frame, after)


def _of_frame(
    document: Document, scene: Setting, sentence: Sentence, frame: Frame, after: Frame | None
) -> Iterator[MentionFact]:
    clause = frame.clause
    text = clause.text
    spans = [span for span in pair(text)[0] if text[span[0]] == "《"]
    groups = list(titles.grouped(text, spans))
    for group in groups:
        start, end = group[0][0], group[-1][1]
        if _is_tied(text, group) or _FORMULA.search(text):
            continue
        said = _words(text, groups)
        left, right = _around(frame, scene, start, end)
        is_open = text[end:].startswith("等")
        tail, tail_end = "", clause.end
        leans = bool(_LEANS.match(lexicon.strip_markers(text)) and _LEANING.match(text[end:]))
        bare = leans or lexicon.weight(said) < ENOUGH
        if bare and group is groups[-1] and after is not None and len(text) - end <= 20:
            tail, tail_end = _tail(scene, after.clause, leans=leans)
        told = titles.relation(text[:start], text[end:].lstrip())
        if (bare and not tail) or told in _BY_STATUS or _SLOGAN.search(said + tail):
            continue
        faults = [*frame.faults(), *_wrongs(scene, left, tail, leans=leans)]
        if frames.runs_on(text + tail) or _STOP.search(text + tail):
            faults.append("V11")
        if _is_film(text, start, end) or _is_unnamed(text, group):
            faults.append("V9")
        yield MentionFact(
            document=document.id,
            start=frame.start,
            end=tail_end if tail else clause.end,
            titles=tuple(titles.title(document, clause.start, a, b) for a, b in group),
            left=_STATE.sub("", left),
            right=right,
            tail=tail,
            is_open=is_open,
            section=sentence.section,
            sentence=sentence.text,
            faults=tuple(faults),
        )


def _wrongs(scene: Setting, left: str, tail: str, *, leans: bool) -> list[str]:
    """V3 where another acts in the clause behind than is said to act."""
    is_ours = bool(scene.issuer) and (scene.issuer or "") in left
    return ["V3"] if leans and is_ours and lexicon.opening(tail).subject else []


def _is_tied(text: str, group: list[tuple[int, int]]) -> bool:
    """Whether words around a list go with one of its titles, or with all: a day in force
    behind one, a body before the first, a count of the whole behind the last."""
    before, after = text[: group[0][0]].rstrip(), text[group[-1][1] :].lstrip()
    if after.startswith("(") or before.endswith(")"):
        return True
    return len(group) > 1 and bool(_SUM.match(after) or titles.owner(before))


def _around(frame: Frame, scene: Setting, start: int, end: int) -> tuple[str, str]:
    """The words around; no body stands before a title that is itself the subject."""
    left, right = frame.around(scene, start, end)
    if scene.issuer and not lexicon.strip_markers(frame.clause.text[:start]).strip():
        left = left.removesuffix(scene.issuer)
    return left, right


def _is_unnamed(text: str, group: list[tuple[int, int]]) -> bool:
    """Whether a title names no kind of document, or its passage asks nothing."""
    if not all(titles.kind_of(text[a + 1 : b - 1]) for a, b in group):
        return True
    return _is_trifle(text[: group[0][0]], text[group[-1][1] :])


def _is_film(text: str, start: int, end: int) -> bool:
    return titles.is_film(text[:start]) or bool(_PROGRAMME.match(text[end:]))


def _is_trifle(before: str, after: str) -> bool:
    """Whether a passage gives its title away, or only counts how often it was studied."""
    return bool(_TRIFLE.search(before) or _TIMES.match(after.strip()))


def _words(text: str, groups: list[list[tuple[int, int]]]) -> str:
    """The clause without its titles and its verb of issuing."""
    said, done = "", 0
    for group in groups:
        said += text[done : group[0][0]]
        done = group[-1][1]
    said += _RUN.sub("", text[done:])
    return titles.without_verbs(said)


def _tail(scene: Setting, clause: Clause, *, leans: bool) -> tuple[str, int]:
    """The clause behind that tells what for, or that a leaning clause needs; '' where none."""
    text = lexicon.strip_markers(clause.text)
    if len(text) > TAIL or "《" in text or clause.is_broken or clause.opens:
        return "", 0
    if leans or (_PURPOSE.match(text) and not any(c.isdigit() for c in text)):
        return scene.resolve(text), clause.end
    return "", 0

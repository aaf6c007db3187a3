"""Titles in 《》: what kind of text each is, what was done with it, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from questions.data import words
from questions.documents import Clause, Document, Sentence
from questions.documents.brackets import pair
from questions.facts import lexicon
from questions.facts.setting import Setting


class Relation(StrEnum):
    """What the document says was done with a title."""

    ISSUED = "issued"
    MADE = "made"
    DRAFTED = "drafted"
    REPEALED = "repealed"
    LISTED = "listed"
    CARRIED = "carried"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Title:
    """One title as printed, brackets left off; `start` and `end` include them, in `plain`."""

    text: str
    start: int
    end: int
    kind: str
    inner: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleFact:
    """Titles that share one predicate.

    `verb` is the predicate as printed (报请政府废止), `object` what follows the titles
    (列为2022年地方立法项目), `actor` who did it, None where another body than the issuer may be
    meant. `is_open` where 等 follows.
    """

    document: str
    titles: tuple[Title, ...]
    start: int
    end: int
    relation: Relation
    verb: str
    object: str
    actor: str | None
    is_open: bool
    section: tuple[str, ...]
    sentence: str
    faults: tuple[str, ...]


_VERBS: Final = {
    verb: Relation(name) for name, verbs in words("relations").items() for verb in verbs.split()
}
_BY_LENGTH: Final = sorted(_VERBS, key=len, reverse=True)
_VERB: Final = re.compile(f"({'|'.join(_BY_LENGTH)})了?$")
_FAR_VERB: Final = re.compile(f"({'|'.join(_BY_LENGTH)})了?(?P<between>[^《》]{{0,24}})$")
_ANY_VERB: Final = re.compile(
    "|".join((*_BY_LENGTH, "研究", "组织", "要求", "严格", "认真", "深入", "关于", "有关"))
)
_KINDS: Final = sorted(words("kinds").split(), key=len, reverse=True)
_EDITION: Final = re.compile(r"[(](?:[^()]*)[)]$")
_JOINT: Final = re.compile(
    r"^[、和及与 ]*(?:以及|和|及)?(?:新修订的?|新制定的?|修订后的|新)?[、 ]*$"
)
_LISTED: Final = re.compile(
    r"^(?:列为|列入|纳入)(?:20\d\d年)?[一-鿿]{0,12}立法(?:项目|计划|规划)(?:[一-鿿]{0,4})"
)
_DRAFT: Final = re.compile(r"^(?:的)?(?:初稿)?(?:起草|编制|草拟)(?:工作)?$")
_REPEAL: Final = re.compile(
    r"(?P<verb>(?:报请[一-鿿]{0,8}|提请[一-鿿]{0,8}|依法)?(?:废止|废除))了?$"
)
_OTHERS: Final = re.compile("督促|指导|推动|要求|协助|配合|参与|支持|各[市县区盟旗省]|下级|转发")
_FILM: Final = re.compile(r"片《?$|歌曲|图书|栏目|节目|作品|画册|丛书|系列|小品|短剧|杂志|刊物")
_TARGET: Final = re.compile(r"拟|将于|计划|力争|争取|推进|加快|正在|准备|筹备|尚未|申请")
_MADE_NOUN: Final = ("制定", "修订", "起草", "编制")


def extract(document: Document, scene: Setting) -> tuple[TitleFact, ...]:
    """The titles of a document, those of one predicate together, in reading order."""
    return tuple(
        fact
        for sentence in document.sentences
        if "《" in sentence.text
        for clause in sentence.clauses
        if "《" in clause.text
        for fact in _facts(document, scene, sentence, clause)
    )


def _facts(
    document: Document, scene: Setting, sentence: Sentence, clause: Clause
) -> Iterator[TitleFact]:
    text = clause.text
    spans = [span for span in pair(text)[0] if text[span[0]] == "《"]
    for group in grouped(text, spans):
        before, after = text[: group[0][0]], text[group[-1][1] :]
        tail = after.lstrip()
        relation, verb, what = _relation(before, tail)
        yield TitleFact(
            document=document.id,
            titles=tuple(title(document, clause.start, a, b) for a, b in group),
            start=clause.start,
            end=clause.end,
            relation=relation,
            verb=verb,
            object=what,
            actor=_actor(before, verb, scene),
            is_open=tail.startswith("等"),
            section=sentence.section,
            sentence=sentence.text,
            faults=tuple(_faults(sentence, clause, before, verb)),
        )


def grouped(text: str, spans: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The spans of titles that nothing but 、 or 和 parts."""
    group: list[tuple[int, int]] = []
    for span in spans:
        if group and not _JOINT.match(text[group[-1][1] : span[0]]):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def title(document: Document, offset: int, start: int, end: int) -> Title:
    """The title at `[start:end)` of a clause that begins at `offset`."""
    raw = document.raw(offset + start + 1, offset + end - 1)
    plain = document.plain[offset + start + 1 : offset + end - 1]
    inner = tuple(re.findall(r"[<《]([^<>《》]+)[>》]", plain))
    return Title(raw, offset + start, offset + end, kind_of(plain), inner)


def kind_of(title: str) -> str:
    """The kind a title's last word names (通知, 方案, 条例 …), or ''."""
    bare = _EDITION.sub("", title).rstrip("》>”")
    return next((kind for kind in _KINDS if bare.endswith(kind)), "")


def _relation(before: str, after: str) -> tuple[Relation, str, str]:
    listed = _LISTED.match(after)
    if listed:
        return Relation.LISTED, "", listed.group()
    draft = _DRAFT.match(after)
    if draft and before.endswith(("完成", "完成了", "开展", "启动")):
        verb = re.search("(?:完成|开展|启动)了?$", before)
        return Relation.DRAFTED, verb.group() if verb else "", draft.group()
    repeal = _REPEAL.search(before)
    if repeal:
        return Relation.REPEALED, repeal["verb"], ""
    verb = _VERB.search(before)
    if verb and _VERBS[verb[1]] is Relation.CARRIED:
        return Relation.CARRIED, _phrase(before), ""
    if verb:
        return _VERBS[verb[1]], _chain(before, verb), ""
    far = _FAR_VERB.search(before)
    if far and _VERBS[far[1]] is Relation.CARRIED:
        return Relation.CARRIED, "", ""
    return Relation.OTHER, "", ""


def is_film(before: str) -> bool:
    """Whether what stands before a title makes it a film, song or book."""
    return bool(_FILM.search(before[-6:]))


def without_verbs(text: str) -> str:
    """Words around a title without the verbs of issuing and carrying out."""
    return _ANY_VERB.sub("", text)


def relation(before: str, after: str) -> Relation:
    """What the words on either side say was done with titles."""
    return _relation(before, after)[0]


def _phrase(before: str) -> str:
    """All of a short predicate before the titles: 重点宣传普及了."""
    text = lexicon.strip_markers(before)
    return text if len(text) <= 12 and "," not in text else ""


def _chain(before: str, verb: re.Match[str]) -> str:
    """The verb with another right before it: 制定|印发."""
    head = before[: verb.start()]
    for earlier in ("研究", "联合", "组织", *_MADE_NOUN):
        if head.endswith(earlier):
            return earlier + verb[1]
    return verb[1]


def _actor(before: str, verb: str, scene: Setting) -> str | None:
    if _OTHERS.search(before):
        return None
    head = lexicon.strip_markers(before)
    subject = lexicon.opening(head).subject
    if not subject:
        return scene.issuer
    resolved = scene.resolve(subject)
    return resolved if scene.issuer and resolved == scene.issuer else None


def _faults(sentence: Sentence, clause: Clause, before: str, verb: str) -> Iterator[str]:
    if clause.is_broken:
        yield "V5"
    if sentence.is_plan or _TARGET.search(before.removesuffix(verb)[-8:]):
        yield "V3"
    if is_film(before):
        yield "V9"

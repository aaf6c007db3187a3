"""Titles in 《》: what kind of text each is, what was done with it, and by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from questions.brackets import pair
from questions.data import words
from questions.documents import Clause, Document, Sentence
from questions.facts import frames, lexicon, phrases
from questions.facts.frames import Frame
from questions.facts.setting import Setting


class Relation(StrEnum):
    """What the document says was done with a title."""

    ISSUED = "issued"
    MADE = "made"
    REVISED = "revised"
    DRAFTED = "drafted"
    STUDIED = "studied"
    CONSULTED = "consulted"
    SUBMITTED = "submitted"
    LISTED = "listed"
    PASSED = "passed"
    REPEALED = "repealed"
    CARRIED = "carried"
    TAUGHT = "taught"
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

    `verb` is the predicate before the titles as printed (报请政府废止), `object` the one after
    them (列为2022年地方立法项目), `actor` who did it: '' where the titles themselves are the
    subject, None where another body than the issuer may be meant. `period` is what says when,
    `issuer` the body named right before the first title, whose text it is. `is_open` where 等
    follows.
    """

    document: str
    titles: tuple[Title, ...]
    start: int
    end: int
    relation: Relation
    verb: str
    object: str
    actor: str | None
    period: str
    issuer: str
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
_REVISING: Final = re.compile("^(?:研究|组织)?(?:修订|修改|修正)")
_DAY: Final = r"20\d\d年\d{1,2}月\d{1,2}日"
_BODIES: Final = r"[一-鿿]{0,12}(?:政府|人大|人大常委会|常委会|司法厅|司法局|国务院|部|厅|局|委)"
_LISTED: Final = re.compile(
    r"^(?:修订|修改|修正|制定)?(?:已)?(?:列为|列入|纳入)[一-鿿]{0,10}(?:20\d\d年)?(?:度)?"
    r"[一-鿿]{0,8}(?:立法|规章|法规)[一-鿿]{0,6}(?:项目|计划|规划)"
)
_DRAFT: Final = re.compile(
    r"^(?:的)?(?:修订|修正)?(?:草案|初稿|送审稿|征求意见稿)?(?:的)?(?:起草|编制|草拟)(?:工作)?$"
)
_REVISION: Final = re.compile(r"^(?:的)?(?:修订|修改|修正)(?:工作)?$")
_STUDY: Final = re.compile(r"^(?:的)?(?:立法后评估|立法调研|立法论证|实施后评估)(?:工作)?$")
_TAUGHT: Final = re.compile(
    r"^等?[一-鿿]{0,4}(?:进行|开展|作|举办)了?(?:专题|专门|集中)?(?:讲座|培训|宣讲|解读|辅导|授课)$"
)
_SENT_AFTER: Final = re.compile(
    rf"^(?:已|已经)?(?:报|提请|报送|提交|报请){_BODIES}(?:审议|审查|批准|审定)$"
)
_SENT_BEFORE: Final = re.compile(
    rf"(?P<verb>(?:提请|报请|提交|报送){_BODIES}(?:审议|审查|审定))了?$"
)
_PASSED: Final = re.compile(
    rf"^(?:已)?(?P<what>(?:于|自){_DAY}起?(?:正式)?(?:颁布|公布)?(?:施行|实施)"
    rf"|经{_BODIES}(?:[一-鿿\d]{{0,20}})(?:审议通过|表决通过))(?:以来)?$"
)
_LATER: Final = re.compile(
    rf"^(?:该(?:条例|办法|规定|法|细则|决定|标准|规则))?(?:已)?(?:(?:于{_DAY})?经[一-鿿\d]{{4,30}}?"
    rf"(?:通过|批准|公布)并?)?(?P<what>(?:于|自){_DAY}起?(?:正式)?(?:公布)?(?:施行|实施))$"
)
_NAMELY: Final = re.compile("^(?:即|分别为|分别是|具体为|包括):?$")
_COUNTED: Final = re.compile(
    rf"({'|'.join(_BY_LENGTH)}|废止)了?[一-鿿]{{0,14}}\d+(?:件|项|部|个|份)$"
)
_STOP: Final = re.compile(r"(?<=[一-鿿])\.(?=[一-鿿])")  # a full stop typed as a point
_STATE: Final = re.compile("(?:新修订的?|新修改的?|新修正的?|新制定的?)$")
_CONSULT: Final = re.compile(
    r"^(?:[(][^()]{1,20}[)])?(?P<what>(?:[(](?:草案|修订稿)[)])?(?:向社会)?(?:公开)?征求(?:社会)?意见稿?)"
)
_ASKING: Final = re.compile("(?:公开|就|对|将|发布)$")
_BUSY: Final = re.compile("(?:完成|开展|启动|组织开展)了?$")
_REPEAL: Final = re.compile(
    r"(?P<verb>(?:(?:上报|报请|提请)[一-鿿]{0,8}|依法|宣布)?(?:废止|废除))了?$"
)
_OTHERS: Final = re.compile(
    "督促|指导|推动|要求|协助|配合|参与|支持|参加|各[市县区盟旗省]|下级|转发"
    "|由(?![我本])[一-鿿]{1,12}?(?:政府|[委厅局部办])(?:联合|共同)?(?:印发|发布|公布|出台|制定)"
)
_ALLY: Final = re.compile(r"(?:联合|会同)[^,;《》、]{2,22}$")
_ONE_BODY: Final = r"[一-鿿]{0,14}(?:办公厅|办公室|政府|委员会|党委|国务院|中央|厅|局|部|委)"
_OWNER: Final = re.compile(rf"^{_ONE_BODY}(?: ?[、和] ?{_ONE_BODY})*$")
_HANDLED: Final = re.compile(
    "^.*(?:按照|依照|遵照|根据|依据|对照|贯彻|落实|执行|学习|宣传|转发|收到|接到|要求|[将把对以由了的])"
)
_FILM: Final = re.compile(
    r"片《?$|视频|电影|动漫|动画|歌曲|图书|栏目|专栏|节目|作品|画册|漫画|丛书|系列|小品|短剧|杂志|刊物|课程|教材|读本"
)
_TARGET: Final = re.compile(r"拟|将于|计划|力争|争取|推进|加快|正在|准备|筹备|尚未|申请")
_MADE_NOUN: Final = ("制定", "修订", "起草", "编制")
_LONGEST_LEAD: Final = 24  # characters before a title that may be its predicate


def extract(document: Document, scene: Setting) -> tuple[TitleFact, ...]:
    """The titles of a document, those of one predicate together, in reading order."""
    found: list[TitleFact] = []
    for sentence in document.sentences:
        if "《" in sentence.text:
            framed = {frame.clause.start: frame for frame in frames.of(sentence)}
            for place, clause in enumerate(sentence.clauses):
                if "《" in clause.text:
                    frame = framed.get(clause.start)
                    found.extend(_facts(document, scene, sentence, place, frame))
    return tuple(found)


def _facts(
    document: Document, scene: Setting, sentence: Sentence, place: int, frame: Frame | None
) -> Iterator[TitleFact]:
    clause = sentence.clauses[place]
    text = clause.text
    groups = list(grouped(text, _spans(text)))
    for group in groups:
        before, start = _lead_in(text[: group[0][0]], sentence, place)
        tail = text[group[-1][1] :].lstrip()
        relation, verb, what = _relation(before, tail)
        subject = _subject(before, frame)
        names = [text[a + 1 : b - 1] for a, b in group]
        fact = TitleFact(
            document=document.id,
            titles=tuple(title(document, clause.start, a, b) for a, b in group),
            start=start,
            end=clause.end,
            relation=relation,
            verb=scene.resolve(_lead(before, verb, subject)),
            object=scene.resolve(what),
            actor=_actor(before, verb, subject, scene),
            period=_period(frame, scene, before, what),
            issuer=owner(before),
            is_open=tail.startswith("等"),
            section=sentence.section,
            sentence=sentence.text,
            faults=tuple(_faults(sentence, clause, before, verb, names)),
        )
        yield fact
        if len(names) == 1 and group is groups[-1] and not fact.is_open:
            yield from _in_force(fact, sentence, place)


def _spans(text: str) -> list[tuple[int, int]]:
    """Where titles stand, those that fill a bracket too (废止2件(《甲》《乙》))."""
    spans: list[tuple[int, int]] = []
    for start, end in pair(text)[0]:
        if text[start] == "《":
            spans.append((start, end))
        elif text[start] == "(" and text[start + 1 : start + 2] == "《":
            inner = _spans(text[start + 1 : end - 1])
            spans += [(start + 1 + a, start + 1 + b) for a, b in inner]
    return spans


def _lead_in(before: str, sentence: Sentence, place: int) -> tuple[str, int]:
    """The words that govern titles, and where they begin: 制定文件2件,分别为《甲》《乙》."""
    clause = sentence.clauses[place]
    start = clause.start
    counted = _COUNTED.search(before.removesuffix("("))
    if counted and before.endswith("("):
        return before[: counted.end(1)], start
    if _NAMELY.match(before.strip()) and place:
        earlier = sentence.clauses[place - 1]
        counted = _COUNTED.search(earlier.text)
        if counted:
            return earlier.text[: counted.end(1)], earlier.start
    stops = list(_STOP.finditer(before))
    if stops:
        return before[stops[-1].end() :], start + stops[-1].end()
    return before, start


def _in_force(fact: TitleFact, sentence: Sentence, place: int) -> Iterator[TitleFact]:
    """From when a text is in force, where a clause behind its own says so (自…起施行)."""
    for clause in sentence.clauses[place + 1 :]:
        later = _LATER.match(clause.text)
        if later:
            yield replace(
                fact, end=clause.end, relation=Relation.PASSED, verb="", object=later["what"],
                actor="", period="", issuer="",
            )  # fmt: skip
        if later or "《" in clause.text or not re.match("^(?:该|经|于|自|并)", clause.text):
            return


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
    """The relation with the words before and after the titles that say so."""
    busy = _BUSY.search(before)
    for pattern, relation in (
        (_DRAFT, Relation.DRAFTED),
        (_REVISION, Relation.REVISED),
        (_STUDY, Relation.STUDIED),
    ):
        found = pattern.match(after)
        if found and busy:
            return relation, busy.group(), found.group()
    if _TAUGHT.match(after):
        return Relation.TAUGHT, "", ""
    listed = _LISTED.match(after)
    if listed:
        return Relation.LISTED, before[-2:] if before.endswith("推动") else "", listed.group()
    sent_on = _SENT_AFTER.match(after)
    if sent_on:
        return Relation.SUBMITTED, "", sent_on.group()
    passed, state = _PASSED.match(after), _STATE.search(before)
    if passed:
        return Relation.PASSED, state.group() if state else "", passed["what"]
    consulted, asking = _CONSULT.match(after), _ASKING.search(before)
    if consulted and asking:
        return Relation.CONSULTED, asking.group(), consulted["what"]
    sent, repeal = _SENT_BEFORE.search(before), _REPEAL.search(before)
    if sent or repeal:
        kind = Relation.SUBMITTED if sent else Relation.REPEALED
        return kind, (sent or repeal)["verb"], ""  # type: ignore[index]
    return _by_verb(before)


def _by_verb(before: str) -> tuple[Relation, str, str]:
    verb = _VERB.search(before)
    if verb and _VERBS[verb[1]] is Relation.CARRIED:
        return Relation.CARRIED, _phrase(before), ""
    if verb and verb[1] == "完善":
        return Relation.OTHER, "", ""  # says neither what was made nor what was changed
    if verb:
        chain = _chain(before, verb)
        revised = _REVISING.match(chain)
        return Relation.REVISED if revised else _VERBS[verb[1]], chain, ""
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
    leans = text.startswith(("以", "通过", "围绕"))
    return text if len(text) <= 12 and "," not in text and not leans else ""


def _chain(before: str, verb: re.Match[str]) -> str:
    """The verb with another right before it: 制定|印发."""
    head = before[: verb.start()]
    for earlier in ("研究", "联合", "组织", *_MADE_NOUN):
        if head.endswith(earlier):
            return earlier + verb[1]
    return verb[1]


def _subject(before: str, frame: Frame | None) -> str:
    """Who acts: named in the clause itself, or earlier in its sentence."""
    own = lexicon.opening(lexicon.strip_markers(before)).subject
    return own or (frame.subject if frame else "")


def _actor(before: str, verb: str, subject: str, scene: Setting) -> str | None:
    head = _STATE.sub("", lexicon.strip_markers(before).strip())
    if not head:
        return ""
    ally = _ALLY.search(head[: len(head) - len(verb)] if head.endswith(verb) else head)
    own = head[: ally.start()] if ally else head
    if _OTHERS.search(own) and own.removeprefix(subject) not in ("推动", "推动出台"):
        return None
    if not subject:
        return scene.issuer
    resolved = scene.resolve(subject)
    return resolved if scene.issuer and resolved == scene.issuer else None


def _lead(before: str, verb: str, subject: str) -> str:
    """The predicate before the titles with the bodies one acted with, or the verb alone."""
    head = lexicon.strip_markers(before).strip().removeprefix(subject)
    if not verb or not head.rstrip("了").endswith(verb.rstrip("了")):
        return verb
    ally = _ALLY.search(head.rstrip("了").removesuffix(verb.rstrip("了")))
    if ally and len(head) <= _LONGEST_LEAD:
        return ally.group() + verb
    return "推动" + verb if head == "推动" + verb else verb


def _period(frame: Frame | None, scene: Setting, before: str, what: str) -> str:
    """The words that say when, '' where the predicate itself does."""
    scopes = frame.scopes if frame else ()
    for scope in scopes:
        if "以来" in scope or "截至" in scope or phrases.opens_with_period(scope):
            return scene.resolve(scope)
    return scene.period(before) if not re.search(_DAY, what) else ""


def owner(before: str) -> str:
    """The bodies named right before a title as those whose text it is."""
    run = _HANDLED.sub("", re.split("[,;:《》“”]", before.strip())[-1])
    return re.sub(" ", "", run) if len(run) > 1 and _OWNER.match(run) else ""


def _faults(
    sentence: Sentence, clause: Clause, before: str, verb: str, names: Sequence[str]
) -> Iterator[str]:
    if clause.is_broken:
        yield "V5"
    if sentence.is_plan or _TARGET.search(before.removesuffix(verb)[-8:]):
        yield "V3"
    if is_film(before) or not all(map(kind_of, names)):
        yield "V9"  # no document, or none that its last word names

"""A law's sentences as norms that stand alone.

A norm has condition, subject, modality, consequence and exception.

A branch after ； carries the subject and the conditions it leans on; an exception in the same 款
goes with every norm of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from questions.documents.brackets import outside, pair
from questions.facts import citing
from questions.statutes import Article, Passage, Statute, short_title

MODAL: Final = re.compile(
    r"应当|必须|不得|(?:(?<=^)|(?<=国家)|(?<=国家依法))禁止|可以不|可以|有权|不予|不再(?!\s)|不停止"
    r"|不承担|只能|视为|适用(?!的|于)|享有(?!的)|(?<=^)予以"
)
_PLAIN: Final = re.compile(
    r"^(?:由|并由|处|每次处|责令|给予|没收|吊销|从其|按照.*(?:处|罚款)|依照.*处|以.*(?:作为|为准)|报经|依法|延长|自.*起)"
    r"|^对.*处"
)
_OPENING: Final = re.compile(
    r"^([^，、的]{2,16}?(?:机关|部门|人民政府|单位|组织|企业|机构|人员|当事人|经营者|法院|海关|人))"
    r"(?=在|有|对|因|或者|和|及|违反|依照|根据|按照|自|实施|发现|当场|与|提出|认为|变更|应当|于)"
)
_ADRIFT: Final = re.compile(r"^(?:也|还|并|同时|但|且|因此|从而)")
_PENAL: Final = re.compile(r"^(?:由[^，]*(?:责令|没收|处|给予|吊销|撤销)|处|责令|没收|给予)")
_ELLIPTIC: Final = re.compile("^(?:确有必要|确需|必要|需要|有必要)")
LONG_SUBJECT: Final = 8  # characters from which a thing named as subject explains itself
_ACTOR: Final = re.compile(
    r"(?:机关|部门|人民政府|人员|单位|企业|当事人|法院|机构|组织|银行|个人|经营者|者|公民|海关|"
    r"负责人|主持人|代理人|人|学校|医院|公司|市场|政府|法人|户|站|场|厂|会)$"
)
_TIME: Final = re.compile(r"(?:时|后|前|中|内|下|外|起|期间|之日)$")
_TOPIC: Final = re.compile(r"^(?:对|在|自|因|为了?|经|除|按照|根据|依照|依据|违反)")
EXTRA: Final = re.compile(
    r"^(?:情节|拒不|逾期|造成|后果|构成|尚不|没有违法|有违法所得|违法所得|货值|再次|经.{0,12}仍|"
    r"多次|致使|有前款|因此)"
)
_EXCEPT: Final = re.compile(
    r"^(?:但是?，?)?([^，。；]{2,30}?另有(?:规定|约定)的?)(?:除外|，?(?:从其|适用其|依照其|按照其|执行其).{0,4})?$"
)
_EXCLUDED: Final = re.compile(r"^(?:但是?，?)?([^，。；]{2,40}的)除外$")
PARALLEL: Final = 0.4  # bigrams two conditions share when one stands in the other's place
_RULES: Final = re.compile("程序|要求|分别|处理|如下规定|下列规定|下列决定|如下决定|下列措施")
_BUT: Final = re.compile(r"^但是?，?")


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm; `text` stands alone, what is its own begins at `own`; offsets into `plain`."""

    article: Article
    paragraph: int
    item: int | None
    conditions: tuple[str, ...]
    subject: str
    rest: str
    text: str
    own: int
    exception: str
    start: int
    end: int
    faults: frozenset[str] = frozenset()
    opens: bool = False  # the stem of a list, its items still to come

    @property
    def place(self) -> str:
        """第十二条第二款."""
        return self.article.place(self.paragraph, self.item)

    @property
    def modality(self) -> str:
        """应当, 不得, 可以 …; empty for a plain consequence."""
        found = MODAL.match(self.rest)
        return found.group() if found else ""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch before it is joined with what it leans on."""

    conditions: tuple[str, ...]
    subject: str
    rest: str


def of(statute: Statute) -> tuple[Norm, ...]:
    """Every norm of a law in reading order."""
    law = short_title(statute)
    return tuple(norm for article in statute.articles for norm in _of_article(article, law))


def _of_article(article: Article, law: str) -> Iterator[Norm]:
    for number, paragraph in enumerate(article.paragraphs):
        if not paragraph.items:
            yield from _of_passage(article, number, None, paragraph.passage, law, None)
            continue
        yield from (
            replace(norm, opens=True, faults=norm.faults - {"L2"})
            for norm in _of_passage(article, number, None, paragraph.passage, law, None)
        )
        lead = parse(citing.rewrite(paragraph.passage.text.rstrip("："), law))
        for item in paragraph.items:
            if _is_norm(item.passage.text, paragraph.passage.text) and not item.parts:
                yield from _of_passage(article, number, item.number, item.passage, law, lead)


def _is_norm(item: str, lead: str) -> bool:
    """Whether an item is a rule of its own and no member of a list."""
    if not MODAL.search(item) or item.rstrip("；。").endswith("的"):
        return False
    return bool(_RULES.search(lead)) or bool(re.search("的，.*(?:应当|可以|不得|不予)", item))


@dataclass(slots=True)
class _Reader:
    """Reads one passage: its sentences, and what later branches may lean on."""

    article: Article
    paragraph: int
    item: int | None
    passage: Passage
    law: str
    lead: Branch | None
    first: Branch | None = None

    def norms(self) -> Iterator[Norm]:
        """Every norm of the passage."""
        text = self.passage.text
        spans = [span for span in split(text, "[。！？]") if span[0] < span[1]]
        exceptions = [_exception(text[a:b]) for a, b in spans]
        for at, span in enumerate(spans):
            if exceptions[at]:
                continue
            after = next((e for e in exceptions[at + 1 :] if e), "")
            follows = text[slice(*spans[at + 1])] if at + 1 < len(spans) else ""
            next_end = spans[at + 1][1] if follows and exceptions[at + 1] else None
            yield from self._sentence(span, spans[0][0], after, next_end, follows)

    def _sentence(
        self, span: tuple[int, int], origin: int, after: str, next_end: int | None, follows: str
    ) -> Iterator[Norm]:
        begin, end = span
        text = self.passage.text[begin:end]
        opened: Branch | None = None
        branches = _branches(text)
        for at, (start, stop, own) in enumerate(branches):
            branch = parse(citing.rewrite(text[start:stop].rstrip("："), self.law))
            whole, faults = joined(branch, opened, self.first, self.lead)
            if text[start:stop].endswith("："):
                faults |= {"L2"}
            if _BUT.match(follows):
                faults |= {"L6"}
            said = _text(whole)
            leans = len(said) > len(_text(branch))
            cited = (begin if opened else origin) if leans else begin + start
            last = begin + stop
            if own and not text[stop:].startswith("；"):
                last = end  # the exception stands at the branch's own end
            elif next_end is not None and not own and last == end:
                last = next_end
            if at + 1 < len(branches) and _ELLIPTIC.match(text[branches[at + 1][0] :]):
                last = (
                    end  # …不得超过一年；确需延长期限的，应当报经批准: a rule half told misleads
                )
            opened = opened or whole
            self.first = self.first or whole
            yield Norm(
                self.article, self.paragraph, self.item, whole.conditions, whole.subject,
                whole.rest, said, max(0, len(said) - len(_text(branch))), own or after,
                *self.passage.span(cited, last), faults | citing.faults(said),
            )  # fmt: skip


def _of_passage(
    article: Article,
    paragraph: int,
    item: int | None,
    passage: Passage,
    law: str,
    lead: Branch | None,
) -> Iterator[Norm]:
    yield from _Reader(article, paragraph, item, passage, law, lead).norms()


def split(text: str, marks: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between marks at bracket depth 0."""
    spans, _ = pair(text.replace("（", "(").replace("）", ")"))
    done = 0
    for place in [*outside(text, re.compile(marks), spans), len(text)]:
        yield done, place
        done = place + 1


def _exception(sentence: str) -> str:
    found = _EXCEPT.match(sentence) or _EXCLUDED.match(sentence)
    if found is None or ("另有" not in found[1] and MODAL.search(found[1])):
        return ""
    return found[1].removesuffix("的") + "的除外"


def _branches(sentence: str) -> list[tuple[int, int, str]]:
    """Branches between ；, a 但是 kept with what it limits, exceptions taken off."""
    spans: list[tuple[int, int]] = []
    exception = ""
    for start, end in split(sentence, "；"):
        text = sentence[start:end]
        if _exception(text):
            exception = _exception(text)
        elif spans and _BUT.match(text):
            spans[-1] = (spans[-1][0], end)
        elif text:
            spans.append((start, end))
    found = []
    for start, end in spans:
        text = sentence[start:end]
        cut, own = _cut_exception(text)
        found.append((start, start + cut, own or exception))
    return found


def _cut_exception(text: str) -> tuple[int, str]:
    """…，法律另有规定的除外: where the branch proper ends, and the exception."""
    pieces = list(split(text, "，"))
    start, end = pieces[-1]
    exception = _exception(text[start:end])
    if exception and len(pieces) > 1:
        return start - 1, exception
    return len(text), ""


def parse(text: str) -> Branch:
    """A branch as conditions, subject and the rest from its modal on."""
    segments = [text[a:b] for a, b in split(text, "，")]
    conditions: list[str] = []
    for at, segment in enumerate(segments):
        is_last = at == len(segments) - 1
        modal = MODAL.search(segment) or _PLAIN.match(segment)
        if not is_last and (modal is None or segment.endswith("的") or _is_aside(segment)):
            conditions.append(segment)
            continue
        place = modal.start() if modal else 0
        subject = segment[:place]
        rest = "，".join([segment[place:], *segments[at + 1 :]])
        if not subject and conditions and is_actor(conditions[-1]):
            subject = conditions.pop() + "，"
        return Branch(tuple(conditions), subject, rest)
    return Branch(tuple(conditions), "", "")


def _is_aside(segment: str) -> bool:
    return bool(_TIME.search(segment)) and bool(_TOPIC.match(segment))


def is_actor(segment: str) -> bool:
    """Whether a segment names who acts."""
    return bool(_ACTOR.search(segment)) and not _TOPIC.match(segment)


def joined(
    branch: Branch, opened: Branch | None, first: Branch | None, lead: Branch | None
) -> tuple[Branch, frozenset[str]]:
    """The branch with what it leans on: its sentence's first branch, its 款's, its list's."""
    base = opened or first
    if base is None:
        return _led(branch, lead), _adrift(branch)
    conditions = _leaning(branch, base, is_later=opened is None)
    if conditions is None:
        return branch, frozenset({"V3"})
    subject = branch.subject
    if not subject and MODAL.match(branch.rest) and not branch.rest.startswith(("禁止", "予以")):
        subject = base.subject or _actor_of(base)
        if branch.rest.startswith("不得作为") and is_actor(subject.rstrip("，")):
            return branch, frozenset({"V3"})
        if any(subject.rstrip("，") in condition for condition in conditions):
            subject = ""  # said already
    faults = _adrift(branch)
    if not subject and not conditions and not branch.subject and opened is not None:
        faults |= {"L2"}
    return Branch(conditions, subject, branch.rest), faults


def _led(branch: Branch, lead: Branch | None) -> Branch:
    """An item's norm with the subject its list opens with."""
    if lead is None or branch.subject or not branch.rest.startswith(("应当", "可以", "必须")):
        return branch
    subject = lead.subject.rstrip("，")
    subject = subject if is_actor(subject) else _actor_of(lead)
    return replace(branch, subject=subject)


def _leaning(branch: Branch, base: Branch, is_later: bool) -> tuple[str, ...] | None:
    """The branch's conditions with those it leans on; None where it hangs in the air."""
    own = branch.conditions
    last = max((at for at, c in enumerate(base.conditions) if c.endswith("的")), default=-1)
    held = base.conditions[: last + 1]
    topics = tuple(c for c in base.conditions if _TOPIC.match(c) and not c.endswith("的"))
    is_penal = not is_later and bool(_PENAL.match(base.rest))
    if own and (EXTRA.match(own[0]) or (is_penal and own[-1].endswith("的") and held)):
        while len(held) > 1 and EXTRA.match(held[-1]):
            held = (*held[:-2], held[-2] + "的")  # 拒不改正的 is one way, 引发火灾的 another
        if held and _likeness(own[0], held[-1]) >= PARALLEL:
            return own
        return (*held[:-1], held[-1].removesuffix("的"), *own) if held else own
    if own and own[0].startswith("对") and not any(c.endswith("的") for c in own):
        return (*(c for c in held if not c.startswith("对")), *own)
    if any(c.endswith("的") for c in own):
        if _ELLIPTIC.match(own[0]) and not topics and not base.subject:
            return None  # 确有必要拆除的: what is left out stands in the branch before
        return own if is_later else (*topics, *own)
    subject = branch.subject.rstrip("，") or opening_actor(branch.rest)
    stands = is_actor(subject) or len(subject) >= LONG_SUBJECT
    if is_later and not held and not stands and not own:
        return None
    if is_later and not held and not stands and not _actor_of(base):
        return None
    return (*held, *own)


def _adrift(branch: Branch) -> frozenset[str]:
    opening = (*branch.conditions, branch.subject + branch.rest)[0]
    return frozenset({"V3"} if _ADRIFT.match(opening) else ())


def _actor_of(branch: Branch) -> str:
    """Who acts, where the first condition says it: 受委托组织在委托范围内."""
    found = _OPENING.match(branch.conditions[0]) if branch.conditions else None
    return found[1] if found else ""


def opening_actor(text: str) -> str:
    """Who a text opens with: 行政机关 in 行政机关实施行政处罚; empty where nobody."""
    found = _OPENING.match(text)
    return found[1] if found else ""


def _likeness(one: str, other: str) -> float:
    mine = {one[i : i + 2] for i in range(len(one) - 1)}
    theirs = {other[i : i + 2] for i in range(len(other) - 1)}
    return len(mine & theirs) / max(1, len(mine | theirs))


def _text(branch: Branch) -> str:
    return "，".join([*branch.conditions, branch.subject + branch.rest])

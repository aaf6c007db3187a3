"""Branches of a sentence, and what each leans on: who acts, in which case, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from questions.brackets import outside, pair

MODAL: Final = re.compile(
    r"应当|必须|不得|(?:(?<=^)|(?<=国家)|(?<=国家依法))禁止|可以不|可以|有权|不予|不再(?!\s)|不停止"
    r"|不承担|只能|视为|(?<!先进)(?<!通)适用(?!的|于|技术)|享有(?!的)|(?<=^)予以"
)
_PLAIN: Final = re.compile(
    r"^(?:由|并由|处(?!理|置|于|分|所(?!需)|在)|并处|单处|每次处|责令|给予|没收|吊销|从其|按照.*(?:处|罚款)|依照.*处|以.*(?:作为|为准)|报经|依法|延长|自.*起)"
    r"|^对.*处"
)
_OPENING: Final = re.compile(
    r"^(公民、法人(?:和|或者)(?:其他|非法人)组织|[^，、的]{2,16}?(?:机关|部门|人民政府|单位|组织|企业|机构|人员|当事人|经营者|法院|海关|人))"
    r"(?=在|有|对|因|或者|和|及|违反|依照|根据|按照|自|实施|发现|当场|与|提出|认为|变更|应当|于)"
)
_ADRIFT: Final = re.compile(r"^(?:也|还|并|同时|但|且|因此|从而)")
_PENAL: Final = re.compile(r"^(?:由[^，]*(?:责令|没收|处|给予|吊销|撤销)|处|责令|没收|给予)")
# What only the words before make a case of: 已经建成的, 不属于本部门职责的, 对以上信息….
_OF_IT: Final = re.compile("^(?:已经?|尚未|仍|不属于)|以上(?:信息|情形|行为)|上述|前述")
ELLIPTIC: Final = re.compile("^(?:确有必要|确需|确因|必要|需要|有必要)")
LONG_SUBJECT: Final = 8  # characters from which a thing named as subject explains itself
_ACTOR: Final = re.compile(
    r"(?:机关|部门|人民政府|人员|单位|企业|当事人|法院|机构|组织|银行|个人|经营者|者|公民|海关|"
    r"负责人|主持人|代理人|人|学校|医院|公司|市场|政府|法人|户|站|场|厂|会)$"
)
_TIME: Final = re.compile(r"(?:时|后|前|中|内|下|外|起|期间|之日)$")
_TOPIC: Final = re.compile(r"^(?:对|在|自|因|为了?|经|除|按照|根据|依照|依据|违反)")
EXTRA: Final = re.compile(
    r"^(?:情节|拒不|逾期|造成|后果|构成|尚不|没有违法|有违法所得|违法所得|货值|再次|经.{0,12}仍|"
    r"多次|致使|导致发生|有前款|因此)"
)
_DEADLINE: Final = re.compile("[日天月年时]以?内$")
_MEASURED: Final = re.compile(r"^(?:超过|不足|不满|未满|满|达到)[零一二三四五六七八九十百\d]")
_NAMING: Final = re.compile("(?:规定|依法|要求|需要)(?:应当|必须|可以)[^，]{2,20}的[^，]{2,}")
_KIND: Final = re.compile("[^，]{0,14}属于")
_SORT: Final = re.compile("([^，]{2,}?)(?=属于)")
_SPAN: Final = re.compile("期限|时间|期间$")
_MILDER: Final = re.compile("情节(?:较轻|轻微)的$")
_PERSONAL: Final = re.compile("^(?P<who>[^，]{0,20}?)(?:为|是|属于)(?:自然人|个人)的$")
_PENAL_SUM: Final = re.compile("罚款|拘留")
_SLOWER: Final = re.compile("需要|确需|情况|案情|因?特殊")
_LASTS: Final = re.compile("[日月年]内")
_OFFICE: Final = re.compile("部门|机关|人民政府|法院|机构$")
_TRADE: Final = re.compile(
    "(?:不得|禁止|应当停止)(?:生产|销售|使用|进口|经营|投入|建设|排放|从事|开工|上岗|出厂|施工|营业)"
)
_ACTS: Final = "不(?!足|满)|未(?!满)|擅自|伪造|变造|出具|提供|违反|拒绝|阻碍|没有|无"
_ACT: Final = re.compile(rf"^(?:{_ACTS})")
SAME_RULE: Final = 0.6  # bigrams two consequences share when they rule the same thing
REPEATED: Final = 4  # characters of an act a graver case says again
PARALLEL: Final = 0.4  # bigrams two conditions share when one stands in the other's place


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch before it is joined with what it leans on."""

    conditions: tuple[str, ...]
    subject: str
    rest: str


def split(text: str, marks: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between marks at bracket depth 0."""
    spans, _ = pair(text.replace("（", "(").replace("）", ")"))
    done = 0
    for place in [*outside(text, re.compile(marks), spans), len(text)]:
        yield done, place
        done = place + 1


def parse(text: str) -> Branch:
    """A branch as conditions, subject and the rest from its modal on."""
    segments = [text[a:b] for a, b in split(text, "，")]
    conditions: list[str] = []
    for at, segment in enumerate(segments):
        is_last = at == len(segments) - 1
        modal = MODAL.search(segment) or _PLAIN.match(segment)
        if not is_last and modal and _NAMING.search(segment):
            modal = None  # 规定应当申请验收的工程竣工，…: the duty that counts comes later
        if not is_last and is_actor(segment) and MODAL.match(segments[at + 1]):
            modal = None  # 应当取得许可证的单位，应当…: the modal is part of a name
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
    is_sorted, branch = _sorted(branch, base)
    branch = _own_topic(branch)
    conditions = (
        branch.conditions if is_sorted else _leaning(branch, base, is_later=opened is None)
    )
    if conditions is None:
        return branch, frozenset({"V3"})
    subject = branch.subject
    if not subject and MODAL.match(branch.rest) and not branch.rest.startswith(("禁止", "予以")):
        subject = base.subject or _actor_of(base)
        if subject and opened is None and not _goes_on(branch):
            return branch, frozenset({"V3"})  # the sentence before has its own subject
        if branch.rest.startswith("不得作为") and is_actor(subject.rstrip("，")):
            return branch, frozenset({"V3"})
        said = subject.rstrip("，")
        if is_actor(said) and any(said in condition for condition in conditions):
            subject = ""
        if said and not is_actor(said) and not _SPAN.search(said) and branch.conditions:
            return branch, frozenset({"V3"})  # a thing said of one case and lent to another
        if _OFFICE.search(said) and _TRADE.match(branch.rest):
            return branch, frozenset({"V3"})  # the office watches; others are bound
    faults = _adrift(branch)
    if not subject and not conditions and not branch.subject and opened is not None:
        faults |= {"L2"}
    return Branch(conditions, subject, branch.rest), faults


def _sorted(branch: Branch, base: Branch) -> tuple[bool, Branch]:
    """纳入目录属于通用项目的，…；属于有特殊要求的项目，…: of the same things, another sort."""
    held = base.conditions[-1] if base.conditions else ""
    sort = _SORT.match(held)
    if sort is None or not branch.conditions or not branch.conditions[0].startswith("属于"):
        return False, branch
    named = (sort[1] + branch.conditions[0], *branch.conditions[1:])
    return True, replace(branch, conditions=named)


def _goes_on(branch: Branch) -> bool:
    """Whether a later sentence is of the same case: 决定作出之前，不停止调查."""
    return not any(c.endswith("的") or opening_actor(c) for c in branch.conditions)


def _own_topic(branch: Branch) -> Branch:
    """A thing named before the comma is what the rest is said of: 超标的水功能区，应当实施…."""
    last = branch.conditions[-1] if branch.conditions else ""
    is_case = last.endswith("的") or _TIME.search(last) or _TOPIC.match(last)
    if (
        branch.subject
        or not last
        or is_case
        or _ACT.match(last)
        or not MODAL.match(branch.rest)
        or "的" not in last
    ):
        return branch
    return Branch(branch.conditions[:-1], last + "，", branch.rest)


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
    if own and own[-1].endswith("的") and _OF_IT.search(own[0]):
        held = tuple(c for c in base.conditions if c.endswith("的"))
        return _graver(own, held) if held and own[0].startswith("已") and not is_later else None
    if own and not own[-1].endswith("的") and _says_alike(branch, base):
        return own  # 三年以上的劳动合同，试用期…: a case beside the others, not within them
    last = max((at for at, c in enumerate(base.conditions) if c.endswith("的")), default=-1)
    held = base.conditions[: last + 1]
    topics = tuple(
        c
        for c in base.conditions
        if _TOPIC.match(c) and not c.endswith("的") and not _DEADLINE.search(c)
    )
    is_penal = not is_later and bool(_PENAL.match(base.rest))
    person = _PERSONAL.match(own[0]) if own else None
    if person:
        return _as_person(person["who"], held)
    if own and (EXTRA.match(own[0]) or (is_penal and own[-1].endswith("的") and held)):
        while len(held) > 1 and EXTRA.match(held[-1]):
            held = (*held[:-2], held[-2] + "的")  # 拒不改正的 is one way, 引发火灾的 another
        is_other = _ACT.match(own[0]) and not EXTRA.match(own[0])
        return _beside(own, held) if is_other else _graver(own, held)
    if own and own[0].startswith("对") and not any(c.endswith("的") for c in own):
        return (*(c for c in held if not c.startswith("对")), *own)
    if any(c.endswith("的") for c in own):
        return _in_case(own, base, held, topics, is_later)
    is_next = "申请" in base.rest and "申请" in branch.rest  # a step of the same procedure
    if is_later and held and branch.subject and not is_next:
        return None  # whether still of that case, the sentence doesn't say
    subject = branch.subject.rstrip("，") or opening_actor(branch.rest)
    stands = is_actor(subject) or len(subject) >= LONG_SUBJECT
    if is_later and not held and not stands and not own:
        return None
    if is_later and not held and not stands and not _actor_of(base):
        return None
    return (*held, *own)


def _in_case(
    own: tuple[str, ...],
    base: Branch,
    held: tuple[str, ...],
    topics: tuple[str, ...],
    is_later: bool,
) -> tuple[str, ...] | None:
    """The conditions of a branch that names a case of its own."""
    if not is_later and held and _KIND.match(own[0]):
        return _graver(own, held)  # …的；申请属于直接关系公共安全事项的: of the same case
    if _MEASURED.match(own[0]):  # 超过三个月的: what lasts so long stands before
        return _graver(own, held) if held else None
    if ELLIPTIC.match(own[0]) and not topics and not base.subject:
        return None  # 确有必要拆除的: what is left out stands in the branch before
    if own[0].startswith("对"):
        topics = tuple(topic for topic in topics if not topic.startswith("对"))
    return own if is_later else (*topics, *own)


def _says_alike(branch: Branch, base: Branch) -> bool:
    """Whether two branches rule the same thing, each for its own case."""
    mine, theirs = branch.subject + branch.rest, base.subject + base.rest
    return bool(base.conditions) and _likeness(mine, theirs) >= SAME_RULE


def spared(branch: Branch, after: Branch) -> str:
    """The milder or slower case the next branch takes out of this one; empty without one.

    处…；情节较轻的，处…. 应当自受理之日起三十日内…；需要现场核查的，应当自受理之日起四十五日内….
    """
    case = after.conditions[0] if after.conditions else ""
    if not case.endswith("的") or any("情节" in c for c in branch.conditions):
        return ""
    if _MILDER.match(case) and _PENAL_SUM.search(branch.rest):
        return case
    if _PERSONAL.search(case) and not _PERSONAL.search("，".join(branch.conditions)):
        return case if _PENAL_SUM.search(branch.rest) else ""
    terms = bool(_LASTS.search(branch.rest)) and bool(_LASTS.search(after.rest))
    return case if terms and _SLOWER.match(case) else ""


def _beside(own: tuple[str, ...], held: tuple[str, ...]) -> tuple[str, ...]:
    """Another act of the same actor: …机构不具备条件的；不按照标准检测的."""
    actors = tuple(c for c in held if not c.endswith("的") and is_actor(c))
    if actors:
        return (*actors, *own)
    actor = opening_actor(held[0]) or _opening_name(held[0]) if held else ""
    return (actor + own[0], *own[1:])


def _as_person(who: str, held: tuple[str, ...]) -> tuple[str, ...] | None:
    """使用者为个人，未按照规定回收的: of the several a case names, the one that is a person."""
    if not held:
        return None
    named = re.match(f"([^，]{{2,40}}?)(?={_ACTS})", held[0])
    if not who:
        who = "" if named and "、" in named[1] else named[1] if named else ""
    if not who or named is None or who[-2:] not in named[1]:
        return None
    return (f"{who}为个人", held[0].removeprefix(named[1]), *held[1:])


def _opening_name(condition: str) -> str:
    """Who a condition opens with, where an act follows: 单位未编制方案的."""
    found = re.match(rf"([一-鿿]{{2,24}}?)(?={_ACTS})", condition)
    return found[1] if found and is_actor(found[1]) else ""


def _graver(own: tuple[str, ...], held: tuple[str, ...]) -> tuple[str, ...]:
    """A further condition of the same case: …的；情节严重的."""
    actor = (opening_actor(held[0]) or _opening_name(held[0])) if held else ""
    if actor and own[0].startswith(actor) and len(own[0]) > len(actor) + 2:
        own = (own[0].removeprefix(actor), *own[1:])  # 单位未消除隐患的；单位拒不执行的
    if not held or _likeness(own[0], held[-1]) >= PARALLEL:
        return own
    acts = held[-1].removesuffix("的")
    sizes = range(min(len(acts), len(own[0])), REPEATED - 1, -1)
    for size in sizes if not _KIND.match(own[0]) else ():
        if acts[-size:] == own[0][:size]:  # 超过载质量的；超过载质量百分之三十的
            return (*held[:-1], acts[:-size] + own[0], *own[1:])
    if len(held) > 1 and held[-2].endswith("的") and acts.startswith("或者"):
        return (*held, *own)
    return (*held[:-1], acts, *own)


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


def text_of(branch: Branch) -> str:
    """The branch as a sentence."""
    return "，".join([*branch.conditions, branch.subject + branch.rest])

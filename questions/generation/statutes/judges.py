"""判断 on whole rules: true as they stand, false by one safe change; half of each."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from questions.facts.articles import RuleFact, SlotFact
from questions.facts.branches import opening_actor
from questions.facts.norms import Norm
from questions.generation.statutes import worth
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.models import JUDGE_OPTIONS, Kind

MOST_TRUE: Final = 0.54
MOST_WAIVED: Final = 0.1  # of the false statements
MOST_WRONG: Final = 0.65  # of the values judged
VALUES_EACH: Final = 2  # conditions of one sum and list that are judged
LONGEST: Final = 120  # characters of a stem
RULES_EACH: Final = 2  # rules of one article that are judged
# A false form of these would read as policy, or offend.
UNSAFE: Final = re.compile(
    r"截留|私分|挂钩|索取|收受|据为己有|返还|国库|刑事|犯罪|疫情|传染病|国家秘密|秘密|隐私|境外|入境|进境|过境|"
    r"出境|边境|宪法|国家安全|未成年人|精神病|智力残疾|打击报复|歧视|泄露|保密|侵占|挪用|挪作|销毁|转移证据|隐瞒|"
    r"贿赂|欺骗|转让技术|恶化|中国共产党|民族|宗教|原则|恐怖|群众|政治|主权|领土|国旗|国歌|国徽|军事|军人|烈士|选举|代表大会"
)
# A duty or ban of these is not lifted in a statement either; its body or stage may be changed.
FRAUGHT: Final = re.compile(
    r"擅自|非法|违法处|篡改|伪造|变造|虚假|弄虚作假|阻挠|逃避|危害|妨碍|妨害|损害|侵犯|侵害|变相|更重|不清|不足|"
    r"未依法|拒绝听取|倾倒|遗撒|焚烧|排放污染物|陈述权|农用地|饲喂|旅客|遵守|执行|无害化|安全|防护|救援|救治|超过|少于|低于|破坏|污染|放射|诱骗|不合理|不正当|不合格|不符合|未经|任何|"
    r"违法|淘汰|入海|危险废物"
    r"|违反|恶意|窃取|攻击|冒充|骗|强迫|不符|考核|罚款数额|谋取|克扣|拖欠|重复"
)
_LATER: Final = r"\1后"  # a stage moved; nobody may act after what he may not do before
_TURNS: Final = (
    (re.compile(r"不停止(调查|执行)"), r"应当停止\1"),
    (re.compile(r"数额高的规定"), "数额低的规定"),
    (re.compile(r"不予计算$"), "继续计算"),
    (re.compile(r"^不承担(.{0,20}(?:费用|责任))$"), r"应当承担\1"),
    (re.compile(r"(?<=应当)立即(?=[^，]{0,2}[向将]|报告)"), "在二十四小时内"),
    (re.compile(r"每季度(?=[^，]{0,4}[向将组对]|[^，]{0,16}一次)"), "每年"),
    (re.compile(r"每年(?=[^，]{0,4}[向将组对]|[^，]{0,16}一次)"), "每三年"),
    (re.compile(r"公开举行$"), "不公开举行"),
    (re.compile(r"由最先立案(的[^，]+)"), r"由级别较高\1"),
    (re.compile(r"适用新的规定$"), "适用违法行为发生时的规定"),
    (re.compile(r"无效$"), "可以撤销"),
    (re.compile(r"由行政机关负责人决定$"), "由承办案件的执法人员决定"),
    (re.compile(r"经行政机关负责人批准"), "经办案机构负责人批准"),
    (re.compile(r"非本案调查人员"), "本案调查人员"),
    (re.compile(r"不再给予罚款$"), "另行给予罚款"),
    (re.compile(r"视为受理$"), "视为不予受理"),
    (re.compile(r"视为(放弃[^，]*)$"), r"不视为\1"),
    (re.compile(r"分别申请"), "合并申请"),
    (re.compile(r"(?<=在)([^，在]{2,14}?)(?<![日月年目以提])前(?![提款述置景期后往者来])"
                r"(?=[一-鿿，])"), _LATER),
    (re.compile(r"由国务院([^，由]{2,20}?部门)(?=(?:会同[^，]+?)?(?:制定|规定|公布|确定|批准)[^，]{0,12}$)"),
     r"由省级人民政府\1"),
    (re.compile(r"事先(?=征[得求]|告知|通知|报|经|公告|书面)"), "事后"),
    (re.compile(r"连带责任"), "按份责任"),
    (re.compile(r"不予受理$"), "应当受理"),
    (re.compile(r"不得(向[^，]+收取)任何(费用)"), r"可以\1\2"),
    (re.compile(r"，不需要(申请[^，]*)"), r"，并\1"),
    (re.compile(r"^集体讨论决定$|应当集体讨论决定$"), "可以单独决定"),
    (re.compile(r"[报向]([^，]{4,}?)备案$"), r"报\1批准"),
    (re.compile(r"[报向]([^，]{4,}?)批准$"), r"报\1备案"),
    (re.compile(r"(?<!后)当场交付(当事人)$"), r"在七日内交付\1"),
)  # fmt: skip
_FREE: Final = re.compile(
    r"^可以(?!不|作为|并|根据|按照|同时|处|没收|申请|提起|申诉|检举|举报|要求|直接|达到|设定|制定|协商|开展|组成|"
    r"在[^，]{2,40}范围内|结合|依法制定|(?:依法)?向[^，]*(?:提|申|投诉|起诉|控告|反映|举报)|通过[^，]*方式|约定|自愿|自主|委托|选择|参加|拒绝|"
    r"(?:依法)?(?:提|请求|获得|享受|解除|查阅|复制|陈述|放弃|撤回|聘请|推荐|自行|优先))"
)
_ADDRESSED: Final = re.compile(
    "(?<=[向报])(?P<level>国务院|[^，、报向]{0,8}(?:人民政府|所在地))(?!有关|其他)(?:(?!等)[一-鿿、]){2,20}?主管部门"
    "(?=备案|报告|批准|申请|提交|报送|登记)"
)
_OPEN: Final = re.compile(
    "^可以(?!不|作为|并处|处|没收|设定|规定|补充|制定|依法|依照|按照|根据|结合|查阅|向|提出|通过[^，]*等|参照|达到|免|从轻|减轻|"
    "在[^，]{2,40}(?:范围|职权)内)"
)
_REMEDY: Final = re.compile(
    "诉讼|起诉|复议|投诉|举报|申诉|检举|控告|陈述|申辩|听证|赔偿|回避|质疑|询问|救济|约谈|调解|公民|任何|意见|建议|裁量|法定职权|检查"
)  # a right that nobody is told he hasn't
_ENDS: Final = ("移出地", "接受地")
_STAGE: Final = re.compile(r"(在[^，]{2,24}?决定)之前")
_EITHER: Final = re.compile(
    r"^(?P<a>[^，]{2,30}?)与(?P<b>[^，]+?)不一致的，以(?P<c>[^，]+?)(?P<d>作为[^，]*|为准)"
)
_LAST: Final = re.compile(
    r"，并(?=(?!可以|应当|由|依法|按|严格|对其|承担|且|有权|根据|在|负责|采取|自觉|主动|逐步|积极|加强|实施控制|实施监督|组织实施)[一-鿿]{2,})([^，]+)$"
)
_WAIVED: Final = re.compile(
    r"^应当(?=(?:将|向|对|经|当场|回避|备案|公开|公布|公示|报|告知|出示|制作|取得|申请|提交|编制|设置|填报|签订|"
    r"组织听证|折抵|进行|征求|听取|通过|建立|安装|采纳|集体|报告|提供|配套|投保|核实|实施|听证|事先|书面)[^，]{2,})"
)
_ALLOWED: Final = re.compile(r"^不得(?=(?!作为|存在|有)[^，]{2,})")
_WITHIN: Final = re.compile(
    "要求[^，]{2,}$"
)  # 要求供应商一次报出不得更改的价格: no norm of its own
_OFFICE: Final = re.compile(
    "(?:部门|机关|政府|机构|法院|人员|主持人|银行|委员会|海关)(?:及其[^，]{2,8})?$"
)
_UNFINISHED: Final = ("中", "时", "后", "前", "内", "式", "下", "期间")
SHOWN: Final = 48  # characters of the true rule that feedback repeats
SHORT_DUTY: Final = 6
_VAGUE: Final = re.compile(r"^应当(?:依法|依照|按照|根据|如实|及时|立即|主动|妥善|充分|自觉)")


def ask(fact: RuleFact, law: Source) -> Iterator[LawCandidate]:
    """A rule to be judged, with its false form where a safe one exists."""
    norm = fact.norm
    stem = _sentence(norm, norm.rest)
    other = falsified(norm) or _readdressed(norm, law)
    if other is not None and len(other[0]) > LONGEST:
        other = None
    yield LawCandidate(
        Kind.JUDGE, fact, fact.pattern, stem, JUDGE_OPTIONS, (0,), told="对。",
        other=other, keys=(),
    )  # fmt: skip


def falsified(norm: Norm) -> tuple[str, str] | None:
    """One change that the text contradicts and that doesn't read as policy, None without one.

    The second text is the feedback; it says what the law has instead.
    """
    if UNSAFE.search(norm.text) or norm.article.number == 1:
        return None
    found = _turned_over(norm) or _moved(norm)
    if found is not None:
        return found
    return None if norm.exception else _lifted(norm)


def _turned_over(norm: Norm) -> tuple[str, str] | None:
    """The rule with one decisive word replaced by its counterpart."""
    whole = _sentence(norm, norm.rest)
    for pattern, plain in _TURNS:
        if plain == _LATER and "不得" in norm.rest:
            continue
        for part in (norm.rest, norm.subject, "，".join(norm.conditions)):
            found = pattern.search(part)
            if found:
                turned = pattern.sub(plain, part)
                return whole.replace(part, turned, 1), _instead(found.group())
    return None


def _readdressed(norm: Norm, law: Source) -> tuple[str, str] | None:
    """The rule with another of the law's authorities to report to."""
    found = _ADDRESSED.search(norm.rest)
    if found is None or UNSAFE.search(norm.text) or norm.article.number == 1:
        return None
    whole, right = _sentence(norm, norm.rest), found.group()
    if whole.count(right) > 1:
        return None
    for name in law.bodies["国务院" in found["level"]]:
        if name.removesuffix("主管部门") not in whole and name.endswith("主管部门"):
            wrong = found["level"] + name
            return whole.replace(right, wrong, 1), _instead(right)
    return None


def _moved(norm: Norm) -> tuple[str, str] | None:
    """The rule at another stage, or with its two parties exchanged."""
    whole = _sentence(norm, norm.rest)
    stage = _STAGE.search(norm.text)
    if stage and re.search("告知|审核|审查", norm.rest) and "不得" not in norm.text:
        return _STAGE.sub(r"\1之后", whole, count=1), _instead(stage[1] + "之前")
    either = _EITHER.match(norm.text)
    if either and either["a"] not in either["c"]:
        right = "以" + either["c"] + either["d"]
        return whole.replace(right, f"以{either['a']}{either['d']}"), _instead(right)
    one, other = _ENDS
    if one in norm.subject + norm.rest:
        swapped = re.sub("|".join(_ENDS), lambda end: other if end[0] == one else one, whole)
        has_both = other in norm.subject + norm.rest
        return swapped, _instead(norm.subject + norm.rest if has_both else one)
    return None


def _lifted(norm: Norm) -> tuple[str, str] | None:
    """The rule with a duty waived, a ban lifted or a choice made a duty."""
    if any(c.startswith("除") for c in norm.conditions) or _WITHIN.search(norm.subject):
        return None
    if FRAUGHT.search(norm.text):
        return _bound(norm)
    last = _LAST.search(norm.rest)
    if last and norm.modality in ("应当", "必须"):
        false = _sentence(norm, _LAST.sub(r"，但可以不\1", norm.rest))
        return false, _instead(f"并{last[1]}")
    if len(norm.rest) > 60 or "不得" in norm.rest[2:]:
        return None
    if _WAIVED.match(norm.rest) and "监督" not in norm.rest and not _VAGUE.match(norm.rest):
        duty = norm.rest.split("，")[0]
        if len(duty) < SHORT_DUTY or duty.endswith(("前", "内", "时")):
            return None
        return _sentence(norm, _WAIVED.sub("可以不", duty)), _instead(duty)
    if _ALLOWED.match(norm.rest):
        return _sentence(norm, _ALLOWED.sub("可以", norm.rest)), _instead(_clause(norm, "不得"))
    return _bound(norm) or _closed(norm)


def _closed(norm: Norm) -> tuple[str, str] | None:
    """The rule with a choice closed: 可以委托代理机构 becomes 不得委托."""
    if (
        not norm.subject
        or not _OPEN.match(norm.rest)
        or "可以" in norm.rest[2:]
        or _REMEDY.search(norm.text)
    ):
        return None
    if re.search("应当|不得|但", norm.rest):
        return None
    return _sentence(norm, _OPEN.sub("不得", norm.rest)), _instead(_clause(norm, "可以"))


def _bound(norm: Norm) -> tuple[str, str] | None:
    """The rule with a choice made a duty."""
    if (
        _OFFICE.search(_who(norm))
        and not re.search("复议|诉讼", norm.rest)
        and _FREE.match(norm.rest)
        and "可以" not in norm.rest[2:]
        and "应当" not in norm.rest
    ):
        return _sentence(norm, _FREE.sub("应当", norm.rest)), _instead(_clause(norm, "可以"))
    return None


def _who(norm: Norm) -> str:
    """Who may: the subject, or whom a condition opens with: 行政机关实施检验的."""
    openings = (opening_actor(condition) for condition in reversed(norm.conditions))
    return norm.subject.rstrip("，") or next(filter(None, openings), "")


def _clause(norm: Norm, modal: str) -> str:
    pieces = norm.rest.split("，")
    clause = pieces[0]
    if len(pieces) > 1 and clause.endswith(_UNFINISHED):
        clause = f"{clause}，{pieces[1]}"
    return clause if len(clause) <= SHOWN else modal


def _instead(right: str) -> str:
    return f"错，应为“{right.lstrip('，')}”。"


def _sentence(norm: Norm, rest: str) -> str:
    text = "，".join([*norm.conditions, norm.subject + rest])
    return text + (f"，{norm.exception}" if norm.exception else "") + "。"


def balanced(
    kept: Sequence[LawCandidate], law: Source, seed: int
) -> tuple[list[LawCandidate], Counter[str]]:
    """The 判断 turned half false, and how many had to go, by code.

    An article keeps its two worthiest rules (V8), and a value already asked twice is not
    judged as well. Rules with no safe false form stay true; of those the least worth ones go
    (V7), first where their article has another question.
    """
    rng = random.Random(f"{seed}\n{law.key}\nverdicts")  # noqa: S311 - no secret
    gone = _crowded(kept, law)
    dropped = Counter({"V8": len(gone)})
    judged = [at for at, one in enumerate(kept) if one.kind is Kind.JUDGE and at not in gone]
    values = [at for at in judged if not isinstance(kept[at].fact, RuleFact)]
    rules = [at for at in judged if isinstance(kept[at].fact, RuleFact)]
    rng.shuffle(values)
    turnable, fixed = _turnable(kept, rules, (len(values) + 1) // 2, rng)
    asked = Counter(one.fact.norm.article.label for at, one in enumerate(kept) if at not in gone)
    fixed.sort(key=lambda at: _standing(kept[at], asked, law, at))
    most = max(
        0,
        round(MOST_TRUE * (len(turnable) + MOST_WRONG * len(values)) / (1 - MOST_TRUE))
        - round((1 - MOST_WRONG) * len(values)),
    )
    gone |= set(fixed[most:])
    dropped["V7"] += len(fixed[most:])
    half = (len(rules) - len(fixed[most:])) // 2
    false = {*turnable[: min(len(turnable), half)], *values[: (len(values) + 1) // 2]}
    missing = round((1 - MOST_TRUE) * (len(judged) - len(fixed[most:]))) - len(false)
    false |= set(values[(len(values) + 1) // 2 :][: max(0, missing)])
    result = [
        _turned(one) if at in false else one for at, one in enumerate(kept) if at not in gone
    ]
    return result, +dropped


def _standing(
    one: LawCandidate, asked: Counter[str], law: Source, at: int
) -> tuple[bool, bool, float, int]:
    """What is kept first of rules that stay true: of articles else unasked, with a condition."""
    norm = one.fact.norm
    return asked[norm.article.label] > 1, not norm.conditions, -worth.of(one, law), at


def _turnable(
    kept: Sequence[LawCandidate], rules: Sequence[int], others: int, rng: random.Random
) -> tuple[list[int], list[int]]:
    """Rules that may be turned false, a few waived duties last, and those that stay true.

    `others` false items come from elsewhere; 可以不 tells an item false, so it stays rare.
    """
    turnable = [at for at in rules if kept[at].other is not None]
    rng.shuffle(turnable)
    turnable.sort(key=lambda at: _is_waived(kept[at]))
    firm = sum(not _is_waived(kept[at]) for at in turnable)
    few = firm + int((firm + others) * MOST_WAIVED / (1 - MOST_WAIVED))
    open_ones = set(turnable[:few])
    return turnable[:few], [at for at in rules if at not in open_ones]


def _crowded(kept: Sequence[LawCandidate], law: Source) -> set[int]:
    """判断 whose article or value is asked enough already."""
    by_article: dict[str, list[int]] = defaultdict(list)
    values = Counter(id(one.fact) for one in kept if one.kind is not Kind.JUDGE)
    gone: set[int] = set()
    for at, one in enumerate(kept):
        if one.kind is Kind.JUDGE:
            if values[id(one.fact)] >= 2:
                gone.add(at)
            else:
                by_article[one.fact.norm.article.label].append(at)
    gone |= _repeated(kept)
    for places in by_article.values():
        rules = [at for at in places if isinstance(kept[at].fact, RuleFact)]
        rules.sort(key=lambda at: (_rank(kept[at]), -worth.of(kept[at], law), at))
        gone |= set(rules[RULES_EACH:])
    return gone


def _repeated(kept: Sequence[LawCandidate]) -> set[int]:
    """判断 on one sum and list beyond the first two; its conditions are asked as 单选."""
    seen: Counter[tuple[str, int, str]] = Counter()
    gone: set[int] = set()
    for at, one in enumerate(kept):
        if one.kind is Kind.JUDGE and isinstance(one.fact, SlotFact) and one.fact.note:
            norm = one.fact.norm
            mark = norm.article.label, norm.paragraph, one.fact.printed
            seen[mark] += 1
            if seen[mark] > VALUES_EACH:
                gone.add(at)
    return gone


def _is_waived(one: LawCandidate) -> bool:
    """Whether the false form says 可以不: others are turned first, their form tells less."""
    return one.other is not None and "可以不" in one.other[0]


def _rank(one: LawCandidate) -> int:
    return 2 if one.other is None else int(_is_waived(one))


def _turned(one: LawCandidate) -> LawCandidate:
    if one.other is None:
        return one
    stem, told = one.other
    return replace(one, stem=stem, key=(1,), told=told, is_false=True)

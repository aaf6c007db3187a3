"""判断 on whole rules: true as they stand, false by one safe change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.facts.articles import RuleFact
from questions.facts.branches import opening_actor
from questions.facts.norms import Norm
from questions.generation.statutes import authorities, swaps
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.models import JUDGE_OPTIONS, Kind

LONGEST: Final = 120  # characters of a stem
# A false form of these would read as policy, or offend.
UNSAFE: Final = re.compile(
    r"截留|私分|挂钩|索取|收受|据为己有|返还|国库|刑事|犯罪|疫情|传染病|国家秘密|秘密|隐私|境外|入境|进境|过境|"
    r"出境|边境|宪法|国家安全|未成年人|精神病|智力残疾|打击报复|歧视|泄露|保密|侵占|挪用|挪作|销毁|转移证据|隐瞒|"
    r"捏造|诬告|诬陷|诽谤|受贿|贪污|徇私|舞弊|滥用职权|罢工|非法组织|贿赂|欺骗|转让技术|恶化|中国共产党|民族|宗教|原则|恐怖|群众|政治|主权|领土|国旗|国歌|国徽|军事|军人|烈士|选举|代表大会"
)
# A duty or ban of these is not lifted in a statement either; its body or stage may be changed.
FRAUGHT: Final = re.compile(
    r"擅自|非法|违法处|篡改|伪造|变造|虚假|弄虚作假|阻挠|逃避|危害|妨碍|妨害|损害|侵犯|侵害|变相|更重|不清|不足|"
    r"未依法|拒绝听取|倾倒|遗撒|焚烧|排放污染物|陈述权|农用地|饲喂|旅客|遵守|执行|无害化|安全|防护|救援|救治|超过|少于|低于|破坏|污染|放射|诱骗|不合理|不正当|不合格|不符合|未经|任何|"
    r"违法|淘汰|入海|危险废物|及其工作人员|非经"
    r"|违反|恶意|窃取|攻击|冒充|骗|强迫|不符|考核|罚款数额|谋取|克扣|拖欠|重复"
)
# 属于危险废物的，应当按照危险废物管理: true of itself, worth asking only where it is told wrong.
TAUTOLOGY: Final = re.compile(
    "(?:属于|作为)(?P<what>[^，]{2,12})的，[^，]{0,4}(?:按照|依照|作为)(?P=what)"
)
_LATER: Final = r"\1后"  # a stage moved; nobody may act after what he may not do before
_TURNS: Final = (
    *swaps.TURNS,
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
    (re.compile(r"[报向]((?![^，]*备案[^，]*备案)[^，]{4,}?)备案$"), r"报\1批准"),
    (re.compile(r"[报向]([^，]{4,}?)批准$"), r"报\1备案"),
    (re.compile(r"(?<!后)当场交付(当事人)$"), r"在七日内交付\1"),
)  # fmt: skip
# A choice about a party, which is decided one way or the other; help and powers stay choices.
_FREE: Final = re.compile(
    "^可以(?=(?:当场|暂缓|延期|延长|分期|代为|组织代为|变更|先行登记|查封|扣押|责令|暂停|注销|撤销|收回|吊销|不予|"
    "从轻|减轻|决定|直接作出|指定|申请[^，]*强制|作出[^，]*(?:强制许可|决定)|对[^，]{2,30}(?:进行变更|变更|予以变更)))"
)
_ADDRESSED: Final = re.compile(
    "(?<=[向报])(?P<level>国务院|[^，、报向]{0,8}(?:人民政府|所在地))(?!有关|其他)(?:(?!等)[一-鿿、]){2,20}?主管部门"
    "(?=备案|报告|批准|申请|提交|报送|登记)"
)
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
    other, name = falsified(norm), ""
    if other is None:
        other, name = _readdressed(norm, law) or (None, "")
    if other is not None and len(other[0]) > LONGEST:
        other = None
    yield LawCandidate(
        Kind.JUDGE, fact, fact.pattern, stem, JUDGE_OPTIONS, (0,), told="对。",
        other=other, swapped=name, keys=(),
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


def _readdressed(norm: Norm, law: Source) -> tuple[tuple[str, str], str] | None:
    """The rule with another authority of its matter to report to, and that one's name."""
    found = _ADDRESSED.search(norm.rest)
    if found is None or UNSAFE.search(norm.text) or norm.article.number == 1:
        return None
    whole, right = _sentence(norm, norm.rest), found.group()
    if whole.count(right) > 1:
        return None
    for name in law.bodies["国务院" in found["level"]]:
        if not name.endswith("主管部门") or authorities.trade(name) in whole:
            continue
        if authorities.is_near(name, norm, law):
            wrong = found["level"] + name
            return (whole.replace(right, wrong, 1), _instead(right)), name
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
    return _bound(norm)


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

"""Whether a number's words say what was counted, and whether its lead belongs to it.

Lists of official Chinese name object, scope and campaign once; a later clause leans on them.
What cannot be carried along surely is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import rjieba

from questions.facts import lexicon, phrases, weighing
from questions.facts.context import Context
from questions.facts.pieces import Piece
from questions.facts.quantities import Quantity, UnitClass

# Who acts on his own and is no part of the body that reports.
THEIRS: Final = re.compile(
    "^(?:其中)?(?:准予|经|由)?(?:行政复议机[关构]|复议机[关构]|(?:各级|市|县|区|中级|基层|一审|二审)*(?:人民)?"
    "(?:法院|检察院)|法院裁定|司法机关|评议结果|第三方)"
)
_PARTY: Final = re.compile("被申请人|被告|[厅局委府院](?:的)?(?:行政)?(?:复议|诉讼|应诉)案件")
# What follows from an act, so that the act alone, without its own count, leads to it.
_RESULT: Final = re.compile(
    "^(?:[一-鿿]{0,4}?)(?:发现|查出|检出|问题|隐患|整改|查处|处罚|处分|罚|减免|减轻|免|移送|移交|关闭|取缔|停产|责令|下达|下发"
    "|立案|结案|滞留|评选|评出|优秀|参与|参训|参演|受众|收缴|没收|捣毁|查扣|查封|扣押|拘留|警告|约谈|发放|印发|收到"
    "|提出|采纳|抽查|抽检|检查|签发|解决|化解|挽回|接待|惠及|涉及|受益|覆盖|死亡|征求|征集|追|救|建议|意见)"
)
_BRINGS: Final = re.compile(
    "^(?:制定|出台|发布|印发|公布|新增|新建|建立){1,2}(?P<noun>[一-鿿]{2,14})(?:\\d+[件部项个])?,$"
)
_PARTED: Final = re.compile("^(?:共)?(?:宣布)?(?:废止|修改|修订|失效|取消|撤销)$")
_TOPIC: Final = 8  # Han characters of a heading too long for a body without its suffix
_BODY: Final = re.compile(
    "(?:[省市县区州盟旗厅局委部院队办处所校会组]|机关|部门|系统|单位|企业|本级|机构|中心|公司|政府|组织|人员|干部|[书记长任员]|同志|负责人|领导|班子|中心组)$"
)
_HANGS: Final = re.compile("(?:调整后|达到每|至此|[^,]{0,4}序时进度)")
_BASE: Final = re.compile("基础上$")
_LIMIT: Final = re.compile("(?:低于|高于|优于|好于|少于|超过|达到)$")
_LIMITED: Final = re.compile(
    "的(?:[省国][家控]?|控制|考核|年度|目标)*(?:指标|标准|目标|要求|限值)"
)
_BOUND: Final = re.compile("不(?:超过|超|低于|高于|少于|多于)?$")
_SOME_SYSTEM: Final = re.compile(
    "(?:^|,)(?:全年|累计)?(?:通过|利用|依托)(?:系统|平台|网络平台|终端)"
)
_OF_WHAT: Final = re.compile("的$")
_PIVOT: Final = re.compile(
    "^(?:积极)?(?:协调|引导|推动|支持|鼓励|帮助)[一-鿿]{2,12}(?:为|向|对|给)"
)
_AIMED: Final = re.compile("(?:^|[,、])(?:落实[^,]*,)?[对将把向为给]$")
_STATE: Final = re.compile("尚|仍|因|未|正在")
_RIGHTED: Final = re.compile("(?:共|并)?(?:督促)?(?:纠正|吸纳)$")
_NOMINAL: Final = re.compile("投诉|举报|许可|备案|诉讼|复议")
_AGAINST: Final = re.compile("(?:同比|环比|[较比](?:上年|去年|20))")
_VERB_TAGS: Final = ("v", "d", "p", "q", "x", "t", "f", "m", "c", "u", "b", "y", "r", "z", "a")
_PSEUDO: Final = re.compile(
    "[省市县区]级(?:实施|办理)|继续执行|一审|二审|终审|再审|市本级|省本级|本级|到位|处理|审查中"
)
_AREA_ONLY: Final = re.compile(
    "^(?:[一-鿿]{1,4})?(?:全[省市区县州]|本级|[省市县区]本级|[省市县区]级)$"
)
_HEADLESS: Final = re.compile("的(?:占)?$")
_TIMED: Final = re.compile(
    "^(?:平均)?(?:用时|耗时|(?:法定|承诺)?(?:办理|审批)?(?:时限|时间|时长)|周期)"
)
_TO_WHOM: Final = re.compile("移[送交](?:涉嫌)?(?:犯罪)?(?:嫌疑人|人员)")
_ANSWERS: Final = re.compile("情况:")
# Who asks something of the agency: not its own act, and of whose requests an earlier clause says.
_APPLICANTS: Final = re.compile(
    "^(?:公民|自然人|法人|其他组织|商业企业|申请人|群众)[一-鿿]{0,10}(?:提出|提交|申请)"
)
_RESULTS: Final = re.compile("^(?:其他|其它)?结果(?:维持|纠正|撤销)?$|^尚未审结$")
_BARE_RATE: Final = re.compile("^(?:整改|办结|完成|结案|处置|销号|整治|合格)率(?:为|达|达到)?$")
_TOLL: Final = re.compile("^(?:共)?(?:死亡|受伤|失踪)$")
_HEADED: Final = re.compile("^在[^,]*方面,$")
_OUTCOME: Final = re.compile(
    "^[一二终再]审|^(?:作出|决定)?(?:维持|撤销|驳回|终止|责令履行|确认违法)"
)
_CASES: Final = re.compile("复议|诉讼|应诉|裁决|仲裁|信访|许可|资格|处罚")
_MISHAP: Final = re.compile("^(?:共)?(?:发生|死亡|受伤|失踪)")
_OFFICES: Final = re.compile("^[一-鿿()、]{0,20}(?:任副?组长|为副?组长|为成员|为副主任)")
_ROW: Final = re.compile(r"(?<=[对将为向在])[一-鿿]{2,8}等\d+[个家][一-鿿]{1,4}(?:、|和)$")
_CHANGED: Final = re.compile(r"(?:增加|增长|上升|提高|减少|下降|降低)了?(?:\d[^,]*)?,?$")
_RELATED: Final = re.compile("(?:相关|有关)(?=活动|工作|培训)")
_LAW: Final = re.compile("《([^》]*(?:法|条例|办法|规定))》[^《》]{0,8}(?:以来|期间)$")
_SUM: Final = re.compile("(?:处?罚没?款|没收)(?:金额)?,$")
_FINED: Final = re.compile("(?:合计|共)?(?:处?罚|没收)")
_STANDS: Final = 4  # Han characters of an object that need no lead
_MINOR: Final = (UnitClass.MONEY, UnitClass.SHARE, UnitClass.SPAN)


def mended(
    parts: Sequence[Piece], index: int, before: str, right: str, context: Context
) -> tuple[str, Context]:
    """The words before a number and its context, without a lead that it does not need."""
    piece = parts[index]
    before = _ROW.sub("", before)  # 对甲市等5个盟市、10个园区: only its own member
    law = _LAW.search("".join(piece.scopes))
    if law and _RELATED.search(before):
        before = _RELATED.sub(f"有关《{law.group(1)}》的", before)
    if before.startswith("占"):
        return before, _shared(context)
    made = _BRINGS.match(context.text)
    if made and _PARTED.match(before) and not right:
        of = "的" if before.endswith("失效") else ""
        return f"{before}{of}{made['noun']}", replace(context, text="", total=None)
    if _FINED.match(before) and context.text.endswith("方面,") and _is_behind(parts, index):
        return before, replace(context, is_lost=True)
    if context.base or context.total or context.is_lost or not context.spans:
        return before, context
    if _SUM.match(context.text):
        return before, replace(context, text="", spans=())
    lead = [p for p in parts if p.quantities and p.end == context.spans[-1][1] and p is not piece]
    if not lead or _RESULT.match(before) or phrases.FOLLOWS.match(before):
        return before, context
    return before, Context() if _stands(piece, before, right) else context


def _stands(piece: Piece, before: str, right: str) -> bool:
    """Whether a result needs no parallel one before it."""
    if piece.quantities[0].unit_class in _MINOR or phrases.DERIVED.match(before):
        return False
    weight = lexicon.weight(weighing.measure(before, right))
    verbal = lexicon.is_verbal(before) and not phrases.JOINT.match(before)
    return verbal and weight >= _STANDS


def _is_behind(parts: Sequence[Piece], index: int) -> bool:
    """Whether a count of cases stands right before: the fine is of those."""
    return index > 0 and not parts[index].opens and bool(parts[index - 1].quantities)


def _shared(context: Context) -> Context:
    """What has a share, made a noun: 办理简易注销[的]占…; the unnamed (存在问题的) has none."""
    if context.text.endswith("的"):
        return replace(context, is_lost=True)
    return replace(context, text=f"{context.text}的") if _needs_of(context.text) else context


def _needs_of(text: str) -> bool:
    """Whether a clause with a verb at its end is to be made a noun: 办理简易注销[的]占…."""
    last = text.split(",")[-1]
    if not last or last.endswith("的") or lexicon.names_a_measure(last):
        return False
    acts = any(lexicon.verb_at(last, at) for at in range(len(last) - 2))
    tagged = rjieba.tag(last)
    return acts and (last.endswith(("”", "意向")) or tagged[-1][1] in ("v", "vn"))


def faults(
    piece: Piece, quantity: Quantity, before: str, right: str, head: str, context: Context
) -> Iterator[str]:
    """Codes of what no wording cures: no object, another's act, a lead that does not fit."""
    own = lexicon.strip_markers(before)
    own = own.removeprefix(piece.subject) if piece.subject else own
    told = f"{context.text}{head}{own}{right}"
    if _is_borrowed(piece) or (
        context.total and own and re.search(rf"(?:^|,){re.escape(own)}\d", context.text)
    ):
        yield "V3"  # 结案197件,其中结案33件
    yield from _lost(own, right, told, context)
    if _BOUND.search(before) or (_PIVOT.match(head) and piece.item):
        yield "V3"  # 不超过30个工作日 is a limit; 协调机构授信86亿元、投放51亿元 is theirs
    if _OFFICES.match(right):
        yield "V9"
    if told.count("《") != told.count("》"):
        yield "V5"
    theirs = any(THEIRS.match(text) for text in (before, context.text, head + before))
    if (theirs or (piece.subject and THEIRS.match(piece.subject))) and not _PARTY.search(told):
        yield "V3"
    asking = (before, context.text, piece.subject + own)
    if context.total is None and any(_APPLICANTS.match(text) for text in asking):
        yield "V3"
    last = context.text.rstrip(",，")
    cut = _CHANGED.search(last) and own[1:2] != "幅"
    changes = phrases.COMPARED.match(own) or phrases.CHANGE.match(own)
    if (cut or last.startswith("均")) and not changes:
        yield "V3"  # 立案增加31件,罚款增长18.4%
    if changes and _TOLL.match(last):
        yield "V3"  # 死亡20人,同比下降4.76%: whose death?
    if _MISHAP.match(own) and phrases.ACT.match(context.text.split(",")[0]):
        yield "V3"  # nobody dies of an inspection
    yield from _unlike(own, quantity, context)


def _is_borrowed(piece: Piece) -> bool:
    """Whether an earlier heading (确权登记颁证基本完成) is taken for whoever acts here."""
    subject = piece.subject
    told = piece.text.startswith(subject) or _BODY.search(subject)
    return len(subject) >= _TOPIC and not told


def _lost(own: str, right: str, told: str, context: Context) -> Iterator[str]:
    """What was counted is not said: 市本级下达5份, 拟继续执行57件, 发现存在问题的87所."""
    if _AREA_ONLY.match(own) and not right and context.total is None:
        yield "V3"
    if not own and _STATE.match(right):
        yield "V3"  # 3件尚在审查中
    if _HANGS.match(own) or _BASE.search(right):
        yield "V3"
    if context.total and not has_noun(context.text):
        yield "V3"  # 整改到位405个,其中拆除复耕231个
    if _RIGHTED.match(own) and not right and context.total is None:
        yield "V3"  # 提出意见89条,督促纠正4件
    if _HEADLESS.search(own) and not right and not context.base:
        yield "V3"
    if not context.text and (_TIMED.match(own) or _TO_WHOM.search(own)):
        yield "V3"
    if (_LIMIT.search(own) and _LIMITED.match(right)) or (_AIMED.search(own) and not right):
        yield "V3"  # 低于0.9‰的省控指标; 对17类
    if _SOME_SYSTEM.search(told) or (_OF_WHAT.search(own) and right and not _acts(right)):
        yield "V3"  # 通过系统办理项目9473个; 审计部门提出的3项问题
    if _ANSWERS.search(told):
        yield "V3"  # 答复情况:予以公开79件: of which applications?
    if _OUTCOME.match(own) and not _CASES.search(told):
        yield "V3"
    if _BARE_RATE.match(own) and not re.search(r"\d", context.text):
        yield "V3"  # 整改率99.6%: of what?
    if _is_adrift(own, context) and not right:
        yield "V3"
    if not has_noun(told):
        yield "V3"


def _is_adrift(own: str, context: Context) -> bool:
    """Whether an outcome (宣布失效17件, 移送司法机关3件) stands without what it is of."""
    if context.total is not None or not (not context.text or _HEADED.match(context.text)):
        return False
    outcomes = (phrases.DERIVED, phrases.MOVED, _RESULTS)
    return any(outcome.match(own) for outcome in outcomes)


def _acts(text: str) -> bool:
    """Whether a verb stands anywhere in a text."""
    return any(lexicon.verb_at(text, at) for at in range(len(text)))


def has_noun(text: str) -> bool:
    """Whether anything in a text is more than a verb, an adverb or a period."""
    if _NOMINAL.search(text):
        return True
    bare = phrases.AREA.sub("", _PSEUDO.sub("", text))
    return any(not tag.startswith(_VERB_TAGS) or tag == "vn" for _, tag in rjieba.tag(bare))


def _unlike(own: str, quantity: Quantity, context: Context) -> Iterator[str]:
    """A change in another unit than what it changes: 罚款26万元,比上年增加9份."""
    changes = _AGAINST.match(own) or phrases.CHANGE.match(own)
    if not changes or quantity.unit_class in (UnitClass.SHARE, UnitClass.SPAN):
        return
    base = context.base
    counted = UnitClass.COUNT
    same = base and (base.is_like(quantity) or base.unit_class is quantity.unit_class)
    mixed = (
        base and base.unit_class is quantity.unit_class is counted and not base.is_like(quantity)
    )
    if not same or mixed:
        yield "V3"  # 死亡16人,较上年减少5起

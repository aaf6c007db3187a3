"""Norms taken whole: duties, bans, powers, rights and steps of procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts.articles import Pattern, RuleFact
from questions.facts.branches import is_actor, opening_actor
from questions.facts.norms import Norm
from questions.statutes import Statute

_STEP: Final = re.compile(
    r"告知|听证|回避|出示|送达|立案|复核|陈述|申辩|备案|法制审核|集体讨论|登记保存|笔录|公示|现场检查|"
    r"当场|签名|盖章|移送|公告|通知|受理|补正|核查|复查"
)
_PENAL: Final = re.compile(r"罚款|责令|处分|刑事责任|拘留|没收|吊销|治安管理处罚")
_SLOGAN: Final = re.compile(
    r"^(?:应当|必须|可以)?(?:依法|积极|切实|定期|加快|逐步|建立健全)?(?:加强|推进|鼓励|支持|完善|促进|引导|"
    r"提倡|倡导|推动|统筹|健全|建立健全|优先|加快|协同|规范|文明|积极|带头|坚持|遵守|符合|发展|有计划|履行|遵循|尊重|维护|有利于|接受|关心|重视|保障|提高|落实|具有|配合|依照法定|采取多种|加大|整合)"
)
_STATE: Final = re.compile("国家(?:鼓励|支持|保护|保障|加强|推|采取|促进|发展|重视|倡导)")
_LIMIT: Final = re.compile(
    r"(?:少于|多于|超过|低于)[一二两三四五六七八九十\d]+(?:人|名|日|个|年|小时)"
)
_FAINT: Final = re.compile(r"(?:依法履行|执行|办理|处理|进行|检查|规定|符合要求)$")
_OUTRIGHT: Final = re.compile(
    r"^(?:不停止|不承担|不再|视为|适用|只能|按照.*处罚|以.*(?:为准|作为)|不予计算|由[^，]{2,30}(?:决定|管辖|指定管辖|主持|注明)$)"
    r"|无效$|不予计算$|不予处罚$|公开举行$"
)
SHORTEST: Final = 12
ADRIFT: Final = 22  # characters of a later sentence that nobody is the subject of
_SOFT: Final = re.compile(
    "采取[^，]{0,12}措施|合理|科学|加强|保证|确保|充分|因地制宜|统筹|相适应|协调|推广|防止|节约|减少|提高|促进|改善|相互配合|"
    "相结合|必要的|注意|关注|引导|组织实施|负责"
)
_FIRM: Final = re.compile(
    "书面|当场|公告|公布|备案|报告|告知|通知|送达|移送|登记|回避|听证|签[名字]|盖章|批准|审批|许可|保存|记录|撤销|无效|承担|"
    "赔偿|暂停|停止|拆除|回收|不得|方可|公开|公示|征求|论证|审核|审查|申请|配备|申报|检测|检验|监测|缴纳|返还|退还|补偿|支付|"
    "理由|出示|制作|立即|受理|答复|证书|合同|协议|档案|台账|标志|标签|标识|预案|演练|培训|考核|评估|招标|鉴定|核查|验收|移交|"
    "封存|召回|销毁|查验|编制|设置|安装|公证|两名|由[^，]{2,16}(?:决定|管辖|负责|实施)"
)
SCENE: Final = 7  # characters from which a condition alone sets the scene


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[RuleFact]:
    """Every norm that can be judged as a whole."""
    for norm in norms:
        if norm.opens or len(norm.text) < SHORTEST:
            continue
        pattern = _pattern(norm)
        if pattern is not None:
            yield RuleFact(pattern, norm, norm.faults | _faults(norm))


def _pattern(norm: Norm) -> Pattern | None:
    if _PENAL.search(norm.rest) and not norm.rest.startswith(("不得", "应当责令", "可以当场")):
        return None
    modality = norm.modality
    if modality in ("有权", "享有"):
        return Pattern.RIGHT
    if modality in ("不得", "禁止"):
        return Pattern.BAN
    if modality in ("应当", "必须"):
        return Pattern.PROCEDURE if _STEP.search(norm.rest) else Pattern.DUTY
    if modality in ("可以", "只能"):
        return Pattern.POWER
    return Pattern.RULE if _OUTRIGHT.search(norm.rest) else None


def is_slogan(norm: Norm) -> bool:
    """Whether the norm asks for effort and fixes nothing: 应当加强…."""
    return bool(_SLOGAN.search(norm.rest) or _STATE.match(norm.text))


def _faults(norm: Norm) -> frozenset[str]:
    found = set()
    if is_slogan(norm) or (_FAINT.search(norm.rest) and len(norm.rest) < 10):
        found.add("V9")
    if norm.modality == "禁止":
        found.add("L9")  # has no safe contrary, so that its form alone would tell it true
    if not norm.is_first and not norm.subject and len(norm.text) < ADRIFT:
        found.add("V3")
    if _is_soft(norm):
        found.add("V9")
    if _LIMIT.search(norm.rest):
        found.add("V9")  # asked as a value
    if norm.modality in ("应当", "必须", "可以") and not _is_somebodys(norm):
        found.add("V3")
    if norm.modality in ("有权", "享有") and not _has_actor(norm):
        found.add("V3")
    if "适用《" in norm.rest:
        found.add("V9")
    if "其他" in norm.rest and not norm.conditions and norm.own == 0 and _follows(norm):
        found.add("V3")
    if norm.rest.startswith("可以作为") or (norm.rest.startswith("可以") and not _has_actor(norm)):
        found.add("L9")
    return frozenset(found)


def _is_soft(norm: Norm) -> bool:
    """Whether a duty leaves open what is to be done: 应当采取措施，防止污染."""
    if norm.modality not in ("应当", "必须"):
        return False
    if _FIRM.search(norm.rest):
        return False
    return bool(_SOFT.search(norm.rest)) or not any(c.endswith("的") for c in norm.conditions)


def _is_somebodys(norm: Norm) -> bool:
    """Whether somebody is bound, or a case is named: 根据需要，应当… binds nobody."""
    if norm.item is not None and not norm.subject:
        return any(opening_actor(c) or is_actor(c) for c in norm.conditions)
    return bool(norm.subject) or any(
        (c.endswith(("的", "时", "后", "前")) and len(c) >= SCENE)
        or opening_actor(c)
        or is_actor(c)
        or c.startswith("对")
        for c in norm.conditions
    )


def _follows(norm: Norm) -> bool:
    """Whether the norm isn't the first of its 款, so that 其他 may mean other than before."""
    passage = norm.article.paragraphs[norm.paragraph].passage
    return norm.item is None and norm.start > passage.span(0, 1)[0]


def _has_actor(norm: Norm) -> bool:
    if norm.subject:
        return is_actor(norm.subject.rstrip("，")) or len(norm.subject) > 1
    return any(re.search("机关|部门|人员|当事人|单位|公民", c) for c in norm.conditions)

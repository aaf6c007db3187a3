"""Norms taken whole: duties, bans, powers, rights and steps of procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts.articles import Pattern, RuleFact
from questions.facts.norms import Norm, is_actor
from questions.statutes import Statute

_STEP: Final = re.compile(
    r"告知|听证|回避|出示|送达|立案|复核|陈述|申辩|备案|法制审核|集体讨论|登记保存|笔录|公示|现场检查|"
    r"当场|签名|盖章|移送|公告|通知|受理|补正|核查|复查"
)
_PENAL: Final = re.compile(r"罚款|责令|处分|刑事责任|拘留|没收|吊销|治安管理处罚")
_SLOGAN: Final = re.compile(
    r"^(?:应当|必须|可以)?(?:依法|积极|切实|定期|加快|逐步|建立健全)?(?:加强|推进|鼓励|支持|完善|促进|引导|"
    r"提倡|倡导|推动|统筹|健全|建立健全|优先|加快|协同|规范|文明|积极|带头|坚持|遵守|符合|发展|有计划|履行)"
)
_FAINT: Final = re.compile(r"(?:依法履行|执行|办理|处理|进行|检查|规定|符合要求)$")
_OUTRIGHT: Final = re.compile(
    r"^(?:不停止|不承担|不再|视为|适用|只能|按照.*处罚|以.*(?:为准|作为)|不予计算|由[^，]{2,30}(?:决定|管辖|指定管辖|主持|注明)$)"
    r"|无效$|不予计算$|不予处罚$|公开举行$"
)
SHORTEST: Final = 12


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
    if modality in ("有权", "享有") or "的权利" in norm.rest:
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
    return bool(_SLOGAN.search(norm.rest))


def _faults(norm: Norm) -> frozenset[str]:
    found = set()
    if is_slogan(norm) or (_FAINT.search(norm.rest) and len(norm.rest) < 10):
        found.add("V9")
    if norm.modality == "禁止":
        found.add("L9")  # has no safe contrary, so that its form alone would tell it true
    if "适用《" in norm.rest:
        found.add("V9")
    if "其他" in norm.rest and not norm.conditions and norm.own == 0 and _follows(norm):
        found.add("V3")
    if norm.rest.startswith("可以作为") or (norm.rest.startswith("可以") and not _has_actor(norm)):
        found.add("L9")
    return frozenset(found)


def _follows(norm: Norm) -> bool:
    """Whether the norm isn't the first of its 款, so that 其他 may mean other than before."""
    passage = norm.article.paragraphs[norm.paragraph].passage
    return norm.item is None and norm.start > passage.span(0, 1)[0]


def _has_actor(norm: Norm) -> bool:
    if norm.subject:
        return is_actor(norm.subject.rstrip("，")) or len(norm.subject) > 1
    return any(re.search("机关|部门|人员|当事人|单位|公民", c) for c in norm.conditions)

"""期限, numbers of people and ages: the number a norm fixes, in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts.articles import Pattern, SlotFact
from questions.facts.branches import EXTRA, is_actor, split
from questions.facts.norms import Norm
from questions.statutes import Statute

NUMBER: Final = r"[零一二两三四五六七八九十百]+|\d+"
_TERM: Final = re.compile(
    rf"(?<![第零〇一二两三四五六七八九十百千万亿\d“月])(?P<n>{NUMBER})"
    r"(?P<u>个工作日|工作日|日|天|个月|年(?!度|级|检|来)|小时|周岁|人(?!民|员)|名)"
)
_DATE: Final = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
_AFTER: Final = re.compile(r"^(?:以?内|之内|前|之前|届满)")
_BEFORE: Final = re.compile(
    r"(?:有效期(?:限)?(?:为|是)?|期限(?:为|是)|(?:不得|应当)?(?:不?少于|超过|低于|早于|不超过)|至少|延长至?"
    r"|之日起满|期间为|时间为|最长(?:为|不超过)?)$"
)
_PEOPLE: Final = re.compile(r"(?:不得少于|不少于|至少)$")
_AGE: Final = re.compile(r"满$")
_PENAL: Final = re.compile(r"罚款|责令|没收|吊销|拘留|撤销")
_ENTAILS: Final = re.compile("不予|从轻|应当|可以|不得|有权|处罚|都有|享有")
_LONGER: Final = re.compile("期限(?:可以)?延长")
_STARTS: Final = re.compile("之日|之时|后|前|届满|(?<!三)起|期间|每")
SCENE: Final = 14  # characters within which a subject and a number say nothing of the occasion
_GENERIC: Final = re.compile("自(?:收到|接到|受理|作出)(?:申请|决定|报告|材料|转送|通知)?之日起$")
ROOM: Final = 100  # characters of a stem that still reads in one go


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[SlotFact]:
    """Every term, number of people and age."""
    for at, norm in enumerate(norms):
        if norm.opens:
            continue
        masked = _DATE.sub(lambda day: "日" * len(day.group()), norm.text)
        ages = 0
        for found in _TERM.finditer(masked, norm.own):
            pattern = _pattern(masked, found)
            ages += pattern is Pattern.AGE
            lent = norm.is_lent and found["n"] + found["u"] in norm.subject
            if pattern is not None and not lent and not (pattern is Pattern.AGE and ages > 1):
                after = norms[at + 1] if at + 1 < len(norms) else None
                yield _fact(_limited(norm, after), pattern, found)


def _limited(norm: Norm, after: Norm | None) -> Norm:
    """The norm with what the next branch takes out of it: …的，上述期限延长至五年."""
    if after is None or after.article is not norm.article or not _LONGER.search(after.rest):
        return norm
    if not after.conditions or after.paragraph != norm.paragraph:
        return norm
    rest = f"，以及{norm.exception}" if norm.exception else "除外"
    return replace(norm, exception=after.conditions[-1] + rest, end=after.end)


def _pattern(text: str, found: re.Match[str]) -> Pattern | None:
    before, after = text[: found.start()], text[found.end() :]
    unit = found["u"]
    if unit in ("人", "名"):
        staffed = re.match("以上(?:的)?(?:行政)?(?:执法|工作|检查)人员", after)
        return Pattern.PEOPLE if _PEOPLE.search(before) or staffed else None
    if unit == "周岁":
        return Pattern.AGE if _AGE.search(before) else None
    if re.match("[以至](?:上|下|[一二三四五六七八九十\\d])", after) or before.endswith("至"):
        return None
    return Pattern.TERM if _AFTER.match(after) or _BEFORE.search(before) else None


def _fact(norm: Norm, pattern: Pattern, found: re.Match[str]) -> SlotFact:
    left, right = norm.text[: found.start()], norm.text[found.end() :]
    left, right = _trimmed(norm, left, right, pattern)
    faults = norm.faults
    if pattern is Pattern.PEOPLE and not norm.conditions and norm.subject:
        doing = _doing(norm)
        left = doing + left
        faults |= {"V3"} if not doing and len(left) < SCENE else frozenset()
    if pattern is Pattern.TERM and not norm.is_first and not norm.conditions:
        nobody = not is_actor(norm.subject.rstrip("，"))
        is_bare = (nobody and len(left) < SCENE) or bool(_GENERIC.search(left))
        faults |= {"V3"} if is_bare else frozenset()
    starts = bool(_STARTS.search(left[-24:] + right[:2])) or any(
        condition.endswith(("的", "情况下", "时")) for condition in norm.conditions
    )
    if not left:
        faults |= {"V3"}  # 四十五日内不能办结的: what lasts so long stands before
    is_loose = pattern is Pattern.TERM and right.startswith(("内", "以内")) and not starts
    reading = numerals.read(found["n"])
    value = reading.value if reading else Decimal(0)
    unit = found["u"]
    return SlotFact(
        pattern, norm, norm.place, left, found["n"] + unit, right, unit, (value,),
        (norm.article.label, str(norm.paragraph), str(norm.item)),
        not any(EXTRA.match(c) for c in norm.conditions[1:]),
        norm.start, norm.end, faults=faults | ({"L2"} if is_loose else frozenset()),
    )  # fmt: skip


def _doing(norm: Norm) -> str:
    """What the people do, where the 款 opens with it: 实施行政处罚的."""
    opening = norm.article.paragraphs[norm.paragraph].passage.text.split("。")[0]
    who = re.escape(norm.subject)
    found = re.match(rf"([^，]{{2,12}})应当由[^，]*{who}(实施|进行|负责|办理)$", opening)
    return f"{found[2]}{found[1]}的" if found else ""


def _trimmed(norm: Norm, left: str, right: str, pattern: Pattern) -> tuple[str, str]:
    """The stem's two halves without a penalty's other parts and without a long tail."""
    if pattern is Pattern.AGE:
        ends = (
            end
            for start, end in list(split(right, "，"))[1:]
            if "但是" in right or _ENTAILS.search(right[start:end])
        )
        return left, right if "但是" in right else right[: next(ends, len(right))]
    pieces = list(split(right, "，"))
    keep = pieces[0][1]
    takes = right[slice(*pieces[0])] in ("内", "以内", "前", "之内")
    for start, end in pieces[1:]:
        too_long = len(left) + end > ROOM or _PENAL.search(norm.rest)
        if right[start:end].startswith("在此期间") or (not takes and too_long):
            break
        keep, takes = end, False
    if _PENAL.search(norm.rest) and norm.conditions and "，" in norm.rest:
        lead = "，".join(norm.conditions) + "，"
        last = left[left.rfind("，") + 1 :]
        if left.startswith(lead) and len(left) > len(lead):
            left = lead + last
    return left, right[:keep]

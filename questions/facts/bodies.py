"""主管机关, decisions of a closed ladder and forms of law: who acts, and what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts import rules
from questions.facts.articles import Pattern, SlotFact
from questions.facts.norms import Norm
from questions.statutes import Statute

LEVEL: Final = (
    r"国务院|(?:国家|省|设区的市|市|县)级?以上(?:地方)?(?:各级)?人民政府|(?:县级以上|设区的市级以上|省级以上)"
    r"(?:地方)?(?:各级)?人民政府|省、自治区、直辖市人民政府|地方(?:各级)?人民政府|所在地(?:的)?|本级人民政府|"
    r"(?:[^，、由向报]{0,8}所在地)?"
)
BODY: Final = re.compile(
    rf"(?P<way>(?:^|(?<=[，、并]))由|(?:^|(?<=[，、应当并]))[向报](?=[^，；]{{4,40}}(?:备案|申请|报告|批准|提出|提交|登记|审批|核准))|^)"
    rf"(?P<level>{LEVEL})(?P<trade>[一-鿿]{{2,8}}?)(?P<kind>主管部门|监督管理部门|行政部门)"
    r"(?=责令|负责|给予|处|没收|吊销|制定|拟订|会同|依法|组织|撤销|备案|申请|报告|提出|批准|核准|应当|予以|登记|颁发|审批|提交)"
)
ROOM: Final = 100  # characters of a whole sentence that may be asked for its subject
_OPEN: Final = re.compile(
    r"等$|确定|设立|规定|授权|或|和|及|其他|有关|上级|本级|同级|指定|[由并向报应对省市县区级]"
)
# Bodies that leave open who it is: 商务、邮政等主管部门, … 或者有关部门, 指定的部门.
_SHARED: Final = re.compile(
    r"^由([^，]{2,50}?(?:等(?:主管)?部门|或者[^，]{2,30}部门|指定的部门|有关(?:部门|机关)))"
)
_RULINGS: Final = (
    "不予行政处罚", "可以不予行政处罚", "应当从轻或者减轻行政处罚", "可以从轻或者减轻行政处罚",
    "应当给予行政处罚", "不予处罚", "可以不予处罚", "应当从重处罚", "应当从轻或者减轻处罚",
    "可以从轻或者减轻处罚", "应当从轻、减轻或者免予处罚",
)  # fmt: skip
_FORMS: Final = re.compile(r"只能由(法律|行政法规|地方性法规|部门规章)(设定|规定)$")


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[SlotFact]:
    """Authorities, decisions and forms of law a norm names."""
    for norm in norms:
        if not norm.opens:
            yield from _rulings(norm)
        yield from _bodies(norm)


def _bodies(norm: Norm) -> Iterator[SlotFact]:
    if norm.opens:
        return  # many conditions at once
    own = norm.text[norm.own :]
    offset = 0
    for segment in own.split("，"):
        found = BODY.search(segment)
        if found and not _OPEN.search(found["trade"]):
            begin = norm.own + offset + found.start("trade")
            end = norm.own + offset + found.end()
            stop = norm.own + offset + len(segment)
            right = norm.text[end:stop]
            if found["way"] == "" and len(norm.text) <= ROOM:
                right = norm.text[end:]
            conditions = "，".join(norm.conditions)
            left = norm.text[:begin]
            if found["way"] == "由" and norm.conditions and offset:
                head = norm.text[norm.own + offset : begin]
                left = f"{conditions}，{head}" if conditions else left
            faults = norm.faults
            if not found["way"] and (rules.is_slogan(norm) or len(norm.text) > ROOM):
                faults |= {"V9"}
            yield _slot(Pattern.BODY, norm, left, found["trade"] + found["kind"], right, faults)
            return
        shared = _SHARED.search(segment)
        if shared and norm.conditions:
            left, right = norm.text[: norm.own + offset + shared.start(1)], segment[shared.end() :]
            faults = norm.faults | {"L7"}
            yield _slot(Pattern.BODY, norm, left, shared[1], right, faults)
            return
        offset += len(segment) + 1


def _rulings(norm: Norm) -> Iterator[SlotFact]:
    rest = norm.rest.split("，")[0]
    if (
        rest in _RULINGS
        and rest not in "，".join(norm.conditions)
        and norm.conditions
        and norm.conditions[-1].endswith("的")
    ):
        left = "，".join(norm.conditions) + "，"
        yield _slot(Pattern.RULING, norm, left, rest, "", norm.faults)
    form = _FORMS.search(norm.text)
    if form:
        left, right = norm.text[: form.start(1)], norm.text[form.end(1) :]
        yield _slot(Pattern.FORM, norm, left, form[1], right, norm.faults)


def ladder(printed: str) -> tuple[str, ...]:
    """The closed set of decisions, or of forms of law, a value belongs to."""
    forms = ("法律", "行政法规", "地方性法规", "部门规章")
    if printed in forms:
        return forms
    tail = "行政处罚" if printed.endswith("行政处罚") else "处罚"
    return tuple(
        ruling for ruling in _RULINGS
        if ruling.endswith(tail) and (tail == "行政处罚") == ruling.endswith("行政处罚")
    )  # fmt: skip


def _slot(
    pattern: Pattern, norm: Norm, left: str, printed: str, right: str, faults: frozenset[str]
) -> SlotFact:
    family = (norm.article.label, str(norm.paragraph), str(norm.item))
    return SlotFact(
        pattern, norm, norm.place, left, printed, right, "", (), family, True,
        norm.start, norm.end, faults=faults,
    )  # fmt: skip

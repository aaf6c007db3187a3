"""Fines, multiples, shares and detention: the whole range, joined to the condition it punishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts import citing
from questions.facts.articles import Pattern, SlotFact
from questions.facts.branches import EXTRA
from questions.facts.norms import Norm
from questions.statutes import Item, Statute, marks, short_title

NUM: Final = r"[零一二两三四五六七八九十百千万亿\d.]+"
_MONEY: Final = rf"(?:{NUM})元"
_FINE: Final = re.compile(
    rf"(?P<how>(?:可以)?(?:并|分别)?处以?(?:警告或者)?)(?P<each>每(?:次|平方米|亩|公里|吨|台|人|日))?"
    rf"(?P<v>(?P<a>{_MONEY})以上(?P<b>{_MONEY})以下)(?P<r>的?(?:罚款|罚金))"
)
_CEILING: Final = re.compile(
    rf"(?<!以上)(?<![一二两三四五六七八九十百千万亿\d])(?P<v>(?P<a>{_MONEY})以下)(?=[^，。；]{{0,24}}罚款)"
)
_MULTIPLE: Final = re.compile(
    rf"(?P<how>(?:可以)?(?:并)?处(?:以)?|按照?)(?P<base>[^，。；]{{2,24}}?)"
    rf"(?P<v>(?P<a>{NUM})倍以上(?P<b>{NUM})倍以下)(?P<r>的?(?:罚款|罚金)|计算罚款)"
)
_SHARE: Final = re.compile(
    r"(?:(?P<how>(?:可以)?(?:并)?处(?:以)?)(?P<base>[^，。；]{2,24}?))?(?P<v>(?<!至)百分之(?P<a>[零一二三四五六七八九十百点]+)(?:(?:以上|至)百分之(?P<b>[零一二三四五六七八九十百]+))?(?![零一二三四五六七八九十百点])(?:以下)?(?!至)"
    r"|(?P<c>\d+(?:\.\d+)?)%)(?P<r>的?罚款)?"
)
_DETENTION: Final = re.compile(
    rf"(?P<how>(?:并)?处)(?P<v>(?P<a>{NUM})日以上(?P<b>{NUM})日以下)(?P<r>的?(?:行政)?拘留)"
)
_TARGET: Final = re.compile(
    r"(?:^|[，；])(?:并|还|由[^，；对]{2,30})?(对(?:(?!处|给予)[^，；]){2,60}?)，?$"
)
_THING: Final = re.compile(
    "(?!未|不|没有|无|擅|拒|伪|变造|隐|谎|提供|使用|销售|生产|经营|从事|建设|设置|采|进口|出口|运输|储存|贮存|存放|排放|"
    "向|将|把|以|在|对|与|为|因|按|超|逾|违|利用|通过|组织|安排|委托|指派|聘用|雇|转让|出|购|收|接|允许|发现|发生|造成|"
    "制|安装|改|修|拆|损|占|破|阻|干|侵|泄|挪|私|涂|冒|盗|买|举|承|携|倾|堆|燃|应当|两|其|仍|虽|已|被|明知|故意|过失|从|"
    "开|封|填|编|实施|关闭|停|弄|逃|降|招|强|扰|殴|妨|危害|非法|虚|指|胁|诱|教|介绍|容留|吸|卖|传播|散|滥|玩|徇|索|利)"
    "[^，]{2,60}?(?:未|没有|不(?:符合|具备|按)|出现|存在)"
)
_SETTING: Final = re.compile(
    "(?!在)([^，]{2,30}?(?:[后前时]|时段|期间|季节))，?((?:未|没有|不|擅自|拒)[一-鿿].*)"
)
_GAIN: Final = re.compile("(?:有|没有)?违法所得|货值|违法经营额")
_FLOOR: Final = ("按", "以")  # 不足十万元的，按十万元计算: no case of its own
_PERSONS: Final = re.compile("人员|单位|者|人|企业|机构|公民|法人|组织|部门|公司")
LISTED: Final = re.compile(r"有下列(?:违法)?(?:行为|情形|情况)之一的?")
_MAPPED: Final = re.compile(
    rf"^(?P<who>单位|个人)?有前款(?P<n>第{marks.NUM}项(?:[、和]第{marks.NUM}项)*)(?:所列|规定)?的?"
    r"(?:行为|情形)(?:之一)?的?$"
)
_ITEM: Final = re.compile(rf"第({marks.NUM})项")
CATCH_ALL: Final = re.compile(
    r"^有?其他|(?:的|规定|依法)其他(?!.*(?:区域|地区|场所)内)|其他(?:要求|较重的)"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A condition a sum is attached to, as the item or paragraph says it."""

    text: str  # up to and with the last 的
    place: str
    note: str
    family: tuple[str, ...]
    start: int  # of the passage that holds both condition and consequence
    end: int


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[SlotFact]:
    """Every sum a norm threatens, once for each condition it is attached to."""
    law = short_title(statute)
    for norm in norms:
        held = tuple(cases(norm, law))
        text = norm.text[norm.own :]
        for pattern, shape in _SHAPES:
            for found in shape.finditer(text):
                if pattern is Pattern.CEILING and not _is_fine(text, found):
                    continue
                yield from _facts(norm, pattern, found, held)


_SHAPES: Final = (
    (Pattern.FINE, _FINE),
    (Pattern.MULTIPLE, _MULTIPLE),
    (Pattern.DETENTION, _DETENTION),
    (Pattern.CEILING, _CEILING),
    (Pattern.SHARE, _SHARE),
)


def _is_fine(text: str, found: re.Match[str]) -> bool:
    return not re.search(rf"{_MONEY}以上$", text[: found.start()])


def _facts(
    norm: Norm, pattern: Pattern, found: re.Match[str], cases: Sequence[Case]
) -> Iterator[SlotFact]:
    if pattern is Pattern.CEILING or (pattern is Pattern.SHARE and not found["r"]):
        yield from _in_place(norm, pattern, found, cases)
        return
    target = _target(norm, found.start())
    how = (found["how"] or "处").replace("并", "")
    base = (found["base"] or "") if pattern in (Pattern.MULTIPLE, Pattern.SHARE) else ""
    if pattern is Pattern.FINE and found["each"]:
        how = found["each"] + how if found["each"] == "每次" else how + found["each"]
    amid = _amid(norm, found.start())
    for case in cases or (_bare(norm),):
        faults = norm.faults - {"L1"} if case.note else norm.faults
        case = replace(case, text=_instead(case.text, amid)) if amid else case
        is_bare = _is_bare(norm, case)
        if is_bare or (pattern is Pattern.DETENTION and not target):
            faults |= {"L2"}
        yield SlotFact(
            pattern, norm, case.place, _led(case.text, target, how + base), found["v"], found["r"],
            _unit(pattern), _values(found), case.family, _is_base(norm, target + amid), case.start,
            case.end, case.note, faults,
        )  # fmt: skip


def _led(condition: str, target: str, verb: str) -> str:
    """…的，对单位处: condition, whom it hits and the verb, each said once."""
    if target and not condition.endswith(target):
        condition = f"{condition}，{target}"
    aimed = condition.rpartition("，")[2]
    if aimed.startswith("对") and not aimed.endswith("的"):
        return condition + verb
    return f"{condition}，{verb}"


def _in_place(
    norm: Norm, pattern: Pattern, found: re.Match[str], cases: Sequence[Case]
) -> Iterator[SlotFact]:
    """A value asked where it stands in its sentence, or after each condition of a list."""
    begin = norm.own + found.start("v")
    left, right = norm.text[:begin], norm.text[norm.own + found.end() :]
    penal = re.search("(?:可以)?(?:并)?处以?$", left)
    is_condition = begin < len(norm.text) - len(norm.rest)
    if penal and not is_condition:
        verb, target = penal.group().replace("并", ""), _target(norm, penal.start() - norm.own)
        right = re.split("[，；]", right)[0]
        for case in cases or (_bare(norm),):
            is_bare = _is_bare(norm, case)
            faults = norm.faults | ({"L2"} if is_bare else frozenset())
            yield SlotFact(
                pattern, norm, case.place, _led(case.text, target, verb), found["v"], right,
                _unit(pattern), _values(found), case.family, _is_base(norm, target), case.start,
                case.end, case.note, faults,
            )  # fmt: skip
        return
    if norm.opens:
        return
    if not is_condition:
        right = re.split("[，；]", right)[0]
    yield SlotFact(
        pattern, norm, norm.place, left, found["v"], right, _unit(pattern), _values(found),
        (norm.article.label, str(norm.paragraph), str(norm.item)), _is_base(norm, ""),
        norm.start, norm.end, faults=norm.faults,
    )  # fmt: skip


def _is_base(norm: Norm, target: str) -> bool:
    extra = any(EXTRA.match(condition) for condition in norm.conditions)
    return not extra and not target and not any(c.startswith("对") for c in norm.conditions)


def _bare(norm: Norm) -> Case:
    text = "，".join(norm.conditions)
    family = (norm.article.label, str(norm.paragraph), str(norm.item))
    if norm.subject and not norm.rest.startswith(("处", "可以处", "由", "责令")):
        text = ""
    return Case(text, norm.place, "", family, norm.start, norm.end)


def _amid(norm: Norm, place: int) -> str:
    """A condition between two sums: 处…倍罚款，没有违法所得的，处…元罚款."""
    before = norm.text[norm.own : norm.own + place]
    rest = before[max(0, before.find(norm.rest[:6])) :] if norm.rest[:6] in before else ""
    pieces = rest.split("，")
    last = next(
        (
            piece
            for at, piece in reversed(list(enumerate(pieces)))
            if piece.endswith("的") and not "，".join(pieces[at + 1 :]).startswith(_FLOOR)
        ),
        "",
    )
    return "" if last.startswith("对") else last


def _instead(text: str, amid: str) -> str:
    """The act with the later condition; of two on the gain the later one holds."""
    parts = text.removesuffix("的").split("，")
    if len(parts) > 1 and _GAIN.match(parts[-1]):
        parts.pop()
    return "，".join([*parts[:-1], parts[-1].removesuffix("的"), amid])


def _is_bare(norm: Norm, case: Case) -> bool:
    """Whether a later branch was left without the act that it makes graver."""
    extra = all(EXTRA.match(part) for part in case.text.split("，"))
    return not case.text or (extra and not norm.is_first and not case.note)


def _target(norm: Norm, place: int) -> str:
    """对直接负责的主管人员…, where the sum is another's than the offender's."""
    before = norm.text[norm.own : norm.own + place]
    found = _TARGET.search(before)
    if found is None or found[1].endswith("的") or "的，" in found[1]:
        return ""
    return found[1] if _PERSONS.search(found[1]) else ""


def cases(norm: Norm, law: str) -> Iterator[Case]:
    """What a list of items, or a reference to one, makes of a norm's conditions."""
    for at, condition in enumerate(norm.conditions):
        if norm.opens and LISTED.search(condition):
            for item in norm.article.paragraphs[norm.paragraph].items:
                yield from _case(norm, at, item, norm.paragraph, "", law)
    pointed = mapped(norm)
    if pointed is not None:
        for item in norm.article.paragraphs[pointed.source].items:
            if item.number in pointed.numbers:
                yield from _case(norm, pointed.at, item, pointed.source, pointed.who, law)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A condition that points at items of an earlier 款: 单位有前款第一项、第七项行为之一."""

    at: int
    who: str
    source: int
    numbers: frozenset[int | None]


def mapped(norm: Norm) -> Mapped | None:
    """Which items of an earlier 款 a norm's condition names."""
    source = _list_before(norm)
    for at, condition in enumerate(norm.conditions):
        found = _MAPPED.match(condition)
        if found is not None and source is not None:
            numbers = frozenset(marks.ordinal(number) for number in _ITEM.findall(found["n"]))
            return Mapped(at, found["who"] or "", source, numbers)
    return None


def _case(norm: Norm, at: int, item: Item, source: int, who: str, law: str) -> Iterator[Case]:
    words = citing.rewrite(item.passage.text.rstrip("；。，"), law).removesuffix("的")
    if CATCH_ALL.search(words) or item.parts or "。" in words:
        return
    if who == "个人" and "单位" in words:
        return
    subject = LISTED.sub("", norm.conditions[at]) if norm.opens else ""
    later = [c for c in norm.conditions[at + 1 :] if c.endswith("的") or not c.startswith("对")]
    held = [*norm.conditions[:at], _acting(subject, words), *later]
    text = "，".join(held)
    if not text.endswith("的"):
        text += "的"
    if who:
        text += f"，对{who}"
    place = norm.article.place(source, item.number)
    note = f"{'该款' if norm.opens else '前款'}第{marks.numeral(item.number)}项为“{words}”。"
    family = (norm.article.label, str(source), str(item.number))
    cited = norm.article.place(norm.paragraph) if not norm.opens else place
    first, last = item.passage.span(0, len(item.passage.text))
    lead = norm.article.paragraphs[source].passage.span(0, 1)[0]
    start, end = (lead, last) if norm.opens else (first, norm.end)
    yield Case(text, cited, note, family, start, end)


def _acting(subject: str, words: str) -> str:
    """单位未备案, but 单位的应急预案未备案: an item may open with a thing of the actor's."""
    setting = _SETTING.match(words) if subject and not subject.endswith("，") else None
    if setting:
        when = setting[1] if setting[1].endswith(("后", "前", "时")) else "在" + setting[1]
        return f"{when}，{subject}{setting[2]}"
    owned = subject and not subject.endswith("，") and _THING.match(words)
    return f"{subject}的{words}" if owned else subject + words


def _list_before(norm: Norm) -> int | None:
    before = norm.article.paragraphs[: norm.paragraph]
    return next((at for at in reversed(range(len(before))) if before[at].items), None)


def _unit(pattern: Pattern) -> str:
    return {
        Pattern.FINE: "元", Pattern.CEILING: "元", Pattern.MULTIPLE: "倍", Pattern.SHARE: "%",
        Pattern.DETENTION: "日",
    }[pattern]  # fmt: skip


def _values(found: re.Match[str]) -> tuple[Decimal, ...]:
    groups = found.groupdict()
    texts = [groups[name] for name in ("a", "b", "c") if groups.get(name)]
    readings = [numerals.read(text) for text in texts]
    return tuple(reading.value for reading in readings if reading is not None)

"""Places, bodies, terms and modes asked as 单选, 填空 and 判断.

Wrong options are of the word's own class: names of the same table, the other modes of its
kind, or names that the document itself uses elsewhere for something of the sort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.facts import kinship
from questions.facts.entities import Ask, EntityFact
from questions.facts.gazetteer import Class, near
from questions.generation import inplace, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.models import JUDGE_OPTIONS, Kind

NEAR: Final = 12  # names of a table, around the right one, that may be wrong options
SHORT: Final = 10  # characters of a word a person may be asked to write down
AROUND: Final = 160  # characters on either side in which no wrong river may stand
_PLAN: Final = re.compile("^[一二三四五六七八九十]+五$")
_DIGITS: Final = frozenset("一二两双三四五六七八九十")
_OCCASIONS: Final = frozenset(["活动", "行动", "日", "周", "月", "节", "论坛", "大赛", "竞赛"])
_COUNTED: Final = {"河流": "下列哪条河流", "湖泊": "下列哪个湖泊", "市": "下列哪个城市"}
_WRITTEN: Final = frozenset({Ask.COUNTY, Ask.TERM, Ask.NAME})
_TITLED: Final = "行政执法"  # stands before a term that needs no noun behind it (“三项制度”)
_PARTY: Final = re.compile("领导|书记|负责人|[厅局部市省县区州]长|主任|主席|党[组委工]|中心组")
_CLASS: Final = re.compile("(?:自治县|自治旗|[县旗区市])$")
_DATE: Final = re.compile(r"^(?:20\d\d年)?(?:全年)?")
_STOPS: Final = re.compile(r"[、,，]")
_FOR: Final = re.compile("(建立|组建|设立|搭建|建成|完善)([一-鿿]{2,10})$")
_WITHIN: Final = re.compile("(实行|推行|实施|建立)([一-鿿]{2,12}(?:监管|执法|监督|检查))$")
_DOES: Final = re.compile("(?:实行|实现|推行)$")
_BEHIND: Final = re.compile("^”([一-鿿]{0,8}?活动)")
_STOCK: Final = frozenset("的和与及在省市县区州厅局委部院会家国行中一个")  # say nothing of a name


def single(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The word among three others of its class."""
    asked = _stem(fact, source.setting.place)
    wrong = _wrong(fact, source, book)[:3]
    if not asked or len(wrong) < 3:
        return
    size = len(fact.value)
    if sum(len(name) >= min(size * 0.8, size - 1) for name in wrong) < 2:
        return  # too short beside it
    if stands_out(fact.value, wrong):
        return
    if _echoes(fact, wrong, source):
        return
    shown = [_shown(fact, name) for name in wrong]
    options, key = inplace.place(shown, _shown(fact, fact.value), book.ledger.places, book.rng)
    draft = Draft(
        Kind.SINGLE,
        asked,
        _explain(fact, source, f"{fact.value}。"),
        options=options,
        key=key,
        keys=(fact.value,),
        difficulty=0.5,
    )
    yield _finish(draft, fact, source)


def stands_out(value: str, wrong: list[str]) -> bool:
    """Whether the right option alone begins, or ends, otherwise than all wrong ones do."""
    starts, ends = {name[:2] for name in wrong}, {name[-1] for name in wrong}
    alone = len(starts) == 1 and value[:2] not in starts
    return alone or (len(ends) == 1 and value[-1] not in ends)


def _shown(fact: EntityFact, name: str) -> str:
    """An option; a name that goes by marks keeps them."""
    return f"“{name}”" if fact.ask is Ask.NAME else name


def _echoes(fact: EntityFact, wrong: list[str], source: Source) -> bool:
    """Whether the stem has a character, or a word, that only the right option goes with."""
    stem = fact.left + fact.right
    for own in (source.setting.issuer, source.setting.place):
        stem = stem.replace(own or "\n", "")
    heard = {c for name in wrong for c in name} | _STOCK
    if fact.ask not in (Ask.NAME, Ask.PLACE) and any(
        c in stem and c not in heard for c in fact.value
    ):
        return True
    entry = fact.entry if fact.ask is Ask.PARTNER else None
    return entry is not None and kinship.is_told_by(entry, stem)


def blank(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The word left out, where it is short and set."""
    said = fact.value.strip("“”")
    if fact.ask not in _WRITTEN or len(said) > SHORT or not _is_plain(said):
        return
    if fact.ask is Ask.NAME and (fact.left + fact.right).count("”") > 1:
        return  # one name of several
    if fact.ask is not Ask.COUNTY and not _DATE.sub("", fact.left).strip("“,，"):
        return  # who?
    if _PLAN.match(said):
        return  # 七五, 八五: which plan runs is no news
    if fact.ask is Ask.TERM and said[:1] in _DIGITS:
        return  # 三同时, 双随机: of terms that count, the number is half the answer
    if fact.ask is Ask.TERM and not (fact.head or fact.left.endswith(_TITLED)):
        return  # other terms of the kind would do as well
    forms = [said, _STOPS.sub("", said), wording.full_width(said), f"“{said}”"]
    if fact.ask is Ask.COUNTY and len(said) > 2:
        forms.append(_CLASS.sub("", said))
    marks = ("“", "”") if fact.value != said else ("", "")
    draft = Draft(
        Kind.BLANK,
        inplace.gap(fact.left + marks[0], marks[1] + fact.right, _hint(fact, said)),
        _explain(fact, source, f"{fact.value}。"),
        answers=tuple(dict.fromkeys(forms)),
        keys=(fact.value,),
        difficulty=0.6,
    )
    yield _finish(draft, fact, source)


def _hint(fact: EntityFact, said: str) -> str:
    """What sort of word is to be written."""
    if fact.ask is Ask.COUNTY:
        return "（填县级行政区名称）"
    size = sum("一" <= c <= "鿿" for c in said)
    if fact.ask is Ask.NAME and len(fact.head) > 1 and not said.endswith(fact.head):
        return f"（填{fact.head}名称，{size}个字）"
    return f"（{size}个字）"


def judge(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The clause as printed, or with another mode that excludes the printed one."""
    around = fact.left + fact.right
    if not fact.excludes or _PARTY.search(around) or fact.value in around:
        return
    if not any(name and name in around for name in (source.setting.issuer, source.setting.place)):
        return  # of whom?
    wrong = _besides(fact)[:1]  # next to it, so that either is to be thought of
    is_true = book.wants_truth() or not wrong
    said = fact.value if is_true else wrong[0]
    note = "对。" if is_true else f"错，应为“{fact.value}”。"
    draft = Draft(
        Kind.JUDGE,
        wording.full_width(f"{fact.left}{said}{fact.right}。"),
        _explain(fact, source, note),
        options=JUDGE_OPTIONS,
        key=(0 if is_true else 1,),
        keys=(fact.value,),
        is_false=not is_true,
        difficulty=0.45,
    )
    yield _finish(draft, fact, source)


def _stem(fact: EntityFact, place: str) -> str:
    """The question in place; '' where no noun asks for the word there."""
    left, right = fact.left, fact.right
    if fact.ask is Ask.SLOT:
        if left.endswith("“") and right.startswith("”"):
            left, right = left[:-1], right[1:]
        if not _DATE.sub("", left).strip(",，"):
            left += place  # nobody acts: where?
        left = _WITHIN.sub(r"在\2中\1", left)  # 实行监督执法…: 在监督执法中实行…
        if fact.head == "库":
            left = _FOR.sub(r"在\2方面\1", left)  # 建立生态环境评估…: 在生态环境评估方面建立…
        done = "实行" if fact.head == "办理方式" and not _DOES.search(left) else ""
        return inplace.stem(left, done + fact.noun, right)
    if fact.ask is Ask.NAME:
        behind = _BEHIND.match(right)
        if behind is None or not left.endswith("“"):
            return ""
        return inplace.stem(left[:-1], f"下列哪个{behind[1]}", right[behind.end() :])
    if fact.ask in (Ask.TERM, Ask.COUNTY):
        return ""
    left, asked = inplace.whose(left, _COUNTED.get(fact.noun, f"下列哪个{fact.noun}"))
    linked = "的" if right.startswith("“") and fact.ask is Ask.PLACE else ""
    return inplace.stem(left, asked, linked + right)


def _wrong(fact: EntityFact, source: Source, book: Book) -> list[str]:
    """Words of the same class and like length, in an order drawn by lot."""
    if fact.peers:
        found = _besides(fact)
    elif fact.ask is Ask.NAME:
        found = _names(fact, source)
    elif fact.entry is not None and fact.entry.family.cls in (Class.RIVER, Class.LAKE):
        found = _waters(fact, source)
    else:
        found = _tabled(fact, source)
    book.rng.shuffle(found)
    size = len(fact.value)
    found.sort(key=lambda name: abs(len(name) - size))
    return _proportionate(fact.value, found)


def _besides(fact: EntityFact) -> list[str]:
    """The other words of a slot that the sentence doesn't use."""
    return [name for name in fact.peers if name not in fact.sentence]


def _names(fact: EntityFact, source: Source) -> list[str]:
    """Names in quotation marks that the document gives to other things of the kind."""
    return [
        other.value
        for other in source.names
        if other.sentence != fact.sentence
        and (other.head == fact.head or {other.head, fact.head} <= _OCCASIONS)
    ]


def _waters(fact: EntityFact, source: Source) -> list[str]:
    """Rivers or lakes of the same province that are not spoken of there."""
    text = source.document.plain[max(0, fact.start - AROUND) : fact.end + AROUND]
    return [
        name
        for name in kinship.waters(fact.value, kinship.province(source.document))
        if name not in text
    ]


def _tabled(fact: EntityFact, source: Source) -> list[str]:
    """Names next to it in its table, none the issuer's and none of whom the same is said."""
    if fact.entry is None:
        return []
    entry, found = fact.entry, dict[str, str]()
    for other in near([entry]):
        if other.style != entry.style or other.canon in found:
            continue
        if other.canon in source.own or other.text in fact.sentence:
            continue
        if entry.family.cls is Class.CITY and other.text[-1] != entry.text[-1]:
            continue
        if entry.family.cls is Class.DEPARTMENT and not kinship.share_a_field(entry, other):
            continue
        if not source.pairs(fact, other):
            found[other.canon] = other.text
    return list(found.values())[:NEAR]


def _proportionate(value: str, names: list[str]) -> list[str]:
    kept: list[str] = []
    for name in dict.fromkeys(names):
        bare = name.strip("“”")
        others = [other.strip("“”") for other in (value, *kept)]
        apart = all(bare not in other and other not in bare for other in others)
        sizes = [len(value), len(name), *map(len, kept)]
        if apart and max(sizes) <= 1.6 * min(sizes) + 2:
            kept.append(name)
    return kept


def _is_plain(value: str) -> bool:
    return all("一" <= c <= "鿿" or c in "、,，" for c in value)


def _explain(fact: EntityFact, source: Source, answer: str) -> str:
    return wording.explain(
        answer, source.document, fact.section, fact.start, fact.end, keys=[fact.value]
    )


def _finish(draft: Draft, fact: EntityFact, source: Source) -> Candidate:
    citation = source.document.cite(fact.start, fact.end, fact.section)
    return assemble(draft, source.document, fact, citation)

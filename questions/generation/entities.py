"""Places, bodies, terms and modes asked as 单选, 填空 and 判断.

Wrong options are of the word's own class: names of the same table, the other modes of its
kind, or names that the document itself uses elsewhere for something of the sort.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from questions.facts.entities import Ask, EntityFact
from questions.facts.gazetteer import Class, near, overlap
from questions.generation import inplace, wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble
from questions.models import JUDGE_OPTIONS, Kind

NEAR: Final = 12  # names of a table, around the right one, that may be wrong options
SHORT: Final = 10  # characters of a word a person may be asked to write down
_ASKED: Final = {
    Ask.PLACE: "下列哪个{noun}",
    Ask.SITE: "下列哪个{noun}",
    Ask.PARTNER: "下列哪个{noun}",
    Ask.HONOUR: "下列哪个{noun}",
}
_COUNTED: Final = {"河流": "下列哪条河流", "湖泊": "下列哪个湖泊", "市": "下列哪个城市"}
_OCCASIONS: Final = frozenset(
    ["活动", "行动", "日", "周", "月", "节", "论坛", "大赛", "竞赛", "讲堂", "课堂"]
)
_WRITTEN: Final = frozenset({Ask.COUNTY, Ask.TERM, Ask.NAME, Ask.TURN})
_NUMERAL: Final = re.compile("[一二三四五六七八九十两双0-9]")
_LEADERS: Final = re.compile("领导|书记|负责人|[厅局部市省县区州]长|主任|主席")
_SELF_TOLD: Final = re.compile("宣传[日周月]|宣讲团")
_CLASS: Final = re.compile("(?:自治县|自治旗|[县旗区市])$")
_STOPS: Final = re.compile(r"[、,，]")


def single(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The word among three others of its class."""
    wrong = _wrong(fact, source, book)[:3]
    if len(wrong) < 3 or sum(len(name) * 5 >= len(fact.value) * 4 for name in wrong) < 2:
        return  # too few, or too short beside it
    options, key = inplace.place(wrong, fact.value, book.ledger.places, book.rng)
    draft = Draft(
        Kind.SINGLE,
        _stem(fact),
        _explain(fact, source, f"{fact.value}。"),
        options=options,
        key=key,
        keys=(fact.value,),
        difficulty=0.5,
    )
    yield _finish(draft, fact, source)


def blank(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The word left out, where it is short and set."""
    said = fact.value.strip("“”")
    if fact.ask not in _WRITTEN or len(said) > SHORT or not _is_plain(said):
        return
    if fact.ask is Ask.NAME and _SELF_TOLD.search(said + fact.right[:9]):
        return  # a name that says no more than what it names
    if fact.ask is Ask.NAME and (fact.left + fact.right).count("”") > 1:
        return  # one name of several
    if fact.ask in (Ask.TERM, Ask.NAME) and _NUMERAL.search(said):
        return  # its first numeral would tell, or trip, who knows the count and not the term
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
    head = "活动" if "活动" in fact.right[:16] else fact.head
    if fact.ask is Ask.NAME and len(head) > 1 and not said.endswith(head):
        return f"（填{head}名称，{len(said)}个字）"
    return f"（{len(said)}个字）"


def judge(fact: EntityFact, source: Source, book: Book) -> Iterator[Candidate]:
    """The clause as printed, or with another mode that excludes the printed one."""
    if not fact.excludes or _LEADERS.search(fact.left + fact.right):
        return
    wrong = _wrong(fact, source, book)
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


def _stem(fact: EntityFact) -> str:
    if fact.ask is Ask.SLOT:
        return inplace.gap(fact.left, fact.right, f"横线处应填下列哪种{fact.noun}？")
    asked = _ASKED.get(fact.ask)
    if asked is None:
        return inplace.gap(fact.left, fact.right, f"横线处的{fact.noun}是下列哪一项？")
    left, asked = inplace.whose(fact.left, _COUNTED.get(fact.noun, asked.format(noun=fact.noun)))
    return inplace.stem(left, asked, fact.right)


def _wrong(fact: EntityFact, source: Source, book: Book) -> list[str]:
    """Words of the same class and like length, in an order drawn by lot."""
    if fact.peers:
        found = [name for name in fact.peers if name not in fact.sentence]
    elif fact.ask is Ask.NAME:
        found = _names(fact, source)
    else:
        found = _tabled(fact, source)
    book.rng.shuffle(found)
    size = len(fact.value)
    found.sort(key=lambda name: (_counts(name) != _counts(fact.value), abs(len(name) - size)))
    return _proportionate(fact.value, found)


def _counts(text: str) -> bool:
    """Whether a term counts something (三线一单)."""
    return bool(_NUMERAL.search(text))


def _names(fact: EntityFact, source: Source) -> list[str]:
    """Names in quotation marks that the document gives to other things of the kind."""
    occasion = fact.head in _OCCASIONS
    return [
        other.value
        for other in source.names
        if other.sentence != fact.sentence
        and (other.head == fact.head or (occasion and other.head in _OCCASIONS))
        and not other.faults
    ]


def _tabled(fact: EntityFact, source: Source) -> list[str]:
    """Names next to it in its table, none the issuer's and none of whom the same is said."""
    if fact.entry is None:
        return []
    entry, found = fact.entry, dict[str, str]()
    others = near([entry])
    if any(overlap(other, entry) for other in others):
        others = others[:NEAR]  # those left are of another kind the farther they stand
    for other in others:
        like = other.style == entry.style and other.canon not in found
        if not like or other.canon in source.own or other.text in fact.sentence:
            continue
        if entry.family.cls is Class.CITY and other.text[-1] != entry.text[-1]:
            continue
        if fact.ask is Ask.TERM and (source.prints(other) or overlap(other, entry)):
            continue  # it may be true here too
        if not source.pairs(fact, other):
            found[other.canon] = f"“{other.text}”" if fact.ask is Ask.TERM else other.text
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

"""处罚种类: what a law threatens for one act, as a closed set that other sanctions stay out of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from questions.facts import fines
from questions.facts.articles import ListFact, Member
from questions.facts.branches import EXTRA
from questions.facts.norms import Norm
from questions.statutes import Article, Statute, short_title

FRAME: Final = "处理"
FEWEST: Final = 2
LONGEST: Final = 80  # characters of a condition that is read in one go
# What is threatened, as wrong options call it, what of it laws print, and what bars it.
KINDS: Final = (
    ("责令改正", "", re.compile("责令其?(?:限期)?改正"), re.compile("责令[^，；。]{0,12}改正")),
    ("给予警告", "给予", re.compile("警告"), re.compile("警告")),
    ("通报批评", "", re.compile("通报批评"), re.compile("通报批评")),
    ("处以罚款", "处以", re.compile("罚款"), re.compile("罚款")),
    ("没收违法所得", "", re.compile("没收违法所得"), re.compile("没收")),
    (
        "责令停产停业", "责令",
        re.compile(
            "停产停业(?:整顿)?|停业整顿|停产整治|停业(?=或者关闭)|"
            "停止(?:建设|施工|使用|经营|营业)(?=[，；]|$)"
        ),
        re.compile("停产|停业|停止|限制生产"),
    ),
    ("责令关闭", "责令", re.compile("关闭(?=[，；]|$)"), re.compile("关闭|取缔|拆除")),
    (
        "暂扣许可证件", "", re.compile("暂扣[^，；。、或者]{2,10}"),
        re.compile("暂扣|扣押|扣留|查封"),
    ),
    (
        "吊销许可证件", "", re.compile("吊销[^，；。、或者]{2,12}"),
        re.compile("吊销|撤销|注销|降低资质|取消"),
    ),
)  # fmt: skip
_OF_BUSINESS: Final = frozenset({"责令停产停业", "责令关闭", "暂扣许可证件", "吊销许可证件"})
_BUSINESS: Final = re.compile(
    "单位|企业|机构|经营|生产|销售|设施|排放|项目|建设|产品|旅行社|公司|许可|运营|市场|施工|工厂|矿|"
    "场所|设备|加工"
)
# 行政处罚法第二十八条 lets these two follow any act: they are no wrong options.
_GENERAL: Final = frozenset({"责令改正", "没收违法所得"})
_ELSEWHERE: Final = re.compile("依照.{2,40}(?:处罚|处理|规定)|由[^，]{2,20}依法处")
_MARKED: Final = re.compile("前款|本条|上述")
_PENAL: Final = re.compile("罚款|拘留|吊销|停产|停业|关闭|警告|通报批评")
SAME_ACT: Final = 0.5  # of the shorter one's two-character words


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[ListFact]:
    """Every act whose article threatens several sanctions outright; of a list, its shortest."""
    law = short_title(statute)
    table = _table(statute)
    foreign = _OF_BUSINESS - frozenset(kind for _, kinds in table for kind in kinds)
    for norm in norms:
        own = tuple(_printed(norm.rest))
        if len(own) < FEWEST or "罚款" not in norm.rest or norm.exception or norm.subject:
            continue
        whole = _text(norm.article)
        case = _case(norm, law)
        if case is None or _ELSEWHERE.search(whole):
            continue
        barred = foreign | _unfit(case.text) | _barred(case.text, whole, table)
        yield ListFact(
            norm, case.place, f"{case.text}，依照《{law}》应当或者可以给予", FRAME, "", FRAME,
            (norm.rest,), own, tuple(sorted(barred)), False,
            case.start, case.end, norm.faults - {"L1"} if case.note else norm.faults,
        )  # fmt: skip


def _unfit(act: str) -> frozenset[str]:
    """What only a business can suffer, where the act isn't one's."""
    return frozenset() if _BUSINESS.search(act) else _OF_BUSINESS


def _case(norm: Norm, law: str) -> fines.Case | None:
    """The act that is threatened, where it is one and no graver case of another."""
    if any(EXTRA.match(condition) for condition in norm.conditions):
        return None
    listed = tuple(fines.cases(norm, law))
    if listed:
        return min(listed, key=lambda case: (len(case.text), case.start))
    text = "，".join(norm.conditions)
    if norm.opens or not text.endswith("的") or len(text) > LONGEST or _MARKED.search(text):
        return None
    return fines.Case(text, norm.place, "", (), norm.start, norm.end)


def _text(article: Article) -> str:
    return "".join(
        p.passage.text + "".join(i.passage.text for i in p.items) for p in article.paragraphs
    )


def _printed(rest: str) -> Iterator[Member]:
    """The sanctions of a norm in its own words; `number` is the place among KINDS."""
    for number, (_, verb, words, _) in enumerate(KINDS):
        found = words.search(rest)
        if found:
            yield Member(verb + found.group(), number)


def _table(statute: Statute) -> tuple[tuple[tuple[frozenset[str], ...], frozenset[str]], ...]:
    """Per penal article the acts it is about and the kinds of sanction it names."""
    rows = []
    for article in statute.articles:
        whole = _text(article)
        if _PENAL.search(whole):
            acts = (
                words
                for p in article.paragraphs
                for words in (
                    *re.split("[，；。]", p.passage.text),
                    *(i.passage.text for i in p.items),
                )
            )
            rows.append(
                (tuple(_words(act) for act in acts if len(act) > 6), frozenset(_named(whole)))
            )
    return tuple(rows)


def _named(whole: str) -> Iterator[str]:
    for name, _, _, shape in KINDS:
        if shape.search(whole):
            yield name


def _barred(
    act: str, whole: str, table: Sequence[tuple[Sequence[frozenset[str]], frozenset[str]]]
) -> set[str]:
    """Every kind that the article, or another on a like act, names for any of its cases."""
    mine = _words(act)
    barred = {*_GENERAL, *_named(whole)}
    for acts, kinds in table:
        if not kinds <= barred and any(_is_like(mine, other) for other in acts):
            barred |= kinds
    return barred


def _is_like(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_ACT * max(4, min(len(one), len(other)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def outsiders(fact: ListFact) -> tuple[Member, ...]:
    """The kinds its article, and every other on a like act, threatens nobody with."""
    return tuple(
        Member(name, number)
        for number, (name, _, _, _) in enumerate(KINDS)
        if name not in fact.everything
    )

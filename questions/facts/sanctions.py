"""处罚种类: what a law threatens for one act, as a closed set that other sanctions stay out of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from questions.facts import fines
from questions.facts.articles import ListFact, Member
from questions.facts.branches import EXTRA
from questions.facts.norms import Norm
from questions.statutes import Article, Statute, short_title

FRAME: Final = "处理"
ASIDE: Final = frozenset({0, 3})  # 责令改正 and 罚款 go with nearly every act: the stem names them
LONGEST: Final = 80  # characters of a condition that is read in one go
# What is threatened, as wrong options call it, what of it laws print, and what bars it.
KINDS: Final = (
    ("责令改正", "", re.compile("责令其?(?:限期)?改正"), re.compile("责令[^，；。]{0,12}改正")),
    ("给予警告", "给予", re.compile("警告"), re.compile("警告")),
    ("通报批评", "", re.compile("通报批评"), re.compile("通报批评")),
    ("处以罚款", "处以", re.compile("罚款"), re.compile("罚款")),
    ("没收违法所得", "", re.compile("没收违法所得"), re.compile("没收")),
    (
        "责令停产整治", "责令", re.compile("停产整治|停产停业整顿|停业整顿"),
        re.compile("整治|整顿|限制生产|停产"),
    ),
    (
        "责令停业", "责令", re.compile("停产停业(?!整顿)|停业(?=[，；、或]|$)"),
        re.compile("停业(?!整顿)|停止"),
    ),
    ("责令关闭", "责令", re.compile("关闭(?=[，；]|$)"), re.compile("关闭|取缔|拆除")),
    (
        "责令限期拆除", "责令", re.compile("限期拆除"),
        re.compile("拆除|恢复原状|关闭"),
    ),
    (
        "暂扣许可证件", "", re.compile("暂扣[^，；。、或者]{2,10}"),
        re.compile("暂扣|扣押|扣留|查封"),
    ),
    (
        "吊销许可证件", "", re.compile("吊销[^，；。、或者]{2,12}"),
        re.compile("吊销|撤销|注销|降低资质|取消"),
    ),
)  # fmt: skip
_OF_BUSINESS: Final = frozenset(
    {"责令停产整治", "责令停业", "责令关闭", "责令限期拆除", "暂扣许可证件", "吊销许可证件"}
)
_BUSINESS: Final = re.compile(
    "单位|企业|机构|经营|生产|销售|设施|排放|项目|建设|产品|旅行社|公司|许可|运营|市场|施工|工厂|矿|"
    "场所|设备|加工"
)
_ELSEWHERE: Final = re.compile("依照.{2,40}(?:处罚|处理|规定)|由[^，]{2,20}依法处")
# A choice, or a graver case: 情节严重的, 拒不改正的.
_CHOICE: Final = re.compile("可以|或者|视情节|(?<!违法所得)的$")
_MARKED: Final = re.compile("前款|本条|上述")
_PENAL: Final = re.compile("罚款|拘留|吊销|停产|停业|关闭|警告|通报批评")
SAME_ACT: Final = 0.5  # of the shorter one's two-character words
NEARLY: Final = 0.8  # of them, those the law says everywhere included
_ORDERS: Final = re.compile("处[^，；]{0,30}罚款|责令|给予")


def extract(statute: Statute, norms: Sequence[Norm]) -> Iterator[ListFact]:
    """Every act whose article threatens several sanctions outright; of a list, its shortest."""
    law = short_title(statute)
    table = _table(statute)
    foreign = _named_nowhere(statute)
    for at, norm in enumerate(norms):
        if "罚款" not in norm.rest or norm.exception or norm.subject:
            continue
        case = _case(norm, law)
        if case is None or _ELSEWHERE.search(_text(norm.article)):
            continue
        says = (norm, *_graver(norm, norms[at + 1 :]))
        printed = tuple(_printed("；".join(one.rest for one in says)))
        own, is_outright = _own(norm, printed)
        if not own:
            continue
        barred = foreign | _unfit(case.text) | _barred(case.text, norm.article, table)
        aside = "、".join(member.text for member in printed if member.number in ASIDE)
        how = "还应当给予" if is_outright else _how(norm, says[1:], own)
        left = f"{case.text}，依照《{law}》，除{aside}外，{how}"
        until = says[-1].end
        yield ListFact(
            norm, case.place, left, FRAME, "", FRAME, tuple(one.rest for one in says), own,
            tuple(sorted(barred)), False, case.start, max(case.end, until),
            norm.faults - {"L1"} if case.note else norm.faults, until,
        )  # fmt: skip


def _how(norm: Norm, graver: Sequence[Norm], own: Sequence[Member]) -> str:
    """On what the further sanctions hang: 拒不改正的 where nothing else brings them."""
    at_once = {member.number for member in _printed(norm.rest)}
    cases = {one.conditions[-1] for one in graver if one.conditions}
    if len(cases) == 1 and not at_once & {member.number for member in own}:
        return f"{cases.pop()}，还可能给予"
    return "视情节还可能给予"


def _own(norm: Norm, printed: Sequence[Member]) -> tuple[tuple[Member, ...], bool]:
    """The sanctions to ask for, and whether they follow outright.

    Those the act brings in any case are asked apart from those of a graver case or a choice.
    """
    pieces = norm.rest.split("，")
    free = next((at for at, piece in enumerate(pieces) if _CHOICE.search(piece)), len(pieces))
    sure = {member.number for member in _printed("，".join(pieces[:free]))} - ASIDE
    own = tuple(m for m in printed if m.number not in ASIDE and (not sure or m.number in sure))
    return own, bool(sure)


def _graver(norm: Norm, after: Sequence[Norm]) -> Iterator[Norm]:
    """The branches of the same sentence that make the act graver."""
    for other in after:
        same = other.article is norm.article and other.paragraph == norm.paragraph
        if not same or other.item != norm.item or other.start > norm.end:
            return
        if not any(EXTRA.match(condition) for condition in other.conditions):
            return
        yield other


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


@dataclass(frozen=True, slots=True)
class _Table:
    """Per penal article the acts it is about and the kinds of sanction it names.

    `usual` are two-character words that every other article says of its acts: 排污单位, 许可证.
    """

    rows: tuple[tuple[tuple[frozenset[str], ...], frozenset[str]], ...]
    usual: frozenset[str]


def _table(statute: Statute) -> _Table:
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
                (
                    tuple(_words(act) for act in acts if len(act) > 6),
                    frozenset(_named(_threats(article))),
                )
            )
    seen = Counter(word for acts, _ in rows for word in frozenset().union(*acts))
    usual = frozenset(word for word, count in seen.items() if count > len(rows) / 2)
    return _Table(tuple(rows), usual)


def _threats(article: Article) -> str:
    """An article without the items that are acts: 被吊销许可证后排放污染物 threatens nobody."""
    return "".join(
        p.passage.text + "".join(i.passage.text for i in p.items if _ORDERS.search(i.passage.text))
        for p in article.paragraphs
    )


def _named(whole: str) -> Iterator[str]:
    for name, _, _, shape in KINDS:
        if shape.search(whole):
            yield name


def _named_nowhere(statute: Statute) -> frozenset[str]:
    """Kinds that no penal article of the law prints."""
    texts = [text for text in map(_text, statute.articles) if _PENAL.search(text)]
    return frozenset(
        name
        for number, (name, _, words, _) in enumerate(KINDS)
        if number in ASIDE or not any(words.search(text) for text in texts)
    )


def _barred(act: str, article: Article, table: _Table) -> set[str]:
    """Every kind that the article, or another on a like act, names for any of its cases."""
    mine = _words(act)
    barred = set(_named(_threats(article)))
    for acts, kinds in table.rows:
        if not kinds <= barred and any(_is_like(mine, other, table.usual) for other in acts):
            barred |= kinds
    return barred


def _is_like(one: frozenset[str], other: frozenset[str], usual: frozenset[str]) -> bool:
    """Whether two acts may be one: they share half their words, or those that are their own."""
    if len(one & other) >= NEARLY * max(4, min(len(one), len(other))):
        return True
    one, other = one - usual, other - usual
    return len(one & other) >= SAME_ACT * max(4, min(len(one), len(other)))


def _words(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def outsiders(fact: ListFact, others: Sequence[ListFact]) -> tuple[Member, ...]:
    """What other acts are asked with, and the law threatens neither this one nor its like with.

    One of the keys must be wrong of another act, else the same kinds would always be right;
    without that there are none.
    """
    mine = {member.number for member in fact.members}
    if not any(_may_stay_out(number, others) for number in mine):
        return ()
    right = {member.number: member for other in others for member in other.members}
    return tuple(
        right[number]
        for number, (name, _, _, _) in enumerate(KINDS)
        if number in right and number not in mine and name not in fact.everything
    )


def _may_stay_out(number: int, others: Sequence[ListFact]) -> bool:
    """Whether a kind is a wrong option of some other act."""
    return any(
        KINDS[number][0] not in other.everything
        and all(member.number != number for member in other.members)
        for other in others
    )


def bare(text: str) -> str:
    """A sanction without the verb its name puts before it: 停业 of 责令停业."""
    return text.removeprefix("给予").removeprefix("责令") or text

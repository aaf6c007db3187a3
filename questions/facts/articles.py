"""What a law says, ready to be asked: values, lists, meanings and rules, each with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from questions.facts import norms
from questions.facts.norms import Norm
from questions.statutes import Statute


class Pattern(StrEnum):
    """What kind of thing a law fixes."""

    TERM = "期限"
    PEOPLE = "人数"
    AGE = "年龄"
    FINE = "金额幅度"
    CEILING = "金额上限"
    MULTIPLE = "倍数"
    SHARE = "百分比"
    DETENTION = "拘留"
    BODY = "主管机关"
    RULING = "概念区分"
    FORM = "权限"
    LIST = "情形列举"
    SANCTIONS = "处罚种类"
    MEANING = "定义"
    PROCEDURE = "程序"
    RIGHT = "权利告知"
    POWER = "授权"
    BAN = "禁止"
    DUTY = "义务"
    RULE = "规则"


@dataclass(frozen=True, slots=True)
class SlotFact:
    """A value a norm fixes: `left + printed + right` is a statement that stands alone.

    `family` tells facts of one condition apart from others; `is_base` is True where a further
    branch (情节严重的 …) gives the same condition another value.
    """

    pattern: Pattern
    norm: Norm
    place: str
    left: str
    printed: str
    right: str
    unit: str
    values: tuple[Decimal, ...]
    family: tuple[str, ...]
    is_base: bool
    start: int
    end: int
    note: str = ""
    faults: frozenset[str] = frozenset()

    @property
    def statement(self) -> str:
        """The rule as one sentence, without its stop."""
        return self.left + self.printed + self.right


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a list, without its mark and stop."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class ListFact:
    """A list: `left + 下列哪些… + right` asks for its members.

    `says` is what the law attaches to them; a list that says the same lends no wrong options.
    """

    norm: Norm
    place: str
    left: str
    asked: str
    right: str
    frame: str
    says: tuple[str, ...]
    members: tuple[Member, ...]
    everything: tuple[str, ...]
    is_open: bool
    start: int
    end: int
    faults: frozenset[str] = frozenset()
    until: int = 0  # where what `says` is attached ends, if not with the norm
    attached: str = ""  # everything the article says of the list's members, in any 款

    @property
    def pattern(self) -> Pattern:
        """Cases listed, or sanctions."""
        return Pattern.SANCTIONS if self.frame == "处理" else Pattern.LIST


@dataclass(frozen=True, slots=True)
class MeaningFact:
    """A definition: what `term` means."""

    norm: Norm
    place: str
    term: str
    meaning: str
    start: int
    end: int
    faults: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleFact:
    """A norm as a whole, to be judged true or false."""

    pattern: Pattern
    norm: Norm
    faults: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """第十二条第二款."""
        return self.norm.place

    @property
    def start(self) -> int:
        """Where its passage begins."""
        return self.norm.start

    @property
    def end(self) -> int:
        """Where its passage ends."""
        return self.norm.end


ArticleFact = SlotFact | ListFact | MeaningFact | RuleFact
Extractor = Callable[[Statute, Sequence[Norm]], Iterable[ArticleFact]]


@dataclass(frozen=True, slots=True)
class Articles:
    """All facts of a law in reading order."""

    statute: Statute
    norms: tuple[Norm, ...]
    facts: tuple[ArticleFact, ...] = field(default=())


def extract(statute: Statute) -> Articles:
    """Every fact of a law, in the order of its articles."""
    from questions.facts import bodies, catalogues, fines, meanings, rules, sanctions, terms

    found = norms.of(statute)
    extractors: Final[tuple[Extractor, ...]] = (
        terms.extract,
        fines.extract,
        bodies.extract,
        catalogues.extract,
        sanctions.extract,
        meanings.extract,
        rules.extract,
    )
    facts = [fact for extractor in extractors for fact in extractor(statute, found)]
    order = {article.label: at for at, article in enumerate(statute.articles)}
    facts.sort(key=lambda fact: (order[fact.norm.article.label], fact.start))
    return Articles(statute, found, tuple(facts))

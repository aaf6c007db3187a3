"""A law with what its questions share: its name, its dates, its values and what clashes."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from questions import laws
from questions.facts.articles import Articles, ListFact, Pattern, SlotFact
from questions.facts.norms import Norm
from questions.generation.statutes.likeness import grams, jaccard
from questions.models import Basis
from questions.statutes import Statute, basis_days, display_title, short_title
from questions.statutes.currency import version

Values = tuple[Decimal, ...]

LONGEST_TRADE: Final = 8
NEAR: Final = 16  # characters on each side of a term that tell its rule
BARE: Final = 24  # characters within which a stem has no condition of its own
SAME_RULE: Final = 0.6
OPENING: Final = 10  # characters at either end that twin sentences share
MOST_ALIKE: Final = 40  # sentences of one opening that are compared
TWIN: Final = 0.75  # bigrams two sentences share where one word tells them apart
TWIN_LENGTH: Final = 30
USUAL: Final = 8  # one article in so many
_BODIES: Final = re.compile(
    r"(?P<level>国务院|人民政府|所在地)(?P<trades>[一-鿿、]{2,60}?)(?P<kind>主管部门|监督管理部门|行政部门)"
)
_NO_TRADE: Final = re.compile(
    "自治区|直辖市|有关|其他|指定|同级|上级|本级|人民政府|国务院|[和或及向由报的并]"
)
_WORKDAYS: Final = re.compile("((?:“[^”]{1,6}”[、和]?)+)的?规定，?(?:是)?指工作日")
_TITLE: Final = re.compile("《([^》]{3,40}(?:法|条例|规定|办法))》")


@dataclass(frozen=True, slots=True)
class Source:
    """A law and indices over its facts."""

    articles: Articles
    key: str
    title: str
    short: str
    first_day: date | None
    last_day: date | None
    is_known: bool  # title and version are sure, so that a basis may be given
    values: dict[tuple[Pattern, str], frozenset[Values]]
    families: dict[tuple[str, ...], list[SlotFact]]
    bodies: dict[bool, tuple[str, ...]]  # of the State Council, of others; most named first
    counts: Counter[tuple[Pattern, str]]
    order: dict[str, int]  # an article's place in the law
    lists: tuple[ListFact, ...]
    said: dict[str, set[str]]  # a rule without its value → the values the law gives it
    unclear: frozenset[tuple[str, str]]  # left and value of terms another article gives otherwise
    workdays: dict[str, str]  # a term the law itself counts in working days → where it says so
    usual: frozenset[str]  # three-character words of many articles
    repeated: frozenset[str]  # sentences that stand in more than one article

    @property
    def statute(self) -> Statute:
        """The parsed law."""
        return self.articles.statute

    @property
    def ending(self) -> str:
        """What a reader should know of a text whose last day is known; empty for others."""
        if self.last_day is None:
            return ""
        law = laws.registry().find(self.title)
        heir = law.replaced_by if law is not None else None
        then = f"此后由《{heir}》替代" if heir else "此后不再有效或已有新的文本"
        day = f"{self.last_day.year}年{self.last_day.month}月{self.last_day.day}日"
        return f"这个文本施行至{day}，{then}。过了这一天，这些题不再推送；请改用现行文本出题。"

    def is_outdated(self, text: str) -> bool:
        """Whether a rule sends to a law that had ended before this one came into force."""
        ends = [day for title in _TITLE.findall(text) if (day := _end(title)) is not None]
        return self.first_day is not None and any(day < self.first_day for day in ends)

    def basis(self, place: str, text: str) -> Basis | None:
        """The basis for a rule; one that sends to another law ends with that law."""
        if not self.is_known:
            return None
        ends = [self.last_day, *(_end(title) for title in _TITLE.findall(text))]
        known = [day for day in ends if day is not None]
        return Basis(self.title, place, self.first_day, min(known) if known else None)


def source(found: Articles) -> Source:
    """Index a law's facts and look the law up in the registry."""
    statute = found.statute
    values: dict[tuple[Pattern, str], set[Values]] = defaultdict(set)
    families: dict[tuple[str, ...], list[SlotFact]] = defaultdict(list)
    said: dict[str, set[str]] = defaultdict(set)
    counts: Counter[tuple[Pattern, str]] = Counter()
    for fact in found.facts:
        if isinstance(fact, SlotFact):
            values[fact.pattern, fact.unit].add(fact.values)
            families[fact.family].append(fact)
            counts[fact.pattern, fact.printed] += 1
            said[fact.left + "_" + fact.right].add(fact.printed)
    title, first, last, known = _dates(statute)
    key = f"{statute.title or statute.document.id} {version(statute)}"
    return Source(
        found, key, title, short_title(statute), first, last, known,
        {unit: frozenset(some) for unit, some in values.items()}, dict(families),
        _bodies(statute, _acting(found)), counts,
        {article.label: at for at, article in enumerate(statute.articles)},
        tuple(fact for fact in found.facts if isinstance(fact, ListFact)), dict(said),
        _unclear(found), _workdays(statute), _usual(statute), _repeated(found),
    )  # fmt: skip


def _usual(statute: Statute) -> frozenset[str]:
    """Words that tell no matter, since every eighth article has them."""
    texts = (
        "".join(p.passage.text + "".join(i.passage.text for i in p.items) for p in a.paragraphs)
        for a in statute.articles
    )
    seen = Counter(word for text in texts for word in grams(text, 3))
    return frozenset(w for w, n in seen.items() if n > max(1, len(statute.articles) / USUAL))


def _workdays(statute: Statute) -> dict[str, str]:
    """本法中“二日”“三日”…的规定是指工作日."""
    return {
        term: article.place(at)
        for article in statute.articles
        for at, paragraph in enumerate(article.paragraphs)
        for row in _WORKDAYS.findall(paragraph.passage.text)
        for term in re.findall("“([^”]+)”", row)
    }


def _unclear(found: Articles) -> frozenset[tuple[str, str]]:
    """人民法院应当自受理之日起七日内…, and in the next article thirty: which is meant?"""
    terms = [f for f in found.facts if isinstance(f, SlotFact) and f.pattern is Pattern.TERM]
    marks = [(grams(f.left[-NEAR:]), grams(f.right[:NEAR])) for f in terms]
    return frozenset(
        (one.left, one.printed)
        for (one, mine), (other, theirs) in itertools.permutations(
            zip(terms, marks, strict=True), 2
        )
        if one.printed != other.printed
        and one.norm.article is not other.norm.article
        and len(one.left) <= BARE
        and all(
            len(a & b) >= SAME_RULE * max(1, min(len(a), len(b)))
            for a, b in zip(mine, theirs, strict=True)
        )
    )


def _repeated(found: Articles) -> frozenset[str]:
    """Sentences that two articles share, or that differ in one word only.

    拟补充设定行政处罚的，…: who is meant? 修复完成后，…报…主管部门备案: of farmland or of
    building land? Nothing in the sentence tells the one rule from the other.
    """
    alike: dict[str, list[Norm]] = defaultdict(list)
    for norm in found.norms:
        if not norm.opens:
            alike[norm.text[:OPENING]].append(norm)
            alike[norm.text[-OPENING:] + "。"].append(norm)
    return frozenset(
        text
        for row in alike.values()
        for one, other in itertools.combinations(row[:MOST_ALIKE], 2)
        if one.article is not other.article and _are_twins(one, other)
        for text in (one.text, other.text)
    )


def _are_twins(one: Norm, other: Norm) -> bool:
    if one.text == other.text:
        return True
    scenes = [(norm.conditions, norm.subject) for norm in (one, other)]
    if scenes[0] != scenes[1] or min(len(one.text), len(other.text)) <= TWIN_LENGTH:
        return False
    return jaccard(grams(one.text), grams(other.text)) >= TWIN


def _acting(found: Articles) -> frozenset[str]:
    """The authorities that decide something by themselves."""
    return frozenset(
        fact.printed
        for fact in found.facts
        if isinstance(fact, SlotFact) and fact.pattern is Pattern.BODY
    )


def _bodies(statute: Statute, acting: frozenset[str]) -> dict[bool, tuple[str, ...]]:
    """Every 主管部门 the law names, alone or in a row: 国务院商务、海关等主管部门.

    Those that act come first: one named beside others only is hardly ever mistaken for them.
    """
    found: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for article in statute.articles:
        for paragraph in article.paragraphs:
            for row in _BODIES.finditer(paragraph.passage.text):
                for trade in row["trades"].removesuffix("等").split("、"):
                    kind = "" if trade.endswith("部门") else row["kind"]
                    kind = "部门" if trade.endswith("管理") else kind
                    if 2 <= len(trade) <= LONGEST_TRADE and not _NO_TRADE.search(trade):
                        found[row["level"] == "国务院"][trade + kind] += 1
    return {
        level: tuple(sorted(names, key=lambda name: (name not in acting, -names[name], name)))
        for level, names in found.items()
    }


def _dates(statute: Statute) -> tuple[str, date | None, date | None, bool]:
    """Full title, first and last day in force, and whether the version is sure.

    A version the registry knows has its dates; else those the text itself prints.
    """
    if statute.title is None:
        return display_title(statute), None, None, False
    first, last = basis_days(statute)
    law = laws.registry().find(statute.title)
    if law is None:
        return statute.title, first, last, bool(statute.events) or first is not None
    changed = max(
        (e.day for e in statute.events if e.verb in ("修订", "修正", "通过")), default=None
    )
    later: date | None = None
    for text in law.versions:
        if text.made_on is not None and changed is not None and text.made_on == changed:
            until = text.in_force_to or law.in_force_to
            return law.title, text.in_force_from or _since(first, text.made_on), until, True
        if changed is not None and text.made_on is not None and text.made_on > changed:
            later = later or text.in_force_from or text.made_on
    until = later - timedelta(days=1) if later else law.in_force_to
    return law.title, first, until, bool(statute.events)


def _since(printed: date | None, made: date) -> date | None:
    """The printed day in force, unless it is older than the text: then it is another's."""
    return printed if printed is None or printed >= made else None


def _end(title: str) -> date | None:
    law = laws.registry().find(title)
    return law.in_force_to if law is not None else None

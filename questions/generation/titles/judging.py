"""Statements on what was done with titles, true or contrary to the document."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from questions.facts import MentionFact, setting
from questions.facts.titles import Relation, Title, TitleFact
from questions.generation import wording
from questions.generation.book import Book, Source
from questions.generation.candidate import Candidate, Draft, assemble, signature
from questions.generation.likeness import bare, grams
from questions.generation.titles import dates, families, sayings
from questions.generation.titles.contrary import ISSUING
from questions.generation.titles.picking import RARE
from questions.generation.titles.sayings import NAME
from questions.models import JUDGE_OPTIONS, Kind

STAGES: Final = RARE | {Relation.PASSED, Relation.STUDIED, Relation.CONSULTED}
PUT_OFF: Final = ("planned", "drafted")  # forms that no true statement has as they stand
MOST_PUT_OFF: Final = 2  # of each, lest its words come to mean 错
PER_SECTION: Final = 6  # 判断 on the status of ordinary titles
SURPLUS: Final = 2  # true statements ahead of false ones, for later ones to make up
LAST: Final = 2  # more of them, for titles that would go unasked
MOST: Final = 3  # titles in one statement
TOGETHER: Final = 64  # characters of titles in one statement
_YEAR: Final = re.compile(r"20\d\d(?=年)")
# Kinds that last for years.
_LAW: Final = frozenset(
    ["条例", "规定", "办法", "细则", "规则", "制度", "规程", "基准", "标准", "预案", "指引"]
)
_ALLY: Final = re.compile("(?:联合|会同)[^，。]*?(?=(?:联合|制定|研究)?(?:印发|出台|制定|发布))")
_ANEW: Final = re.compile("^(?:研究|组织)?(?:制定|编制|制订|起草)")
_SELF: Final = re.compile("[我本](?:机关|单位|[厅局委办部院市省区县])")
_EARLY: Final = frozenset({Relation.LISTED, Relation.DRAFTED})
_SENT: Final = frozenset({"通知", "意见", "公告", "决定", "函", "批复"})
_PLACE: Final = re.compile("^[一-鿿]{2,7}?(?:自治[区州县]|[省市县区州盟旗])(?=[一-鿿]{2,})")
_POLITICAL: Final = re.compile("思想|精神|中心组|讲话|党内法规")
_SLOGAN: Final = re.compile("(?:贯彻|执行|落实|坚持|遵守|践行|遵循)[^，。《》]{0,16}$")
_ACTS: Final = re.compile("印发|发布|公布|出台|制定|修订|起草|编制|纳入|列入")
_REPEALING: Final = re.compile("宣布失效|(?:宣布)?(?:废止|废除)")


def judge(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """What was done with titles that no other passage asks for, or its contrary."""
    left = [
        title
        for title in fact.titles
        if fact.relation in STAGES or not _is_mentioned(title, fact, source)
    ]
    yield from _judged(fact, left, source, book)


def leftover(mention: MentionFact, source: Source, book: Book) -> Iterator[Candidate]:
    """A statement on those titles of a passage that it came to no question on."""
    left = [title for title in mention.titles if not _is_asked(title, mention, book)]
    told = len(left) < len(mention.titles)
    names = {bare(title.text) for title in left}
    before = book.asked[Kind.JUDGE]
    for fact in dict.fromkeys(fact for name in names for fact in source.deeds.get(name, ())):
        if fact.sentence == mention.sentence and sayings.is_askable(fact):
            same = [title for title in fact.titles if bare(title.text) in names]
            yield from _judged(fact, same, source, book)
    shared = len(mention.titles) > 1 and any(c.isdigit() for c in mention.right + mention.tail)
    fits = book.asked[Kind.JUDGE] == before and not told and len(left) <= 2 and not shared
    if fits and _has_room(book, SURPLUS + LAST) and not any(book.titled[name] for name in names):
        yield from _passage(mention, left, source, book)


def is_political(around: str) -> bool:
    """Whether a passage tells what was studied of doctrine, which nobody would deny."""
    return bool(_POLITICAL.search(around))


def is_slogan(left: str, right: str) -> bool:
    """Whether a passage only tells that a rule is kept (严格执行《…》), which all would claim."""
    return not right.strip("等，。") and bool(_SLOGAN.search(left)) and not _ACTS.search(left)


def _is_asked(title: Title, mention: MentionFact, book: Book) -> bool:
    """Whether a kept question on the passage is keyed on the title, or on the first of all."""
    mark, kinds = (mention.document, signature(mention)), (Kind.SINGLE, Kind.BLANK, Kind.JUDGE)
    if any((*mark, Kind.MULTIPLE, other.text) in book.seen for other in mention.titles):
        return True
    return any((*mark, kind, title.text) in book.seen for kind in kinds)


def _passage(
    mention: MentionFact, titles: list[Title], source: Source, book: Book
) -> Iterator[Candidate]:
    """The passage as it stands; nothing in it could be changed that it rules out."""
    if is_slogan(mention.left, mention.right + mention.tail):
        return
    if mention.tail.startswith("将") or is_political(mention.left + mention.right):
        return  # a clause of its own, or a matter of course
    tail = f"，{mention.tail}" if mention.tail else ""
    draft = Draft(
        Kind.JUDGE,
        sayings.said(f"{mention.left}{NAME}{mention.right}{tail}。", sayings.names(titles)),
        wording.explain("对。", source.document, mention.section, mention.start, mention.end),
        options=JUDGE_OPTIONS,
        key=(0,),
        keys=tuple(title.text for title in titles),
        difficulty=0.4,
    )
    before = book.asked[Kind.JUDGE]
    citation = source.document.cite(mention.start, mention.end, mention.section)
    yield assemble(draft, source.document, mention, citation, "leftover")
    if book.asked[Kind.JUDGE] > before:
        book.titled.update(bare(title.text) for title in titles)


def owned(fact: TitleFact, source: Source, book: Book) -> Iterator[Candidate]:
    """Whose text a title is, where nothing but the body stands before it."""
    title = fact.titles[0]
    owner = source.setting.resolve(fact.issuer)
    issuer = source.document.issuer or ""
    formal = title.kind in _SENT and owner and owner not in issuer and not fact.verb
    known = book.titled[bare(title.text)] or setting.find_dangling(owner)
    if not formal or known:
        return
    is_false = bool(issuer) and not book.wants_truth()
    if not is_false and not _has_room(book):
        return
    right = f"错，原文为“{wording.full_width(owner)}”。" if is_false else "对。"
    draft = Draft(
        Kind.JUDGE,
        sayings.said(f"{NAME}是由{issuer if is_false else owner}发布的。", sayings.names([title])),
        sayings.explain(fact, source, right, [title]),
        options=JUDGE_OPTIONS,
        key=(1 if is_false else 0,),
        keys=(title.text,),
        is_false=is_false,
        difficulty=0.5,
    )
    before = book.asked[Kind.JUDGE]
    yield sayings.finish(draft, fact, source, "owner")
    if book.asked[Kind.JUDGE] > before:
        book.titled[bare(title.text)] += 1


def _judged(fact: TitleFact, left: list[Title], source: Source, book: Book) -> Iterator[Candidate]:
    if fact.relation is Relation.CARRIED and is_slogan(fact.verb, fact.object):
        return
    while chosen := _next(fact, left, book):
        # True stages, for later titles may be given one falsely.
        is_true = book.wants_truth() or (fact.relation in _EARLY and _has_room(book))
        false = None if is_true else _falsehood(fact, chosen, source, book)
        about = chosen[:1] if false else chosen
        if len(about) < len(fact.titles) and any(c.isdigit() for c in fact.object):
            return  # 宣讲78场 is said of them all
        claim = false[0] if false else _truth(fact, chosen, source, book)
        passed = fact.relation is Relation.PASSED  # told apart from how the text was made
        draft = Draft(
            Kind.JUDGE,
            claim,
            sayings.explain(fact, source, f"错，{false[1]}。" if false else "对。", about),
            options=JUDGE_OPTIONS,
            key=(1 if false else 0,),
            keys=(fact.object,) if passed else tuple(title.text for title in about),
            is_false=bool(false),
            difficulty=0.4,
        )
        before = book.asked[Kind.JUDGE]
        part = "" if chosen[0] is fact.titles[0] else chosen[0].text
        part = "day" if passed else part
        yield sayings.finish(draft, fact, source, part)
        if book.asked[Kind.JUDGE] > before:
            book.judged[fact.section] += 1
            book.judged[*fact.section, fact.relation.value] += 1
            book.titled.update(bare(title.text) for title in about)
            book.titled.update(_stage(fact, title) for title in about)
        left = [] if fact.relation in STAGES else [one for one in left if one not in about]


def _truth(fact: TitleFact, titles: list[Title], source: Source, book: Book) -> str:
    """The fact as it stands; by turns told of the titles, as the false issuer is."""
    name = sayings.names(titles)
    own = fact.actor == source.document.issuer and not fact.object
    issued = fact.relation in (Relation.ISSUED, Relation.MADE) and not _ALLY.match(fact.verb)
    if own and issued and len(titles) == 1 and book.used["form:owner"] > book.used["told:owner"]:
        book.used["told:owner"] += 1
        return sayings.said(sayings.passive(fact, NAME), name)
    return sayings.sentence(fact, name)


def _by_another(fact: TitleFact, title: Title, source: Source) -> str:
    """Another body that might have issued a title; '' where the title tells whose it is."""
    issuer, government = source.document.issuer or "", _government(source)
    own = fact.actor == issuer and not fact.object and fact.relation is Relation.ISSUED
    said = source.document.plain[fact.start : fact.titles[0].start]
    own = own and bool(_SELF.search(said) or issuer in said)  # the words themselves say who
    plain = own and not _ALLY.match(fact.verb) and not _names_owner(title, fact)
    return government if plain and not issuer.endswith(("政府", "办事处")) else ""


def _government(source: Source) -> str:
    """The government of the place that the issuer belongs to; '' where none is named."""
    place = _PLACE.match(source.document.issuer or "")
    return f"{place.group()}人民政府" if place else ""


def _has_room(book: Book, most: int = SURPLUS) -> bool:
    """Whether one more statement that can only be true leaves the two in balance."""
    return book.verdicts[True] - book.verdicts[False] < most


def _next(fact: TitleFact, titles: list[Title], book: Book) -> list[Title]:
    """The titles to judge together next: stages always, others where not asked otherwise."""
    stage, carried = fact.relation in STAGES, fact.relation is Relation.CARRIED
    asked = book.titled
    left = [one for one in titles if not asked[_stage(fact, one) if stage else bare(one.text)]]
    shelf = (*fact.section, fact.relation.value) if carried else fact.section
    most = 1 if carried else PER_SECTION  # whoever reports carries out the laws
    if not stage and book.judged[shelf] >= most:
        return []
    sizes = itertools.accumulate(len(title.text) for title in left)
    return [
        title
        for at, (title, size) in enumerate(zip(left[:MOST], sizes, strict=False))
        if not at or size <= TOGETHER
    ]


def _stage(fact: TitleFact, title: Title) -> str:
    """What was said of a title, to be asked once however often the document says it."""
    return f"{fact.relation}:{bare(title.text)}"


def _is_mentioned(title: Title, fact: TitleFact, source: Source) -> bool:
    """Whether the same passage asks for the title by what it was for."""
    return any(
        not other.faults and other.sentence == fact.sentence
        for other in source.mentions.get(bare(title.text), ())
    )


def _falsehood(
    fact: TitleFact, titles: list[Title], source: Source, book: Book
) -> tuple[str, str] | None:
    """A statement the document contradicts, and what is right; the least used form first."""
    told = {other.relation for other in source.deeds.get(bare(titles[0].text), ())}
    forms = [
        (form, claim, right)
        for form, claim, right in _contraries(fact, titles[0], source, book)
        if form not in told and not book.used[f"{fact.start}:{form}"]
        if form not in PUT_OFF or book.used[f"form:{form}"] < MOST_PUT_OFF
    ]
    if not forms:
        return None
    form, claim, right = min(
        forms, key=lambda row: (book.used[f"form:{row[0]}"], book.rng.random())
    )
    book.used[f"form:{form}"] += 1
    book.used[f"{fact.start}:{form}"] += 1
    return sayings.said(claim, sayings.names(titles[:1])), right


def _contraries(
    fact: TitleFact, title: Title, source: Source, book: Book
) -> Iterator[tuple[str, str, str]]:
    """Forms of falsehood: the relation claimed, the statement, and the right words."""
    who, right = sayings.opening(fact), f"原文为“{fact.verb}{fact.object}”"
    when = f"{fact.period}，" if fact.period else ""
    if fact.relation is Relation.LISTED:
        year = _YEAR.search(fact.object)
        if year and fact.actor:
            other = fact.object.replace(year.group(), str(int(year.group()) - 1), 1)
            yield "year", f"{who}{fact.verb or '将'}{NAME}{other}。", right
        yield Relation.PASSED, f"{when}{NAME}已正式公布施行。", right
    elif fact.relation in (Relation.DRAFTED, Relation.SUBMITTED, Relation.CONSULTED):
        if families.is_draft(title):
            return  # whoever reads the title knows
        yield Relation.PASSED, f"{when}{NAME}已正式公布施行。", right
    elif fact.relation is Relation.REPEALED:
        verb = _REPEALING.sub("修订", fact.verb)
        yield Relation.REVISED, f"{who}{verb.rstrip('了')}了{NAME}。", right
        for stage in _stages(title, source):
            yield Relation.LISTED, f"{who}{sayings.predicate(stage, NAME)}。", right
    elif fact.relation is Relation.PASSED:
        yield from _other_day(fact, book, source)
    elif fact.relation in ISSUING:
        yield from _not_issued(fact, title, source, right)


def _other_day(fact: TitleFact, book: Book, source: Source) -> Iterator[tuple[str, str, str]]:
    true = dates.read(fact.object)
    if true is not None:
        other = dates.printed(dates.others(true, book, source.document.plain)[0])
        said = fact.object.replace(dates.printed(true), other, 1)
        yield "day", f"{fact.verb}{NAME}{said}。", f"应为{dates.printed(true)}"


def _not_issued(
    fact: TitleFact, title: Title, source: Source, right: str
) -> Iterator[tuple[str, str, str]]:
    """Contraries of issuing, making and revising, in words that true statements use too.

    A stage is claimed only where the document tells it of another title.
    """
    who = sayings.opening(fact)
    lasting = title.kind in _LAW and not any(c.isdigit() for c in title.text)
    if fact.relation is Relation.REVISED:
        yield "anew", f"{who}首次制定了{NAME}。", f"{right}，不是首次制定"
    elif _ANEW.match(fact.verb) and lasting and _has_revised(source):
        yield Relation.REVISED, f"{who}对原有的{NAME}进行了修订。", f"{right}，不是修订"
    other = _by_another(fact, title, source)
    if other:
        claim = sayings.passive(fact, NAME, other)
        yield "owner", claim, f"应为{fact.actor}"
    stages = list(_stages(title, source)) if lasting else []
    for stage in stages:
        yield Relation.LISTED, f"{who}{sayings.predicate(stage, NAME)}。", right
    if not any(c.isdigit() for c in title.text):  # a text of the year is not put off
        is_listed = bool(stages) or title.kind not in _LAW  # a notice is on no list
        yield from _not_yet(fact, source, right, is_listed=is_listed)


def _has_revised(source: Source) -> bool:
    """Whether the document tells of revising anything: else 修订 alone would mean 错."""
    return any(other.relation is Relation.REVISED for _, _, other in source.shelf)


def _not_yet(
    fact: TitleFact, source: Source, right: str, *, is_listed: bool
) -> Iterator[tuple[str, str, str]]:
    """Earlier stages of a text that was issued within the year, if the document knows of them."""
    year = _YEAR.search(fact.period)
    if fact.relation is not Relation.ISSUED:
        return  # what was drawn up or revised may well be on a list, too
    if not year or not fact.actor or fact.actor != source.document.issuer:
        return
    who, after = sayings.opening(fact), int(year.group()) + 1
    known = {other.relation for _, _, other in source.shelf}
    if Relation.LISTED in known and not is_listed:
        yield "planned", f"{who}将{NAME}列入{after}年制定计划。", right
    if Relation.DRAFTED in known:
        yield "drafted", f"{who}完成{NAME}初稿起草工作，拟于{after}年印发。", right


def _stages(title: Title, source: Source) -> Iterator[TitleFact]:
    """What the document says of bills on its list, where a title might be one of them."""
    for _, _, other in source.shelf:
        listed = other.relation is Relation.LISTED and other.actor and not other.faults
        if listed and any(families.are_classed(title, one) for one in other.titles):
            yield other
            return


def _names_owner(title: Title, fact: TitleFact) -> bool:
    """Whether a title opens with the body that made it."""
    return bool(fact.actor) and bool(grams(title.text[:12], 3) & grams(fact.actor or "", 3))

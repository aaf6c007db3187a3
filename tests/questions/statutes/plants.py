"""Sound law questions spoiled in one way each, as a careless maker or rewriter would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from questions.facts import articles
from questions.facts.articles import ListFact, RuleFact, SlotFact
from questions.generation.statutes import LawCandidate, LawSource, Pen, checks
from questions.generation.statutes.law import source
from questions.models import Kind
from questions.statutes import recognise
from tests.questions.statutes import samples

Spoil = Callable[[LawCandidate], Iterator[LawCandidate]]
SPOILS: dict[str, Spoil] = {}
NUMERAL = re.compile("[二三四五六七八九十]+(?=[日年元倍]|个月)|[二三五](?=万元)")


@dataclass(frozen=True)
class Sound:
    """A law and the questions of it that pass every check."""

    law: LawSource
    candidates: tuple[LawCandidate, ...]

    def code(self, candidate: LawCandidate) -> str | None:
        return checks.first_failure(candidate, self.law, checks.Desk())


@cache
def sound(path: Path) -> Sound:
    statute = recognise(samples.read(path))
    assert statute is not None
    law, desk = source(articles.extract(statute)), checks.Desk()
    kept = []
    for candidate in Pen(law, 0, frozenset(Kind)).candidates():
        if checks.first_failure(candidate, law, desk) is None:
            desk.enter(candidate)
            kept.append(candidate)
    return Sound(law, tuple(kept))


def spoil(family: str) -> Callable[[Spoil], Spoil]:
    def enter(make: Spoil) -> Spoil:
        SPOILS[family] = make
        return make

    return enter


def restem(one: LawCandidate, stem: str) -> Iterator[LawCandidate]:
    if stem != one.stem:
        yield replace(one, stem=stem)


def misled(one: LawCandidate, text: str) -> Iterator[LawCandidate]:
    """The first wrong option replaced."""
    at = next((at for at in range(len(one.options)) if at not in one.key), None)
    if at is not None and one.kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield replace(one, options=(*one.options[:at], text, *one.options[at + 1 :]))


@spoil("V3 another number in the stem")
def wrong_number(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.JUDGE and NUMERAL.search(one.stem):
        yield from restem(one, NUMERAL.sub("四十", one.stem, count=1))


@spoil("V3 another subject")
def wrong_subject(one: LawCandidate) -> Iterator[LawCandidate]:
    subject = one.fact.norm.subject.rstrip("，")
    if 1 < len(subject) < 12 and subject in one.stem and isinstance(one.fact, RuleFact):
        yield from restem(one, one.stem.replace(subject, "保险公司", 1))


@spoil("V3 应当 for 可以 and back")
def wrong_modality(one: LawCandidate) -> Iterator[LawCandidate]:
    for old, new in (("应当", "可以"), ("可以", "应当"), ("不得", "可以"), ("不予", "可以")):
        if one.kind is Kind.JUDGE and old in one.stem:
            yield from restem(one, one.stem.replace(old, new, 1))


@spoil("V3 condition lost")
def lost_condition(one: LawCandidate) -> Iterator[LawCandidate]:
    lead = one.stem.partition("的，")[0] + "的，"
    if lead in one.stem and len(lead) > 8:
        yield from restem(one, one.stem.removeprefix(lead))


@spoil("V3 graver case added")
def graver(one: LawCandidate) -> Iterator[LawCandidate]:
    if "的，" in one.stem and "情节严重" not in one.stem:
        yield from restem(one, one.stem.replace("的，", "，情节严重的，", 1))


@spoil("L6 exception lost")
def lost_exception(one: LawCandidate) -> Iterator[LawCandidate]:
    exception = one.fact.norm.exception
    if exception and exception in one.stem:
        yield from restem(one, re.sub(rf"（{exception}）|，{exception}", "", one.stem))


@spoil("V1 items merged")
def merged_items(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.MULTIPLE:
        first, second = (one.options[at] for at in one.key[:2])
        options = tuple(
            f"{first}；{second}" if at == one.key[0] else option
            for at, option in enumerate(one.options)
        )
        yield replace(one, options=options)


@spoil("V2 member among the wrong")
def second_key(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.MULTIPLE and isinstance(one.fact, ListFact):
        shown = {one.options[at] for at in one.key}
        spare = [text for text in one.fact.everything if text not in shown and len(text) > 3]
        spare += [member.text for member in one.fact.members if member.text not in shown]
        for text in spare[:1]:
            yield from misled(one, text)


@spoil("V2 value twice in another script")
def same_value(one: LawCandidate) -> Iterator[LawCandidate]:
    fact = one.fact
    if one.kind is Kind.SINGLE and isinstance(fact, SlotFact) and len(fact.values) == 1:
        yield from misled(one, f"{fact.values[0]:f}{fact.unit}")


@spoil("V2 key on a wrong option")
def wrong_key(one: LawCandidate) -> Iterator[LawCandidate]:
    wrong = [at for at in range(len(one.options)) if at not in one.key]
    if one.kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield replace(one, key=(*one.key[1:], wrong[0]))


@spoil("V2 verdict turned")
def wrong_verdict(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.JUDGE:
        yield replace(one, key=(1 - one.key[0],))


@spoil("V2 false form that changes nothing")
def idle_false(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.other is not None and isinstance(one.fact, RuleFact):
        yield replace(one, other=(one.fact.norm.text + "。", one.other[1]))


@spoil("L5 law's name lost")
def no_law(one: LawCandidate) -> Iterator[LawCandidate]:
    named = re.sub("(?:依照)?《[^》]*》(?:明确列举的)?", "", one.stem)
    if one.kind is Kind.MULTIPLE and isinstance(one.fact, ListFact):
        yield from restem(one, named)


@spoil("L1 本法 and 前款")
def leaning(one: LawCandidate) -> Iterator[LawCandidate]:
    yield from restem(one, "依照本法规定，" + one.stem)
    yield from restem(one, "有前款行为，" + one.stem)


@spoil("L4 article's number")
def numbered(one: LawCandidate) -> Iterator[LawCandidate]:
    yield from restem(one, "依照第三十二条的规定，" + one.stem)


@spoil("V4 leak")
def leak(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind in (Kind.SINGLE, Kind.MULTIPLE):
        yield from restem(one, f"{one.stem[:-1]}（如{one.options[one.key[0]]}）？")


@spoil("V6 option of another form")
def unlike(one: LawCandidate) -> Iterator[LawCandidate]:
    if isinstance(one.fact, SlotFact) and one.fact.values:
        yield from misled(one, "吊销许可证件")


@spoil("V7 keys stick out")
def unbalanced(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.MULTIPLE:
        yield replace(
            one,
            options=tuple(
                option if at in one.key else option[:2] for at, option in enumerate(one.options)
            ),
        )


@spoil("V5 too long")
def long(one: LawCandidate) -> Iterator[LawCandidate]:
    yield from restem(one, one.stem[:-1] + "并按照有关规定办理" * 14 + one.stem[-1])


@spoil("V5 cut")
def cut(one: LawCandidate) -> Iterator[LawCandidate]:
    yield from restem(one, "并" + one.stem)
    yield from restem(one, one.stem[:-1] + "：")
    yield from restem(one, "“" + one.stem)


@spoil("L2 half a range")
def half_range(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.SINGLE and "处多少罚款" in one.stem:
        yield from restem(one, one.stem.replace("处多少罚款", "处多少元以上五十万元以下罚款"))


@spoil("L8 stale basis")
def stale(one: LawCandidate) -> Iterator[LawCandidate]:
    yield from restem(one, "依照《中华人民共和国环境噪声污染防治法》，" + one.stem)


@spoil("V1 passage of another rule")
def wrong_passage(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.keys and isinstance(one.fact, SlotFact | ListFact):
        yield replace(one, fact=replace(one.fact, start=0, end=12))


@spoil("V1 feedback without the answer's words")
def dumb(one: LawCandidate) -> Iterator[LawCandidate]:
    yield replace(one, told="详见原文" * 45)


@spoil("V10 Party and Constitution")
def political(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.JUDGE:
        yield from restem(one, "中国共产党领导下，" + one.stem)


@spoil("L9 false form that reads as policy")
def policy(one: LawCandidate) -> Iterator[LawCandidate]:
    if one.kind is Kind.JUDGE and isinstance(one.fact, RuleFact):
        yield replace(one, other=("行政机关可以截留、私分罚款。", "错，应为“不得”。"))

"""Faults of every family of trap put into sound questions: caught, and none seen elsewhere."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cache

import pytest

from questions.facts import FigureFact
from questions.generation import checks
from questions.generation.candidate import Candidate
from questions.models import Kind
from tests.questions.generation import fact_plants, form_plants, plants
from tests.questions.generation.plants import Sound, blank_book, change

# Importing these enters their plants.
GARDENS = (fact_plants, form_plants)
MOST = 25  # of one plant, drawn by lot
WHOLE, EACH = 0.95, 0.8
# Codes that look at other questions have tests of their own below or in `test_checks`.
BY_BANK = {"V8"}


@dataclass
class Tally:
    """What became of the faults of one family."""

    planted: int = 0
    caught: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def enter(self, code: str | None) -> None:
        self.planted += 1
        self.caught += code is not None
        self.codes[code or "passed"] += 1


@cache
def outcome() -> dict[str, Tally]:
    """Every plant in questions of every kind it fits, at most MOST of each."""
    rng = random.Random(11)
    found: dict[str, Tally] = defaultdict(Tally)
    for plant in plants.PLANTS:
        spoiled = [(one, plant.make(one, rng)) for one in plants.sound()]
        made = [(one, candidate) for one, candidate in spoiled if candidate is not None]
        for one, candidate in rng.sample(made, min(MOST, len(made))):
            found[plant.family].enter(one.fails(candidate))
    return dict(found)


FAMILIES = sorted({plant.family for plant in plants.PLANTS})


def test_nearly_all_of_many_hundred_faults_are_caught() -> None:
    planted = sum(tally.planted for tally in outcome().values())
    caught = sum(tally.caught for tally in outcome().values())
    print(f"\nplanted={planted} caught={caught} rate={caught / planted:.4f}")
    assert planted >= 1000
    assert caught / planted >= WHOLE


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_of_faults_is_caught(family: str) -> None:
    tally = outcome()[family]
    print(f"\n{family}: {tally.caught}/{tally.planted} {dict(tally.codes)}")
    assert tally.planted >= 1
    assert tally.caught / tally.planted >= EACH


def test_every_code_catches_something() -> None:
    codes = {code for tally in outcome().values() for code in tally.codes}
    assert {code for code, _ in checks.CHECKS} - BY_BANK <= codes


def test_every_kind_and_fact_is_spoiled() -> None:
    kinds = {one.question.kind for one in plants.sound()}
    facts = {type(one.candidate.fact).__name__ for one in plants.sound()}
    assert kinds == set(Kind)
    assert facts == {
        "FigureFact", "TitleFact", "MentionFact", "EnumFact", "EntityFact", "TallyFact",
    }  # fmt: skip


# Good questions: the kept ones, and the kept ones told otherwise without a fault.


def _without_comma(one: Sound, rng: random.Random) -> Candidate | None:
    return plants.restem(one, re.sub("(20\\d\\d年)，", r"\1", one.question.stem, count=1))


def _turned_options(one: Sound, rng: random.Random) -> Candidate | None:
    if one.question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return None
    order = list(range(len(one.question.options)))
    rng.shuffle(order)
    options = tuple(one.question.options[at] for at in order)
    return change(one, options=options, key=tuple(sorted(map(order.index, one.question.key))))


def _said_again(one: Sound, rng: random.Random) -> Candidate | None:
    stem = one.question.stem
    return plants.restem(one, re.sub("完成(?![了成])", "完成了", stem, count=1))


def _shorter_explanation(one: Sound, rng: random.Random) -> Candidate | None:
    return change(one, explanation=one.question.explanation.partition("\n")[0])


def _fewer_options(one: Sound, rng: random.Random) -> Candidate | None:
    """Three good options are enough; the shortest goes, lest the key stick out."""
    if one.question.kind is not Kind.SINGLE or one.is_figure or len(one.question.options) < 4:
        return None
    wrong = [at for at in range(len(one.question.options)) if at not in one.question.key]
    place = min(wrong, key=lambda at: len(one.question.options[at]))
    options = one.question.options[:place] + one.question.options[place + 1 :]
    key = one.question.key[0]
    return change(one, options=options, key=(key - (place < key),))


def _year_spelt_in_the_stem(one: Sound, rng: random.Random) -> Candidate | None:
    return plants.restem(one, re.sub("^(20\\d\\d年)(?=，)", r"\1度", one.question.stem))


HARMLESS = (
    _without_comma,
    _turned_options,
    _said_again,
    _shorter_explanation,
    _fewer_options,
    _year_spelt_in_the_stem,
)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_sound_question_is_dropped(seed: int) -> None:
    alarms = [one for one in plants.sound(seed) if one.fails(one.candidate) is not None]
    assert len(plants.sound(seed)) > 300
    assert alarms == []


def test_changes_without_a_fault_raise_no_alarm() -> None:
    rng = random.Random(5)
    tried, alarms = 0, []
    for harmless in HARMLESS:
        for one in plants.sound():
            candidate = harmless(one, rng)
            if candidate is None:
                continue
            tried += 1
            code = one.fails(candidate)
            if code is not None:
                alarms.append((harmless.__name__, code, candidate.question.stem))
    print(f"\nharmless={tried} alarms={len(alarms)}")
    assert tried > 1000
    assert alarms == []


# Questions that look at each other.


def test_a_doubled_body_is_asked_once() -> None:
    """T01, V8: a question met a second time, and one that nearly is."""
    for one in plants.sound():
        book = blank_book()
        checks.remember(one.candidate, book)
        assert one.fails(one.candidate, book) == "V8"
        fact = one.candidate.fact
        if isinstance(fact, FigureFact):
            elsewhere = replace(one.candidate, fact=replace(fact, at=fact.at + 1))
            assert one.fails(elsewhere, book) == "V8"

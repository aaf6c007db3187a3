"""A value asked in its place: 单选 and 填空, and the statements a 判断 makes of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts import bodies
from questions.facts.articles import Pattern, SlotFact
from questions.generation.statutes import authorities, scales, wording
from questions.generation.statutes.candidate import LawCandidate
from questions.generation.statutes.law import Source
from questions.generation.statutes.scales import Ledger
from questions.models import JUDGE_OPTIONS, Kind

BLANK: Final = "____"
BLANKED: Final = frozenset({Pattern.TERM, Pattern.PEOPLE, Pattern.SHARE, Pattern.AGE})
NAMED: Final = frozenset({Pattern.BODY, Pattern.RULING, Pattern.FORM})
MOST_NAMED: Final = 2  # authorities besides the key a statement may name: then few are left
FEWEST: Final = 3  # options of a closed set, and bodies of a level


def ask(fact: SlotFact, law: Source, ledger: Ledger, rng: random.Random) -> Iterator[LawCandidate]:
    """A 单选 and, where the value can be recalled, a 填空; every value may be judged too."""
    if len(law.said[fact.left + "_" + fact.right]) > 1 or (fact.left, fact.printed) in law.unclear:
        yield _dropped(fact, "L3")
        return
    others = _names(fact, law, rng) if fact.pattern in NAMED else _numbers(fact, law, ledger, rng)
    if others is None:
        yield _dropped(fact, "V6")
        return
    options, key, siblings = others
    is_ceiling = fact.pattern is Pattern.CEILING
    shown = tuple(one.removesuffix("以下") for one in options) if is_ceiling else options
    yield LawCandidate(
        Kind.SINGLE, fact, fact.pattern, wording.question(fact), shown, (key,),
        keys=(fact.printed,), told=f"{shown[key]}。", note=note(fact, law), siblings=siblings,
    )  # fmt: skip
    if fact.pattern in BLANKED and len(fact.values) == 1 and "以下" not in fact.printed:
        yield _blank(fact, law)
    wrong = [option for at, option in enumerate(options) if at != key]
    if fact.pattern is Pattern.CEILING:
        wrong = [option for at, option in enumerate(options) if at > key]  # less is within it
    if fact.pattern not in NAMED:
        wrong = sorted(wrong, key=lambda option: _gap(option, fact))[:2]
    elif fact.pattern is Pattern.BODY:
        names = (name for name in _bodies(fact, law) if name in wrong)
        wrong = [name for name in names if authorities.is_near(name, fact.norm, law)]
    if wrong:
        yield judged(fact, law, rng.choice(wrong))


def _dropped(fact: SlotFact, code: str) -> LawCandidate:
    return LawCandidate(
        Kind.SINGLE, fact, fact.pattern, wording.question(fact), faults=frozenset({code})
    )


def judged(fact: SlotFact, law: Source, wrong: str) -> LawCandidate:
    """The rule as it stands, and as it would read with another value."""
    stem = wording.statement(fact, fact.printed)
    return LawCandidate(
        Kind.JUDGE, fact, fact.pattern, stem, JUDGE_OPTIONS, (0,), keys=(fact.printed,),
        told="对。", note=note(fact, law),
        other=(wording.statement(fact, wrong), f"错，应为“{fact.printed}”。"),
        swapped=wrong if fact.pattern is Pattern.BODY else "",
    )  # fmt: skip


def note(fact: SlotFact, law: Source) -> str:
    """What the quote alone does not say."""
    if fact.pattern is Pattern.TERM and fact.printed in law.workdays:
        return f"注：指工作日（{law.workdays[fact.printed]}）。"
    return f"注：{fact.note}" if fact.note else ""


def _blank(fact: SlotFact, law: Source) -> LawCandidate:
    value = fact.values[0]
    number = _bare(fact)
    digits = f"{value.normalize():f}"
    forms = [number, digits, numerals.spoken(value) or number]
    if value == 2:
        forms += ["二", "两"]
    unit = fact.unit
    if fact.pattern is Pattern.SHARE:
        forms += [f"{digits}%", f"百分之{number}"]
    else:
        forms += [form + unit for form in forms]
    return LawCandidate(
        Kind.BLANK, fact, fact.pattern, wording.gap(fact, number),
        answers=tuple(dict.fromkeys(forms)), keys=(fact.printed,), told=f"{fact.printed}。",
        note=note(fact, law),
    )  # fmt: skip


def _bare(fact: SlotFact) -> str:
    if fact.pattern is Pattern.SHARE:
        return fact.printed.removeprefix("百分之").removesuffix("%")
    return fact.printed.removesuffix(fact.unit)


def _numbers(
    fact: SlotFact, law: Source, ledger: Ledger, rng: random.Random
) -> tuple[tuple[str, ...], int, int] | None:
    if not fact.values:
        return None
    own = law.values[fact.pattern, fact.unit]
    barred = _rivals(fact, law.families[fact.family]) | _beside(fact)
    drawn = scales.draw(
        fact.values, own, scales.ladder(fact), lambda values: values in barred, ledger, rng
    )
    if drawn is None:
        return None
    values, key = drawn
    texts = [scales.written(fact, one) for one in values]
    texts[key] = fact.printed
    return tuple(texts), key, sum(one in own for one in values) - 1


def _beside(fact: SlotFact) -> set[tuple[Decimal, ...]]:
    """Values of the same unit that the rule itself prints beside its own: 不满十八周岁."""
    around = fact.left + "，" + fact.right
    shape = rf"[零一二两三四五六七八九十百千万亿\d.]+(?={re.escape(fact.unit)})"
    readings = map(numerals.read, re.findall(shape, around) if fact.unit else ())
    return {(reading.value,) for reading in readings if reading is not None}


def _rivals(fact: SlotFact, family: list[SlotFact]) -> set[tuple[Decimal, ...]]:
    """Values that are true of the same condition on another reading."""
    return {
        other.values
        for other in family
        if other.pattern is fact.pattern
        and "L1" not in other.faults
        and (fact.is_base or other.left == fact.left)
    }


def _gap(option: str, fact: SlotFact) -> tuple[float, str]:
    reading = numerals.read(option.split("以")[0])
    first = reading.value if reading else Decimal(0)
    return abs(float(first) - float(fact.values[0])), option


def _names(
    fact: SlotFact, law: Source, rng: random.Random
) -> tuple[tuple[str, ...], int, int] | None:
    if fact.pattern is Pattern.BODY:
        pool = _bodies(fact, law)
        others = [n for n in _all_bodies(fact, law) if n != fact.printed and n not in pool]
        if len(others) > MOST_NAMED:
            return None
    else:
        pool = [name for name in bodies.ladder(fact.printed) if name != fact.printed]
    if len(pool) < (scales.OPTIONS if fact.pattern is Pattern.BODY else FEWEST) - 1:
        return None
    others = pool[: scales.OPTIONS - 1]
    if fact.pattern is Pattern.FORM:
        options = bodies.ladder(fact.printed)
        return options, options.index(fact.printed), 0
    rng.shuffle(others)
    place = rng.randrange(len(others) + 1)
    options = (*others[:place], fact.printed, *others[place:])
    return options, place, len(others)


def _bodies(fact: SlotFact, law: Source) -> list[str]:
    """Authorities of another trade; those most like the key or most named come first."""
    mine = fact.printed
    names = _all_bodies(fact, law)
    near = sorted(names, key=lambda name: -_echo(name, mine))
    return [
        name
        for name in near
        if name not in mine and mine not in name and authorities.trade(name) not in fact.statement
    ]


def _all_bodies(fact: SlotFact, law: Source) -> tuple[str, ...]:
    """Authorities of the key's level, of any where the law names too few."""
    names = law.bodies[fact.left.endswith("国务院")]
    if len(names) < FEWEST:
        names = tuple(dict.fromkeys([*names, *law.bodies[False]]))
    return names


def _echo(one: str, other: str) -> int:
    return wording.echo(authorities.trade(one), authorities.trade(other))

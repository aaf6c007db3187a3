"""Ladders of legal values and the draw of wrong ones that give nothing away."""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from questions import numerals
from questions.facts.articles import Pattern, SlotFact

Values = tuple[Decimal, ...]

OPTIONS: Final = 4
OWN: Final = 2  # wrong ranges the law itself has, where it has them near by
NEAREST: Final = 7  # how many values a draw looks at
_DAYS: Final = (2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180)
_LADDERS: Final = {
    "日": _DAYS, "天": _DAYS, "工作日": (2, 3, 5, 7, 10, 15, 20, 30, 45, 60),
    "个工作日": (2, 3, 5, 7, 10, 15, 20, 30, 45, 60), "年": (1, 2, 3, 5, 10, 15, 20, 25, 30, 50),
    "个月": (1, 2, 3, 6, 9, 12, 18), "月": (1, 2, 3, 6, 9, 12), "小时": (1, 2, 6, 12, 24, 48, 72),
    "周岁": (12, 14, 16, 18, 20, 25, 35, 40, 45, 50, 60), "人": (1, 2, 3, 5), "名": (1, 2, 3, 5),
    "%": (1, 2, 3, 5, 8, 10, 15, 20, 30, 40, 50, 60, 80),
}  # fmt: skip
_WAN: Final = 10_000
_CEILINGS: Final = (
    50, 100, 200, 500, 1000, 2000, 3000, 5000,
    *(n * _WAN for n in (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 500)),
)  # fmt: skip
_RANGES: Final = (
    (50, 200), (100, 500), (200, 1000), (200, 2000), (500, 2000), (500, 5000), (1000, 5000),
    (1000, 10_000), (2000, 10_000), (2000, 20_000), (3000, 30_000), (5000, 20_000), (5000, 50_000),
    *((a * _WAN, b * _WAN) for a, b in (
        (1, 3), (1, 5), (1, 10), (2, 5), (2, 10), (2, 20), (3, 10), (3, 20), (5, 10), (5, 20),
        (5, 50), (10, 20), (10, 30), (10, 50), (10, 100), (20, 50), (20, 100), (20, 200),
        (50, 100), (50, 200), (50, 500), (100, 200), (100, 500), (100, 1000), (200, 500),
        (200, 1000),
    )),
)  # fmt: skip
_MULTIPLES: Final = (
    (1, 2),
    (1, 3),
    (1, 5),
    (2, 5),
    (3, 5),
    (3, 10),
    (5, 10),
    (10, 15),
    (10, 20),
    (15, 30),
)
_DETENTIONS: Final = ((1, 5), (3, 7), (5, 10), (5, 15), (10, 15), (10, 20), (7, 15))


@dataclass(slots=True)
class Ledger:
    """Where keys stood and what guessers that see only the options have won."""

    places: list[int] = field(default_factory=lambda: [0] * OPTIONS)
    credit: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_GUESSERS, 0.0))
    drawn: int = 0

    def cost(self, options: Sequence[Values], key: int) -> float:
        """How far this item would leave the guessers from chance."""
        chance = (self.drawn + 1) / OPTIONS
        total = 0.0
        for credit, more in zip(self.credit.values(), _won(tuple(options), key), strict=True):
            above = credit + more - chance
            if above > 0:
                total += above * above
        return total

    def enter(self, options: Sequence[Values], key: int) -> None:
        """Remember an item of four ordered values."""
        self.drawn += 1
        self.places[key] += 1
        for name, more in zip(self.credit, _won(tuple(options), key), strict=True):
            self.credit[name] += more

    def place(self, count: int, rng: random.Random) -> int:
        """The least used place among `count`, for options without an order."""
        best = min(range(count), key=lambda at: (self.places[at], rng.random()))
        self.places[best] += 1
        return best


def ladder(fact: SlotFact) -> list[Values]:
    """The values a law might well have given instead."""
    steps: Sequence[int | tuple[int, ...]]
    if fact.pattern is Pattern.FINE:
        steps = _RANGES
    elif fact.pattern is Pattern.CEILING:
        steps = _CEILINGS
    elif fact.pattern is Pattern.MULTIPLE:
        steps = _MULTIPLES
    elif fact.pattern is Pattern.DETENTION:
        steps = _DETENTIONS
    elif fact.pattern is Pattern.SHARE and len(fact.values) == 2:
        steps = (
            (1, 3),
            (1, 5),
            (3, 5),
            (5, 10),
            (10, 20),
            (10, 30),
            (20, 50),
            (30, 50),
            (30, 60),
            (40, 80),
            (50, 100),
            (60, 100),
            (80, 100),
        )
    else:
        steps = _LADDERS.get(fact.unit, ())
    return [
        tuple(Decimal(n) for n in (step if isinstance(step, tuple) else (step,))) for step in steps
    ]


def draw(
    key: Values,
    own: frozenset[Values],
    pool: Sequence[Values],
    barred: Callable[[Values], bool],
    ledger: Ledger,
    rng: random.Random,
) -> tuple[list[Values], int] | None:
    """Four values in ascending order with the key among them, None where too few are fair.

    `own` are the law's other values, preferred; `pool` the ladder.
    """
    mine = set(own)
    fair = [v for v in {*mine, *pool} if v != key and not barred(v) and _near(v, key)]
    away = {v: _distance(v, key) for v in fair}
    fair.sort(key=lambda v: (away[v] * (0.6 if v in mine else 1.0), v))
    best: tuple[float, list[Values], int] | None = None
    near = fair[:NEAREST]
    least = min(OWN, sum(v in mine for v in near)) if len(key) > 1 else 0
    for trio in itertools.combinations(near, OPTIONS - 1):
        if sum(v in mine for v in trio) < least:
            continue
        options = sorted([*trio, key])
        place = options.index(key)
        cost = ledger.cost(options, place) + 1.5 * (ledger.places[place] - min(ledger.places))
        cost += sum(0.7 * away[v] - 0.3 * (v in mine) for v in trio) + rng.random() * 0.2
        if best is None or cost < best[0]:
            best = (cost, options, place)
    if best is None:
        return None
    ledger.enter(best[1], best[2])
    return best[1], best[2]


def _near(value: Values, key: Values) -> bool:
    return len(value) == len(key) and all(
        b and 0.1 <= a / b <= 10 for a, b in zip(value, key, strict=True)
    )


@functools.lru_cache(maxsize=65536)
def _distance(value: Values, key: Values) -> float:
    return sum(abs(math.log(a / b)) for a, b in zip(value, key, strict=True) if a and b)


@functools.lru_cache(maxsize=65536)
def _won(options: tuple[Values, ...], key: int) -> tuple[float, ...]:
    """The credit of every guesser on one item."""
    return tuple(guess(options, key) for guess in _GUESSERS.values())


def written(fact: SlotFact, values: Values) -> str:
    """Values as the law would print them, in the key's own script and frame."""
    texts = [_number(fact, value) for value in values]
    if fact.pattern is Pattern.FINE:
        return f"{texts[0]}以上{texts[1]}以下"
    if fact.pattern is Pattern.CEILING:
        return f"{texts[0]}以下"
    if fact.pattern in (Pattern.MULTIPLE, Pattern.DETENTION):
        return f"{texts[0]}{fact.unit}以上{texts[1]}{fact.unit}以下"
    if fact.pattern is Pattern.SHARE:
        if "%" in fact.printed:
            return f"{texts[0]}%"
        tail = "以下" if fact.printed.endswith("以下") else ""
        between = "至" if "至" in fact.printed else "以上"
        return between.join(f"百分之{text}" for text in texts) + tail
    return texts[0] + fact.unit


def _number(fact: SlotFact, value: Decimal) -> str:
    is_money = fact.pattern in (Pattern.FINE, Pattern.CEILING)
    if any(c.isdigit() for c in fact.printed):
        return _digits(value, "千" in fact.printed) if is_money else f"{value.normalize():f}"
    if value == 2 and ("两" in fact.printed or fact.unit in ("人", "名", "个月")):
        return "两"
    return (numerals.spoken(value) or f"{value:f}") + ("元" if is_money else "")


def _digits(value: Decimal, has_thousands: bool) -> str:
    if value >= _WAN:
        return f"{(value / _WAN).normalize():f}万元"
    if has_thousands and value >= 1000 and value % 1000 == 0:
        return f"{(value / 1000).normalize():f}千元"
    return f"{value.normalize():f}元"


def _share(scores: Sequence[float], key: int) -> float:
    top = [at for at, score in enumerate(scores) if score == max(scores)]
    return (key in top) / len(top)


def _middle(options: Sequence[Values], key: int) -> float:
    return (key in (1, 2)) / 2


def _mean(options: Sequence[Values], key: int) -> float:
    sums = [float(sum(values)) for values in options]
    centre = sum(sums) / len(sums)
    return _share([-abs(total - centre) for total in sums], key)


def _shared(options: Sequence[Values], key: int) -> float:
    """Credit of guessing the value that shares most bounds, or leading digits, with the others."""
    scores = []
    for at, values in enumerate(options):
        others = [other for place, other in enumerate(options) if place != at]
        bounds = sum(a == b for other in others for a, b in zip(values, other, strict=True))
        first = str(values[0])[0]
        scores.append(bounds + 0.1 * sum(str(other[0])[0] == first for other in others))
    return _share(scores, key)


def _alike(options: Sequence[Values], key: int) -> float:
    texts = [f"{values[0].normalize():f}" for values in options]
    scores = [
        float(
            sum(
                a == b
                for j, t in enumerate(texts)
                if j != i
                for a, b in zip(text, t, strict=False)
            )
        )
        for i, text in enumerate(texts)
    ]
    return _share(scores, key)


def _roundest(options: Sequence[Values], key: int) -> float:
    texts = [f"{values[-1]:f}" for values in options]
    return _share([float(len(text) - len(text.rstrip("0"))) for text in texts], key)


def _longest(options: Sequence[Values], key: int) -> float:
    return _share([float(len(f"{values[0]:f}")) for values in options], key)


_GUESSERS: Final[dict[str, Callable[[Sequence[Values], int], float]]] = {
    "middle": _middle,
    "mean": _mean,
    "shared": _shared,
    "alike": _alike,
    "roundest": _roundest,
    "longest": _longest,
}

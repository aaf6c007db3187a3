"""Wrong numbers that give nothing away.

Near misses of the key alone single it out (it is the most alike, or nearest the mean), so
options are drawn many times and the draw is kept that leaves every form-only guesser, summed
over the bank so far, closest to chance.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from questions.facts.quantities import Quantity, UnitClass
from questions.numerals import Qualifier

DRAWS: Final = 24
OPTIONS: Final = 4
NEAR: Final = 30  # counts up to here move by single steps
LOWEST, HIGHEST = Decimal("0.65"), Decimal("1.45")
HIGH_SHARE: Final = Decimal("0.84")  # how far below a share near 100 % a wrong one may lie
HIGH: Final = 85  # a share from here on has its wrong ones on both sides
APART: Final = 0.05  # of its size, by which an option lies off the one below
SHARE_APART: Final = 0.02  # the same of shares that leave little room below 100
LOOSE_APART: Final = 0.12  # the same of numbers that are but about right (约1.15, 1200余)
COUNTABLE: Final = 15  # counts up to here lie off by one
YEAR: Final = 366  # days
SETTLED: Final = 60  # a share from here on is told wrong by one that is as good a guess
LONG: Final = 5  # digits from which options lie so far apart that the rough size tells
FAR_APART: Final = 0.09
HIGHEST_SHARES: Final = 90  # shares from here on that a much lower one can't pass for
ECHO: Final = 3  # how many times as far from a printed number as the key others may lie
NEARLY_ALL: Final = (86, 87, 89, 91, 92, 93, 94, 96, 97)  # what 100 % may be mistaken for
OUTSTANDING: Final = 2.0  # what it costs that the form of a key gives it away


@dataclass(frozen=True, slots=True)
class Grid:
    """The key as a whole number of its last printed place: 1300 is 13 × 100, 88.7 is 887 × 0.1."""

    key: int
    zeros: int
    decimals: int
    comma: bool

    @classmethod
    def of(cls, digits: str, *, is_loose: bool = False) -> Grid:
        """The grid of a printed number; a loose one (20余) is as coarse as its zeros."""
        bare = digits.replace(",", "")
        whole, _, part = bare.partition(".")
        number = int(whole + part)
        zeros = 0
        while not part and number > (0 if is_loose or zeros else NEAR) and number % 10 == 0:
            number, zeros = number // 10, zeros + 1
        return cls(number, zeros, len(part), "," in digits)

    def text(self, number: int) -> str:
        """A number of this grid as the document would print it."""
        digits = str(number) + "0" * self.zeros
        if not self.decimals:
            return f"{int(digits):,}" if self.comma else digits
        digits = digits.rjust(self.decimals + 1, "0")
        whole, part = digits[: -self.decimals], digits[-self.decimals :]
        return f"{int(whole):,}.{part}" if self.comma else f"{whole}.{part}"

    def around(self) -> range:
        """Where wrong numbers may lie."""
        if self.key <= NEAR:
            least = 4 if self.key >= OPTIONS else 3
            reach = 3 if self.zeros else max(least, min(6, self.key * 3 // 5))
            return range(max(1, self.key - reach), self.key + reach + 1)
        return range(int(self.key * LOWEST) + 1, int(self.key * HIGHEST) + 1)

    def fits(self, number: int) -> bool:
        """Whether a number is printed as precisely and as wide as the key."""
        if number < 1 or number == self.key:
            return False
        if (self.zeros or self.decimals or self.key > NEAR) and number % 10 == 0:
            return self.key % 10 == 0
        return self.key <= NEAR or len(str(number)) == len(str(self.key))


@dataclass(slots=True)
class Ledger:
    """What guessers that see only the options have won so far, and where keys stood."""

    places: dict[int, int] = field(default_factory=lambda: dict.fromkeys(range(OPTIONS), 0))
    credit: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_GUESSERS, 0.0))

    def cost(self, texts: list[str], key: int) -> float:
        """How far this item would leave the guessers from chance; a key in sight costs more."""
        chance = 1 / len(texts)
        won = {name: guess(texts, key) for name, guess in _GUESSERS.items()}
        far = sum((self.credit[name] + won[name] - chance) ** 2 for name in _GUESSERS)
        stands_out = won["longest"] == 1 or (won["medoid"] == 1 and won["mean"] == 1)
        return far + (OUTSTANDING if stands_out else 0.0)

    def enter(self, texts: list[str], key: int) -> None:
        """Count an item that was accepted."""
        self.places[key] = self.places.get(key, 0) + 1
        for name, guess in _GUESSERS.items():
            self.credit[name] += guess(texts, key) - 1 / len(texts)


def options(
    quantity: Quantity,
    decoys: Iterable[Quantity],
    is_taken: Callable[[Decimal], bool],
    ceiling: Quantity | None,
    ledger: Ledger,
    rng: random.Random,
    total: Quantity | None = None,
    shown: Collection[Decimal] = (),
) -> tuple[list[str], int] | None:
    """Ascending digit texts and the key's place among them; None where no fair set exists.

    `is_taken` says which values are true of something too alike; `decoys` are real figures of
    the same unit, the best wrong numbers there are; `shown` are the numbers the stem prints.
    """
    grid = _grid(quantity)
    allowed = _allowed(quantity, grid, is_taken, _bounds(quantity, ceiling, total))
    real = _real(grid, quantity, decoys, allowed)
    below = [n for n in _sample(grid, rng) if n < grid.key and allowed(n)]
    above = [n for n in _sample(grid, rng) if n > grid.key and allowed(n)]
    places = [
        place
        for place in range(OPTIONS)
        if len(set(below)) >= place and len(set(above)) >= OPTIONS - 1 - place
    ]
    rng.shuffle(places)
    order = _order(quantity, places, ledger)
    pools = (below, above, real)
    near = [int(value / _step(quantity, grid)) for value in shown]
    tight = quantity.unit_class is UnitClass.SHARE and quantity.value >= SETTLED
    gap = SHARE_APART if tight else APART
    gap = gap if quantity.qualifier is Qualifier.EXACT else LOOSE_APART
    for apart, place in itertools.product((OPTIONS, OPTIONS - 1), order):
        best = _best(grid, place, pools, allowed, ledger, rng, (apart, gap), near)
        if best is not None:
            return best, place
    return None


def _order(quantity: Quantity, places: list[int], ledger: Ledger) -> list[int]:
    """Places a key may take, the least used first; none where it could only be the highest."""
    if quantity.unit_class is UnitClass.SHARE and quantity.value >= HIGH:
        return places if any(place < OPTIONS - 1 for place in places) else []
    return sorted(places, key=ledger.places.__getitem__)


def wrong(
    quantity: Quantity,
    is_taken: Callable[[Decimal], bool],
    ceiling: Quantity | None,
    rng: random.Random,
    total: Quantity | None = None,
) -> str | None:
    """One number that nobody who knows the key takes for it: a third away or more."""
    if quantity.value == 100 and quantity.unit_class is UnitClass.SHARE:
        return str(rng.choice(NEARLY_ALL))
    grid = _grid(quantity)
    low, high = _bounds(quantity, ceiling, total)
    step = _step(quantity, grid)

    def is_fair(number: int) -> bool:
        value = number * step
        return low < value <= high and not is_taken(value)

    if quantity.unit_class is UnitClass.SHARE and SETTLED <= quantity.value < 100:
        least, most = (0.86, 0.95) if quantity.value >= HIGHEST_SHARES else (0.72, 0.92)
        near = [round(grid.key * rng.uniform(least, most)) for _ in range(24)]
    else:
        near = _far(grid, rng)
    fair = [number for number in near if is_fair(number) and (number % 10 or not grid.decimals)]
    return grid.text(rng.choice(fair)) if fair else None


def _far(grid: Grid, rng: random.Random) -> list[int]:
    """Numbers from half the key to twice the key, none nearer to it than a third."""
    least = max(2, -(-grid.key * 3 // 10)) if grid.key > 1 else 1
    low, high = max(1, grid.key // 2), grid.key * 2 + 1
    found: Iterable[int] = range(low, high + 1)
    if high - low > 120:
        factors = (rng.uniform(*span) for _ in range(24) for span in ((0.5, 0.7), (1.4, 2.0)))
        found = [round(grid.key * factor) for factor in factors]
    is_small = not (grid.zeros or grid.decimals or grid.key > NEAR)
    return [n for n in found if abs(n - grid.key) >= least and (is_small or n % 10)]


def _bounds(
    quantity: Quantity, ceiling: Quantity | None, total: Quantity | None
) -> tuple[Decimal, Decimal]:
    """Between which values a number of this measure can lie at all."""
    low, high = Decimal(0), Decimal("Infinity")
    if quantity.unit_class is UnitClass.SHARE and quantity.value <= 100:
        high = Decimal(100)
    if quantity.unit == "天" and quantity.value <= YEAR:
        high = Decimal(YEAR)
    if ceiling is not None and quantity.value < ceiling.value:
        high = min(high, ceiling.value)
    elif ceiling is not None:
        low = ceiling.value
    if total is not None and quantity.value <= total.value:
        high = min(high, total.value)
    return low, high


def _grid(quantity: Quantity) -> Grid:
    return Grid.of(quantity.digits, is_loose=quantity.qualifier is not Qualifier.EXACT)


def _step(quantity: Quantity, grid: Grid) -> Decimal:
    """What one step of the grid is worth."""
    scale = quantity.value / Decimal(quantity.digits.replace(",", ""))
    return Decimal(1).scaleb(grid.zeros - grid.decimals) * scale


def _allowed(
    quantity: Quantity,
    grid: Grid,
    is_taken: Callable[[Decimal], bool],
    bounds: tuple[Decimal, Decimal],
) -> Callable[[int], bool]:
    step = _step(quantity, grid)
    low, high = bounds
    if quantity.unit_class is UnitClass.SHARE and quantity.value >= 80 and not grid.zeros:
        low = max(low, quantity.value * HIGH_SHARE)

    @functools.cache
    def allowed(number: int) -> bool:
        if not grid.fits(number):
            return False
        value = number * step
        return low < value < high and not is_taken(value)

    return allowed


def _sample(grid: Grid, rng: random.Random) -> list[int]:
    """Numbers to choose from: all of a short range, a bounded draw of a long one."""
    around = grid.around()
    if len(around) <= 120:
        return list(around)
    steps = [rng.uniform(0.03, 0.35) for _ in range(40)]
    return [round(grid.key * (1 + sign * step)) for step in steps for sign in (-1, 1)]


def _real(
    grid: Grid, quantity: Quantity, decoys: Iterable[Quantity], allowed: Callable[[int], bool]
) -> list[int]:
    found = []
    for decoy in decoys:
        other = _grid(decoy)
        if decoy.scale == quantity.scale and (other.zeros, other.decimals) == (
            grid.zeros,
            grid.decimals,
        ):
            ratio = Decimal(other.key) / grid.key
            if Decimal("0.5") <= ratio <= 2 and allowed(other.key):
                found.append(other.key)
    return sorted(set(found))


def _best(
    grid: Grid,
    place: int,
    pools: tuple[list[int], list[int], list[int]],
    allowed: Callable[[int], bool],
    ledger: Ledger,
    rng: random.Random,
    room: tuple[int, float],
    near: Sequence[int],
) -> list[str] | None:
    """The best of many draws; their ends lie the first of `room` apart or more (no ladder of
    2, 3, 4, 5), neighbours the second, as a share of their size.
    """
    below, above, real = pools
    lower = [n for n in real if n < grid.key]
    upper = [n for n in real if n > grid.key]
    best: tuple[float, list[str]] | None = None
    drawn: set[tuple[int, ...]] = set()
    for _ in range(DRAWS * (4 if len(str(grid.key)) >= LONG else 1)):
        chosen = _side(grid, lower, below, place, allowed, rng)
        chosen += _side(grid, upper, above, OPTIONS - 1 - place, allowed, rng)
        numbers = tuple(sorted([*chosen, grid.key]))
        if len(set(chosen)) < OPTIONS - 1 or numbers in drawn:
            continue
        drawn.add(numbers)
        if numbers[-1] - numbers[0] < room[0] or not _spread(numbers, room[1]):
            continue
        if any(_echoes(grid.key, chosen, number) for number in near):
            continue
        texts = [grid.text(n) for n in numbers]
        cost = ledger.cost(texts, place)
        if best is None or cost < best[0]:
            best = (cost, texts)
    return best[1] if best else None


def _echoes(key: int, chosen: Sequence[int], shown: int) -> bool:
    """Whether the key alone lies near a number the stem prints: 1325 of 1328."""
    reach = max(abs(shown - key), 1) * ECHO
    return abs(shown - key) * ECHO <= key and all(abs(shown - n) > reach for n in chosen)


def _side(
    grid: Grid,
    real: list[int],
    made: list[int],
    count: int,
    allowed: Callable[[int], bool],
    rng: random.Random,
) -> list[int]:
    """Numbers of one side of the key: a real one half of the time, and mutations of others."""
    chosen: list[int] = []
    around = grid.around()
    for _ in range(count * 4):
        if len(chosen) == count:
            break
        number = rng.choice(real) if real and rng.random() < 0.4 else rng.choice(made)
        if chosen and rng.random() < 0.3:
            number = _mutated(chosen[-1], rng)
        side = (number > grid.key) == (made[0] > grid.key)
        if number not in chosen and side and number in around and allowed(number):
            chosen.append(number)
    return chosen


def _mutated(number: int, rng: random.Random) -> int:
    digits = list(str(number))
    place = rng.randrange(len(digits))
    digits[place] = str(rng.randrange(1, 10))
    return int("".join(digits))


def _spread(numbers: Sequence[int], gap: float) -> bool:
    """Whether ascending numbers lie far enough apart."""
    apart = FAR_APART if len(str(numbers[0])) >= LONG else gap
    return all(
        b - a >= (1 if b <= COUNTABLE else max(1, round(b * apart)) if b <= NEAR else b * apart)
        for a, b in itertools.pairwise(numbers)
    )


def _values(texts: list[str]) -> list[float]:
    return [float(text.replace(",", "")) for text in texts]


def _share(scores: list[float], key: int) -> float:
    top = max(scores)
    return (scores[key] == top) / scores.count(top)


def middle(texts: list[str], key: int) -> float:
    """Credit of guessing one of the two middle values."""
    return (key in (1, 2)) / 2 if len(texts) == OPTIONS else float(key == len(texts) // 2)


def mean(texts: list[str], key: int) -> float:
    """Credit of guessing the value nearest the mean."""
    values = _values(texts)
    centre = math.fsum(values) / len(values)
    away = [abs(value - centre) for value in values]
    return float(key == away.index(min(away)))


def medoid(texts: list[str], key: int) -> float:
    """Credit of guessing the text most like the others, digit by digit."""
    alike = [0.0] * len(texts)
    for column in zip(*texts, strict=False):
        if column.count(column[0]) == len(column):
            continue  # tells none apart
        for i, digit in enumerate(column):
            alike[i] += column.count(digit)
    return _share(alike, key)


def roundest(texts: list[str], key: int) -> float:
    """Credit of guessing the number with most trailing zeros."""
    bare = [text.replace(".", "").replace(",", "") for text in texts]
    return _share([float(len(text) - len(text.rstrip("0"))) for text in bare], key)


def longest(texts: list[str], key: int) -> float:
    """Credit of guessing the longest text."""
    return _share([float(len(text)) for text in texts], key)


_GUESSERS: Final[dict[str, Callable[[list[str], int], float]]] = {
    "middle": middle,
    "mean": mean,
    "medoid": medoid,
    "roundest": roundest,
    "longest": longest,
}

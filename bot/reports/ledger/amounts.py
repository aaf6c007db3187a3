"""Amounts as people state them, and what they add up to.

The rule: only like goes with like. Exact amounts of one unit add up exactly. With a lower bound
among them (1300余) the sum is a lower bound, and says 余. What is 约 or 近 something is added up
apart, for nothing follows from it for the others; nor do 人 and 人次, or 万人次 and 人次, mix.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

BEFORE: Final = ("大约", "约", "将近", "近", "超过", "超", "逾")
BEHIND: Final = ("余", "多")
_SORTS: Final = {
    "": "exact",
    "余": "over",
    "多": "over",
    "超过": "over",
    "超": "over",
    "逾": "over",
    "约": "about",
    "大约": "about",
    "近": "under",
    "将近": "under",
}
_SAID: Final = {"exact": "", "over": "余", "about": "约", "under": "近"}
_ORDER: Final = ("over", "about", "under")


@dataclass(frozen=True, slots=True)
class Amount:
    """So many of a unit, with the word for how exactly that is meant, as it was typed."""

    number: int
    unit: str
    qualifier: str = ""

    def __str__(self) -> str:
        if self.qualifier in BEFORE:
            return f"{self.qualifier}{self.number}{self.unit}"
        return f"{self.number}{self.qualifier}{self.unit}"


def add_up(amounts: Iterable[Amount]) -> list[Amount]:
    """The sums by unit, in the order units first come; as exact as follows from the amounts.

    Of one unit, what is exact or a lower bound comes first, then what is 约, then what is 近.
    """
    sums: dict[tuple[str, str], list[Amount]] = {}
    for amount in amounts:
        sort = _SORTS[amount.qualifier]
        together = "over" if sort == "exact" else sort
        sums.setdefault((amount.unit, together), []).append(amount)
    units = list(dict.fromkeys(unit for unit, _ in sums))
    order = sorted(sums, key=lambda key: (units.index(key[0]), _ORDER.index(key[1])))
    return [_sum(unit, sort, sums[unit, sort]) for unit, sort in order]


def _sum(unit: str, sort: str, amounts: list[Amount]) -> Amount:
    if sort == "over" and all(not amount.qualifier for amount in amounts):
        sort = "exact"
    if len(amounts) == 1:
        return amounts[0]  # as it was typed
    return Amount(sum(amount.number for amount in amounts), unit, _SAID[sort])

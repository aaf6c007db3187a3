"""Questions that ask in place: the clause as printed, asking where the answer stood."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Final

from questions.generation import wording
from questions.generation.likeness import grams, jaccard

ALIKE: Final = 0.5  # from here two predicates may say the same
WRONG: Final = 3
_LEVEL: Final = re.compile("(?<=[同合与手请,])(?:自治区|[省市区县州盟])$")
_PUNCTUATION: Final = re.compile(r"[,，。、]+$")


def stem(left: str, asked: str, right: str) -> str:
    """The question with `asked` in the answer's place."""
    return wording.full_width(f"{left}{asked}{_PUNCTUATION.sub('', right)}？")


def whose(left: str, asked: str) -> tuple[str, str]:
    """会同省 + 下列哪个部门 → 会同 + 下列哪个省级部门."""
    level = _LEVEL.search(left)
    if level is None:
        return left, asked
    return left[: level.start()], re.sub("部门|单位", rf"{level.group()}级\g<0>", asked)


def gap(left: str, right: str, ask: str = "") -> str:
    """The clause with a blank, and what is asked about it."""
    text = f"{left}{wording.BLANK}{_PUNCTUATION.sub('', right)}。"
    return wording.full_width(text + ask)


def predicate(left: str, right: str) -> frozenset[str]:
    """What two predicates are compared by."""
    return grams(f"{left[-24:]}\n{right[:32]}")


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two predicates may say the same thing."""
    return jaccard(one, other) >= ALIKE


def place(
    options: Sequence[str], key: str, places: dict[int, int], rng: random.Random
) -> tuple[tuple[str, ...], tuple[int]]:
    """Wrong options and the key in an order that keeps key places even over the bank."""
    shown = list(options)
    rng.shuffle(shown)
    count = len(shown) + 1
    at = min(range(count), key=lambda at: (places.get(at, 0), rng.random()))
    shown.insert(at, key)
    return tuple(shown), (at,)

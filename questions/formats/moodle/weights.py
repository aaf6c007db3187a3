"""The marks and names that Moodle accepts on import.

A weight outside its list of grades is an error, and the weights of several right options must
sum to 100 %, or the import stops there.
"""

from __future__ import annotations

from typing import Final

from questions.models import Question

WRONG: Final = "-100"  # a wrong tick costs all, as it does here
LONGEST_NAME: Final = 60

_EQUAL: Final = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
    10: "10",
}


def shares(count: int) -> list[str]:
    """What each of `count` right options is worth, in percent; no more than 20 options."""
    if count in _EQUAL:
        return [_EQUAL[count]] * count
    halves = 2 * (count - 10)
    return ["10"] * (count - halves) + ["5"] * halves


def name_of(question: Question) -> str:
    """What lists of questions show: how the stem begins, in one line and without tags."""
    words = " ".join(question.stem.replace("<", " ").replace(">", " ").split())
    if not words:
        return str(question.id)
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"

"""Titles asked by what was done with them: which title, which deed, which day, true or false.

A question on a title stands on a relation the document states (印发, 修订, 列为立法项目);
whatever is wrong in it has a contrary relation stated by the same document, or is a word that
the title's own relation excludes.
"""

from __future__ import annotations

from questions.generation.titles.blanks import blank
from questions.generation.titles.contrary import is_contrary
from questions.generation.titles.dates import day
from questions.generation.titles.deeds import deed
from questions.generation.titles.families import (
    RATIO,
    are_kin,
    homogeneous,
    is_former,
    is_near,
    stands_out,
)
from questions.generation.titles.judging import (
    is_political,
    is_slogan,
    judge,
    leftover,
    owned,
)
from questions.generation.titles.picking import shuffled, single
from questions.generation.titles.sayings import is_askable
from questions.generation.titles.several import multiple
from questions.generation.titles.terms import term

__all__ = [
    "RATIO",
    "are_kin",
    "blank",
    "day",
    "deed",
    "homogeneous",
    "is_askable",
    "is_contrary",
    "is_former",
    "is_near",
    "is_political",
    "is_slogan",
    "judge",
    "leftover",
    "multiple",
    "owned",
    "shuffled",
    "single",
    "stands_out",
    "term",
]

"""Flaws that can be seen without knowing how a question was made.

The rules are those of the generator's checks and of item-writing guides (Haladyna, Downing and
Rodriguez 2002) that hold for any question; what needs the fact behind it is checked where the
question is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from questions.brackets import pair
from questions.models import Kind, Question
from questions.numerals import normalize

# What a native quiz poll and a comfortable card can hold.
LONGEST_STEM, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 600
RATIO: Final = 1.6
_ALL_ABOVE: Final = re.compile(r"^(以上|上述)(选项|各项|答案|内容|说法)?(都|均|全部|皆)")
_NEGATIVE: Final = re.compile(r"(不正确|不属于|不包括|不符合|错误|不是|不得|不应|除外)的?(是|有)?")
_DOUBLE: Final = re.compile(r"(没有|不是|并非|无)[^，。；]{0,12}(不|没有|未)")

_WIDE: Final = str.maketrans("（）", "()")


class Finding(StrEnum):
    """What may be wrong with a question."""

    QUOTE_DIFFERS = "quote_differs"  # the document says something else at the cited place
    KEY_IN_STEM = "key_in_stem"
    BROKEN = "broken"  # a bracket without its partner
    TOO_LONG = "too_long"
    UNEVEN = "uneven"  # options of very unlike length
    LONGEST_KEY = "longest_key"  # the key sticks out as the longest option
    ALL_RIGHT = "all_right"  # every option of a multiple choice is a key
    ALL_ABOVE = "all_above"  # 以上都对
    DOUBLE_NEGATIVE = "double_negative"
    LAPSED = "lapsed"
    ALIKE = "alike"  # another question asks nearly the same
    NO_SOURCE = "no_source"
    NO_EXPLANATION = "no_explanation"
    NEGATIVE = "negative"


# What keeps a draft from being approved unseen; the rest is advice.
FAULTS: Final = frozenset(Finding) - {
    Finding.NO_SOURCE,
    Finding.NO_EXPLANATION,
    Finding.NEGATIVE,
    Finding.UNEVEN,
}


def inspect(
    question: Question, *, text: str | None = None, today: date | None = None
) -> tuple[Finding, ...]:
    """What to look at, in the order of Finding; ALIKE is the shelf's to tell.

    `text` is the cited document's, where it is known; `today` decides on the basis.
    """
    found = set(_in_words(question)) | set(_in_options(question))
    cite = question.citation
    if not cite.quote:
        found.add(Finding.NO_SOURCE)
    elif text is not None and cite.end > cite.start and text[cite.start : cite.end] != cite.quote:
        found.add(Finding.QUOTE_DIFFERS)
    if not question.explanation:
        found.add(Finding.NO_EXPLANATION)
    if today is not None and question.basis is not None and not question.basis.is_in_force(today):
        found.add(Finding.LAPSED)
    return tuple(finding for finding in Finding if finding in found)


def _in_words(question: Question) -> Iterator[Finding]:
    stem = normalize(question.stem)
    keys = question.answers or tuple(
        question.options[at] for at in question.key if question.kind is not Kind.JUDGE
    )
    if any(len(key) >= 2 and normalize(key) in stem for key in keys):
        yield Finding.KEY_IN_STEM
    if any(_is_broken(said) for said in (question.stem, *question.options)):
        yield Finding.BROKEN
    if (
        len(question.stem) > LONGEST_STEM
        or any(len(option) > LONGEST_OPTION for option in question.options)
        or len(question.explanation) > LONGEST_EXPLANATION
    ):
        yield Finding.TOO_LONG
    if question.kind is Kind.JUDGE and _DOUBLE.search(question.stem):
        yield Finding.DOUBLE_NEGATIVE
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE) and _NEGATIVE.search(question.stem):
        yield Finding.NEGATIVE


def _is_broken(said: str) -> bool:
    """Whether a bracket has no partner; the one of "1)" needs none."""
    folded = said.translate(_WIDE)
    return any(
        folded[at] != ")" or not folded[at - 1 : at].isalnum() or not folded[at - 1].isascii()
        for at in pair(folded)[1]
    )


def _in_options(question: Question) -> Iterator[Finding]:
    if question.kind not in (Kind.SINGLE, Kind.MULTIPLE):
        return
    sizes = [len(option) for option in question.options]
    if max(sizes) > RATIO * min(sizes) + 6:
        yield Finding.UNEVEN
    if any(_ALL_ABOVE.search(option.strip()) for option in question.options):
        yield Finding.ALL_ABOVE
    if question.kind is Kind.MULTIPLE:
        if len(question.key) == len(question.options):
            yield Finding.ALL_RIGHT
        return
    key = sizes[question.key[0]]
    others = sorted(sizes[: question.key[0]] + sizes[question.key[0] + 1 :])
    if others and key >= 12 and key > 1.6 * others[-1]:
        yield Finding.LONGEST_KEY

"""Whether another stem asks the same: one function per code, each true where it does.

A stem keeps its numbers, titles, names, negations and roles in their order, and the very
characters of its words; only words that carry no fact may come or go, and one run of words may
change its place. What a synonym might do to the meaning no rule can tell, so none is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from questions import numerals
from questions.facts import gazetteer
from questions.models import Kind
from questions.writing.request import Request

Check = Callable[[Request, str], bool]

LONGEST: Final = 120
SHORTEST: Final = 6
GROWTH: Final = 12  # characters a stem may gain
_ODD: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff`{}\\]")
_CHINESE: Final = "零〇一二两三四五六七八九十百千万亿"
_NUMBER: Final = re.compile(
    rf"(?:\d[\d,.]*\d|\d|[{_CHINESE}]+)[{_CHINESE}余多几]*(?:个百分点|%|‰|[一-鿿])?"
)
_NAMES: Final = re.compile(r"《[^《》]*》|<[^<>]*>|“[^“”]*”|[A-Za-z][A-Za-z0-9.]*")
_NEGATIONS: Final = "不|没|未|无|非|禁止|严禁|豁免|拒|(?<![拆清消解扣排])除|免|勿|失效|废止"
_MODALS: Final = "应当|应|必须|须|可以|可|有权|需要|需|鼓励|允许|将|拟|已|曾"
_DEGREES: Final = (
    "以上|以下|以内|以外|至少|最多|最少|超过|超|近|约|左右|余|逾|仅|只"
    "|均|各|全部|全|都|每|分别|累计|共|合计"
)
_WAYS: Final = (
    "增加|增长|上升|提高|提升|减少|下降|降低|压减|缩短|回落|同比|环比|相比|较|比|高于|低于|前|后"
)
_MARKS: Final = re.compile("|".join((_NEGATIONS, _MODALS, _DEGREES, _WAYS)))
_DENIAL: Final = re.compile(f"(?:{_NEGATIONS})[一-鿿]?")
_ROLES: Final = re.compile("(?:会同|联合|由|向|对|把|被|与|给|从|自|按照|按|通过|针对)[一-鿿《“]")
_ASKS: Final = re.compile(r"哪些|哪|多少|多大|几|____[一-鿿%]?|横线处|什么|谁|如何|是否|多久")
# Words that carry no fact: they may come and go.
_GLUE: Final = re.compile(
    r"下列|以下(?=哪)|横线处|哪些|哪|多少|多大|几|什么|谁|如何|____|[的了是为之，、；：。？,;:?.（）()\s]"
)
_PRAISE: Final = re.compile(
    "积极|深入|扎实|认真|切实|大力|持续|稳步|有效|进一步|不断|着力|努力|有力|有序"
)


def has_shape(request: Request, stem: str) -> bool:
    """W1: one line of plain text that ends as before and is about as long."""
    if _ODD.search(stem) or stem != stem.strip() or stem[-1:] != request.stem[-1:]:
        return False
    return SHORTEST <= len(stem) <= min(LONGEST, len(request.stem) + GROWTH)


def keeps_silent(request: Request, stem: str) -> bool:
    """V4: no word of the key that the stem did not have."""
    told, before = _flat(stem), _flat(request.stem)
    keys = (_flat(key) for key in request.keys)
    return not any(len(key) > 1 and key in told and key not in before for key in keys)


def keeps_numbers(request: Request, stem: str) -> bool:
    """W2: the same numbers with the same units in the same order."""
    return _NUMBER.findall(_flat(stem)) == _NUMBER.findall(_flat(request.stem))


def keeps_names(request: Request, stem: str) -> bool:
    """W3: the same titles, quotations, places and bodies in the same order."""
    return _named(stem) == _named(request.stem)


def keeps_sense(request: Request, stem: str) -> bool:
    """W4: the same negations, duties, limits and directions, each denied word the same."""
    if Counter(_DENIAL.findall(_open(stem))) != Counter(_DENIAL.findall(_open(request.stem))):
        return False
    return _MARKS.findall(_open(stem)) == _MARKS.findall(_open(request.stem))


def keeps_roles(request: Request, stem: str) -> bool:
    """W5: who does it to whom, by which prepositions say so."""
    return _ROLES.findall(_open(stem)) == _ROLES.findall(_open(request.stem))


def keeps_question(request: Request, stem: str) -> bool:
    """W6: the same thing is asked for, in the same unit."""
    unit = f"多少{request.unit}"
    if stem.count(unit) != request.stem.count(unit):
        return False
    return Counter(_ASKS.findall(stem)) == Counter(_ASKS.findall(request.stem))


def keeps_words(request: Request, stem: str) -> bool:
    """W7: no word is lost."""
    return not Counter(_content(_PRAISE.sub("", request.stem))) - Counter(_content(stem))


def adds_nothing(request: Request, stem: str) -> bool:
    """W8: no word is new."""
    return not Counter(_content(stem)) - Counter(_content(request.stem))


def keeps_order(request: Request, stem: str) -> bool:
    """W9: at most one run of words stands elsewhere; a statement keeps all in place."""
    old, new = (_content(_PRAISE.sub("", _asked_out(request, s))) for s in (request.stem, stem))
    return old == new or (request.kind is not Kind.JUDGE and _is_one_move(old, new))


CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("W1", has_shape),
    ("V4", keeps_silent),
    ("W2", keeps_numbers),
    ("W3", keeps_names),
    ("W4", keeps_sense),
    ("W5", keeps_roles),
    ("W6", keeps_question),
    ("W7", keeps_words),
    ("W8", adds_nothing),
    ("W9", keeps_order),
)


def first_failure(request: Request, stem: str) -> str | None:
    """The code of the first way in which `stem` asks something else, or None."""
    return next((code for code, check in CHECKS if not check(request, stem)), None)


def _flat(text: str) -> str:
    return numerals.normalize(text).replace("〈", "<").replace("〉", ">")


def _open(text: str) -> str:
    """The text outside names, where words mean what they say."""
    return _NAMES.sub("", _flat(text))


def _named(text: str) -> tuple[list[str], list[str]]:
    hits = [hit.entries[0].canon for hit in gazetteer.scan(text)]
    return _NAMES.findall(_flat(text)), hits


def _content(text: str) -> str:
    return _GLUE.sub("", numerals.normalize(text))


def _asked_out(request: Request, stem: str) -> str:
    return stem.replace(f"多少{request.unit}", "")


def _is_one_move(old: str, new: str) -> bool:
    """Whether moving one run of characters makes the old text the new one.

    Without what both begin and end with, such texts are XY and YX.
    """
    if sorted(old) != sorted(new):
        return False
    head = next((at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b), len(old))
    old, new = old[head:], new[head:]
    while old and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return new in old + old

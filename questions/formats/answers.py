"""Answers in every form people write them: ABC, A、C, 对, √, the option's own words, 甲|乙."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from questions.formats.assembly import Unusable
from questions.numerals import read as read_quantity
from questions.scoring import bare, plain

LETTERS: Final = "ABCDEFGHIJKL"
_PREFIX: Final = re.compile(r"^\s*(?:正确|参考|标准|试题)?答案\s*(?:[:：]|[是为]\s*[:：]?)\s*")
_BETWEEN: Final = re.compile(r"[\s,、;|/.和及与·。]+")
_KEY: Final = re.compile(r"[A-La-l](?:[\s,、;|/.和及与·]*[A-La-l])*[\s,、;|/.。]*")
_LETTERED: Final = re.compile(r"([A-La-l])\s*[.、:)\s]\s*(\S.*)", re.DOTALL)
_SPLITS: Final = ("\n", "|", ";", "、", ",")
_VERDICTS: Final = {
    True: "对 对的 正确 √ ✓ ✔ ☑ t true 是 是的 y yes 1 真 v right",
    False: "错 错的 错误 不对 不正确 × ✗ ✘ ☒ ✕ ╳ ❌ ✖ x f false 否 不是 n no 0 假 非 wrong",
}
_VERDICT: Final = {word: said for said, words in _VERDICTS.items() for word in words.split()}
# Those that can be nothing else: 是, 1 and N may be the answer of a blank.
_PLAIN: Final = "对 错 正确 错误 √ ✓ ✔ × ✗ ✘ ✕ t f true false 不正确 不对"
_PLAIN_WORDS: Final = frozenset(_PLAIN.split())
_FORMS: Final = re.compile(r"[|\n]")
_DENOMINATORS: Final = re.compile(
    "(?:立方|平方)?(?:米|公里|千米|厘米)|公顷|年|月|日|天|小时|时|分钟|秒|人|户|升|吨|千克|公斤|台|辆|"
    "次|件|个|亩|家|kg|m[23³²]?|l|h|s|d|a"
)


def folded(text: str) -> str:
    """Half-width and without emoji's variation marks."""
    return unicodedata.normalize("NFKC", text).replace("\ufe0f", "").strip()


def strip_prefix(text: str) -> str:
    """An answer without the word 答案 before it."""
    return _PREFIX.sub("", text, count=1).strip()


def read_verdict(text: str) -> bool | None:
    """What a word or mark says of a statement, None where it says nothing."""
    return _VERDICT.get(folded(text).strip("()[]【】。.,;: ").lower())


def is_plain_verdict(text: str) -> bool:
    """Whether this can be nothing but the answer of a judge question."""
    return folded(text).strip("()。. ").lower() in _PLAIN_WORDS


def read_letters(text: str) -> str | None:
    """The key letters of an answer in capitals, None where it is no list of letters."""
    plain = folded(text).strip("()[]【】")
    if not _KEY.fullmatch(plain):
        return None
    return _BETWEEN.sub("", plain).upper()


def read_key(text: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """The letters of the right options, told by letters or by the options' own words.

    `options` are the filled ones by letter. Raises Unusable, naming what is amiss.
    """
    written = strip_prefix(text)
    if not folded(written).strip("()[]【】 "):
        raise Unusable("没有答案，请填写正确选项的字母")
    letters = read_letters(written)
    if letters is not None and (set(letters) <= set(options) or not _by_words(written, options)):
        return _checked(letters, options)
    lettered = _LETTERED.fullmatch(folded(written))
    if lettered and not _by_words(written, options):
        letter = lettered[1].upper()
        if bare(options.get(letter, "")) == bare(lettered[2]):
            return (letter,)
        if letter in options:
            raise Unusable(f"答案写的内容与选项 {letter} 不一致，请只写选项的字母")
    found = _by_words(written, options) or _by_numbers(written, options)
    if not found:
        raise Unusable(f"看不懂答案“{written[:30]}”，请写正确选项的字母，如 A 或 ABC")
    return found


def _checked(letters: str, options: Mapping[str, str]) -> tuple[str, ...]:
    for letter in letters:
        if letter not in options:
            raise Unusable(f"答案 {letter} 没有对应的选项，请补上选项 {letter} 或改答案")
    if len(set(letters)) != len(letters):
        raise Unusable(f"答案“{letters}”里有重复的字母，请改正")
    return tuple(sorted(letters))


def _by_numbers(text: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """The options whose places an answer counts (2; 1,3; ①) where no option is a number itself."""
    pieces = [piece for piece in _BETWEEN.split(folded(text)) if piece]
    if not pieces or not all(re.fullmatch("[1-9]|1[0-2]", piece) for piece in pieces):
        return ()
    places = sorted({int(piece) for piece in pieces})
    if places[-1] > len(options) or len(places) != len(pieces):
        return ()
    if any(plain(option).isdigit() for option in options.values()):
        return ()
    letters = list(options)
    return tuple(letters[place - 1] for place in places)


def _by_words(text: str, options: Mapping[str, str]) -> tuple[str, ...]:
    """The options that the answer spells out; empty unless it is certain which."""
    exact = [letter for letter, option in options.items() if plain(option) == plain(text)]
    if len(exact) == 1:
        return (exact[0],)
    by_words: dict[str, str | None] = {}
    for letter, option in options.items():
        by_words[bare(option)] = None if bare(option) in by_words else letter
    whole = by_words.get(bare(text))
    if whole is not None:
        return (whole,)
    for mark in _SPLITS:
        pieces = [bare(piece) for piece in folded(text).split(mark) if bare(piece)]
        found = [by_words.get(piece) for piece in pieces]
        letters = [letter for letter in found if letter is not None]
        if len(pieces) > 1 and len(letters) == len(pieces) == len(set(letters)):
            return tuple(sorted(letters))
    return ()


def read_forms(text: str) -> tuple[str, ...]:
    """All accepted forms of a blank's answer: apart by | or a line break, or by a sure slash."""
    written = _PREFIX.sub("", text, count=1).strip()
    forms: Sequence[str] = [each.strip() for each in _FORMS.split(written.replace("｜", "|"))]
    if len(forms) == 1:
        forms = _at_slash(written)
    return tuple(dict.fromkeys(form for form in forms if bare(form)))


def _at_slash(text: str) -> Sequence[str]:
    """北京/北京市 and 15/十五 are forms of one answer; 微克/立方米, 1/3 and 和/或 are not."""
    parts = [part.strip() for part in text.replace("／", "/").split("/")]
    if len(parts) == 1 or not all(map(bare, parts)) or "和/或" in text:
        return [text]
    quantities = [read_quantity(part) for part in parts]
    if any(quantities):
        same = len({each.value if each else None for each in quantities}) == 1
        return parts if same else [text]
    if any(_DENOMINATORS.fullmatch(part.lower()) for part in parts[1:]):
        return [text]
    return [text] if any(char.isdigit() for char in text) else parts

"""What of a question can be typed anew, and how it is read."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from bot.banks.errors import BadEdit
from questions.formats.assembly import Unusable, check
from questions.models import Kind, Question

_LETTER = re.compile(r"^\s*([A-La-lＡ-Ｌ])\s*[.．、:：)）]\s*")
_STAR = re.compile(r"^\s*[*＊✔√]\s*|\s*[*＊✔√]\s*$")
_KEYS = re.compile(r"[A-L]")
_SPLIT = re.compile(r"[|｜\n]")
_TAGS = re.compile(r"[、,，;；\s]+")
_TRUE = frozenset(["对", "正确", "√", "✔", "T", "TRUE", "是", "A"])
_FALSE = frozenset(["错", "错误", "×", "✘", "F", "FALSE", "否", "B"])


class Part(StrEnum):
    """A part of a question that keepers may change; its source passage is not one."""

    STEM = "stem"
    OPTIONS = "options"
    KEY = "key"
    EXPLANATION = "explanation"
    TAGS = "tags"


def parts_of(question: Question) -> tuple[Part, ...]:
    """The parts this kind of question has."""
    if question.kind in (Kind.JUDGE, Kind.BLANK):
        return tuple(part for part in Part if part is not Part.OPTIONS)
    return tuple(Part)


def edited(question: Question, part: Part, typed: str) -> Question:
    """The question with one part as typed; raises BadEdit with what to mend."""
    said = typed.strip()
    changed = _changed(question, part, said)
    try:
        check(changed)
    except Unusable as error:
        raise BadEdit(str(error)) from error
    return changed


def current(question: Question, part: Part) -> str:
    """A part as it stands, in the form in which it may be typed."""
    match part:
        case Part.STEM:
            return question.stem
        case Part.OPTIONS:
            return "\n".join(
                f"{'*' if at in question.key else ''}{option}"
                for at, option in enumerate(question.options)
            )
        case Part.KEY:
            if question.kind is Kind.BLANK:
                return " | ".join(question.answers)
            if question.kind is Kind.JUDGE:
                return question.options[question.key[0]]
            return "".join("ABCDEFGHIJKL"[at] for at in question.key)
        case Part.EXPLANATION:
            return question.explanation
        case Part.TAGS:
            return "、".join(question.tags)


def _changed(question: Question, part: Part, said: str) -> Question:
    match part:
        case Part.STEM:
            return replace(question, stem=said)
        case Part.OPTIONS:
            return _with_options(question, said)
        case Part.KEY:
            return _with_key(question, said)
        case Part.EXPLANATION:
            return replace(question, explanation=said)
        case Part.TAGS:
            tags = [tag for tag in _TAGS.split(said) if tag]
            return replace(question, tags=tuple(dict.fromkeys(tags)))


def _with_options(question: Question, said: str) -> Question:
    """One option a line; a star marks right ones, else the key stays in its places."""
    lines = [line for line in said.splitlines() if line.strip()]
    key: list[int] = []
    options: list[str] = []
    for at, line in enumerate(lines):
        bare = _LETTER.sub("", line.strip())
        plain = _STAR.sub("", bare).strip()
        if plain != bare.strip() or _STAR.match(line.strip()):
            key.append(at)
        options.append(_LETTER.sub("", plain).strip())
    if not key and len(options) != len(question.options):
        raise BadEdit("选项的个数变了，请在正确的选项前加 * 号，再发一次")
    return replace(question, options=tuple(options), key=tuple(key) or question.key)


def _with_key(question: Question, said: str) -> Question:
    if question.kind is Kind.BLANK:
        answers = [answer.strip() for answer in _SPLIT.split(said) if answer.strip()]
        return replace(question, answers=tuple(dict.fromkeys(answers)))
    word = _folded(said)
    if question.kind is Kind.JUDGE:
        if word not in _TRUE | _FALSE:
            raise BadEdit("判断题的答案请发“对”或“错”")
        return replace(question, key=(0,) if word in _TRUE else (1,))
    letters = _KEYS.findall(word)
    if not letters or _KEYS.sub("", word).strip(" ,，、;；和"):
        raise BadEdit("答案请发选项的字母，例如 B 或 ACD")
    return replace(question, key=tuple(sorted({ord(letter) - ord("A") for letter in letters})))


def _folded(said: str) -> str:
    return "".join(chr(ord(c) - 0xFEE0) if "Ａ" <= c <= "ｚ" else c for c in said).upper()

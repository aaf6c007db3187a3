"""Aiken: a line of stem, lettered options, `ANSWER: B`; the simplest of Moodle's formats.

A file is read by Moodle's rules. What Moodle would take apart into another question (an option
on two lines, letters out of order, two keys) is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from questions.documents.decoding import decode, is_text
from questions.errors import DocumentError, FormatError
from questions.formats.assembly import Parts, Unusable, file_document
from questions.formats.format import Format, Place, Reading
from questions.formats.moodle.answers import Entry, Remark, choice
from questions.formats.moodle.carriage import Carriage, writable
from questions.formats.moodle.carriage import losses as losses_of
from questions.formats.moodle.lines import lines_of
from questions.formats.moodle.plain import clean
from questions.formats.moodle.tray import Tray
from questions.models import Bank, Kind, Question

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPTION: Final = re.compile(r"([A-ZＡ-Ｚ])[).）．](.*)")
_ANSWER: Final = re.compile(r"ANSWER\s*[:：]\s*(.*)")
_CHINESE: Final = re.compile(r"(?:正确)?答案\s*[:：]\s*([A-ZＡ-Ｚ])")
_KEY: Final = re.compile(r"([A-ZＡ-Ｚ])[).）．]?")
_SIGN: Final = re.compile(r"^[ \t]*ANSWER:[ \t]*[A-Z][).]?[ \t]*\r?$", re.MULTILINE)
_LABELLED: Final = re.compile(r"^[ \t]*[A-Z][).]", re.MULTILINE)
_WIDE: Final = 0xFEE0  # how far Ａ is from A


@dataclass(slots=True)
class _Open:
    """The question a reading is in; `fault` says why it can't be taken any more."""

    row: int
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    fault: str = ""


def read(data: bytes, name: str = "") -> Reading:
    """The bank in an Aiken file; raises FormatError where the bytes are no text."""
    try:
        text = decode(data)
    except DocumentError as error:
        raise FormatError("这不是文本文件，读不出 Aiken 题目。") from error
    tray = Tray(file_document(data, name, len(text)))
    now: _Open | None = None
    is_apart = True  # a blank line, or a question's end, stands before this line
    for row, line in enumerate(lines_of(text), 1):
        line = line.strip()
        if len(line.encode("utf-8", "replace")) < 2:
            is_apart = is_apart or not line
            continue
        now = _next(now, row, line, tray, is_apart=is_apart)
        is_apart = now is None
    if now is not None:
        _drop(now, tray)
    return tray.reading()


def knows(data: bytes) -> bool:
    """Whether lettered options and an ANSWER line with one letter are there."""
    if not is_text(data) or b"ANSWER" not in data.replace(b"\x00", b""):
        return False
    try:
        text = decode(data)
    except DocumentError:
        return False
    return _SIGN.search(text) is not None and _LABELLED.search(text) is not None


def _next(now: _Open | None, row: int, line: str, tray: Tray, *, is_apart: bool) -> _Open | None:
    """The question that is open after this line."""
    answer = _ANSWER.fullmatch(line) or _CHINESE.fullmatch(line)
    option = _OPTION.fullmatch(line)
    if now is None and (answer or option):
        tray.skip(Place(row=row), "选项或答案前面没有题干", line)
        return None
    if answer is None and option is None and (now is None or is_apart):
        if now is not None:
            _drop(now, tray)
        return _Open(row, [line], raw=[line])
    assert now is not None  # noqa: S101 - the branches above return wherever it is
    now.raw.append(line)
    if answer is not None:
        _take(now, answer[1].strip(), tray)
        return None
    if option is not None:
        _add(now, _narrow(option[1]), option[2].strip())
    elif now.options:
        now.fault = now.fault or f"第 {row} 行既不是选项也不是答案，一个选项只能占一行"
    else:
        now.stem.append(line)
    return now


def _add(now: _Open, letter: str, text: str) -> None:
    expected = len(now.options)
    if expected >= len(_LETTERS) or letter != _LETTERS[expected]:
        now.fault = now.fault or f"选项应从 A 起依次编号，“{letter}”不在次序上"
    now.options.append(clean(text))


def _take(now: _Open, answer: str, tray: Tray) -> None:
    place, raw = Place(row=now.row), "\n".join(now.raw)
    remarks = {Remark.LINES} if len(now.stem) > 1 else set()
    try:
        parts = _parts(now, answer)
    except Unusable as reason:
        tray.skip(place, str(reason), raw)
        return
    tray.take(parts, place, raw, remarks)


def _parts(now: _Open, answer: str) -> Parts:
    if now.fault:
        raise Unusable(now.fault)
    if len(now.options) < 2:
        raise Unusable("选项不到两个")
    found = _KEY.fullmatch(answer)
    if found is None:
        raise Unusable("ANSWER 后面应是一个选项的字母，Aiken 题只有一个正确答案")
    key = _LETTERS.index(_narrow(found[1]))
    if key >= len(now.options):
        raise Unusable(f"答案 {_LETTERS[key]} 没有对应的选项")
    entries = [Entry(text, 100 if i == key else 0) for i, text in enumerate(now.options)]
    body = choice(entries, is_single=True)
    return Parts(body.kind, clean("\n".join(now.stem)), body.options, body.key)


def _drop(now: _Open, tray: Tray) -> None:
    """Name a question that another line ended before its answer."""
    reason = (
        "没有 ANSWER 行，这道题没有写完" if now.options else "没有选项和答案，不是一道完整的题"
    )
    tray.skip(Place(row=now.row), reason, "\n".join(now.raw))


def _narrow(letter: str) -> str:
    return letter if letter in _LETTERS else chr(ord(letter) - _WIDE)


def _refuse(question: Question) -> None:
    stem = question.stem
    if any(shape.fullmatch(stem) for shape in (_OPTION, _ANSWER, _CHINESE)):
        raise Unusable("题干的样子像选项或答案行，Aiken 会读错")
    if len(stem.encode()) < 2:
        raise Unusable("题干只有一个字符，Aiken 会略过")


CARRIAGE: Final = Carriage(
    kinds=frozenset({Kind.SINGLE, Kind.JUDGE}),  # a verdict as a choice between 对 and 错
    has_lines=False,
    has_explanation=False,
    has_section=False,
    has_tags=False,
    has_id=False,
    refuse=_refuse,
)


def write(bank: Bank) -> bytes:
    """The bank as UTF-8 text; equal banks give equal bytes."""
    return "\n".join(_lines(bank)).encode()


def losses(bank: Bank) -> tuple[str, ...]:
    """What of the bank Aiken leaves behind."""
    return losses_of(bank, CARRIAGE)


def _lines(bank: Bank) -> Iterator[str]:
    for question in writable(bank, CARRIAGE):
        yield question.stem
        yield from (f"{_LETTERS[i]}) {text}" for i, text in enumerate(question.options))
        yield f"ANSWER: {_LETTERS[question.key[0]]}"
        yield ""


AIKEN = Format("aiken", "Aiken", ".txt", read, write, losses, knows)

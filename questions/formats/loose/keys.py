"""Answers collected at the end: 1.A 2.B 3.ABC 4.√, 1-5 ABCDA, under headings of kinds or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from questions.formats.choices import fold
from questions.formats.loose.labels import read_label

_TITLE: Final = re.compile(
    r"[#\s]*[【(\[]?(?:[一二三四五六七八九十附]+[、.:]?\s*)?(?:参考|标准|正确|试题)?答案"
    r"(?:及解析|与解析|和解析|部分|如下|汇总)?[】)\]]?\s*:?\s*"
)
_VALUE: Final = r"[A-La-l]{1,12}(?![A-Za-z])|√|×|✓|✔|✗|✘|对|错误?|正确|[TF](?![A-Za-z])"
_PAIR: Final = re.compile(
    r"[(\[【第]?\s*(?P<number>\d{1,5})\s*题?[)\]】]?\s*[.、:)]?\s*"
    rf"(?:[【\[]?(?:正确|参考)?答案[】\]]?\s*:?\s*)?[(\[]?(?P<value>{_VALUE})[)\]]?"
    r"\s*[;,、。.|]?\s*"
)
_RANGE: Final = re.compile(
    r"(?P<first>\d{1,5})\s*[-—–~～至到]+\s*(?P<last>\d{1,5})\s*题?\s*[.、:)]?\s*"
    rf"(?P<values>(?:(?:{_VALUE})[\s,、;]*)+)\s*"
)
_ONE: Final = re.compile(_VALUE)
_EXPLAINED: Final = re.compile(
    rf"(?P<number>\d{{1,5}})\s*[.、:)]\s*(?:[【\[]?(?:正确|参考)?答案[】\]]?\s*:?)?\s*(?P<value>{_VALUE})"
    r"\s*[。.;,]?\s*(?:[【\[]?(?:答案)?解析[】\]]?\s*:?)\s*(?P<why>.*)",
    re.DOTALL,
)
_WORDED: Final = re.compile(r"(?P<number>\d{1,5})\s*[.、:)]\s*(?P<value>[^\s_(（].{0,60})")
_GAP: Final = re.compile(r"__|[(（]\s*[)）]")


@dataclass(slots=True)
class Entry:
    """One question's answer in a list."""

    number: int
    value: str
    line: int
    why: str = ""


@dataclass(slots=True)
class Run:
    """Answers with rising numbers, under the kind that a heading names."""

    kind: str
    entries: list[Entry] = field(default_factory=list)


def is_title(line: str) -> bool:
    """Whether a line but announces answers: 参考答案, 答案："""
    return bool(_TITLE.fullmatch(fold(line)))


def read_entries(line: str, number: int) -> list[Entry]:
    """The answers that a line lists; empty where it is something else."""
    label = read_label(line)
    plain = fold(label[1] if label else line).strip()
    if explained := _EXPLAINED.fullmatch(plain):
        value, why = explained["value"], explained["why"]
        return [Entry(int(explained["number"]), value, number, why)]
    entries: list[Entry] = []
    at = 0
    while at < len(plain):
        if found := _RANGE.match(plain, at):
            entries += _spread(found, number)
        elif found := _PAIR.match(plain, at):
            entries.append(Entry(int(found["number"]), found["value"], number))
        else:
            return []
        at = found.end()
    return entries


def read_worded(line: str, number: int) -> Entry | None:
    """The answer of a blank in a list: 3. 国务院."""
    found = None if _GAP.search(line) else _WORDED.fullmatch(line.strip().replace("．", "."))
    return Entry(int(found["number"]), found["value"].strip(), number) if found else None


def _spread(found: re.Match[str], line: int) -> list[Entry]:
    first, last = int(found["first"]), int(found["last"])
    count = last - first + 1
    values = _ONE.findall(found["values"])
    if len(values) != count:
        letters = "".join(values)
        values = list(letters) if len(letters) == count else []
    return [Entry(first + at, value, line) for at, value in enumerate(values)]


def pair(
    runs: Sequence[Run], groups: Sequence[tuple[str, Sequence[int | None]]]
) -> list[tuple[Run, int | None]]:
    """For each run the index of the group of questions (kind, numbers) that it answers.

    A run under a heading goes to the next group of that kind, another to the next group that
    has its numbers.
    """
    used: set[int] = set()
    paired: list[tuple[Run, int | None]] = []
    for run in runs:
        wanted = {entry.number for entry in run.entries}
        fitting = [
            at
            for at, (kind, numbers) in enumerate(groups)
            if at not in used and (not run.kind or _same(kind, run.kind)) and wanted & {*numbers}
        ]
        if fitting:
            used.add(fitting[0])
        paired.append((run, fitting[0] if fitting else None))
    return paired


def _same(kind: str, other: str) -> bool:
    def bare(word: str) -> str:
        return word.removesuffix("题").replace("单项", "单").replace("多项", "多")[:2]

    return bare(kind) == bare(other)

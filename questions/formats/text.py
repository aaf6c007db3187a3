"""Plain text: questions as people type them, read with patience, written for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from questions.errors import FormatError
from questions.formats import packages
from questions.formats.carrying import losses, titles_of
from questions.formats.format import Format, Reading
from questions.formats.gathering import Gathering
from questions.formats.loose import blocks
from questions.formats.loose.echo import echo
from questions.formats.loose.printing import lines_of
from questions.formats.loose.scrub import is_spaced, without_gaps
from questions.formats.sheets.cells import fit
from questions.models import Bank

MOST_LINES = 1_000_000
NO_QUESTION = (
    "文件里没有找到题目。每题要有题号、题干和答案，例如：“1. 题干”“A. 选项”“答案：B”，各占一行。"
)


def read(data: bytes, name: str = "") -> Reading:
    """The questions of a text; raises FormatError where there is none at all."""
    packages.check_size(data)
    if not packages.head(data):
        raise FormatError("这不是文本文件，读不了。请另存为 .txt、.docx 或 .xlsx 再导入。")
    text = fit(packages.decode(data))
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise FormatError("文件行数太多，请拆成几个文件再导入。")
    gathering = Gathering.of(data, name)
    numbered: Iterable[tuple[int, str]] = enumerate(lines, start=1)
    if is_spaced(lines):
        numbered = without_gaps(numbered)
    skips, notes = blocks.take(gathering, blocks.read_lines(numbered))
    if not gathering.questions and not skips:
        raise FormatError(NO_QUESTION)
    return Reading(gathering.bank(len(text)), tuple(skips), (), (*notes, *gathering.notes()))


def write(bank: Bank) -> bytes:
    """The bank as UTF-8 text, a question a paragraph."""
    return "".join(line + "\n" for line in lines(bank)).encode()


def lines(bank: Bank) -> Iterator[str]:
    """The lines of all questions, an empty one after each."""
    titles = titles_of(bank)
    for number, question in enumerate(bank.questions, start=1):
        yield from lines_of(question, titles[question.citation.document], number)
        yield ""


def knows(data: bytes) -> bool:
    """Whether this is text at all: the loosest of formats takes what no other does."""
    return bool(packages.head(data))


TEXT = Format(
    name="text",
    label="文本",
    suffix=".txt",
    read=read,
    write=write,
    losses=lambda bank: losses(bank, echo),
    knows=knows,
)

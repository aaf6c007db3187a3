"""Writes GIFT that Moodle imports without a question; every text as plain, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from questions.formats.assembly import Unusable
from questions.formats.gift.blocks import escape, label
from questions.formats.moodle import category
from questions.formats.moodle.answers import wild
from questions.formats.moodle.carriage import Carriage, writable
from questions.formats.moodle.carriage import losses as losses_of
from questions.formats.moodle.weights import WRONG, name_of, shares
from questions.models import Bank, Kind, Question


def _refuse(question: Question) -> None:
    if question.kind is Kind.BLANK and any("->" in answer for answer in question.answers):
        raise Unusable("填空题的答案里有“->”，GIFT 会把它当作匹配题")
    if question.kind is Kind.SINGLE and question.options[question.key[0]].startswith("%100"):
        raise Unusable("正确选项以“%100”开头，GIFT 会把它当作分值")


CARRIAGE: Final = Carriage(
    kinds=frozenset(Kind),
    has_lines=True,
    has_explanation=True,
    has_section=True,
    has_tags=True,
    has_id=True,
    refuse=_refuse,
)


def write(bank: Bank) -> bytes:
    """The bank as UTF-8 text; equal banks give equal bytes."""
    return "".join(_lines(bank)).encode()


def losses(bank: Bank) -> tuple[str, ...]:
    """What of the bank GIFT leaves behind."""
    return losses_of(bank, CARRIAGE)


def _lines(bank: Bank) -> Iterator[str]:
    section: tuple[str, ...] = ()
    for question in writable(bank, CARRIAGE):
        if question.citation.section != section:
            section = question.citation.section
            # Moodle takes escapes away here too, but only the backslash comes back.
            path = category.join(section).replace("\\", r"\\")
            yield f"$CATEGORY: {path}\n\n"
        yield _block(question)


def _block(question: Question) -> str:
    marks = " ".join((label("id", question.id), *(label("tag", tag) for tag in question.tags)))
    head = f"// {marks}\n::{escape(name_of(question))}::[plain]{escape(question.stem)}"
    told = f"####{_part(question.explanation)}" if question.explanation else ""
    if question.kind is Kind.JUDGE:
        return f"{head}{{{'FALSE' if question.key[0] else 'TRUE'}{told}}}\n\n"
    lines = [*_answers(question), *([told] if told else [])]
    return "".join((head, "{\n", *(f"\t{line}\n" for line in lines), "}\n\n"))


def _answers(question: Question) -> Iterator[str]:
    if question.kind is Kind.BLANK:
        yield from (f"=%100%{_part(wild(answer))}" for answer in question.answers)
        return
    if question.kind is Kind.SINGLE:
        for index, option in enumerate(question.options):
            # A % that begins a wrong option would be read as its weight.
            sign = "=" if index in question.key else "~%0%" if option.startswith("%") else "~"
            yield sign + _part(option)
        return
    weights = dict(zip(question.key, shares(len(question.key)), strict=True))
    for index, option in enumerate(question.options):
        yield f"~%{weights.get(index, WRONG)}%{_part(option)}"


def _part(text: str) -> str:
    return ("[plain]" if text.startswith("[") else "") + escape(text)

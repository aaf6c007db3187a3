"""Writes Moodle XML: plain texts in a form that Moodle imports as it would its own export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from questions.formats.moodle import category
from questions.formats.moodle.answers import wild
from questions.formats.moodle.carriage import Carriage, writable
from questions.formats.moodle.carriage import losses as losses_of
from questions.formats.moodle.weights import WRONG, name_of, shares
from questions.models import Bank, Kind, Question

CARRIAGE: Final = Carriage(
    kinds=frozenset(Kind),
    has_lines=True,
    has_explanation=True,
    has_section=True,
    has_tags=True,
    has_id=True,
)

_TYPES: Final = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.JUDGE: "truefalse",
    Kind.BLANK: "shortanswer",
}


def write(bank: Bank) -> bytes:
    """The bank as UTF-8 XML; equal banks give equal bytes."""
    return "\n".join(_lines(bank)).encode()


def losses(bank: Bank) -> tuple[str, ...]:
    """What of the bank Moodle XML leaves behind."""
    return losses_of(bank, CARRIAGE)


def _lines(bank: Bank) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<quiz>"
    section: tuple[str, ...] = ()
    for question in writable(bank, CARRIAGE):
        if question.citation.section != section:
            section = question.citation.section
            yield '  <question type="category">'
            yield f"    <category>{_text(category.join(section))}</category>"
            yield "  </question>"
        yield from _question(question)
    yield "</quiz>\n"


def _question(question: Question) -> Iterator[str]:
    yield f'  <question type="{_TYPES[question.kind]}">'
    yield f"    <name>{_text(name_of(question))}</name>"
    yield f'    <questiontext format="plain_text">{_text(question.stem)}</questiontext>'
    told = _text(question.explanation)
    yield f'    <generalfeedback format="plain_text">{told}</generalfeedback>'
    yield "    <defaultgrade>1.0000000</defaultgrade>"
    yield f"    <penalty>{'1.0000000' if question.kind is Kind.JUDGE else '0.3333333'}</penalty>"
    yield "    <hidden>0</hidden>"
    yield f"    <idnumber>{_escaped(question.id)}</idnumber>"
    yield from _answers(question)
    if question.tags:
        yield "    <tags>"
        yield from (f"      <tag>{_text(tag)}</tag>" for tag in question.tags)
        yield "    </tags>"
    yield "  </question>"


def _answers(question: Question) -> Iterator[str]:
    if question.kind is Kind.JUDGE:
        is_true = question.key == (0,)
        yield _answer("true", "100" if is_true else "0", "moodle_auto_format")
        yield _answer("false", "0" if is_true else "100", "moodle_auto_format")
        return
    if question.kind is Kind.BLANK:
        yield "    <usecase>0</usecase>"
        for accepted in question.answers:
            yield _answer(wild(accepted), "100", "moodle_auto_format")
        return
    is_single = question.kind is Kind.SINGLE
    yield f"    <single>{'true' if is_single else 'false'}</single>"
    yield "    <shuffleanswers>true</shuffleanswers>"
    yield "    <answernumbering>ABCD</answernumbering>"
    weights = dict(zip(question.key, shares(len(question.key)), strict=True))
    for index, option in enumerate(question.options):
        yield _answer(option, weights.get(index, "0" if is_single else WRONG), "plain_text")


def _answer(words: str, percent: str, markup: str) -> str:
    feedback = '<feedback format="plain_text"><text></text></feedback>'
    text = _text(words)
    return f'    <answer fraction="{percent}" format="{markup}">{text}{feedback}</answer>'


def _text(words: str) -> str:
    return f"<text>{_escaped(words)}</text>"


def _escaped(words: str) -> str:
    if not any(mark in words for mark in "&<>"):
        return words
    inner = words.replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inner}]]>"

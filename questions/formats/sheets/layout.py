"""Our own layout: which column holds which part, and a question's texts under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from questions.formats import details
from questions.formats.answers import LETTERS
from questions.formats.draft import Part
from questions.formats.kinds import KIND_NAMES
from questions.formats.sheets.cells import fit
from questions.models import Bank, Kind, Question

_BEFORE: Final = (Part.KIND, Part.STEM)
AFTER: Final = (
    Part.ANSWER,
    Part.EXPLANATION,
    Part.DIFFICULTY,
    Part.SECTION,
    Part.SOURCE,
    Part.BASIS,
    Part.QUOTE,
    Part.SINCE,
    Part.UNTIL,
    Part.DEPARTMENT,
    Part.TAGS,
    Part.UID,
)
_REQUIRED: Final = frozenset({Part.KIND, Part.STEM, Part.ANSWER})
_FEWEST_OPTIONS: Final = 8


def option_count(bank: Bank) -> int:
    """How many columns of options a bank needs."""
    return max((len(question.options) for question in bank.questions), default=0)


def header(options: int) -> list[str]:
    """The titles of all columns; required ones bear a star."""
    starred = {part: part + "*" if part in _REQUIRED else str(part) for part in Part}
    letters = LETTERS[: max(options, _FEWEST_OPTIONS)]
    return [
        *(starred[part] for part in _BEFORE),
        *(f"选项{letter}" for letter in letters),
        *(starred[part] for part in AFTER),
    ]


def row_of(question: Question, title: str, options: int) -> list[str]:
    """The cells of a question under `header(options)`; `title` is its document's."""
    parts = parts_of(question, title)
    shown: Sequence[str] = () if question.kind is Kind.JUDGE else question.options
    width = max(options, _FEWEST_OPTIONS)
    return [
        *(parts[part] for part in _BEFORE),
        *(fit(option) for option in shown),
        *[""] * (width - len(shown)),
        *(parts[part] for part in AFTER),
    ]


def parts_of(question: Question, title: str) -> Mapping[Part, str]:
    """The texts of a question by part, options aside."""
    basis = question.basis
    tags, department = _department(question.tags)
    since = basis.in_force_from if basis else None
    until = basis.in_force_to if basis else None
    texts = {
        Part.KIND: KIND_NAMES[question.kind],
        Part.STEM: question.stem,
        Part.ANSWER: answer_of(question),
        Part.EXPLANATION: question.explanation,
        Part.DIFFICULTY: details.write_difficulty(question.difficulty),
        Part.SECTION: details.write_section(question.citation.section),
        Part.SOURCE: title,
        Part.BASIS: details.write_law(basis.law, basis.article) if basis else "",
        Part.QUOTE: question.citation.quote,
        Part.SINCE: since.isoformat() if since else "",
        Part.UNTIL: until.isoformat() if until else "",
        Part.DEPARTMENT: department,
        Part.TAGS: details.write_tags(tags),
        Part.UID: question.id,
    }
    return {part: fit(text) for part, text in texts.items()}


def answer_of(question: Question) -> str:
    """The answer as people write it: ABC, 对, 甲|乙."""
    if question.kind is Kind.BLANK:
        return "|".join(question.answers)
    if question.kind is Kind.JUDGE:
        return question.options[question.key[0]]
    return "".join(LETTERS[index] for index in question.key)


def _department(tags: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The tags without the last where that names who answers for the question."""
    if tags and tags[-1].startswith(details.DEPARTMENT):
        return tags[:-1], tags[-1].removeprefix(details.DEPARTMENT)
    return tags, ""

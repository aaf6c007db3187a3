"""A question as a native quiz, where it fits Telegram's limits.

Limits (core.telegram.org/bots/api#sendpoll): question 300 characters, 2 to 12 options of 100,
explanation 200 with two line feeds. Lengths count UTF-16 units, to be on the safe side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts import label
from questions.models import Kind, Question

MAX_STEM, MAX_OPTION, MAX_OPTIONS, MAX_EXPLANATION = 300, 100, 12, 200
MAX_TITLE, MAX_SECTION = 60, 40
LEAST_QUOTE = 20  # a shorter piece of the source says nothing


@dataclass(frozen=True, slots=True)
class Quiz:
    """What a group is asked; `correct` are places among `options`, ascending."""

    stem: str
    options: tuple[str, ...]
    correct: tuple[int, ...]
    explanation: str

    @property
    def has_several(self) -> bool:
        """Whether more than one option may be chosen."""
        return len(self.correct) > 1


def fits(question: Question) -> bool:
    """Whether a question can be a quiz at all."""
    return (
        question.kind is not Kind.BLANK
        and 2 <= len(question.options) <= MAX_OPTIONS
        and _units(_stem(question)) <= MAX_STEM
        and all(_units(option.strip()) <= MAX_OPTION for option in question.options)
    )


def quiz_of(question: Question, source: str, order: Sequence[int]) -> Quiz:
    """The quiz of a question that fits, its options in the shown order."""
    places = {index: place for place, index in enumerate(order)}
    return Quiz(
        _stem(question),
        tuple(question.options[index].strip() for index in order),
        tuple(sorted(places[index] for index in question.key)),
        _explanation(question, source),
    )


def _stem(question: Question) -> str:
    if question.kind is Kind.SINGLE:
        return question.stem.strip()
    return label(f"groups.stem_{question.kind}", stem=question.stem.strip())


def _explanation(question: Question, source: str) -> str:
    """The law and article, the source and its section, and what fits of the passage."""
    lines: list[str] = []
    cite, basis = question.citation, question.basis
    if basis is not None:
        law, article = _title(basis.law), _clip(basis.article or "", MAX_SECTION)
        lines.append(label("groups.basis", law=law, article=article))
    if basis is None or _title(basis.law) not in source:
        section = _clip(cite.section[-1], MAX_SECTION) if cite.section else ""
        key = "groups.source_section" if section else "groups.source"
        lines.append(label(key, title=_title(source), section=section))
    said = "\n".join(lines)
    quote = " ".join(cite.quote.split())
    room = MAX_EXPLANATION - _units(said) - _units(label("groups.quote", quote="")) - 1
    if quote and room >= LEAST_QUOTE:
        lines.append(label("groups.quote", quote=_clip(quote, room)))
    return "\n".join(lines)


def _title(title: str) -> str:
    return _clip(title.strip().removeprefix("《").removesuffix("》"), MAX_TITLE)


def _clip(text: str, limit: int) -> str:
    """The text in one line, cut to `limit` units with an ellipsis where it is longer."""
    text = " ".join(text.split())
    if _units(text) <= limit:
        return text
    while _units(text) > limit - 1:
        text = text[:-1]
    return text + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

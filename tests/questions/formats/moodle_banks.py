"""Banks of every kind with the texts that break formats, and what of them must come back."""

from __future__ import annotations

from hypothesis import strategies as st

from questions.formats.moodle.carriage import Carriage, writable
from questions.models import (
    JUDGE_OPTIONS,
    Bank,
    Citation,
    DocumentId,
    DocumentInfo,
    Kind,
    Question,
    QuestionId,
)

DOCUMENT = DocumentInfo(DocumentId("d"), "法治政府建设报告", None, 2021, "0" * 64, 10)

NASTY = (
    "{", "}", "~", "=", "#", "####", ":", "::", "->", "//", "\\", "\\n", "\\\\", "%50%", "%100%",
    "[html]", "[plain]", "[", "]", "]]>", "<![CDATA[", "<b>", "<script>", "&#10;", "&amp;", "&",
    '"', "'", "\n", "\n\n", "\r\n", "\t", "*", "**", "..", "$CATEGORY: x", "ANSWER: A", "A) ",
    "B. ", "答案：A", "｛", "｝", "TRUE", "T", "😀", "👩‍⚖️",
    "习近平", "第十四条", "1,982", "　", " ",
    "\x00", "\x0b", "\u2028", "é", "@", "|", "/", "top", "$course$",
)  # fmt: skip

_character = st.characters(exclude_categories=("Cs", "Co"), exclude_characters="\ufffd")
text = st.lists(st.one_of(st.sampled_from(NASTY), _character), max_size=7).map("".join)
short = text.map(lambda words: words[:90])


def question(
    kind: Kind,
    stem: str,
    *,
    options: tuple[str, ...] = (),
    key: tuple[int, ...] = (),
    answers: tuple[str, ...] = (),
    explanation: str = "",
    section: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    uid: str = "q1",
) -> Question:
    """A question of the test document with a source sentence of no account."""
    shown = JUDGE_OPTIONS if kind is Kind.JUDGE else options
    cite = Citation(DOCUMENT.id, 0, 0, "", section)
    return Question(
        QuestionId(uid), kind, stem, shown, key, answers, explanation, cite, {}, tags=tags
    )


def bank(*questions: Question) -> Bank:
    """A bank of the test document."""
    return Bank((DOCUMENT,), questions)


@st.composite
def questions(draw: st.DrawFn, uid: str = "q") -> Question:
    """Any question; not all of them fit every format."""
    kind = draw(st.sampled_from(Kind))
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    if kind is Kind.BLANK:
        answers = tuple(draw(st.lists(text, min_size=1, max_size=3)))
    elif kind is Kind.JUDGE:
        key = (draw(st.integers(0, 1)),)
    else:
        options = tuple(draw(st.lists(text, min_size=2, max_size=12)))
        most = len(options) if kind is Kind.MULTIPLE else 1
        indices = st.integers(0, len(options) - 1)
        key = tuple(sorted(draw(st.sets(indices, min_size=1, max_size=most))))
    return question(
        kind,
        draw(text),
        options=options,
        key=key,
        answers=answers,
        explanation=draw(text),
        section=tuple(draw(st.lists(short, max_size=3))),
        tags=tuple(draw(st.lists(short, max_size=3))),
        uid=f"{draw(short)[:40]}{uid}",
    )


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """A bank of up to five questions with different ids."""
    count = draw(st.integers(1, 5))
    return bank(*(draw(questions(uid=f"q{number}")) for number in range(count)))


def fitting(some: Bank, carriage: Carriage) -> list[Question]:
    """The questions that must come back, as they must; the others are named as left out."""
    return list(writable(some, carriage))

"""One question through loose text and back."""

from __future__ import annotations

from questions.formats.carrying import Titles
from questions.formats.gathering import Gathering
from questions.formats.loose import blocks
from questions.formats.loose.printing import lines_of
from questions.models import DocumentId, DocumentInfo, Question

_NOTHING = DocumentInfo(DocumentId("-"), "-", None, None, "", 0)


def echo(question: Question, title: str, number: int) -> tuple[Question, Titles] | None:
    """What comes back of a question written as text under its number; None if nothing does."""
    lines = enumerate([*lines_of(question, title, number), ""], start=1)
    gathering = Gathering(_NOTHING)
    skips, _ = blocks.take(gathering, blocks.read_lines(lines))
    if skips or len(gathering.questions) != 1:
        return None
    titles: Titles = {document.id: document.title for document in gathering.documents.values()}
    return gathering.questions[0], titles

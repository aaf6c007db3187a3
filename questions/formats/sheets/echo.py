"""One question through the cells of our layout and back."""

from __future__ import annotations

from collections.abc import Callable

from questions.formats.carrying import Titles
from questions.formats.gathering import Gathering
from questions.formats.sheets import layout
from questions.formats.sheets.grid import Grid, Row
from questions.formats.sheets.table import Tables
from questions.models import DocumentId, DocumentInfo, Question

_NOTHING = DocumentInfo(DocumentId("-"), "-", None, None, "", 0)


def echo(
    question: Question, title: str, number: int, carry: Callable[[str], str]
) -> tuple[Question, Titles] | None:
    """What comes back of a question whose cells are carried by `carry`; None if nothing does."""
    options = len(question.options)
    cells = [carry(cell) for cell in layout.row_of(question, title, options)]
    tables = Tables(Gathering(_NOTHING))
    rows = (Row(1, layout.header(options)), Row(number + 1, cells))
    tables.add(Grid(None, rows))
    gathering = tables.gathering
    if len(gathering.questions) != 1:
        return None
    titles: Titles = {document.id: document.title for document in gathering.documents.values()}
    return gathering.questions[0], titles

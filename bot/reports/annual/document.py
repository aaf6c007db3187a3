"""The annual paragraph as a Word file: the text, its figures with their sources, the ledger."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.reports.annual import wording
from bot.reports.annual.service import Annual
from bot.reports.ledger.service import amount_of
from bot.reports.stretches import day_name
from bot.texts import label

if TYPE_CHECKING:
    from docx.document import Document

_FONT: Final = "仿宋"  # what official documents are set in; others take its place where it lacks
_FIGURES: Final = ("number", "name", "value", "source")
_LEDGER: Final = ("day", "kind", "title", "amount", "department")


def build(result: Annual) -> bytes:
    """The file's bytes; to be made off the event loop, for the library takes a while to load."""
    import docx

    made = docx.Document()
    _set_font(made)
    title = label("annual.title", period=wording.period_name(result), scope=result.sight.scope)
    made.add_heading(_plain(title), level=1)
    made.add_paragraph(_plain(wording.paragraph(result)))
    made.add_paragraph(label("annual.rounding"))
    made.add_heading(label("annual.heading_figures"), level=2)
    lines = wording.lines(result)
    rows = [(str(at), line.name, line.value, line.source) for at, line in enumerate(lines, 1)]
    _table(made, [label(f"annual.column_{name}") for name in _FIGURES], rows)
    _annex(made, result)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _annex(made: Document, result: Annual) -> None:
    entries = sorted(
        (row for rows in result.ledger.values() for row in rows),
        key=lambda row: (row.held_on, row.id),
    )
    made.add_heading(label("annual.heading_ledger"), level=2)
    if not entries:
        made.add_paragraph(label("annual.no_ledger"))
        return
    made.add_paragraph(label("annual.rule"))
    rows = [
        (
            day_name(row.held_on),
            label(f"ledger.kind_{row.kind}"),
            row.title,
            str(amount_of(row) or ""),
            row.department or label("ledger.whole"),
        )
        for row in entries
    ]
    _table(made, [label(f"annual.column_{name}") for name in _LEDGER], rows)


def _table(made: Document, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(said)


def _set_font(made: Document) -> None:
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)


def _plain(said: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(char for char in said if unicodedata.category(char) not in ("Cc", "Cs"))

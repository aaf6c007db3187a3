"""Screens of the audit trail, and its file."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.banks.audit.service import SORTS, Line, Page
from bot.banks.audit.taps import SendAudit, ShowAudit
from bot.keyboards import Row, button
from bot.screen import Screen
from bot.texts import catalogue, label, text
from bot.texts.dates import moment_label

LONGEST_CELL = 32_000  # Excel's own bound is 32,767
_COLUMNS = {"when": 20, "who": 14, "did": 16, "what": 44, "facts": 60}


def page(result: Page, timezone: str) -> Screen:
    """A page of acts."""
    name = label(f"audit.sort_{result.sort}")
    lines = [text("audit.head" if result.lines else "audit.none", sort=name)]
    for line in result.lines:
        when = moment_label(line.row.at, timezone)
        who, did = who_did(line)
        lines.append(text("audit.line", when=when, who=who, did=did, what=_what(line)))
    return Screen("\n".join(lines), _rows(result))


def _rows(result: Page) -> tuple[Row, ...]:
    sorts = tuple(
        button(f"audit.sort_{sort}", ShowAudit(sort, 0)) for sort in SORTS if sort != result.sort
    )
    turns: list[Row] = []
    if result.older is not None:
        turns.append((button("audit.button_older", ShowAudit(result.sort, result.older)),))
    if not result.is_first:
        turns.append((button("audit.button_newest", ShowAudit(result.sort, 0)),))
    return (*turns, sorts, (button("audit.button_file", SendAudit(result.sort)),))


def who_did(line: Line) -> tuple[str, str]:
    """Who did what, in words; an act without words of its own goes by its name."""
    key = f"audit.did_{line.row.action.replace('.', '_')}"
    did = label(key) if key in catalogue() else line.row.action
    return line.row.actor or label("audit.nobody"), did


def _what(line: Line) -> str:
    """What it was done to, and the facts noted."""
    noted = "，".join(f"{label(f'audit.fact_{k}')}{v}" for k, v in _facts(line))
    named = f"“{line.subject}”" if line.subject else ""
    return f"{named}（{noted}）" if noted else named


def _facts(line: Line) -> Iterable[tuple[str, object]]:
    return (
        (name, value)
        for name, value in line.row.detail.items()
        if f"audit.fact_{name}" in catalogue() and value not in ("", None)
    )


def file(lines: Iterable[Line], timezone: str) -> bytes:
    """The trail as a workbook of plain text cells: nothing in it is ever a formula."""
    import xlsxwriter

    zone = ZoneInfo(timezone)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(label("audit.sheet"))
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
        sheet.freeze_panes(1, 0)
        for at, (name, width) in enumerate(_COLUMNS.items()):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, label(f"audit.column_{name}"), bold)
        for number, line in enumerate(lines, start=1):
            facts = "，".join(f"{name}={value}" for name, value in line.row.detail.items())
            when = line.row.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
            cells = (when, *who_did(line), line.subject or line.row.subject, facts)
            for at, cell in enumerate(cells):
                sheet.write_string(number, at, cell[:LONGEST_CELL])
    return target.getvalue()

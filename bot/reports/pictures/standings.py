"""Draws a board."""

from __future__ import annotations

from typing import Final

from bot.reports.pictures import frame
from bot.reports.pictures.canvas import Align, Canvas
from bot.reports.pictures.charts import Entry, Group, Standings
from bot.reports.pictures.frame import GAP, HEAD, MARGIN, TILES
from bot.reports.pictures.palette import palette
from bot.reports.pictures.rates import exact
from questions.ranking import MILLION

_ROW: Final = 74
_TALL_ROW: Final = 96  # where a line has a note
_HEADING: Final = 62
_EMPTY: Final = 150
_PAD: Final = 14
_BAR: Final = 300


def draw(board: Standings, *, is_dark: bool) -> bytes:
    """The board as a PNG."""
    notes = frame.note_lines(board.note)
    height = HEAD + 5 + GAP
    height += TILES + GAP if board.tiles else 0
    height += sum(_height(group) + GAP for group in board.groups)
    height += 0 if board.groups else _EMPTY + GAP
    canvas = Canvas(height + frame.note_height(notes), palette(is_dark=is_dark))
    frame.head(canvas, board.title, board.subtitle)
    y: float = HEAD + 5 + GAP
    if board.tiles:
        frame.tiles(canvas, y, board.tiles)
        y += TILES + GAP
    for group in board.groups:
        _group(canvas, y, group)
        y += _height(group) + GAP
    if not board.groups:
        frame.card(canvas, y, _EMPTY)
        middle, room = canvas.width / 2, canvas.width - 4 * MARGIN
        canvas.text(
            middle,
            y + _EMPTY / 2,
            board.empty,
            28,
            canvas.palette.soft,
            align=Align.MIDDLE,
            room=room,
        )
        y += _EMPTY + GAP
    frame.note(canvas, y - 4, notes)
    return canvas.png()


def _row_height(entry: Entry) -> int:
    return _TALL_ROW if entry.note else _ROW


def _height(group: Group) -> int:
    heading = _HEADING if group.heading else _PAD
    return heading + sum(_row_height(entry) for entry in group.entries) + _PAD


def _group(canvas: Canvas, y: float, group: Group) -> None:
    frame.card(canvas, y, _height(group))
    if group.heading:
        canvas.text(
            MARGIN + 28, y + _HEADING / 2 + 4, group.heading, 25, canvas.palette.soft, is_bold=True
        )
    y += _HEADING if group.heading else _PAD
    for place, entry in enumerate(group.entries):
        if place and not entry.tag and not group.entries[place - 1].tag:
            canvas.line(
                [(MARGIN + 28, y), (canvas.width - MARGIN - 28, y)], canvas.palette.line, 1
            )
        _entry(canvas, y, entry)
        y += _row_height(entry)


def _entry(canvas: Canvas, y: float, entry: Entry) -> None:
    colours = canvas.palette
    height, right = _row_height(entry), canvas.width - MARGIN
    middle = y + height / 2
    if entry.tag:
        canvas.box(MARGIN + 10, y + 4, right - MARGIN - 20, height - 8, colours.own, radius=12)
        canvas.box(MARGIN + 10, y + 4, 8, height - 8, colours.seal, radius=4)
    _rank(canvas, MARGIN + 62, middle, entry.rank)
    line = middle - 17 if entry.note else middle
    name_at, bar_at = MARGIN + 116, right - 158 - _BAR
    room = bar_at - name_at - 24
    _name(canvas, name_at, line, entry, room)
    if entry.note:
        canvas.text(name_at, middle + 24, entry.note, 21, colours.soft, room=room)
    canvas.box(bar_at, middle - 9, _BAR, 18, colours.track, radius=9)
    canvas.box(bar_at, middle - 9, _BAR * entry.rate / MILLION, 18, colours.first, radius=9)
    canvas.text(
        right - 28, middle, exact(entry.rate), 29, colours.ink, align=Align.RIGHT, is_bold=True
    )


def _name(canvas: Canvas, x: float, y: float, entry: Entry, room: float) -> None:
    """The name, and a tag where it is one's own: never the ground's colour alone."""
    colours = canvas.palette
    tag = entry.tag
    wide = 26.0 * len(tag) + 26 if tag else 0.0
    used = canvas.text(x, y, entry.name, 29, colours.ink, is_bold=bool(tag), room=room - wide - 8)
    if tag:
        canvas.box(x + used + 14, y - 19, wide - 14, 38, colours.seal, radius=8)
        middle = x + used + 14 + (wide - 14) / 2
        canvas.text(middle, y, tag, 23, colours.seal_ink, align=Align.MIDDLE, is_bold=True)


def _rank(canvas: Canvas, x: float, y: float, rank: int) -> None:
    colours = canvas.palette
    if rank <= 3:
        canvas.dot(x, y, 25, colours.first, colours.first, 1)
        canvas.text(x, y, str(rank), 28, colours.card, align=Align.MIDDLE, is_bold=True)
    else:
        canvas.text(x, y, str(rank), 28, colours.soft, align=Align.MIDDLE)

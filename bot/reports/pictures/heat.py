"""Draws a heat map: a figure in every cell, hatching where there was nothing to take part in."""

from __future__ import annotations

from typing import Final

from bot.reports.pictures import frame
from bot.reports.pictures.canvas import WIDTH, Align, Canvas
from bot.reports.pictures.charts import MOST_COLUMNS, MOST_ROWS, HeatMap, HeatRow
from bot.reports.pictures.frame import GAP, HEAD, MARGIN
from bot.reports.pictures.palette import palette
from bot.reports.pictures.rates import exact, whole
from bot.texts import label
from questions.ranking import MILLION

# The first rate, per million, of each step of the scale.
STEPS: Final = (0, 400_000, 600_000, 800_000, 900_000)
_KEY: Final = 84
_HEADING: Final = 56
_LABEL: Final = 212
_TOTAL: Final = 104
_PAD: Final = 20
_GUTTER: Final = 3
_SMALL, _LARGE = 13, 22


def draw(shown: HeatMap, *, is_dark: bool) -> bytes:
    """The map as a PNG; raises ValueError over MOST_ROWS rows or MOST_COLUMNS columns."""
    if len(shown.rows) > MOST_ROWS or len(shown.columns) > MOST_COLUMNS:
        raise ValueError(f"{len(shown.rows)} × {len(shown.columns)} cells are too many to read")
    notes = frame.note_lines(shown.note)
    tall = _row_height(len(shown.rows))
    body = _KEY + _HEADING + tall * len(shown.rows) + _PAD
    top = HEAD + 5 + GAP
    height = top + body + GAP + frame.note_height(notes)
    canvas = Canvas(height, palette(is_dark=is_dark))
    frame.head(canvas, shown.title, shown.subtitle)
    frame.card(canvas, top, body)
    _key(canvas, top + _KEY / 2 + 4)
    _headings(canvas, top + _KEY, shown.columns)
    for place, row in enumerate(shown.rows):
        _row(canvas, top + _KEY + _HEADING + place * tall, tall, row)
    frame.note(canvas, top + body + GAP - 4, notes)
    return canvas.png()


def _row_height(rows: int) -> int:
    return 60 if rows <= 12 else 48 if rows <= 24 else 40


def step_of(rate: int) -> int:
    """Which step of the scale a rate falls into."""
    return max(place for place, start in enumerate(STEPS) if rate >= start)


def _cell_width(columns: int) -> float:
    room = WIDTH - 2 * MARGIN - 28 - _LABEL - _TOTAL
    return min(room / max(1, columns), 130)


def _left(column: int, columns: int) -> float:
    return MARGIN + 28 + _LABEL + column * _cell_width(columns)


def _key(canvas: Canvas, y: float) -> None:
    """The steps with their bounds written on them."""
    colours = canvas.palette
    x: float = MARGIN + 28
    x += canvas.text(x, y, label("reports.participation"), 23, colours.soft) + 18
    ends = (*STEPS[1:], MILLION)
    for place, (start, end) in enumerate(zip(STEPS, ends, strict=True)):
        words = f"{start // 10000}–{end // 10000}%"
        canvas.box(
            x, y - 20, 112, 40, colours.scale[place], radius=6, outline=colours.line, stroke=1
        )
        canvas.text(x + 56, y, words, 21, colours.scale_ink[place], align=Align.MIDDLE)
        x += 118
    x += 14
    _nothing(canvas, x, y - 20, 52, 40)
    canvas.text(x + 64, y, label("reports.no_rounds"), 21, colours.soft)


def _headings(canvas: Canvas, y: float, columns: tuple[str, ...]) -> None:
    colours = canvas.palette
    middle = y + _HEADING / 2
    every = _every(columns)
    wide = _cell_width(len(columns))
    for place in range(len(columns) - 1, -1, -every):
        x = _left(place, len(columns)) + wide / 2
        canvas.text(x, middle, columns[place], 19, colours.soft, align=Align.MIDDLE)
    right = canvas.width - MARGIN - 24
    canvas.text(
        right, middle, label("reports.total"), 21, colours.soft, align=Align.RIGHT, is_bold=True
    )


def _every(columns: tuple[str, ...]) -> int:
    """Under how many columns a heading needs to have room."""
    longest = max((len(name.encode("gbk", "replace")) for name in columns), default=1)
    return max(1, -(-int(longest * 10.5 + 12) // int(_cell_width(len(columns)))))


def _row(canvas: Canvas, y: float, tall: int, row: HeatRow) -> None:
    colours = canvas.palette
    middle = y + tall / 2
    size = _LARGE if tall > 44 else 19
    canvas.text(MARGIN + 28, middle, row.label, size + 1, colours.ink, room=_LABEL - 18)
    wide = _cell_width(len(row.values))
    figures = min(_LARGE if tall > 44 else 18, int(wide / 1.95))
    for place, rate in enumerate(row.values):
        x = _left(place, len(row.values)) + _GUTTER / 2
        _cell(canvas, x, y + _GUTTER / 2, wide - _GUTTER, tall - _GUTTER, rate, figures)
    right = canvas.width - MARGIN - 24
    canvas.text(
        right, middle, exact(row.total), size, colours.ink, align=Align.RIGHT, is_bold=True
    )


def _cell(
    canvas: Canvas, x: float, y: float, wide: float, tall: float, rate: int | None, size: int
) -> None:
    if rate is None:
        _nothing(canvas, x, y, wide, tall)
        return
    colours, step = canvas.palette, step_of(rate)
    canvas.box(x, y, wide, tall, colours.scale[step], radius=4 if wide > 40 else 0)
    canvas.text(
        x + wide / 2,
        y + tall / 2,
        whole(rate),
        max(size, _SMALL),
        colours.scale_ink[step],
        align=Align.MIDDLE,
    )


def _nothing(canvas: Canvas, x: float, y: float, wide: float, tall: float) -> None:
    canvas.hatch(x, y, wide, tall, canvas.palette.hatch)

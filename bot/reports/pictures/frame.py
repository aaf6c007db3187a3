"""What every picture has: the heading with its seal, cards, and the note below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.reports.pictures import fonts
from bot.reports.pictures.canvas import SCALE, WIDTH, Align, Canvas
from bot.reports.pictures.charts import Tile
from bot.reports.pictures.fonts import Family
from bot.texts import label

MARGIN: Final = 48
GAP: Final = 24
HEAD: Final = 172
TILES: Final = 136
RADIUS: Final = 16
_NOTE_SIZE: Final = 21
_NOTE_LINE: Final = 34
_SEAL: Final = 92


def head(canvas: Canvas, title: str, subtitle: str) -> None:
    """The band at the top."""
    colours = canvas.palette
    canvas.box(0, 0, canvas.width, HEAD, colours.head)
    canvas.box(0, HEAD, canvas.width, 5, colours.seal)
    room = canvas.width - 3 * MARGIN - _SEAL
    serif = Family.SERIF
    canvas.text(MARGIN, 70, title, 48, colours.head_ink, is_bold=True, family=serif, room=room)
    canvas.text(MARGIN, 128, subtitle, 25, colours.head_soft, room=room)
    x, y = canvas.width - MARGIN - _SEAL, (HEAD - _SEAL) / 2
    canvas.box(x, y, _SEAL, _SEAL, colours.seal, radius=10)
    canvas.box(
        x + 6, y + 6, _SEAL - 12, _SEAL - 12, None, radius=6, outline=colours.seal_ink, stroke=2
    )
    for place, character in enumerate(label("reports.seal")):
        middle = y + _SEAL / 2 + (place * 2 - 1) * 18 + 2
        canvas.text(
            x + _SEAL / 2,
            middle,
            character,
            34,
            colours.seal_ink,
            align=Align.MIDDLE,
            is_bold=True,
            family=serif,
        )


def card(canvas: Canvas, y: float, height: float) -> None:
    """A card across the sheet."""
    canvas.box(
        MARGIN,
        y,
        canvas.width - 2 * MARGIN,
        height,
        canvas.palette.card,
        radius=RADIUS,
        outline=canvas.palette.line,
        stroke=1,
    )


def tiles(canvas: Canvas, y: float, shown: Sequence[Tile]) -> None:
    """A card of a few large figures side by side, TILES high."""
    card(canvas, y, TILES)
    colours = canvas.palette
    each = (canvas.width - 2 * MARGIN) / len(shown)
    for place, tile in enumerate(shown):
        x = MARGIN + place * each + 28
        room = each - 44
        if place:
            canvas.line([(x - 28, y + 26), (x - 28, y + TILES - 26)], colours.line, 1)
        canvas.text(x, y + 38, tile.label, 23, colours.soft, room=room)
        wide = canvas.text(x, y + 90, tile.value, 42, colours.ink, is_bold=True, room=room)
        if tile.note and room - wide > 60:
            canvas.text(x + wide + 14, y + 96, tile.note, 21, colours.soft, room=room - wide - 14)


def note_lines(text: str, width: int = WIDTH) -> list[str]:
    """The note broken into lines; a line feed begins a new one."""
    room, size = (width - 2 * MARGIN) * SCALE, _NOTE_SIZE * SCALE
    return [
        line
        for part in text.split("\n")
        for line in fonts.lines(fonts.printable(part), Family.SANS, size, room)
    ]


def note_height(lines: Sequence[str]) -> int:
    """How much room a note takes, margin included."""
    return len(lines) * _NOTE_LINE + MARGIN - 10 if lines else MARGIN - GAP


def note(canvas: Canvas, y: float, lines: Sequence[str]) -> None:
    """The small print."""
    for place, line in enumerate(lines):
        middle = y + _NOTE_LINE / 2 + place * _NOTE_LINE
        canvas.text(MARGIN, middle, line, _NOTE_SIZE, canvas.palette.soft)

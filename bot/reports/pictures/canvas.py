"""A sheet to draw on, in points of the finished picture: drawn at twice the size, then shrunk."""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from bot.reports.pictures import fonts
from bot.reports.pictures.fonts import Family
from bot.reports.pictures.palette import Palette

WIDTH: Final = 1080
SCALE: Final = 2
# From the middle of a Chinese character down to the base line, in parts of its size.
_TO_BASE: Final = 0.36

Point = tuple[float, float]


class Align(StrEnum):
    """Where the given x is: at the left, middle or right of the text."""

    LEFT = "l"
    MIDDLE = "m"
    RIGHT = "r"


class Canvas:
    """One picture in the making; y runs down, and a text's y is its middle."""

    def __init__(self, height: int, palette: Palette, *, width: int = WIDTH) -> None:
        from PIL import Image, ImageDraw

        self.width, self.height = width, height
        self.palette = palette
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), palette.paper)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str,
        *,
        align: Align = Align.LEFT,
        is_bold: bool = False,
        family: Family = Family.SANS,
        room: float = math.inf,
    ) -> float:
        """Write one line, smaller and then cut where it is wider than `room`; how wide it is."""
        pixels = round(size * SCALE)
        shown = fonts.printable(words, family)
        if room < math.inf:
            pixels = fonts.shrunk(shown, family, pixels, room * SCALE)
            shown = fonts.fitted(shown, family, pixels, room * SCALE)
        self._draw.text(
            (round(x * SCALE), round((y + size * _TO_BASE) * SCALE)),
            shown,
            font=fonts.font(family, pixels),
            fill=colour,
            anchor=f"{align.value}s",
            stroke_width=max(1, round(pixels / 56)) if is_bold else 0,
        )
        return fonts.width(shown, family, pixels) / SCALE

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None,
        *,
        radius: float = 0,
        outline: str | None = None,
        stroke: float = 0,
    ) -> None:
        """A rectangle, its corners rounded; nothing where it has no extent."""
        if width * SCALE < 1 or height * SCALE < 1:
            return
        self._draw.rounded_rectangle(
            self._area(x, y, width, height),
            min(radius, width / 2, height / 2) * SCALE,
            fill=fill,
            outline=outline,
            width=round(stroke * SCALE),
        )

    def hatch(
        self, x: float, y: float, width: float, height: float, colour: str, *, gap: float = 7
    ) -> None:
        """Slanting lines in a rectangle."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = (round(edge) for edge in self._area(x, y, width, height))
        size = (right - left + 1, bottom - top + 1)
        mask = Image.new("L", size, 0)
        pen = ImageDraw.Draw(mask)
        for start in range(-size[1], size[0], round(gap * SCALE)):
            pen.line([(start, size[1]), (start + size[1], 0)], fill=255, width=SCALE)
        self._image.paste(colour, (left, top), mask)

    def line(self, points: Sequence[Point], colour: str, stroke: float) -> None:
        """A line through points, its bends rounded."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(stroke * SCALE), joint="curve")

    def dashes(
        self, points: Sequence[Point], colour: str, stroke: float, *, on: float = 9, off: float = 6
    ) -> None:
        """A broken line through points; the dashes run on around bends."""
        along, is_on = 0.0, True
        for (x, y), (to_x, to_y) in itertools.pairwise(points):
            length = math.hypot(to_x - x, to_y - y)
            done = 0.0
            while done < length:
                step = min((on if is_on else off) - along, length - done)
                if is_on:
                    ends = [
                        (x + (to_x - x) * at / length, y + (to_y - y) * at / length)
                        for at in (done, done + step)
                    ]
                    self.line(ends, colour, stroke)
                done, along = done + step, along + step
                if along >= (on if is_on else off):
                    along, is_on = 0.0, not is_on

    def dot(
        self, x: float, y: float, radius: float, fill: str, outline: str, stroke: float = 2
    ) -> None:
        """A filled circle with a rim."""
        area = self._area(x - radius, y - radius, 2 * radius, 2 * radius)
        self._draw.ellipse(area, fill=fill, outline=outline, width=round(stroke * SCALE))

    def diamond(self, x: float, y: float, radius: float, fill: str, outline: str) -> None:
        """A square on its corner, with a rim."""
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self._draw.polygon([(a * SCALE, b * SCALE) for a, b in corners], fill=fill)
        self.line([*corners, corners[0], corners[1]], outline, 2)

    def png(self) -> bytes:
        """The finished picture."""
        target = io.BytesIO()
        self._image.reduce(SCALE).save(target, "PNG", compress_level=4)
        return target.getvalue()

    @staticmethod
    def _area(x: float, y: float, width: float, height: float) -> tuple[float, ...]:
        """Pillow counts the last pixel in."""
        left, top = round(x * SCALE), round(y * SCALE)
        return (
            left,
            top,
            max(left, round((x + width) * SCALE) - 1),
            max(top, round((y + height) * SCALE) - 1),
        )

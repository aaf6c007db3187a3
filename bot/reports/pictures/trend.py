"""Draws two rates over time: one line whole with dots, the other broken with diamonds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.reports.pictures import frame
from bot.reports.pictures.canvas import WIDTH, Align, Canvas
from bot.reports.pictures.charts import MOST_POINTS, Point, Tile, Trend
from bot.reports.pictures.frame import GAP, HEAD, MARGIN, TILES
from bot.reports.pictures.palette import palette
from bot.reports.pictures.rates import exact
from bot.texts import label
from questions.ranking import MILLION

_CHART: Final = 540
_TOP: Final = 84  # of the plot in its card; the key is above
_BOTTOM: Final = 62
_LEFT, _RIGHT = 92, 108
_LABELS: Final = 9  # below the plot, at most
_LABEL_GAP: Final = 32  # between the last figures of the two lines


@dataclass(frozen=True, slots=True)
class _Series:
    name: str
    colour: str
    value: Callable[[Point], int | None]
    is_broken: bool


def draw(trend: Trend, *, is_dark: bool) -> bytes:
    """The trend as a PNG; raises ValueError over MOST_POINTS points."""
    if len(trend.points) > MOST_POINTS:
        raise ValueError(f"{len(trend.points)} points; {MOST_POINTS} are as many as can be read")
    notes = frame.note_lines(trend.note)
    top = HEAD + 5 + GAP
    height = top + TILES + GAP + _CHART + GAP + frame.note_height(notes)
    canvas = Canvas(height, palette(is_dark=is_dark))
    frame.head(canvas, trend.title, trend.subtitle)
    series = (
        _Series(label("reports.participation"), canvas.palette.first, _participation, False),
        _Series(label("reports.rate"), canvas.palette.second, _rate, True),
    )
    frame.tiles(canvas, top, _summaries(trend, series))
    _chart(canvas, top + TILES + GAP, trend.points, series)
    frame.note(canvas, top + TILES + GAP + _CHART + GAP - 4, notes)
    return canvas.png()


def _participation(point: Point) -> int | None:
    return point.participation


def _rate(point: Point) -> int | None:
    return point.rate


def _summaries(trend: Trend, series: Sequence[_Series]) -> list[Tile]:
    """Of each rate the last value and the one over all of the time."""
    found = []
    for one, overall in zip(series, (trend.participation, trend.rate), strict=True):
        known = [(p.label, value) for p in trend.points if (value := one.value(p)) is not None]
        when, last = known[-1] if known else ("", None)
        found.append(Tile(label("reports.tile_last", name=one.name, when=when), exact(last)))
        found.append(Tile(label("reports.tile_overall", name=one.name), exact(overall)))
    return found


def _chart(canvas: Canvas, y: float, points: Sequence[Point], series: Sequence[_Series]) -> None:
    frame.card(canvas, y, _CHART)
    _key(canvas, y + 42, series)
    left, right = MARGIN + _LEFT, WIDTH - MARGIN - _RIGHT
    top, bottom = y + _TOP, y + _CHART - _BOTTOM

    def place(index: int, rate: int) -> tuple[float, float]:
        along = (index + 0.5) / max(1, len(points))
        return left + along * (right - left), bottom - (bottom - top) * rate / MILLION

    _grid(canvas, left, right, place)
    _labels(canvas, bottom + 30, points, place)
    ends: list[tuple[float, float, int, _Series]] = []
    for one in reversed(series):  # dots on diamonds show both where two rates are equal
        found = _line(canvas, points, one, place)
        if found is not None:
            ends.append((*found, one))
    _end_figures(canvas, ends, right + 10)


def _key(canvas: Canvas, y: float, series: Sequence[_Series]) -> None:
    x: float = MARGIN + 28
    for one in series:
        ends = [(x, y), (x + 64, y)]
        _stroke(canvas, ends, one)
        _mark(canvas, x + 32, y, one, 7)
        x += 80 + canvas.text(x + 78, y, one.name, 24, canvas.palette.ink) + 44


def _grid(
    canvas: Canvas, left: float, right: float, place: Callable[[int, int], tuple[float, float]]
) -> None:
    for percent in range(0, 101, 20):
        y = place(0, percent * MILLION // 100)[1]
        canvas.line([(left, y), (right, y)], canvas.palette.line, 1.5 if percent else 2)
        canvas.text(left - 14, y, f"{percent}%", 21, canvas.palette.soft, align=Align.RIGHT)


def _labels(
    canvas: Canvas,
    y: float,
    points: Sequence[Point],
    place: Callable[[int, int], tuple[float, float]],
) -> None:
    """Under every so many points, counted back from the last."""
    every = -(-len(points) // _LABELS) if points else 1
    for index in range(len(points) - 1, -1, -every):
        x = place(index, 0)[0]
        canvas.text(x, y, points[index].label, 20, canvas.palette.soft, align=Align.MIDDLE)


def _line(
    canvas: Canvas,
    points: Sequence[Point],
    series: _Series,
    place: Callable[[int, int], tuple[float, float]],
) -> tuple[float, float, int] | None:
    """Draw one rate, broken off where there is none; where it ends, and its last value."""
    run: list[tuple[float, float]] = []
    runs = [run]
    last: tuple[float, float, int] | None = None
    for index, point in enumerate(points):
        rate = series.value(point)
        if rate is None:
            run = []
            runs.append(run)
            continue
        x, y = place(index, rate)
        run.append((x, y))
        last = (x, y, rate)
    for part in runs:
        _stroke(canvas, part, series)
    radius = 7 if len(points) <= 27 else 4
    for x, y in (spot for part in runs for spot in part):
        _mark(canvas, x, y, series, radius)
    return last


def _stroke(canvas: Canvas, points: Sequence[tuple[float, float]], series: _Series) -> None:
    if len(points) < 2:
        return
    if series.is_broken:
        canvas.dashes(points, series.colour, 4)
    else:
        canvas.line(points, series.colour, 4)


def _mark(canvas: Canvas, x: float, y: float, series: _Series, radius: float) -> None:
    if series.is_broken:
        canvas.diamond(x, y, radius + 2, canvas.palette.card, series.colour)
    else:
        rim = canvas.palette.card if radius > 5 else series.colour  # would cut up a dense line
        canvas.dot(x, y, radius, series.colour, rim, 2)


def _end_figures(
    canvas: Canvas, ends: Sequence[tuple[float, float, int, _Series]], x: float
) -> None:
    """The last figures beside the plot, moved apart where the lines end close together."""
    ordered = sorted(ends, key=lambda end: end[1])
    places = [end[1] for end in ordered]
    if len(places) == 2 and places[1] - places[0] < _LABEL_GAP:
        middle = sum(places) / 2
        places = [middle - _LABEL_GAP / 2, middle + _LABEL_GAP / 2]
    for y, (_, _, rate, one) in zip(places, ordered, strict=True):
        canvas.text(x, y, exact(rate), 25, one.colour, is_bold=True)

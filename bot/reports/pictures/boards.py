"""A board as the boards' service hands it out, made ready to be drawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.reports.pictures import standings
from bot.reports.pictures.charts import Entry, Group, Standings, Tile
from bot.reports.pictures.rates import exact
from bot.texts import label
from questions.ranking import ENOUGH_ANSWERS, LONGEST_BOARD, LOWEST_LISTED, MILLION
from questions.ranking import SMALLEST_DEPARTMENT as SMALLEST

# Boards' handlers draw, so that nothing of boards may be loaded before this is.
if TYPE_CHECKING:
    from bot.boards.service import (
        BandBoard,
        DepartmentBoard,
        DepartmentPlace,
        PersonBoard,
        Place,
    )

_LOWEST = f"{LOWEST_LISTED * 100 // MILLION}%"


def board_picture(board: PersonBoard | DepartmentBoard, *, is_dark: bool) -> bytes:
    """A board as a PNG: one's own standing first, then the lines that everyone sees."""
    from bot.boards.service import PersonBoard

    shown = _people(board) if isinstance(board, PersonBoard) else _departments(board)
    return standings.draw(shown, is_dark=is_dark)


def _people(board: PersonBoard) -> Standings:
    kind = label("boards.kind_people")
    entries = tuple(_person(place) for place in board.places)
    few = label("reports.board_nobody", enough=ENOUGH_ANSWERS)
    low = label("reports.board_none_listed", lowest=_LOWEST)
    return Standings(
        title=label("reports.board_title", kind=kind),
        subtitle=_subtitle(board),
        tiles=_own(board),
        groups=(Group("", entries),) if entries else (),
        empty=low if board.ranked else few,
        note=label("reports.board_note_people", longest=LONGEST_BOARD, lowest=_LOWEST),
    )


def _person(place: Place) -> Entry:
    name = label("boards.colleague") if place.name is None else place.name
    return Entry(place.rank, name, place.rate, tag=label("reports.own") if place.is_own else "")


def _own(board: PersonBoard) -> tuple[Tile, ...]:
    own = board.own
    right = label("reports.tile_right_value", right=own.right, answered=own.answered)
    answers = Tile(label("reports.tile_right"), right)
    if own.rank is None:
        missing = label("reports.tile_missing", missing=own.missing, enough=ENOUGH_ANSWERS)
        few = label("reports.tile_few")
        return (Tile(label("reports.tile_rank"), few, missing), answers)
    place = label("reports.tile_rank_value", rank=own.rank)
    of = label("reports.tile_ranked", ranked=board.ranked)
    return (
        Tile(label("reports.tile_rank"), place, of),
        Tile(label("reports.tile_rate"), exact(own.rate)),
        answers,
    )


def _departments(board: DepartmentBoard) -> Standings:
    kind = label("boards.kind_departments")
    has_bands = len(board.bands) > 1
    return Standings(
        title=label("reports.board_title", kind=kind),
        subtitle=_subtitle(board),
        tiles=_own_department(board),
        groups=tuple(_band(band, has_heading=has_bands) for band in board.bands),
        empty=label("reports.board_no_departments"),
        note=label("reports.board_note_departments", smallest=SMALLEST),
    )


def _own_department(board: DepartmentBoard) -> tuple[Tile, ...]:
    if board.department is None:
        return ()
    if board.own is None:
        few = label("reports.tile_few")
        return (Tile(board.department, few, label("reports.tile_department_few")),)
    score = board.own.score
    return (
        Tile(board.department, label("reports.tile_rank_value", rank=board.own.rank)),
        Tile(label("reports.tile_score"), exact(score.score)),
        Tile(label("reports.participation"), exact(score.participation)),
        Tile(label("reports.tile_mean"), exact(score.mean_rate)),
    )


def _band(band: BandBoard, *, has_heading: bool) -> Group:
    heading = ""
    if has_heading and band.end is None:
        heading = label("reports.band_from", start=band.start)
    elif has_heading and band.end is not None:
        heading = label("reports.band_up_to", start=band.start, last=band.end - 1)
    return Group(heading, tuple(_department(place) for place in band.places))


def _department(place: DepartmentPlace) -> Entry:
    score = place.score
    note = label(
        "reports.department_note",
        participation=exact(score.participation),
        mean=exact(score.mean_rate),
    )
    tag = label("reports.own_department") if place.is_own else ""
    return Entry(place.rank, score.name, score.score, note, tag)


def _subtitle(board: PersonBoard | DepartmentBoard) -> str:
    """The period by name, up to which day, or that it is closed."""
    if board.plan is not None:
        return label("reports.subtitle", name=board.plan.name, day=_day(board.day))
    name = _period(board.span.value.removeprefix("c"), board.day)
    if board.season is not None:
        return label("reports.subtitle_closed", name=name)
    if board.span.value == "day":
        return name
    return label("reports.subtitle", name=name, day=_day(board.day))


def _period(span: str, day: date) -> str:
    year, week, _ = day.isocalendar()
    match span:
        case "week":
            return label("reports.name_week", year=year, week=week)
        case "month":
            return label("reports.name_month", year=day.year, month=day.month)
        case "quarter":
            return label("reports.name_quarter", year=day.year, quarter=(day.month + 2) // 3)
        case "year":
            return label("reports.name_year", year=day.year)
        case "day":
            return label("reports.name_day", year=day.year, day=_day(day))
    return label("reports.name_all")


def _day(day: date) -> str:
    return label("reports.day", month=day.month, day=day.day)

"""Screens of boards; columns are set with figure spaces, as a phone would wrap a <pre>."""

from __future__ import annotations

from datetime import date, timedelta

from bot.boards.service import (
    BandBoard,
    BoardKind,
    DepartmentBoard,
    DepartmentPlace,
    PersonBoard,
    Place,
    Profile,
    Standing,
)
from bot.boards.taps import SetNameShown, ShowBoard, ShowMe
from bot.callbacks import pack
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from questions.periods import Span
from questions.ranking import (
    ENOUGH_ANSWERS,
    LONGEST_BOARD,
    LOWEST_LISTED,
    MILLION,
    SMALLEST_DEPARTMENT,
)
from storage.states import Role

LONGEST_NAME = 12
_PASS = f"{LOWEST_LISTED * 100 // MILLION}%"
_FIGURE_SPACE = "\u2007"  # as wide as a digit

_KINDS = {
    BoardKind.PEOPLE: "boards.kind_people",
    BoardKind.DEPARTMENTS: "boards.kind_departments",
}
_SPANS = {
    Span.WEEK: "boards.span_week",
    Span.MONTH: "boards.span_month",
    Span.YEAR: "boards.span_year",
    Span.ALL: "boards.span_all",
}
_ROLES = {
    Role.STAFF: "boards.role_staff",
    Role.TRAINER: "boards.role_trainer",
    Role.ADMIN: "boards.role_admin",
}


def percent(rate: int) -> str:
    """A rate per million with one decimal; only a full one reads 100.0%."""
    tenths = (rate + 500) // 1000
    if rate < MILLION:
        tenths = min(tenths, 999)
    return f"{tenths // 10}.{tenths % 10}%"


def board(result: PersonBoard | DepartmentBoard) -> Screen:
    """A board with buttons to every other one."""
    if isinstance(result, PersonBoard):
        kind, blocks = BoardKind.PEOPLE, _person_blocks(result)
    else:
        kind, blocks = BoardKind.DEPARTMENTS, _department_blocks(result)
    head = text(
        "boards.head",
        kind=label(_KINDS[kind]),
        span=label(_SPANS[result.span]),
        period=_period(result.span, result.day),
    )
    return Screen("\n\n".join([head, *blocks]), _board_keyboard(kind, result.span))


def profile(result: Profile) -> Screen:
    """One's own totals, and the consent to be named."""
    given = result.shows_name
    said = text(
        "boards.profile",
        name=_line(result.name),
        department=_line(result.department or label("boards.department_none")),
        role=label(_ROLES[result.role]),
        standings=Markup("\n".join(_standing(span, row) for span, row in result.standings)),
        consent=text("boards.consent_given" if given else "boards.consent_missing"),
    )
    change = label("boards.button_hide_name" if given else "boards.button_show_name")
    return Screen(
        said,
        (
            (Button(change, pack(SetNameShown(0 if given else 1))),),
            (Button(label("boards.button_board"), pack(ShowBoard())),),
        ),
    )


def consent_toast(result: Profile) -> str:
    """What just became of the name."""
    return label("boards.toast_shown" if result.shows_name else "boards.toast_hidden")


def _person_blocks(result: PersonBoard) -> list[Markup]:
    places = Markup("\n".join(_place(place) for place in result.places))
    if not result.ranked:
        places = text("boards.nobody_ranked", enough=ENOUGH_ANSWERS)
    elif not result.places:
        places = text("boards.nobody_listed", lowest=_PASS)
    note = text("boards.note_people", longest=LONGEST_BOARD, lowest=_PASS)
    return [_own(result.own, result.ranked), places, note]


def _own(own: Standing, ranked: int) -> Markup:
    if own.rank is None:
        return text("boards.own_few", missing=own.missing, enough=ENOUGH_ANSWERS)
    return text("boards.own_ranked", rank=own.rank, rate=percent(own.rate), ranked=ranked)


def _place(place: Place) -> Markup:
    return text(
        "boards.place_own" if place.is_own else "boards.place",
        rank=_pad(str(place.rank), 2),
        rate=_pad(percent(place.rate), 6),
        name=label("boards.colleague") if place.name is None else _short(place.name),
    )


def _department_blocks(result: DepartmentBoard) -> list[Markup]:
    has_bands = len(result.bands) > 1
    lists = [_band(band, has_heading=has_bands) for band in result.bands]
    if not lists:
        lists = [text("boards.no_departments")]
    note = text("boards.note_departments", smallest=SMALLEST_DEPARTMENT)
    return [_own_department(result), *lists, note]


def _own_department(result: DepartmentBoard) -> Markup:
    if result.department is None:
        return text("boards.no_department")
    if result.own is None:
        return text("boards.own_department_none")
    score = result.own.score
    said = text(
        "boards.own_department",
        rank=result.own.rank,
        score=percent(score.score),
        participation=percent(score.participation),
        mean=percent(score.mean_rate),
    )
    if not score.merged:
        return said
    return Markup("\n".join([said, text("boards.own_merged", smallest=SMALLEST_DEPARTMENT)]))


def _band(band: BandBoard, *, has_heading: bool) -> Markup:
    lines = [_department_place(place) for place in band.places]
    if has_heading and band.end is None:
        lines.insert(0, text("boards.band_from", start=band.start))
    elif has_heading and band.end is not None:
        lines.insert(0, text("boards.band_up_to", start=band.start, last=band.end - 1))
    return Markup("\n".join(lines))


def _department_place(place: DepartmentPlace) -> Markup:
    return text(
        "boards.place_department_own" if place.is_own else "boards.place",
        rank=_pad(str(place.rank), 2),
        rate=_pad(percent(place.score.score), 6),
        name=_short(place.score.name),
    )


def _standing(span: Span, own: Standing) -> Markup:
    if not own.offered and not own.answered:
        return text("boards.standing_none", span=label(_SPANS[span]))
    few = label("boards.rank_few", missing=own.missing)
    return text(
        "boards.standing",
        span=label(_SPANS[span]),
        rate=percent(own.rate),
        rank=few if own.rank is None else label("boards.rank", rank=own.rank),
        points=own.points,
        offered=own.offered,
        right=own.right,
        answered=own.answered,
    )


def _period(span: Span, day: date) -> Markup:
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        sunday = monday + timedelta(days=6)
        return text(
            "boards.period_week",
            month=monday.month,
            day=monday.day,
            end_month=sunday.month,
            end_day=sunday.day,
        )
    if span is Span.MONTH:
        return text("boards.period_month", year=day.year, month=day.month)
    if span is Span.YEAR:
        return text("boards.period_year", year=day.year)
    return text("boards.period_all")


def _board_keyboard(kind: BoardKind, span: Span) -> tuple[tuple[Button, ...], ...]:
    return (
        tuple(_choice(_SPANS[each], kind, each, is_chosen=each is span) for each in _SPANS),
        tuple(_choice(_KINDS[each], each, span, is_chosen=each is kind) for each in _KINDS),
        (Button(label("boards.button_me"), pack(ShowMe())),),
    )


def _choice(key: str, kind: BoardKind, span: Span, *, is_chosen: bool) -> Button:
    choice = label(key)
    shown = label("boards.chosen", choice=choice) if is_chosen else choice
    return Button(shown, pack(ShowBoard(kind.value, span.value)))


def _line(name: str) -> str:
    """A name on one line, without characters that would turn or hide what follows."""
    return "".join(letter for letter in " ".join(name.split()) if letter.isprintable())


def _short(name: str) -> str:
    name = _line(name)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _pad(figure: str, width: int) -> str:
    return figure.rjust(width, _FIGURE_SPACE)

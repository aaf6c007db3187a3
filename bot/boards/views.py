"""Screens of boards; columns are set with figure spaces, as a phone would wrap a <pre>."""

from __future__ import annotations

from datetime import date, timedelta

from bot.boards.service import (
    CLOSED_SPANS,
    BandBoard,
    BoardKind,
    BoardSpan,
    DepartmentBoard,
    DepartmentPlace,
    NoSeason,
    PersonBoard,
    Place,
    PlanChoice,
    Plans,
    Profile,
    Season,
    Standing,
)
from bot.boards.taps import (
    SendPicture,
    SetNameShown,
    ShowBoard,
    ShowMe,
    ShowPlanBoard,
    ShowPlans,
    ShowRecord,
)
from bot.callbacks import Tap, pack
from bot.screen import Button, Screen
from bot.texts import Markup, label, text
from bot.texts.dates import day_label, moment_label
from questions.ranking import (
    ENOUGH_ANSWERS,
    LONGEST_BOARD,
    LOWEST_LISTED,
    MILLION,
    SMALLEST_DEPARTMENT,
)
from storage.states import Role

LONGEST_NAME = 12
MOST_PLANS = 20
_PASS = f"{LOWEST_LISTED * 100 // MILLION}%"
_FIGURE_SPACE = "\u2007"  # as wide as a digit

_KINDS = {
    BoardKind.PEOPLE: "boards.kind_people",
    BoardKind.DEPARTMENTS: "boards.kind_departments",
}
_SPANS = {
    BoardSpan.DAY: "boards.span_day",
    BoardSpan.WEEK: "boards.span_week",
    BoardSpan.MONTH: "boards.span_month",
    BoardSpan.QUARTER: "boards.span_quarter",
    BoardSpan.YEAR: "boards.span_year",
    BoardSpan.ALL: "boards.span_all",
    BoardSpan.CLOSED_MONTH: "boards.span_cmonth",
    BoardSpan.CLOSED_QUARTER: "boards.span_cquarter",
    BoardSpan.CLOSED_YEAR: "boards.span_cyear",
    BoardSpan.PLAN: "boards.span_plan",
}
_ROWS = (
    (BoardSpan.DAY, BoardSpan.WEEK, BoardSpan.MONTH, BoardSpan.QUARTER),
    (BoardSpan.YEAR, BoardSpan.ALL, BoardSpan.PLAN, BoardSpan.CLOSED_MONTH),
)
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


def board(result: PersonBoard | DepartmentBoard, timezone: str) -> Screen:
    """A board with buttons to every other one."""
    if isinstance(result, PersonBoard):
        kind, blocks = BoardKind.PEOPLE, _person_blocks(result)
    else:
        kind, blocks = BoardKind.DEPARTMENTS, _department_blocks(result)
    plan = result.plan
    head = text(
        "boards.head",
        kind=label(_KINDS[kind]),
        span=label(_SPANS[result.span]),
        period=_line(plan.name) if plan is not None else _period(result.span, result.day),
    )
    if result.season is not None:
        head = Markup("\n".join([head, *_season(result.season, timezone)]))
    picture = SendPicture(kind.value, result.span.value, plan.id if plan is not None else 0)
    rows = _board_keyboard(kind, result.span, plan)
    return Screen("\n\n".join([head, *blocks]), (*rows, (*_ME, _button("picture", picture))))


def no_season(result: NoSeason) -> Screen:
    """There is no closed month, quarter or year yet."""
    said = text("boards.no_season", span=label(_SPANS[result.span]))
    return Screen(said, (*_board_keyboard(result.kind, result.span, None), _ME))


def plans(result: Plans) -> Screen:
    """The plans to choose from."""
    choices = tuple(
        (Button(_short(plan.name), pack(ShowPlanBoard(result.kind.value, plan.id))),)
        for plan in result.choices[:MOST_PLANS]
    )
    said = text("boards.plans" if choices else "boards.no_plans")
    return Screen(said, (*choices, (_button("board", ShowBoard(result.kind.value)),)))


def _season(season: Season, timezone: str) -> list[Markup]:
    """When it was closed, and how often it was corrected since."""
    lines = [text("boards.season_closed", moment=moment_label(season.closed_at, timezone))]
    if season.corrected_at:
        last = moment_label(season.corrected_at[-1], timezone)
        lines.append(text("boards.season_corrected", count=len(season.corrected_at), moment=last))
    return lines


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
            (_button("record", ShowRecord(0)), _button("board", ShowBoard())),
        ),
    )


def consent_toast(result: Profile) -> str:
    """What just became of the name."""
    return label("boards.toast_shown" if result.shows_name else "boards.toast_hidden")


def _person_blocks(result: PersonBoard) -> list[Markup]:
    if result.span is BoardSpan.DAY:
        return [_own_day(result.own), text("boards.note_day")]
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


def _own_day(own: Standing) -> Markup:
    if not own.offered:
        return text("boards.own_day_none")
    return text(
        "boards.own_day",
        points=own.points,
        offered=own.offered,
        right=own.right,
        answered=own.answered,
    )


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
    is_day = result.span is BoardSpan.DAY
    name = "boards.note_departments_day" if is_day else "boards.note_departments"
    note = text(name, smallest=SMALLEST_DEPARTMENT)
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


def _standing(span: BoardSpan, own: Standing) -> Markup:
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


def _period(span: BoardSpan, day: date) -> Markup:
    of = CLOSED_SPANS.get(span, span)
    if of == BoardSpan.DAY:
        return Markup(day_label(day))
    if of == BoardSpan.WEEK:
        monday = day - timedelta(days=day.weekday())
        sunday = monday + timedelta(days=6)
        return text(
            "boards.period_week",
            month=monday.month,
            day=monday.day,
            end_month=sunday.month,
            end_day=sunday.day,
        )
    if of == BoardSpan.MONTH:
        return text("boards.period_month", year=day.year, month=day.month)
    if of == BoardSpan.QUARTER:
        return text("boards.period_quarter", year=day.year, quarter=(day.month + 2) // 3)
    if of == BoardSpan.YEAR:
        return text("boards.period_year", year=day.year)
    return text("boards.period_all")


def _board_keyboard(
    kind: BoardKind, span: BoardSpan, plan: PlanChoice | None
) -> tuple[tuple[Button, ...], ...]:
    rows = [tuple(_choice(each, kind, span) for each in row) for row in _ROWS]
    if span in CLOSED_SPANS:
        rows.append(tuple(_choice(each, kind, span, is_season=True) for each in CLOSED_SPANS))
    if plan is not None:
        rows.append((_button("other_plan", ShowPlans(kind.value)),))
    return (*rows, tuple(_kind(each, kind, span, plan) for each in BoardKind))


def _choice(
    each: BoardSpan, kind: BoardKind, chosen: BoardSpan, *, is_season: bool = False
) -> Button:
    is_plan, is_closed = each is BoardSpan.PLAN, each in CLOSED_SPANS and not is_season
    name = label("boards.button_closed" if is_closed else _SPANS[each])
    is_chosen = chosen in CLOSED_SPANS if is_closed else each is chosen
    tap = ShowPlans(kind.value) if is_plan else ShowBoard(kind.value, each.value)
    return _marked(name, tap, is_chosen=is_chosen)


def _kind(each: BoardKind, chosen: BoardKind, span: BoardSpan, plan: PlanChoice | None) -> Button:
    tap: Tap = ShowBoard(each.value, span.value)
    if plan is not None:
        tap = ShowPlanBoard(each.value, plan.id)
    return _marked(label(_KINDS[each]), tap, is_chosen=each is chosen)


def _marked(choice: str, tap: Tap, *, is_chosen: bool) -> Button:
    return Button(label("boards.chosen", choice=choice) if is_chosen else choice, pack(tap))


def _button(name: str, tap: Tap) -> Button:
    return Button(label(f"boards.button_{name}"), pack(tap))


def _line(name: str) -> str:
    """A name on one line, without characters that would turn or hide what follows."""
    return "".join(letter for letter in " ".join(name.split()) if letter.isprintable())


def _short(name: str) -> str:
    name = _line(name)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _pad(figure: str, width: int) -> str:
    return figure.rjust(width, _FIGURE_SPACE)


_ME = (_button("me", ShowMe()),)

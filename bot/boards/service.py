"""Boards and one's own totals, read from maintained sums; names leave only with consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import may, person_of
from questions.periods import (
    KEPT_SPANS,
    Span,
    period_of,
    plan_period,
    season_days,
    span_of_season,
)
from questions.ranking import (
    ENOUGH_ANSWERS,
    LONGEST_BOARD,
    LOWEST_LISTED,
    MILLION,
    Band,
    DepartmentScore,
    count_listed,
    merge_small,
    shared_ranks,
    size_bands,
)
from storage.repositories.people import PersonRow
from storage.repositories.totals import PlaceRow
from storage.states import PlanId, Role
from storage.unit import Unit


class BoardKind(StrEnum):
    """Who stands on a board."""

    PEOPLE = "people"
    DEPARTMENTS = "departments"


class BoardSpan(StrEnum):
    """What a board looks back on: a span of today, the last closed season, or a plan."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    CLOSED_MONTH = "cmonth"
    CLOSED_QUARTER = "cquarter"
    CLOSED_YEAR = "cyear"
    PLAN = "plan"


CLOSED_SPANS = {
    BoardSpan.CLOSED_MONTH: Span.MONTH,
    BoardSpan.CLOSED_QUARTER: Span.QUARTER,
    BoardSpan.CLOSED_YEAR: Span.YEAR,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's own totals in a period; `rate` per million, no rank while answers are few."""

    points: int = 0
    offered: int = 0
    answered: int = 0
    right: int = 0
    rate: int = 0
    rank: int | None = None

    @property
    def missing(self) -> int:
        """How many more answers it takes to have a rank."""
        return max(0, ENOUGH_ANSWERS - self.answered)


@dataclass(frozen=True, slots=True)
class Season:
    """A closed period: when it was closed, and when it was corrected since."""

    closed_at: datetime
    corrected_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """A plan whose board a person may see."""

    id: PlanId
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a person board; `name` only where that person consents."""

    rank: int
    name: str | None
    rate: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class PersonBoard:
    """Own standing, and the upper half of the `ranked` people who have a rank.

    `day` is today, or the last one of a closed season.
    """

    span: BoardSpan
    day: date
    own: Standing
    ranked: int
    places: tuple[Place, ...]
    season: Season | None = None
    plan: PlanChoice | None = None


@dataclass(frozen=True, slots=True)
class DepartmentPlace:
    """One department with its rank among those of like size."""

    rank: int
    score: DepartmentScore
    is_own: bool


@dataclass(frozen=True, slots=True)
class BandBoard:
    """The upper half of the departments of like size; bounds as in `Band`."""

    start: int
    end: int | None
    places: tuple[DepartmentPlace, ...]


@dataclass(frozen=True, slots=True)
class DepartmentBoard:
    """Own department's place, where it has one, and the best of each size; `day` as above."""

    span: BoardSpan
    day: date
    department: str | None
    own: DepartmentPlace | None
    bands: tuple[BandBoard, ...]
    season: Season | None = None
    plan: PlanChoice | None = None


@dataclass(frozen=True, slots=True)
class NoSeason:
    """No month, quarter or year has been closed yet."""

    kind: BoardKind
    span: BoardSpan


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans whose boards a person may see."""

    kind: BoardKind
    choices: tuple[PlanChoice, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of themselves."""

    name: str
    department: str | None
    role: Role
    shows_name: bool
    standings: tuple[tuple[BoardSpan, Standing], ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    span: BoardSpan
    day: date
    period: str
    season: Season | None = None
    plan: PlanChoice | None = None


def read_board(
    unit: Unit, chat_id: int, kind: str, span: str, *, today: date
) -> PersonBoard | DepartmentBoard | NoSeason:
    """The board of the period that the local day falls into, or of the last closed season.

    Raises StaleTap if unknown.
    """
    person = person_of(unit, chat_id)
    wanted, over = _kind(kind), _span(span)
    if over is BoardSpan.PLAN:
        raise StaleTap
    if over in CLOSED_SPANS:
        closed = _closed(unit, over)
        return NoSeason(wanted, over) if closed is None else _board(unit, person, wanted, closed)
    subject = _Subject(over, today, period_of(Span(over.value), today))
    return _board(unit, person, wanted, subject)


def list_plans(unit: Unit, chat_id: int, kind: str) -> Plans:
    """The plans a person takes part in; trainers and admins see them all."""
    return Plans(_kind(kind), _plans(unit, person_of(unit, chat_id)))


def read_plan_board(
    unit: Unit, chat_id: int, kind: str, plan_id: int, *, today: date
) -> PersonBoard | DepartmentBoard:
    """The board of all rounds of a plan; raises StaleTap where it is not among the person's."""
    person = person_of(unit, chat_id)
    wanted = _kind(kind)
    plan = next((each for each in _plans(unit, person) if each.id == plan_id), None)
    if plan is None:
        raise StaleTap
    subject = _Subject(BoardSpan.PLAN, today, plan_period(plan.id), plan=plan)
    return _board(unit, person, wanted, subject)


def read_pictured(
    unit: Unit, chat_id: int, kind: str, span: str, plan_id: int, *, today: date
) -> PersonBoard | DepartmentBoard:
    """The board that a picture is asked of; raises StaleTap where there is none."""
    if plan_id:
        return read_plan_board(unit, chat_id, kind, plan_id, today=today)
    board = read_board(unit, chat_id, kind, span, today=today)
    if isinstance(board, NoSeason):
        raise StaleTap
    return board


def read_profile(unit: Unit, chat_id: int, *, today: date) -> Profile:
    """One's own totals over every span."""
    return _profile(unit, person_of(unit, chat_id), today)


def set_name_shown(
    unit: Unit, chat_id: int, is_wanted: bool, *, today: date, now: datetime
) -> Profile:
    """Give or withdraw the consent to be named; a change is recorded, a repeat is not."""
    person = person_of(unit, chat_id)
    if person.shows_name is not is_wanted:
        unit.people.set_shows_name(person.id, shows_name=is_wanted)
        detail = {"shows_name": is_wanted}
        unit.house.record(person.id, "person.consent", f"person:{person.id}", detail, now)
    return _profile(unit, unit.people.get(person.id), today)


def _kind(word: str) -> BoardKind:
    try:
        return BoardKind(word)
    except ValueError as error:
        raise StaleTap from error


def _span(word: str) -> BoardSpan:
    try:
        return BoardSpan(word)
    except ValueError as error:
        raise StaleTap from error


def _closed(unit: Unit, span: BoardSpan) -> _Subject | None:
    closed = unit.seasons.list_closed()
    of_span = [period for period in closed if span_of_season(period) is CLOSED_SPANS[span]]
    if not of_span:
        return None
    period = max(of_span, key=lambda each: season_days(each))
    corrections = unit.seasons.list_corrections(period)
    season = Season(closed[period], tuple(each.at for each in corrections))
    return _Subject(span, season_days(period)[1], period, season)


def _plans(unit: Unit, person: PersonRow) -> tuple[PlanChoice, ...]:
    plans = [PlanChoice(plan.id, plan.name) for plan in unit.plans.list_all()]
    if may(person, Role.TRAINER):
        return tuple(plans)
    own = unit.totals.list_periods(person.id, [plan_period(plan.id) for plan in plans])
    return tuple(plan for plan in plans if plan_period(plan.id) in own)


def _profile(unit: Unit, person: PersonRow, today: date) -> Profile:
    periods = {BoardSpan(span.value): period_of(span, today) for span in KEPT_SPANS}
    rows = unit.totals.list_places(person.id, list(periods.values()))
    return Profile(
        name=person.name,
        department=person.department,
        role=person.role,
        shows_name=person.shows_name,
        standings=tuple((span, _standing(rows.get(period))) for span, period in periods.items()),
    )


def _standing(row: PlaceRow | None) -> Standing:
    if row is None:
        return Standing()
    return Standing(row.points, row.offered, row.answered, row.right_count, row.rate, row.rank)


def _board(
    unit: Unit, person: PersonRow, kind: BoardKind, subject: _Subject
) -> PersonBoard | DepartmentBoard:
    if kind is BoardKind.DEPARTMENTS:
        return _department_board(unit, person, subject)
    if subject.span is BoardSpan.DAY:
        own = _standing_of_day(unit, person, subject.day)
        return PersonBoard(subject.span, subject.day, own, 0, ())
    return _person_board(unit, person, subject)


def _standing_of_day(unit: Unit, person: PersonRow, day: date) -> Standing:
    """One's own result of a day: a few questions, which rank nobody."""
    sums = [result.amounts for result, _ in unit.totals.list_rounds(person.id, day)]
    points, offered = sum(each.points for each in sums), sum(each.offered for each in sums)
    return Standing(
        points=points,
        offered=offered,
        answered=sum(each.answered for each in sums),
        right=sum(each.right_count for each in sums),
        rate=points * MILLION // offered if offered else 0,
    )


def _person_board(unit: Unit, person: PersonRow, subject: _Subject) -> PersonBoard:
    period = subject.period
    ranked = unit.totals.count_ranked(period)
    rows = unit.totals.list_top(period, count_listed(ranked), lowest=LOWEST_LISTED)
    places = (
        Place(rank, row.name if row.shows_name else None, row.rate, row.person_id == person.id)
        for rank, row in zip(shared_ranks([row.rate for row in rows]), rows, strict=True)
    )
    own = _standing(unit.totals.list_places(person.id, [period]).get(period))
    return PersonBoard(
        subject.span, subject.day, own, ranked, tuple(places), subject.season, subject.plan
    )


def _department_board(unit: Unit, person: PersonRow, subject: _Subject) -> DepartmentBoard:
    if subject.span is BoardSpan.DAY:
        scores = unit.totals.list_departments_of_day(subject.day)
    else:
        scores = unit.totals.list_departments(subject.period)
    bands = size_bands(merge_small(scores))
    boards = [(band, _places(band, person.department)) for band in bands]
    own = next((place for _, places in boards for place in places if place.is_own), None)
    longest = LONGEST_BOARD // max(1, len(bands))
    return DepartmentBoard(
        span=subject.span,
        day=subject.day,
        department=person.department,
        own=own,
        bands=tuple(
            BandBoard(band.start, band.end, places[: count_listed(len(places), longest)])
            for band, places in boards
        ),
        season=subject.season,
        plan=subject.plan,
    )


def _places(band: Band, own: str | None) -> tuple[DepartmentPlace, ...]:
    ranks = shared_ranks([score.score for score in band.scores])
    return tuple(
        DepartmentPlace(rank, score, score.includes(own))
        for rank, score in zip(ranks, band.scores, strict=True)
    )

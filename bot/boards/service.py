"""Boards and one's own totals, read from maintained sums; names leave only with consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import person_of
from questions.periods import Span, period_of
from questions.ranking import (
    ENOUGH_ANSWERS,
    LONGEST_BOARD,
    LOWEST_LISTED,
    Band,
    DepartmentScore,
    count_listed,
    merge_small,
    shared_ranks,
    size_bands,
)
from storage.repositories.people import PersonRow
from storage.repositories.totals import PlaceRow
from storage.states import Role
from storage.unit import Unit


class BoardKind(StrEnum):
    """Who stands on a board."""

    PEOPLE = "people"
    DEPARTMENTS = "departments"


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
class Place:
    """One line of a person board; `name` only where that person consents."""

    rank: int
    name: str | None
    rate: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class PersonBoard:
    """Own standing, and the upper half of the `ranked` people who have a rank."""

    span: Span
    day: date
    own: Standing
    ranked: int
    places: tuple[Place, ...]


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
    """Own department's place, where it has one, and the best of each size."""

    span: Span
    day: date
    department: str | None
    own: DepartmentPlace | None
    bands: tuple[BandBoard, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees of themselves."""

    name: str
    department: str | None
    role: Role
    shows_name: bool
    standings: tuple[tuple[Span, Standing], ...]


def read_board(
    unit: Unit, chat_id: int, kind: str, span: str, *, today: date
) -> PersonBoard | DepartmentBoard:
    """The board of the period that the local day falls into; raises StaleTap if unknown."""
    person = person_of(unit, chat_id)
    try:
        wanted, over = BoardKind(kind), Span(span)
    except ValueError as error:
        raise StaleTap from error
    if wanted is BoardKind.PEOPLE:
        return _person_board(unit, person, over, today)
    return _department_board(unit, person, over, today)


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


def _profile(unit: Unit, person: PersonRow, today: date) -> Profile:
    periods = {span: period_of(span, today) for span in Span}
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


def _person_board(unit: Unit, person: PersonRow, span: Span, today: date) -> PersonBoard:
    period = period_of(span, today)
    ranked = unit.totals.count_ranked(period)
    rows = unit.totals.list_top(period, count_listed(ranked), lowest=LOWEST_LISTED)
    places = (
        Place(rank, row.name if row.shows_name else None, row.rate, row.person_id == person.id)
        for rank, row in zip(shared_ranks([row.rate for row in rows]), rows, strict=True)
    )
    own = _standing(unit.totals.list_places(person.id, [period]).get(period))
    return PersonBoard(span, today, own, ranked, tuple(places))


def _department_board(unit: Unit, person: PersonRow, span: Span, today: date) -> DepartmentBoard:
    scores = unit.totals.list_departments(period_of(span, today))
    bands = size_bands(merge_small(scores))
    boards = [(band, _places(band, person.department)) for band in bands]
    own = next((place for _, places in boards for place in places if place.is_own), None)
    longest = LONGEST_BOARD // max(1, len(bands))
    return DepartmentBoard(
        span=span,
        day=today,
        department=person.department,
        own=own,
        bands=tuple(
            BandBoard(band.start, band.end, places[: count_listed(len(places), longest)])
            for band, places in boards
        ),
    )


def _places(band: Band, own: str | None) -> tuple[DepartmentPlace, ...]:
    ranks = shared_ranks([score.score for score in band.scores])
    return tuple(
        DepartmentPlace(rank, score, score.includes(own))
        for rank, score in zip(ranks, band.scores, strict=True)
    )

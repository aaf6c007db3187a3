"""Person totals per period, moved with every answer, and the boards read from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Executable,
    Integer,
    Subquery,
    case,
    cast,
    func,
    literal,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from questions.ranking import ENOUGH_ANSWERS, MILLION, DepartmentScore
from storage.repositories.upsert import insert_for
from storage.states import DeliveryKind, DeliveryState, DepartmentId, PersonId, RoundId
from storage.tables import (
    answers,
    deliveries,
    departments,
    people,
    person_totals,
    question_versions,
    round_questions,
    sittings,
)

# The reason of a delivery that arrived, where its person was away for good when the round ended.
UNCHARGED = "uncharged"


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One person's totals in a period; `rate` is points per million offered."""

    person_id: PersonId
    points: int
    offered: int
    answered: int
    right_count: int
    rate: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A person's totals in a period and their rank there, None before enough answers."""

    period: str
    points: int
    offered: int
    answered: int
    right_count: int
    rate: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One line of a person board."""

    person_id: PersonId
    name: str
    shows_name: bool
    points: int
    answered: int
    rate: int


class Totals:
    """Statements about totals."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        person_id: PersonId,
        periods: Sequence[str],
        *,
        points: int,
        offered: int,
        answered: int,
        right: int,
    ) -> None:
        """Move a person's totals of these periods by one change."""
        moved = {
            "person_id": person_id,
            "points": points,
            "offered": offered,
            "answered": answered,
            "right_count": right,
            "rate": min(points * MILLION // offered, MILLION) if offered else 0,
        }
        rows = [{**moved, "period": period} for period in periods]
        self._connection.execute(_ADDING[self._connection.dialect.name], rows)

    def find(self, person_id: PersonId, period: str) -> TotalRow | None:
        """A person's totals of a period."""
        row = self._connection.execute(
            select(
                person_totals.c.person_id,
                person_totals.c.points,
                person_totals.c.offered,
                person_totals.c.answered,
                person_totals.c.right_count,
                person_totals.c.rate,
            ).where(person_totals.c.period == period, person_totals.c.person_id == person_id)
        ).one_or_none()
        return TotalRow(**row._mapping) if row is not None else None

    def list_places(self, person_id: PersonId, periods: Sequence[str]) -> dict[str, PlaceRow]:
        """An active person's totals and ranks, by period; periods without totals are left out.

        A rank is one more than the people with enough answers and a higher rate.
        """
        rows = self._connection.execute(
            _PLACES.where(
                person_totals.c.person_id == person_id, person_totals.c.period.in_(periods)
            )
        )
        return {row.period: PlaceRow(**row._mapping) for row in rows}

    def list_top(
        self,
        period: str,
        limit: int,
        department_id: DepartmentId | None = None,
        *,
        lowest: int = 0,
    ) -> list[StandingRow]:
        """The best rates from `lowest` up among people with enough answers; equals by lot."""
        statement = (
            select(
                person_totals.c.person_id,
                people.c.name,
                people.c.shows_name,
                person_totals.c.points,
                person_totals.c.answered,
                person_totals.c.rate,
            )
            .select_from(person_totals.join(people, people.c.id == person_totals.c.person_id))
            .where(*_ranked(period), person_totals.c.rate >= lowest)
            .order_by(person_totals.c.rate.desc(), people.c.lot)
            .limit(limit)
        )
        if department_id is not None:
            statement = statement.where(people.c.department_id == department_id)
        return [StandingRow(**row._mapping) for row in self._connection.execute(statement)]

    def count_ranked(
        self,
        period: str,
        *,
        above: int | None = None,
        department_id: DepartmentId | None = None,
    ) -> int:
        """How many people have a rank in a period, or a rate above a given one."""
        statement = (
            select(func.count())
            .select_from(person_totals.join(people, people.c.id == person_totals.c.person_id))
            .where(*_ranked(period))
        )
        if above is not None:
            statement = statement.where(person_totals.c.rate > above)
        if department_id is not None:
            statement = statement.where(people.c.department_id == department_id)
        return self._connection.execute(statement).scalar_one()

    def list_departments(self, period: str) -> list[DepartmentScore]:
        """Departments with people, those on duty, who took part, and their rates added up."""
        summed = (
            select(
                people.c.department_id,
                func.count().label("people"),
                func.sum(case((person_totals.c.answered > 0, 1), else_=0)).label("took_part"),
                func.sum(person_totals.c.rate).label("rate_sum"),
            )
            .select_from(person_totals.join(people, people.c.id == person_totals.c.person_id))
            .where(
                person_totals.c.period == period,
                person_totals.c.offered > 0,
                people.c.is_active.is_(True),
            )
            .group_by(people.c.department_id)
            .subquery()
        )
        rows = self._connection.execute(
            select(
                departments.c.name, summed.c.people, summed.c.took_part, summed.c.rate_sum
            ).join_from(summed, departments, departments.c.id == summed.c.department_id)
        )
        return [
            DepartmentScore(row.name, row.people, int(row.took_part), int(row.rate_sum))
            for row in rows
        ]

    def add_missed(self, round_id: RoundId, offered_each: int, periods: Sequence[str]) -> int:
        """Count what people left unanswered as offered; how many people that concerns.

        It concerns active people whose push arrived. One whose push may have arrived counts
        only with a sitting; one who was sent none pays only for what they answered. What was
        voided counts in full. Deliveries of people not charged are marked, so that a later
        voiding credits nobody else.
        """
        self._mark_uncharged(round_id)
        missed = _missed(round_id, offered_each)
        rate = missed.c.points * MILLION // missed.c.offered
        moved = select(missed.c.id, missed.c.points, missed.c.offered, rate.label("rate"))
        return self.move(moved.where(missed.c.offered > 0).subquery(), periods)

    def move(self, moved: Subquery, periods: Sequence[str]) -> int:
        """Move many people's totals: id, points and, where they change, offered, right_count and
        the rate of a first row; how many people that concerns.
        """
        zero = literal(0)
        touched = 0
        for period in periods:
            columns = [moved.c.get(name, zero) for name in (*_COUNTED, "rate")]
            rows = select(literal(period), moved.c.id, *columns).where(moved.c.id.is_not(None))
            rows = rows.order_by(moved.c.id)  # two that move many people must not cross
            result = self._connection.execute(
                _moving(
                    insert_for(self._connection, person_totals).from_select(
                        [*_KEYS, *_COUNTED, "rate"], rows
                    )
                ),
                execution_options={"preserve_rowcount": True},
            )
            touched = result.rowcount
        return touched

    def _mark_uncharged(self, round_id: RoundId) -> None:
        gone = select(people.c.id).where(people.c.is_active.is_(False))
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.round_id == round_id,
                deliveries.c.kind == DeliveryKind.ROUND.value,
                deliveries.c.state.in_([DeliveryState.SENT.value, DeliveryState.UNKNOWN.value]),
                deliveries.c.person_id.in_(gone),
            )
            .values(reason=UNCHARGED)
        )


_IS_VOIDED = question_versions.c.voided_at.is_not(None)


def _given(round_id: RoundId) -> Subquery:
    """Who sat down to a round: how many questions, answered ones, voided ones left unanswered."""
    return (
        select(
            sittings.c.person_id,
            sittings.c.size,
            func.count(answers.c.answered_at).label("answered"),
            func.count().filter(_IS_VOIDED & answers.c.answered_at.is_(None)).label("voided"),
        )
        .select_from(
            sittings.join(answers, answers.c.sitting_id == sittings.c.id).join(
                question_versions, question_versions.c.id == answers.c.version_id
            )
        )
        .where(sittings.c.round_id == round_id)
        .group_by(sittings.c.person_id, sittings.c.size)
        .subquery()
    )


def _missed(round_id: RoundId, offered_each: int) -> Subquery:
    """Active people a round reached, with the points of what each left unanswered."""
    given = _given(round_id)
    asked = (
        select(func.count().label("size"), func.count().filter(_IS_VOIDED).label("voided"))
        .join_from(round_questions, question_versions)
        .where(round_questions.c.round_id == round_id)
        .subquery()
    )
    left = func.coalesce(given.c.size, asked.c.size) - func.coalesce(given.c.answered, 0)
    voided = func.coalesce(given.c.voided, asked.c.voided)
    has_arrived = (deliveries.c.state == DeliveryState.SENT.value) | (
        (deliveries.c.state == DeliveryState.UNKNOWN.value) & given.c.person_id.is_not(None)
    )
    return (
        select(
            people.c.id,
            (voided * offered_each).label("points"),
            (left * offered_each).label("offered"),
        )
        .select_from(
            deliveries.join(people, people.c.id == deliveries.c.person_id)
            .outerjoin(given, given.c.person_id == people.c.id)
            .join(asked, true())
        )
        .where(
            deliveries.c.round_id == round_id,
            deliveries.c.kind == DeliveryKind.ROUND.value,
            people.c.is_active.is_(True),
            has_arrived,
        )
        .subquery()
    )


def _ranked(period: str) -> tuple[ColumnElement[bool], ...]:
    return (
        person_totals.c.period == period,
        person_totals.c.answered >= ENOUGH_ANSWERS,
        people.c.is_active.is_(True),
    )


_higher = person_totals.alias("higher")
_higher_people = people.alias("higher_people")
_PLACES = select(
    person_totals.c.period,
    person_totals.c.points,
    person_totals.c.offered,
    person_totals.c.answered,
    person_totals.c.right_count,
    person_totals.c.rate,
    case(
        (
            person_totals.c.answered >= ENOUGH_ANSWERS,
            select(func.count() + 1)
            .select_from(_higher.join(_higher_people, _higher_people.c.id == _higher.c.person_id))
            .where(
                _higher.c.period == person_totals.c.period,
                _higher.c.rate > person_totals.c.rate,
                _higher.c.answered >= ENOUGH_ANSWERS,
                _higher_people.c.is_active.is_(True),
            )
            .scalar_subquery(),
        )
    ).label("rank"),
)


def _moving(statement: sqlite.Insert | postgresql.Insert) -> Executable:
    """An insert that adds to the totals already there."""
    new = statement.excluded
    moved = {name: person_totals.c[name] + new[name] for name in _COUNTED}
    exact = (
        cast(moved["points"], BigInteger)
        * MILLION
        // func.nullif(moved["offered"], 0, type_=Integer)
    )
    rate = case((exact > MILLION, MILLION), else_=func.coalesce(exact, 0))
    return statement.on_conflict_do_update(
        index_elements=[person_totals.c.period, person_totals.c.person_id],
        set_={**moved, "rate": rate},
    )


_KEYS = ("period", "person_id")
_COUNTED = ("points", "offered", "answered", "right_count")
_ADDING = {
    "sqlite": _moving(sqlite.insert(person_totals)),
    "postgresql": _moving(postgresql.insert(person_totals)),
}

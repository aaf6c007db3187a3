"""Totals per person, department and round, moved with every answer, and boards read from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, func, literal, null, select

from questions.models import Grade, Outcome
from questions.periods import periods_of
from questions.ranking import MILLION, DepartmentScore
from questions.scoring import POINTS
from storage.repositories.sittings import SittingRow
from storage.repositories.totals_moves import Moves, hold_departments
from storage.repositories.totals_rounds import (
    RoundFacts,
    RoundResult,
    facts_of,
    mark_uncharged,
    missed,
    on_roll,
    results_of,
)
from storage.repositories.totals_sums import BUCKET, Amounts, is_due
from storage.repositories.upsert import insert_for
from storage.states import PersonId, RoundId
from storage.tables import (
    answers,
    deliveries,
    department_totals,
    departments,
    people,
    person_totals,
    plans,
    question_versions,
    rate_counts,
    round_questions,
    round_totals,
    rounds,
    sittings,
)


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


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What one question of a person's round gave; no outcome: not answered."""

    position: int
    outcome: Outcome | None
    points: int
    offered: int
    is_voided: bool


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
        """Move a person's totals of these periods, and the department's, by one change."""
        with Moves(self._connection) as moves:
            who = moves.hold_one(person_id)
            moves.one(person_id, who, periods, Amounts(points, offered, answered, right))

    def add_answer(self, sitting: SittingRow, grade: Grade) -> bool:
        """Count an answer just recorded, for the person, the department and the round; whether
        the person is due in the round.
        """
        by = Amounts(grade.points, grade.offered, 1, int(grade.outcome is Outcome.RIGHT))
        with Moves(self._connection) as moves:
            who = moves.hold_one(sitting.person_id)
            at = self._connection.execute(
                _AT_ROUND,
                {
                    "in_sitting": sitting.id,
                    "in_round": sitting.round_id,
                    "of_person": sitting.person_id,
                },
            ).one()
            moves.one(sitting.person_id, who, periods_of(at.day, at.plan_id), by)
            if at.is_due:
                moves.round(
                    sitting.round_id,
                    who.department_id,
                    began=int(at.answered == 1),
                    finished=int(at.answered == sitting.size),
                    **by.columns(),
                )
        return bool(at.is_due)

    def add_missed(self, round_id: RoundId) -> int:
        """Count what people left unanswered in a settled round; how many that concerns.

        Deliveries of people who have left since are marked, and not charged.
        """
        with Moves(self._connection) as moves:
            moves.hold(on_roll([round_id]))
            mark_uncharged(self._connection, round_id)
            (facts,) = facts_of(self._connection, rounds.c.id == round_id).values()
            periods = periods_of(facts.day, facts.plan_id)
            return moves.many(missed(round_id, facts), periods, round_id)

    def open_roll(self, round_id: RoundId) -> None:
        """Count who is due, by department, from the deliveries of a round just opened."""
        hold_departments(self._connection)
        department_id = func.coalesce(people.c.department_id, 0)
        rows = (
            select(literal(round_id), department_id, func.count(), *[literal(0)] * 6)
            .select_from(deliveries.join(people, people.c.id == deliveries.c.person_id))
            .where(deliveries.c.round_id == round_id, is_due())
            .group_by(department_id)
        )
        columns = [column.name for column in round_totals.columns]
        statement = insert_for(self._connection, round_totals).from_select(columns, rows)
        self._connection.execute(statement.on_conflict_do_nothing())

    def shift_due(self, round_id: RoundId, person_id: PersonId, by: int) -> None:
        """Take a person off an unsettled round's roll (-1) or put them on it again (+1).

        To be called in the transaction that marks the delivery skipped, or no longer so, and
        once only; what the person has answered is counted for the round while on its roll.
        """
        with Moves(self._connection) as moves:
            who = moves.hold_one(person_id)
            facts = facts_of(self._connection, rounds.c.id == round_id)
            shares = {"due": 1}
            for result in results_of(self._connection, person_id, person_id, facts):
                shares |= result.shares
            by_round = {name: by * share for name, share in shares.items()}
            moves.round(round_id, who.department_id, **by_round)

    def list_rounds(
        self, person_id: PersonId, day: date | None = None
    ) -> list[tuple[RoundResult, RoundFacts]]:
        """What a person has in every round, or in those of a day, newest first; the amounts of
        all add up to the totals.
        """
        where = () if day is None else (rounds.c.day == day, _OF_ANY_PLAN)
        facts = facts_of(self._connection, *where)
        results = results_of(
            self._connection, person_id, person_id, facts, are_few=day is not None
        )
        found = [(result, facts[result.round_id]) for result in results]
        return sorted(found, key=lambda each: (each[1].day, each[0].round_id), reverse=True)

    def list_items(self, result: RoundResult) -> list[ItemLine]:
        """What each question of a person's round gave, in order."""
        asked = select(
            answers.c.position,
            answers.c.outcome,
            answers.c.points,
            answers.c.offered,
            question_versions.c.voided_at,
        ).select_from(
            sittings.join(answers, answers.c.sitting_id == sittings.c.id).join(
                question_versions, question_versions.c.id == answers.c.version_id
            )
        )
        of_sitting = asked.where(
            sittings.c.round_id == result.round_id, sittings.c.person_id == result.person_id
        )
        rows: list[Row[Any]] = list(
            self._connection.execute(of_sitting.order_by(answers.c.position))
        )
        if not rows:
            of_round = select(
                round_questions.c.position,
                null().label("outcome"),
                null().label("points"),
                null().label("offered"),
                question_versions.c.voided_at,
            ).join_from(round_questions, question_versions)
            of_round = of_round.where(round_questions.c.round_id == result.round_id)
            rows = list(self._connection.execute(of_round.order_by(round_questions.c.position)))
        return [_item(row, is_charged=result.missed_offered > 0) for row in rows]

    def list_periods(self, person_id: PersonId, periods: Sequence[str]) -> set[str]:
        """Those of the periods in which a person has totals."""
        statement = select(person_totals.c.period).where(
            person_totals.c.person_id == person_id, person_totals.c.period.in_(periods)
        )
        return set(self._connection.execute(statement).scalars())

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
        """A person's totals and ranks, by period; periods without totals are left out.

        A rank is one more than the people with enough answers and a higher rate.
        """
        rows = self._connection.execute(
            _PLACES.where(
                person_totals.c.person_id == person_id, person_totals.c.period.in_(periods)
            )
        )
        return {
            row.period: PlaceRow(**{**row._mapping, "rank": row.rank and int(row.rank)})
            for row in rows
        }

    def list_top(self, period: str, limit: int, *, lowest: int = 0) -> list[StandingRow]:
        """The best rates from `lowest` up among people with enough answers; equals by lot."""
        rows = self._connection.execute(
            select(
                person_totals.c.person_id,
                people.c.name,
                people.c.shows_name,
                person_totals.c.points,
                person_totals.c.answered,
                person_totals.c.rate,
            )
            .select_from(person_totals.join(people, people.c.id == person_totals.c.person_id))
            .where(person_totals.c.period == period, person_totals.c.standing >= lowest)
            .order_by(person_totals.c.standing.desc(), person_totals.c.lot.desc())
            .limit(limit)
        )
        return [StandingRow(**row._mapping) for row in rows]

    def count_ranked(self, period: str) -> int:
        """How many people have a rank in a period."""
        statement = select(func.coalesce(func.sum(rate_counts.c.people), 0))
        return int(
            self._connection.execute(statement.where(rate_counts.c.period == period)).scalar_one()
        )

    def list_departments(self, period: str) -> list[DepartmentScore]:
        """Departments with people, those on duty, who took part, and their rates added up."""
        rows = self._connection.execute(
            select(
                departments.c.name,
                department_totals.c.people,
                department_totals.c.took_part,
                department_totals.c.rate_sum,
            )
            .join_from(
                department_totals,
                departments,
                departments.c.id == department_totals.c.department_id,
            )
            .where(department_totals.c.period == period, department_totals.c.people > 0)
        )
        return [DepartmentScore(*row) for row in rows]

    def list_departments_of_day(self, day: date) -> list[DepartmentScore]:
        """The same for one local day, from its rounds: those due, who began, rates so far.

        Where a day has several rounds their shares are averaged, and people counted once.
        """
        facts = facts_of(self._connection, rounds.c.day == day, _OF_ANY_PLAN)
        rows = self._connection.execute(
            select(
                departments.c.name,
                round_totals.c.round_id,
                round_totals.c.due,
                round_totals.c.began,
                round_totals.c.points,
            )
            .join_from(round_totals, departments, departments.c.id == round_totals.c.department_id)
            .where(round_totals.c.round_id.in_(facts), round_totals.c.due > 0)
        )
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
        for name, round_id, due, began, points in rows:
            kept = sums[name]
            offered = due * facts[round_id].size * POINTS
            kept[:] = (max(kept[0], due), *map(add, kept[1:], (due, began, points, offered)))
        return [
            DepartmentScore(
                name,
                people_,
                began * people_ // due,
                points * MILLION * people_ // offered if offered else 0,
            )
            for name, (people_, due, began, points, offered) in sums.items()
        ]


def _item(row: Row[Any], *, is_charged: bool) -> ItemLine:
    is_voided = row.voided_at is not None
    if row.outcome is not None:
        return ItemLine(row.position, Outcome(row.outcome), row.points, row.offered, is_voided)
    offered = POINTS if is_charged else 0
    return ItemLine(row.position, None, offered if is_voided else 0, offered, is_voided)


# Lets the rounds of a day be found by their key.
_OF_ANY_PLAN = rounds.c.plan_id.in_(select(plans.c.id))
_AT_ROUND = select(
    rounds.c.day,
    rounds.c.plan_id,
    select(func.count(answers.c.answered_at))
    .where(answers.c.sitting_id == bindparam("in_sitting"))
    .scalar_subquery()
    .label("answered"),
    select(deliveries.c.id)
    .where(
        deliveries.c.round_id == bindparam("in_round"),
        deliveries.c.person_id == bindparam("of_person"),
        is_due(),
    )
    .exists()
    .label("is_due"),
).where(rounds.c.id == bindparam("in_round"))

_higher = person_totals.alias("higher")
_BUCKET = person_totals.c.standing // BUCKET
_IN_HIGHER_BUCKETS = (
    select(func.coalesce(func.sum(rate_counts.c.people), 0))
    .where(rate_counts.c.period == person_totals.c.period, rate_counts.c.bucket > _BUCKET)
    .correlate(person_totals)
    .scalar_subquery()
)
_HIGHER_IN_BUCKET = (
    select(func.count())
    .select_from(_higher)
    .where(
        _higher.c.period == person_totals.c.period,
        _higher.c.standing > person_totals.c.standing,
        _higher.c.standing < (_BUCKET + 1) * BUCKET,
    )
    .correlate(person_totals)
    .scalar_subquery()
)
_PLACES = select(
    person_totals.c.period,
    person_totals.c.points,
    person_totals.c.offered,
    person_totals.c.answered,
    person_totals.c.right_count,
    person_totals.c.rate,
    case(
        (person_totals.c.standing.is_not(None), _IN_HIGHER_BUCKETS + _HIGHER_IN_BUCKET + 1)
    ).label("rank"),
)

"""Counting some people's totals in SQL, from what each round gave them: no row passes Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    String,
    Subquery,
    Table,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.schema import CreateTable

from questions.periods import periods_of
from questions.scoring import POINTS
from storage.repositories.totals_rounds import RoundFacts, all_facts, is_charged, seated
from storage.repositories.totals_sums import COUNTED, rate_of, standing_of
from storage.tables import deliveries, people, person_totals, sittings
from storage.tables.base import RowId

_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"], "postgresql_on_commit": "DROP"}
_METADATA = MetaData()
# What rounds gave people, and for which periods rounds count.
_RESULTS = Table(
    "results",
    _METADATA,
    Column("person_id", RowId, nullable=False),
    Column("round_id", RowId, nullable=False),
    *(Column(name, Integer, nullable=False) for name in COUNTED),
    **_TEMPORARY,
)
_ROUND_PERIODS = Table(
    "round_periods",
    _METADATA,
    Column("round_id", RowId, nullable=False),
    Column("period", String(12), nullable=False),
    PrimaryKeyConstraint("round_id", "period"),
    **_TEMPORARY,
)
# Rows of person_totals as they should be.
COUNTED_TOTALS = Table(
    "counted_totals",
    _METADATA,
    *(Column(column.name, column.type) for column in person_totals.columns),
    PrimaryKeyConstraint("period", "person_id"),
    **_TEMPORARY,
)
_KEPT = person_totals
_REST = [column.name for column in person_totals.columns if not column.primary_key]


def count_people(
    connection: Connection,
    first: int,
    last: int,
    facts: Mapping[int, RoundFacts],
    closed: Collection[str],
) -> int:
    """Lay out the totals that people from one id to another should have; answers counted.

    In a closed period people stay where they were counted.
    """
    for table in _METADATA.sorted_tables:
        connection.execute(CreateTable(table, if_not_exists=True))
        connection.execute(delete(table))
    rows = [
        {"round_id": round_id, "period": period}
        for round_id, fact in facts.items()
        for period in periods_of(fact.day, fact.plan_id)
    ]
    if rows:
        connection.execute(insert(_ROUND_PERIODS), rows)
    columns = [column.name for column in _RESULTS.columns]
    for results in (_seated(first, last), _absent(first, last)):
        connection.execute(insert(_RESULTS).from_select(columns, results))
    _look_at(connection, _RESULTS, _ROUND_PERIODS)
    names = [column.name for column in COUNTED_TOTALS.columns]
    connection.execute(insert(COUNTED_TOTALS).from_select(names, _totals(closed)))
    _look_at(connection, COUNTED_TOTALS)
    answers = select(func.coalesce(func.sum(_RESULTS.c.answered), 0))
    return int(connection.execute(answers).scalar_one())


def _look_at(connection: Connection, *tables: Table) -> None:
    """Tell PostgreSQL's planner how many rows there are; it can't know of temporary ones."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {', '.join(table.name for table in tables)}"))


def _seated(first: int, last: int) -> Select[Any]:
    """What rounds gave those who sat down to them."""
    given, facts = seated(first, last).subquery(), all_facts()
    left = case((is_charged(true()), given.c.size - given.c.answered), else_=0)
    voided = case((is_charged(true()), given.c.voided), else_=0)
    is_settled = case((facts.c.is_settled, 1), else_=0)
    return select(
        given.c.person_id,
        given.c.round_id,
        given.c.points + is_settled * voided * POINTS,
        given.c.offered + is_settled * left * POINTS,
        given.c.answered,
        given.c.right_count,
    ).select_from(
        given.join(facts, facts.c.id == given.c.round_id).outerjoin(
            deliveries,
            and_(
                deliveries.c.round_id == given.c.round_id,
                deliveries.c.person_id == given.c.person_id,
                deliveries.c.kind == "round",
            ),
        )
    )


def _absent(first: int, last: int) -> Select[Any]:
    """What settled rounds charged those who did not sit down to them."""
    facts = all_facts()
    is_seated = (
        select(literal(1))
        .where(
            sittings.c.round_id == deliveries.c.round_id,
            sittings.c.person_id == deliveries.c.person_id,
        )
        .correlate(deliveries)
        .exists()
    )
    return (
        select(
            deliveries.c.person_id,
            deliveries.c.round_id,
            facts.c.voided * POINTS,
            facts.c.size * POINTS,
            literal(0),
            literal(0),
        )
        .select_from(deliveries.join(facts, facts.c.id == deliveries.c.round_id))
        .where(
            deliveries.c.person_id.between(first, last),
            facts.c.is_settled,
            is_charged(false()),
            ~is_seated,
        )
    )


def _totals(closed: Collection[str]) -> Select[Any]:
    summed = (
        select(
            _ROUND_PERIODS.c.period,
            _RESULTS.c.person_id,
            *(func.sum(_RESULTS.c[name]).label(name) for name in COUNTED),
        )
        .join_from(_RESULTS, _ROUND_PERIODS, _ROUND_PERIODS.c.round_id == _RESULTS.c.round_id)
        .group_by(_ROUND_PERIODS.c.period, _RESULTS.c.person_id)
        .subquery()
    )
    at = and_(
        _KEPT.c.period == summed.c.period,
        _KEPT.c.person_id == summed.c.person_id,
        summed.c.period.in_(closed),
    )
    rated = (
        select(
            summed.c.period,
            summed.c.person_id,
            func.coalesce(_KEPT.c.department_id, people.c.department_id, 0).label("department_id"),
            func.coalesce(_KEPT.c.is_active, people.c.is_active).label("is_active"),
            people.c.lot,
            *(summed.c[name] for name in COUNTED),
            rate_of(summed.c.points, summed.c.offered).label("rate"),
        )
        .select_from(summed.join(people, people.c.id == summed.c.person_id).outerjoin(_KEPT, at))
        .where(or_(*(summed.c[name] != 0 for name in COUNTED)))
        .subquery()
    )
    return select(rated, standing_of(rated.c.is_active, rated.c.answered, rated.c.rate))


def wrong_rows() -> Subquery:
    """Counted rows that are not so in person_totals, with what is kept there as kept_*."""
    counted = COUNTED_TOTALS
    at = and_(_KEPT.c.period == counted.c.period, _KEPT.c.person_id == counted.c.person_id)
    differs = or_(
        _KEPT.c.person_id.is_(None),
        *(counted.c[name].is_distinct_from(_KEPT.c[name]) for name in _REST),
    )
    return (
        select(counted, *(_KEPT.c[name].label(f"kept_{name}") for name in _REST))
        .select_from(counted.outerjoin(_KEPT, at))
        .where(differs)
        .subquery()
    )


def stray_rows(first: int, last: int, periods: Collection[str]) -> Select[Any]:
    """Rows of person_totals that say something where nothing was counted."""
    return select(_KEPT).where(*is_stray(first, last, periods))


def is_stray(first: int, last: int, periods: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """The same as a condition."""
    counted: FromClause = COUNTED_TOTALS
    is_counted = (
        select(literal(1))
        .select_from(counted)
        .where(
            counted.c.period == _KEPT.c.period,
            counted.c.person_id == _KEPT.c.person_id,
        )
        .correlate(_KEPT)
        .exists()
    )
    return (
        _KEPT.c.period.in_(periods),
        _KEPT.c.person_id.between(first, last),
        or_(*(_KEPT.c[name] != 0 for name in COUNTED)),
        ~is_counted,
    )

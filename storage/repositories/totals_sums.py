"""What one person's totals are worth to the sums over many, in Python and in SQL alike.

A person's rate counts for the department once something was offered; with enough answers the
rate has a place among all, counted in half percents over a few shards.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    Integer,
    MetaData,
    Select,
    Subquery,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)

from questions.ranking import ENOUGH_ANSWERS, LOWEST_LISTED, MILLION
from storage.states import DeliveryKind, DeliveryState, RoundId
from storage.tables import deliveries, people, person_totals
from storage.tables.base import RowId

COUNTED = ("points", "offered", "answered", "right_count")
BUCKET = MILLION // 200  # of a rate: half a percent
SHARDS = 8

# People of one movement with what it gives each; gone with the transaction or overwritten.
MOVED = Table(
    "moved",
    MetaData(),
    Column("id", RowId, primary_key=True, autoincrement=False),
    *(Column(name, Integer, nullable=False) for name in COUNTED),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """By how much a person's totals move."""

    points: int = 0
    offered: int = 0
    answered: int = 0
    right_count: int = 0

    def columns(self) -> dict[str, int]:
        """By the names of columns."""
        return {name: getattr(self, name) for name in COUNTED}


@dataclass(frozen=True, slots=True)
class Sums:
    """One person's totals in a period, and where they count; department 0: none."""

    department_id: int
    is_active: bool
    lot: int
    points: int = 0
    offered: int = 0
    answered: int = 0
    right_count: int = 0

    @property
    def rate(self) -> int:
        """Points per million offered."""
        return min(self.points * MILLION // self.offered, MILLION) if self.offered else 0

    @property
    def standing(self) -> int | None:
        """The rate, where it has a place."""
        return self.rate if self.is_active and self.answered >= ENOUGH_ANSWERS else None

    @property
    def place(self) -> tuple[int, int] | None:
        """The bucket and the shard it is counted in, where it has a place."""
        standing = self.standing
        return None if standing is None else (standing // BUCKET, self.department_id % SHARDS)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.points or self.offered or self.answered or self.right_count)

    def moved(self, by: Amounts) -> Self:
        """The totals after a movement."""
        return type(self)(
            self.department_id,
            self.is_active,
            self.lot,
            self.points + by.points,
            self.offered + by.offered,
            self.answered + by.answered,
            self.right_count + by.right_count,
        )

    def following(self, who: Sums) -> Self:
        """The same totals, counted where the person belongs now."""
        return replace(self, department_id=who.department_id, is_active=who.is_active)

    def columns(self) -> dict[str, Any]:
        """As a row of person_totals, without its key."""
        return {
            "department_id": self.department_id,
            "is_active": self.is_active,
            "lot": self.lot,
            "points": self.points,
            "offered": self.offered,
            "answered": self.answered,
            "right_count": self.right_count,
            "rate": self.rate,
            "standing": self.standing,
        }

    def shares(self) -> dict[str, int]:
        """What the department has from it; nothing from people who have left."""
        if not self.is_active or self.is_empty:
            return {}
        return {
            "people": int(self.offered > 0),
            "took_part": int(self.offered > 0 and self.answered > 0),
            "passed": int(self.offered > 0 and self.rate >= LOWEST_LISTED),
            "rate_sum": self.rate,
            **{name: getattr(self, name) for name in COUNTED},
        }


def rate_of(points: ColumnElement[int], offered: ColumnElement[int]) -> ColumnElement[int]:
    """A rate in SQL."""
    exact = cast(points, BigInteger) * MILLION // func.nullif(offered, 0, type_=Integer)
    return case((exact > MILLION, MILLION), else_=func.coalesce(exact, 0))


def standing_of(is_active: Any, answered: Any, rate: Any) -> ColumnElement[int | None]:
    """A standing in SQL."""
    return case((and_(is_active, answered >= ENOUGH_ANSWERS), rate))


def shares_of(columns: Any, prefix: str = "") -> dict[str, ColumnElement[int]]:
    """A department's shares in SQL, of columns with the names of person_totals."""
    offered, rate = columns[f"{prefix}offered"], columns[f"{prefix}rate"]
    is_in = and_(columns.is_active, offered > 0)
    one: ColumnElement[int] = literal(1)
    return {
        "people": case((is_in, one), else_=0),
        "took_part": case((and_(is_in, columns[f"{prefix}answered"] > 0), one), else_=0),
        "passed": case((and_(is_in, rate >= LOWEST_LISTED), one), else_=0),
        "rate_sum": case((is_in, cast(rate, BigInteger)), else_=0),
        **{
            name: case((columns.is_active, cast(columns[f"{prefix}{name}"], BigInteger)), else_=0)
            for name in COUNTED
        },
    }


def changes_of(period: str) -> Subquery:
    """The rows of person_totals that those laid out in MOVED become, and what they were."""
    kept = person_totals
    old = {name: func.coalesce(kept.c[name], 0) for name in COUNTED}
    counted = (
        select(
            people.c.id.label("person_id"),
            func.coalesce(kept.c.department_id, people.c.department_id, 0).label("department_id"),
            func.coalesce(kept.c.is_active, people.c.is_active).label("is_active"),
            people.c.lot,
            *((old[name] + MOVED.c[name]).label(name) for name in COUNTED),
            *(old[name].label(f"old_{name}") for name in COUNTED),
            func.coalesce(kept.c.rate, 0).label("old_rate"),
            kept.c.standing.label("old_standing"),
        )
        .select_from(MOVED.join(people, people.c.id == MOVED.c.id))
        .outerjoin(kept, and_(kept.c.period == period, kept.c.person_id == MOVED.c.id))
        .subquery()
    )
    rated = select(counted, rate_of(counted.c.points, counted.c.offered).label("rate")).subquery()
    return select(
        literal(period).label("period"),
        rated,
        standing_of(rated.c.is_active, rated.c.answered, rated.c.rate).label("standing"),
    ).subquery()


def department_changes(changes: Subquery) -> Select[Any]:
    """By how much each department's sums change."""
    new, old = shares_of(changes.c), shares_of(changes.c, "old_")
    columns = (func.sum(new[name] - old[name]).label(name) for name in new)
    return select(changes.c.department_id, *columns).group_by(changes.c.department_id)


def standing_changes(changes: Subquery) -> tuple[tuple[int, Select[Any]], ...]:
    """How many people leave each bucket and shard, and how many come."""
    return (-1, count_places(changes, "old_standing")), (1, count_places(changes, "standing"))


def count_places(rows: Any, name: str = "standing") -> Select[Any]:
    """Bucket, shard and how many people have a place there."""
    bucket, shard = rows.c[name] // BUCKET, rows.c.department_id % SHARDS
    return (
        select(bucket.label("bucket"), shard.label("shard"), func.count().label("people"))
        .where(rows.c[name].is_not(None))
        .group_by(bucket, shard)
    )


def amounts_by_department(round_id: RoundId, *, on_roll: bool = False) -> Select[Any]:
    """What those laid out in MOVED have from it by department, or those on a round's roll."""
    department_id = func.coalesce(people.c.department_id, 0)
    columns: list[ColumnElement[Any]] = [
        department_id.label("department_id"),
        func.count().label("people"),
        *(func.sum(MOVED.c[name]).label(name) for name in COUNTED),
    ]
    statement: Select[Any] = (
        select(*columns)
        .select_from(MOVED.join(people, people.c.id == MOVED.c.id))
        .group_by(department_id)
    )
    if not on_roll:
        return statement
    return statement.join(
        deliveries,
        and_(
            deliveries.c.round_id == round_id,
            deliveries.c.person_id == people.c.id,
            is_due(),
        ),
    )


def is_due(of: FromClause = deliveries) -> ColumnElement[bool]:
    """Whether a delivery puts its person on the roll: 应参加."""
    return and_(of.c.kind == DeliveryKind.ROUND.value, of.c.state != DeliveryState.SKIPPED.value)

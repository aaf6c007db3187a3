"""Counting every total anew from answers, deliveries and seasons, a piece at a time.

People first, a few thousand in one transaction; then each period's departments and places from
its people; then each round. In a closed season people stay counted where they were, and what
changes is a correction: it is logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    case,
    delete,
    false,
    func,
    literal,
    select,
    text,
    true,
)

from questions.periods import periods_of
from questions.scoring import POINTS
from storage.repositories.house import House
from storage.repositories.totals_counting import (
    count_people,
    is_stray,
    stray_rows,
    wrong_rows,
)
from storage.repositories.totals_moves import hold_people
from storage.repositories.totals_rounds import (
    RoundFacts,
    facts_of,
    given_of,
    is_charged,
)
from storage.repositories.totals_sums import (
    COUNTED,
    count_places,
    is_due,
    shares_of,
)
from storage.repositories.upsert import overwriting
from storage.states import RoundId
from storage.tables import (
    department_totals,
    people,
    person_totals,
    rate_counts,
    round_totals,
    rounds,
    seasons,
)

PEOPLE_AT_ONCE = 5000

Values = dict[tuple[Any, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of totals that is not what was counted: its key, what it says, what was counted."""

    table: str
    key: tuple[Any, ...]
    kept: tuple[Any, ...] | None
    counted: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A piece done: the last id or name in it, and what was not as counted."""

    last: Any
    answers: int
    differences: tuple[Difference, ...]


class Recount:
    """Statements that count totals anew; where `now` is None they only compare."""

    def __init__(self, connection: Connection, now: datetime | None) -> None:
        self._connection = connection
        self._now = now

    def all(self) -> int:
        """Count everything in this one transaction; how many rows were not right."""
        wrong, after = 0, 0
        while (counted := self.people(after)) is not None:
            wrong, after = wrong + len(counted.differences), counted.last
        wrong += sum(len(self.period(period).differences) for period in self.list_periods())
        return wrong + sum(
            len(self.round(round_id).differences) for round_id in self.list_rounds()
        )

    def list_periods(self) -> list[str]:
        """Every period that has totals, or should."""
        found = {
            period
            for facts in facts_of(self._connection).values()
            for period in periods_of(facts.day, facts.plan_id)
        }
        for table in (person_totals, department_totals, rate_counts):
            found.update(self._skip_through(table))
        return sorted(found)

    def list_rounds(self) -> list[RoundId]:
        """Every round."""
        return list(self._connection.execute(select(rounds.c.id).order_by(rounds.c.id)).scalars())

    def people(self, after: int) -> Counted | None:
        """Count the totals of the next people behind an id; None behind the last."""
        ids = self._connection.execute(
            select(people.c.id)
            .where(people.c.id > after)
            .order_by(people.c.id)
            .limit(PEOPLE_AT_ONCE)
        )
        found = list(ids.scalars())
        if not found:
            return None
        first, last = found[0], found[-1]
        if self._now is not None:
            hold_people(
                self._connection, select(people.c.id).where(people.c.id.between(first, last))
            )
        facts, periods = facts_of(self._connection), self.list_periods()
        closed = self._closed()
        answers = count_people(self._connection, first, last, facts, closed)
        differences = [*self._wrong(), *self._stray(first, last, periods)]
        if self._now is not None and differences:
            self._log(differences, closed)
            self._put_right(first, last, periods)
        return Counted(last, answers, tuple(differences))

    def _closed(self) -> list[str]:
        return list(self._connection.execute(select(seasons.c.period)).scalars())

    def _wrong(self) -> Iterator[Difference]:
        width = len(_rest(person_totals))
        for row in self._connection.execute(select(wrong_rows())):
            kept = tuple(row[2 + width :])
            is_new = kept[0] is None
            yield Difference(
                "person_totals", row[:2], None if is_new else kept, row[2 : 2 + width]
            )

    def _stray(self, first: int, last: int, periods: list[str]) -> Iterator[Difference]:
        for row in self._connection.execute(stray_rows(first, last, periods)):
            yield Difference("person_totals", row[:2], tuple(row[2:]), None)

    def _put_right(self, first: int, last: int, periods: list[str]) -> None:
        self._connection.execute(delete(person_totals).where(*is_stray(first, last, periods)))
        names = [column.name for column in person_totals.columns]
        wrong = wrong_rows()
        rows = select(*(wrong.c[name] for name in names)).where(true())
        overwrite = overwriting(self._connection, person_totals)
        self._connection.execute(overwrite.from_select(names, rows))

    def _log(self, differences: list[Difference], closed: list[str]) -> None:
        """What a recount changes in closed seasons is a correction."""
        at = _rest(person_totals)
        for period in closed:
            theirs = [found for found in differences if found.key[0] == period]
            if not theirs or self._now is None:
                continue
            by = {
                name: sum(_at(each.counted, at.index(name)) for each in theirs)
                - sum(_at(each.kept, at.index(name)) for each in theirs)
                for name in COUNTED
            }
            detail = {"because": "recount", "people": len(theirs), **by}
            House(self._connection).record(
                None, "season.correct", f"season:{period}", detail, self._now
            )

    def period(self, period: str) -> Counted:
        """Count a period's departments and places from its people."""
        self._hold(department_totals, rate_counts)
        theirs = select(person_totals).where(person_totals.c.period == period).subquery()
        shares = shares_of(theirs.c)
        sums = select(
            literal(period),
            theirs.c.department_id,
            *(func.sum(shares[column]).label(column) for column in _rest(department_totals)),
        ).group_by(theirs.c.department_id)
        places = count_places(theirs)
        counted_places = select(literal(period), places.subquery())
        differences = [
            *self._compare(department_totals, sums, period),
            *self._compare(rate_counts, counted_places, period),
        ]
        return Counted(period, 0, tuple(differences))

    def round(self, round_id: int) -> Counted:
        """Count a round's departments from its roll and its answers."""
        self._hold(round_totals)
        facts = facts_of(self._connection, rounds.c.id == round_id)[round_id]
        counting = _round(RoundId(round_id), facts)
        differences = self._compare(round_totals, counting, round_id)
        return Counted(round_id, 0, tuple(differences))

    def _hold(self, *tables: Table) -> None:
        """Wait for whoever has moved these sums; who has only moved people adds to ours later."""
        if self._now is not None and self._connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in tables)
            self._connection.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))

    def _compare(self, table: Table, counting: Select[Any], of: Any) -> list[Difference]:
        """Compare, and where it is not only that, put the counted rows in place."""
        keys = [column.name for column in table.primary_key.columns]
        head = table.primary_key.columns[keys[0]] == of
        kept = _values(self._connection.execute(select(table).where(head)), len(keys))
        counted = _values(self._connection.execute(counting), len(keys))
        wrong = [key for key in kept.keys() | counted.keys() if kept.get(key) != counted.get(key)]
        if wrong and self._now is not None:
            self._connection.execute(delete(table).where(head))
            names = [column.name for column in table.columns]
            rows = [
                dict(zip(names, (*key, *values), strict=True)) for key, values in counted.items()
            ]
            if rows:
                self._connection.execute(overwriting(self._connection, table), rows)
        return [Difference(table.name, key, kept.get(key), counted.get(key)) for key in wrong]

    def _skip_through(self, table: Table) -> Iterator[str]:
        """The periods of a table, by its key: it may have millions of rows."""
        period: str | None = ""
        while period is not None:
            least = select(func.min(table.c.period)).where(table.c.period > period)
            period = self._connection.execute(least).scalar_one()
            if period is not None:
                yield period


def _values(rows: Any, width: int) -> Values:
    """Rows by their keys; those that are all zero count as none."""
    found = {tuple(row[:width]): tuple(int(value or 0) for value in row[width:]) for row in rows}
    return {key: values for key, values in found.items() if any(values)}


def _rest(table: Table) -> list[str]:
    return [column.name for column in table.columns if not column.primary_key]


def _at(values: tuple[Any, ...] | None, place: int) -> int:
    return 0 if values is None else int(values[place])


def _round(round_id: RoundId, facts: RoundFacts) -> Select[Any]:
    """A round's rows as they should be."""
    given = given_of(round_id)
    answered, size = given.c.answered, func.coalesce(given.c.size, facts.size)
    has_sitting = given.c.sitting_id.is_not(None)
    is_settled = true() if facts.is_settled else false()
    charged = and_(is_settled, is_charged(has_sitting, given))
    voided = case((has_sitting, given.c.voided), else_=facts.voided)
    points = given.c.points + case((charged, voided * POINTS), else_=0)
    missed = case((charged, (size - answered) * POINTS), else_=0)
    department_id = func.coalesce(people.c.department_id, 0)
    columns: list[ColumnElement[Any]] = [
        literal(round_id),
        department_id,
        func.count(),
        func.sum(case((answered > 0, 1), else_=0)),
        func.sum(case((and_(answered > 0, answered == size), 1), else_=0)),
        func.sum(answered),
        func.sum(given.c.right_count),
        func.sum(points),
        func.sum(given.c.offered + missed),
    ]
    return (
        select(*columns)
        .select_from(given.join(people, people.c.id == given.c.person_id))
        .where(is_due(given))
        .group_by(department_id)
    )

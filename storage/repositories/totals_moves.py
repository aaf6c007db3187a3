"""The one place that moves totals: people's, their departments' and the counts of rates.

On PostgreSQL everything that moves a person's totals holds that person's row first, people in
the order of their ids; the sums over many people are written last, in one order for all, so
that nothing that moves totals can wait in a circle. SQLite has one writer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select, text, update
from sqlalchemy.schema import CreateTable

from storage.errors import SeasonClosed
from storage.repositories.house import House
from storage.repositories.totals_rounds import facts_of, results_of
from storage.repositories.totals_sums import (
    COUNTED,
    MOVED,
    Amounts,
    Sums,
    amounts_by_department,
    changes_of,
    department_changes,
    standing_changes,
)
from storage.repositories.upsert import adding, overwriting
from storage.states import PersonId, RoundId
from storage.tables import (
    department_totals,
    people,
    person_totals,
    rate_counts,
    round_totals,
    seasons,
)

_ROLL = 0x726F_6C6C  # PostgreSQL's advisory lock: "roll" in ASCII
_MANY = (
    select(people.c.id, people.c.department_id, people.c.is_active, people.c.lot)
    .order_by(people.c.id)
    .with_for_update(key_share=True, of=people)
)
_ONE = _MANY.where(people.c.id == bindparam("person"))
_KEPT = (
    person_totals.c.period,
    person_totals.c.department_id,
    person_totals.c.is_active,
    person_totals.c.lot,
    *(person_totals.c[name] for name in COUNTED),
)
_KEPT_BY = select(*_KEPT).where(person_totals.c.person_id == bindparam("person"))
_KEPT_IN = _KEPT_BY.where(person_totals.c.period.in_(bindparam("periods", expanding=True)))
_CLOSED = select(seasons.c.period).where(
    seasons.c.period.in_(bindparam("periods", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Correction:
    """Why closed seasons may change: it is logged with the amounts."""

    subject: str
    at: datetime


@dataclass(slots=True)
class _Corrected:
    people: int = 0
    amounts: Counter[str] = field(default_factory=Counter)


class Moves:
    """Totals being moved; sums over many people are written when the block ends.

    Raises SeasonClosed where a closed season would move without a correction.
    """

    def __init__(self, connection: Connection, correction: Correction | None = None) -> None:
        self._connection = connection
        self._correction = correction
        self._departments: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
        self._rates: Counter[tuple[str, int, int]] = Counter()
        self._rounds: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self._corrected: dict[str, _Corrected] = defaultdict(_Corrected)

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Write what has added up, unless the work failed."""
        if kind is None:
            self._finish()

    def hold(self, ids: Select[Any]) -> None:
        """Let nobody else move these people's totals until the transaction ends."""
        hold_people(self._connection, ids)

    def hold_one(self, person_id: PersonId) -> Sums:
        """The same for one person; whose totals they are, all zero."""
        row = self._connection.execute(_ONE, {"person": person_id}).one()
        return Sums(row.department_id or 0, row.is_active, row.lot)

    def one(self, person_id: PersonId, who: Sums, periods: Sequence[str], by: Amounts) -> None:
        """Move one held person's totals of these periods."""
        self._check(periods, people=1, by=by)
        kept = self._kept(person_id, periods)
        rows = []
        for period in periods:
            before = kept.get(period, who)
            after = before.moved(by)
            self.replace(period, before, after)
            rows.append({"period": period, "person_id": person_id, **after.columns()})
        self.write(rows)

    def follow(self, person_id: PersonId, who: Sums) -> None:
        """Count a held person's open periods where the person belongs now."""
        kept = self._kept_wherever_listed(person_id)
        closed = self.closed(kept)
        rows = []
        for period, before in kept.items():
            if period in closed:
                continue
            after = before.following(who)
            self.replace(period, before, after)
            rows.append({"period": period, "person_id": person_id, **after.columns()})
        if rows:
            self.write(rows)

    def follow_rounds(self, person_id: PersonId, before: Sums, after: Sums) -> None:
        """Take a held person's part in rounds along to another department."""
        if before.department_id == after.department_id:
            return
        facts = facts_of(self._connection)
        for result in results_of(self._connection, person_id, person_id, facts):
            if result.is_due:
                shares = {"due": 1, **result.shares}
                gone = {name: -share for name, share in shares.items()}
                self.round(result.round_id, before.department_id, **gone)
                self.round(result.round_id, after.department_id, **shares)

    def many(self, moved: Select[Any], periods: Sequence[str], round_id: RoundId) -> int:
        """Move many held people's totals by what one round gave each; how many they are.

        `moved` selects id, points, offered, answered and right_count, each person once.
        """
        self._lay_out(moved)
        total = self._connection.execute(amounts_by_department(round_id)).all()
        count: int = sum(row.people for row in total)
        by = Amounts(*(int(sum(getattr(row, name) for row in total)) for name in COUNTED))
        self._check(periods, people=count, by=by)
        for row in self._connection.execute(amounts_by_department(round_id, on_roll=True)):
            for name in COUNTED:
                self._rounds[round_id, row.department_id][name] += int(getattr(row, name))
        for period in periods:
            self._move_laid_out(period)
        return count

    def round(self, round_id: RoundId, department_id: int, **by: int) -> None:
        """Move what a department has in a round."""
        self._rounds[round_id, department_id].update(by)

    def replace(self, period: str, before: Sums | None, after: Sums | None) -> None:
        """Let sums over people follow one person's totals."""
        for sums, sign in ((before, -1), (after, 1)):
            if sums is None:
                continue
            shares = self._departments[period, sums.department_id]
            for name, share in sums.shares().items():
                shares[name] += sign * share
            if (place := sums.place) is not None:
                self._rates[period, *place] += sign

    def write(self, rows: Sequence[dict[str, Any]]) -> None:
        """Put people's rows in place of those that are there."""
        statement = overwriting(self._connection, person_totals)
        self._connection.execute(statement, rows)

    def closed(self, periods: Iterable[str]) -> set[str]:
        """Which of these periods are closed."""
        return set(self._connection.execute(_CLOSED, {"periods": list(periods)}).scalars())

    def _kept(self, person_id: PersonId, periods: Sequence[str]) -> dict[str, Sums]:
        values = {"person": person_id, "periods": list(periods)}
        rows = self._connection.execute(_KEPT_IN, values)
        return {row.period: Sums(*row[1:]) for row in rows}

    def _kept_wherever_listed(self, person_id: PersonId) -> dict[str, Sums]:
        """In all periods that count departments."""
        listed = select(department_totals.c.period).distinct().scalar_subquery()
        statement = _KEPT_BY.where(person_totals.c.period.in_(listed))
        rows = self._connection.execute(statement, {"person": person_id})
        return {row.period: Sums(*row[1:]) for row in rows}

    def _check(self, periods: Collection[str], *, people: int, by: Amounts) -> None:
        closed = self.closed(periods)
        if closed and self._correction is None:
            raise SeasonClosed(f"{min(closed)} 已封榜，成绩不再变动。")
        for period in closed if people else ():
            self._corrected[period].people += people
            self._corrected[period].amounts.update(by.columns())

    def _lay_out(self, moved: Select[Any]) -> None:
        self._connection.execute(CreateTable(MOVED, if_not_exists=True))
        self._connection.execute(delete(MOVED))
        columns = [column.name for column in MOVED.columns]
        found = moved.subquery()
        rows = select(*(found.c[name] for name in columns))
        self._connection.execute(insert(MOVED).from_select(columns, rows))

    def _move_laid_out(self, period: str) -> None:
        changes = changes_of(period)
        for row in self._connection.execute(department_changes(changes)):
            values = dict(row._mapping)
            department_id = values.pop("department_id")
            shares = self._departments[period, department_id]
            for name, share in values.items():
                shares[name] += int(share)
        for sign, statement in standing_changes(changes):
            for bucket, shard, number in self._connection.execute(statement):
                self._rates[period, bucket, shard] += sign * number
        names = [column.name for column in person_totals.columns]
        rows = select(*(changes.c[name] for name in names)).order_by(changes.c.person_id)
        overwrite = overwriting(self._connection, person_totals)
        self._connection.execute(overwrite.from_select(names, rows))

    def _finish(self) -> None:
        rates = {key: Counter(people=number) for key, number in self._rates.items()}
        self._add(department_totals, self._departments)
        self._add(rate_counts, rates)
        self._add(round_totals, self._rounds)
        for period, corrected in sorted(self._corrected.items()):
            self._log(period, corrected)

    def _add(self, table: Table, sums: Mapping[Any, Counter[str]]) -> None:
        keys = [column.name for column in table.primary_key.columns]
        rest = [column.name for column in table.columns if column.name not in keys]
        rows = [
            {**dict(zip(keys, key, strict=True)), **{name: sums[key][name] for name in rest}}
            for key in sorted(sums)
            if any(sums[key].values())
        ]
        if rows:
            self._connection.execute(adding(self._connection, table), rows)

    def _log(self, period: str, corrected: _Corrected) -> None:
        if self._correction is None:
            raise SeasonClosed(f"{period} 已封榜，成绩不再变动。")
        detail = {
            "because": self._correction.subject,
            "people": corrected.people,
            **{name: corrected.amounts[name] for name in COUNTED},
        }
        house = House(self._connection)
        house.record(None, "season.correct", f"season:{period}", detail, self._correction.at)


def hold_people(connection: Connection, ids: Select[Any]) -> None:
    """Let nobody else move these people's totals until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_MANY.where(people.c.id.in_(ids)))


def hold_departments(connection: Connection) -> None:
    """Let nobody move between departments, and no roll be counted, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ROLL})


def change_person(connection: Connection, person_id: PersonId, **values: object) -> None:
    """Change where a person belongs, or whether they are active, and have totals follow.

    Closed seasons stay as they were.
    """
    hold_departments(connection)
    with Moves(connection) as moves:
        before = moves.hold_one(person_id)
        connection.execute(update(people).where(people.c.id == person_id).values(**values))
        after = moves.hold_one(person_id)
        moves.follow(person_id, after)
        moves.follow_rounds(person_id, before, after)

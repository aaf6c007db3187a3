"""The roll of a round: a delivery for everybody it is meant for, when each wants it, reminders.

People on leave and people out of reach are on it too, skipped, so that 应参加 and every list of
a round stay exact whatever changes later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Connection,
    Exists,
    Select,
    String,
    Time,
    case,
    column,
    func,
    literal,
    null,
    or_,
    select,
    update,
    values,
)

from storage.repositories.audience import EVERYBODY, Audience
from storage.repositories.leaves import ON_LEAVE
from storage.repositories.upsert import insert_for
from storage.states import DeliveryKind, DeliveryState, RoundId
from storage.tables import deliveries, leaves, people, sittings

UNREACHABLE, QUIET = "unreachable", "quiet"
_COLUMNS = ("round_id", "person_id", "kind", "attempts", "state", "reason", "due_at")
_NO_TIME = time.max  # stands for an empty one: a join on equality is fast, one on IS is not
_WISHES_AT_ONCE = 1000  # databases bound the values of a statement


@dataclass(frozen=True, slots=True)
class Wish:
    """When some people want to be written to, local to the plan: from when, and when not."""

    push_at: time | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None


# When people with a wish get it; None: not at all.
Wished = Mapping[Wish, datetime | None]


class Roll:
    """Statements about everybody's deliveries of a round."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_wishes(self) -> list[Wish]:
        """All wishes that active people have."""
        rows = self._connection.execute(
            select(*_WISH)
            .distinct()
            .where(people.c.is_active.is_(True), _has_wish())
            .order_by(*(part.asc().nulls_first() for part in _WISH))
        )
        return [Wish(*row) for row in rows]

    def write(
        self,
        round_id: RoundId,
        day: date,
        opened_at: datetime,
        *,
        audience: Audience = EVERYBODY,
        since_at: datetime | None = None,
        wished: Wished | None = None,
    ) -> None:
        """Put the audience on a round's roll; who joined later than its opening waits for the
        next one. `since_at`: the audience's `joined_since` as a moment.

        Due when it opens, but for people who wish otherwise.
        """
        is_away, is_lost = _is_on_leave(day), people.c.unreachable_at.is_not(None)
        state = case((is_away | is_lost, DeliveryState.SKIPPED.value), else_=_PENDING)
        reason = case((is_away, ON_LEAVE), (is_lost, UNREACHABLE), else_=null())
        called = [people.c.is_active.is_(True), people.c.joined_at <= opened_at]
        if audience.departments:
            called.append(people.c.department_id.in_(audience.departments))
        if audience.roles:
            called.append(people.c.role.in_([role.value for role in audience.roles]))
        if since_at is not None:
            called.append(people.c.joined_at >= since_at)
        rows = _rows(round_id, DeliveryKind.ROUND, state, reason).where(*called)
        self._insert(rows, opened_at, wished or {})
        if self._connection.dialect.name == "postgresql":
            self._excuse(round_id, day)

    def _excuse(self, round_id: RoundId, day: date) -> None:
        """Skip those whose leave was being written at the same moment.

        It had not found this round, nor the roll the leave. By now it is over: it holds its
        person, whom a delivery's foreign key waits for.
        """
        self._connection.execute(
            update(deliveries)
            .where(
                deliveries.c.round_id == round_id,
                deliveries.c.state == _PENDING,
                deliveries.c.person_id == people.c.id,
                _is_on_leave(day),
            )
            .values(state=DeliveryState.SKIPPED, reason=ON_LEAVE)
        )

    def remind(
        self, round_id: RoundId, day: date, now: datetime, pushed_before: datetime, wished: Wished
    ) -> None:
        """Write a reminder to everybody whom the round reached and who has not finished it.

        Left out: who is on leave or out of reach, who wants no reminders then, and whose push
        was not due before `pushed_before`. Whether a push of unknown fate arrived is settled
        by this one.
        """
        pushed = deliveries.alias("pushed")
        reached = (
            select(literal(1))
            .where(
                pushed.c.round_id == round_id,
                pushed.c.person_id == people.c.id,
                pushed.c.kind == DeliveryKind.ROUND.value,
                pushed.c.state.in_([DeliveryState.SENT.value, DeliveryState.UNKNOWN.value]),
                pushed.c.due_at <= pushed_before,
            )
            .correlate(people)
            .exists()
        )
        rows = _rows(round_id, DeliveryKind.REMINDER, literal(_PENDING), _NOTHING).where(
            people.c.is_active.is_(True),
            people.c.unreachable_at.is_(None),
            or_(people.c.no_reminders_before.is_(None), people.c.no_reminders_before <= day),
            reached,
            ~_is_on_leave(day),
            ~_has_finished(round_id),
        )
        self._insert(rows, now, wished)

    def _insert(self, rows: Select[Any], due_at: datetime, wished: Wished) -> None:
        """Insert the rows, those with a wish of their own first; none is there twice."""
        own = [(wish, at) for wish, at in wished.items() if at != due_at]
        for first in range(0, len(own), _WISHES_AT_ONCE):
            self._put(_as_wished(rows, _table(own[first : first + _WISHES_AT_ONCE], due_at)))
        self._put(rows.add_columns(literal(due_at, _INSTANT)))

    def _put(self, rows: Select[Any]) -> None:
        self._connection.execute(
            insert_for(self._connection, deliveries)
            .from_select(_COLUMNS, rows)
            .on_conflict_do_nothing()
        )


_PENDING = DeliveryState.PENDING.value
_NOTHING = literal(None, String)
_WISH = (people.c.push_at, people.c.quiet_from, people.c.quiet_to)
_INSTANT = deliveries.c.due_at.type


def _rows(
    round_id: RoundId,
    kind: DeliveryKind,
    state: ColumnElement[Any],
    reason: ColumnElement[Any],
) -> Select[Any]:
    """A delivery for each person, all but its moment."""
    return select(
        literal(round_id),
        people.c.id,
        literal(kind.value),
        literal(0),
        state.label("state"),
        reason.label("reason"),
    ).select_from(people)


def _table(wished: Sequence[tuple[Wish, datetime | None]], otherwise: datetime) -> CTE:
    """Wishes as a table: empty times are _NO_TIME."""
    rows = values(
        *(column(part.name, Time) for part in _WISH),
        column("due_at", _INSTANT),
        column("is_quiet", Boolean),
        name="wished",
    ).data(
        [
            (
                wish.push_at or _NO_TIME,
                wish.quiet_from or _NO_TIME,
                wish.quiet_to or _NO_TIME,
                at or otherwise,
                at is None,
            )
            for wish, at in wished
        ]
    )
    return rows.cte("wishes")


def _as_wished(rows: Select[Any], wishes: CTE) -> Select[Any]:
    """The rows of people with one of these wishes, when they want them."""
    head = [part for part in rows.selected_columns if part.key not in ("state", "reason")]
    state, reason = rows.selected_columns["state"], rows.selected_columns["reason"]
    is_quiet = wishes.c.is_quiet.is_(True)
    is_waiting = state == _PENDING
    return rows.where(
        _has_wish(),
        *(func.coalesce(mine, literal(_NO_TIME, Time)) == wishes.c[mine.name] for mine in _WISH),
    ).with_only_columns(
        *head,
        case((is_quiet & is_waiting, DeliveryState.SKIPPED.value), else_=state),
        case((is_quiet & is_waiting, QUIET), else_=reason),
        wishes.c.due_at,
    )


def _has_wish() -> ColumnElement[bool]:
    return or_(people.c.push_at.is_not(None), people.c.quiet_from.is_not(None))


def _is_on_leave(day: date) -> Exists:
    return (
        select(literal(1))
        .where(
            leaves.c.person_id == people.c.id,
            leaves.c.cancelled_at.is_(None),
            leaves.c.first_day <= day,
            leaves.c.last_day >= day,
        )
        .correlate(people)
        .exists()
    )


def _has_finished(round_id: RoundId) -> Exists:
    return (
        select(literal(1))
        .where(
            sittings.c.round_id == round_id,
            sittings.c.person_id == people.c.id,
            sittings.c.is_finished.is_(True),
        )
        .correlate(people)
        .exists()
    )

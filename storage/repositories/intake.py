"""Updates in the hands of replicas: each in one replica's, one person's in order. PostgreSQL only.

Leases run by the database's clock, which all replicas share. Nothing here need outlive a crash
of the database: what an update did is told by the rows it changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Connection,
    Interval,
    and_,
    any_,
    bindparam,
    case,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from storage.tables import taken_updates

_SPACE = 0x7875 << 48  # of the advisory locks, one for each person
_PERSON_BITS = (1 << 48) - 1


class Standing(StrEnum):
    """What a replica may do with an update."""

    BEGUN = "begun"
    """Handle it now."""
    WAITING = "waiting"
    """Ask again: it, or an earlier one of its person, is in another replica's hands."""
    DONE = "done"
    """It was handled."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An update a replica has been given; `is_next` where it would begin it now."""

    update_id: int
    person: int | None
    is_next: bool


class Intake:
    """Statements about updates taken in by several replicas."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def settle(
        self,
        holder: str,
        lease: timedelta,
        *,
        taken: Sequence[Claim] = (),
        done: Collection[int] = (),
        left: Collection[int] = (),
    ) -> dict[int, Standing]:
        """Note what is `done` and what is `left` unhandled; then how each one `taken` stands.

        What nobody alive has is taken. It may begin when no other replica has an earlier update
        of the same person, by update_id, and none is handling one.
        """
        people = {claim.person & _PERSON_BITS for claim in taken if claim.person is not None}
        self._connection.execute(_LOCK, {"keys": sorted(_SPACE | person for person in people)})
        if done:
            self._connection.execute(_FINISH, {"ids": sorted(done)})
        if left:
            self._connection.execute(_LEAVE, {"ids": sorted(left), "mine": holder})
        return self._take(taken, holder, lease) if taken else {}

    def _take(self, claims: Sequence[Claim], holder: str, lease: timedelta) -> dict[int, Standing]:
        ids = sorted({claim.update_id for claim in claims})
        people = {claim.update_id: claim.person for claim in claims}
        ours = {"ids": ids, "lease": lease, "mine": holder}
        given = {**ours, "people": [people[one] for one in ids]}
        mine = set(self._connection.execute(_TAKE, given).scalars())
        standings = dict.fromkeys(ids, Standing.WAITING)
        wanted = {claim.update_id for claim in claims if claim.is_next} & mine
        if wanted:
            begun = self._connection.execute(_BEGIN, {**ours, "ids": sorted(wanted)}).scalars()
            standings.update(dict.fromkeys(begun, Standing.BEGUN))
        if others := [one for one in ids if one not in mine]:
            done = self._connection.execute(_DONE, {"ids": others}).scalars()
            standings.update(dict.fromkeys(done, Standing.DONE))
        return standings

    def renew(self, update_ids: Collection[int], holder: str, lease: timedelta) -> None:
        """Say that this replica is alive and has these still."""
        given = {"ids": sorted(update_ids), "lease": lease, "mine": holder}
        self._connection.execute(_RENEW, given)

    def forget(self, age: timedelta) -> None:
        """Drop what is too old to come again (Telegram keeps updates for 24 hours)."""
        self._connection.execute(
            delete(taken_updates).where(taken_updates.c.until_at < func.now() - age)
        )


_row = taken_updates.c
_other = taken_updates.alias("other")
_now = func.statement_timestamp()
_ids = bindparam("ids", type_=ARRAY(BigInteger))
_until = _now + bindparam("lease", type_=Interval())
_is_ours = _row.holder == bindparam("mine")

# What is taken here is not worth a wait for the disk. Keys come sorted: no two can deadlock.
_LOCK = text(
    "SELECT set_config('synchronous_commit', 'off', true), (SELECT count("
    "pg_advisory_xact_lock(key)) FROM unnest(CAST(:keys AS bigint[])) AS key)"
)
_given = insert(taken_updates).from_select(
    ["update_id", "person", "holder", "until_at"],
    select(
        func.unnest(_ids),
        func.unnest(bindparam("people", type_=ARRAY(BigInteger))),
        bindparam("mine", type_=_row.holder.type),
        _until,
    ),
)
_TAKE = _given.on_conflict_do_update(
    index_elements=[_row.update_id],
    set_={
        "holder": bindparam("mine"),
        "begun_at": case((_is_ours, _row.begun_at), else_=null()),
        "until_at": _given.excluded.until_at,
    },
    where=and_(_row.done_at.is_(None), or_(_row.until_at <= _now, _is_ours)),
).returning(_row.update_id)
_stands_before = exists().where(
    _other.c.person == _row.person,
    _other.c.done_at.is_(None),
    _other.c.until_at > _now,
    _other.c.holder != bindparam("mine"),
    or_(_other.c.update_id < _row.update_id, _other.c.begun_at.is_not(None)),
)
_BEGIN = (
    update(taken_updates)
    .where(_row.update_id == any_(_ids), ~_stands_before)
    .values(begun_at=_now)
    .returning(_row.update_id)
)
_DONE = select(_row.update_id).where(_row.update_id == any_(_ids), _row.done_at.is_not(None))
_FINISH = update(taken_updates).where(_row.update_id == any_(_ids)).values(done_at=_now)
_LEAVE = delete(taken_updates).where(
    _row.update_id == any_(_ids), _row.done_at.is_(None), _is_ours
)
_RENEW = (
    update(taken_updates)
    .where(_row.update_id == any_(_ids), _row.done_at.is_(None), _is_ours)
    .values(until_at=_until)
)

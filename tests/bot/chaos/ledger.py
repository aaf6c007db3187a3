"""What the database must say in the end, read past the bot's own code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import NullPool, Row, create_engine, func, select, update

from questions.periods import periods_of
from storage.address import parse
from storage.states import DeliveryState, SittingId
from storage.tables import answers, deliveries, leases, people, person_totals, rounds, sittings

_UNDER_WAY = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer somebody gave first; option indices as authored."""

    chosen: tuple[int, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """What went wrong with answers: `lost` and `doubled` count answers."""

    given: int
    lost: int
    doubled: int


@dataclass(frozen=True, slots=True)
class Pushes:
    """How a push ended: deliveries by state, and chats whose cards don't fit their state."""

    rounds: int
    sent: int
    unknown: int
    others: int
    doubled: int
    misfits: tuple[str, ...]


class Ledger:
    """Compares what people did with what the tables hold."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(parse(url), poolclass=NullPool)
        self._expected: dict[tuple[int, int], Expected] = {}

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def expect(self, sitting: SittingId, position: int, answer: Expected) -> None:
        """Somebody is giving this answer."""
        self._expected[sitting, position] = answer

    def audit(self) -> Audit:
        """Every answer against its row, and every row against the totals of each period."""
        lost = 0
        for row in self._rows(select(answers)):
            wanted = self._expected[row.sitting_id, row.position]
            given = Expected(tuple(row.chosen or ()), row.text)
            lost += row.answered_at is None or given != wanted
        return Audit(len(self._expected), lost, self._doubled())

    def _doubled(self) -> int:
        """By how much totals and answers differ, counted in answers, over all periods."""
        counted = (
            select(
                sittings.c.person_id,
                func.count(answers.c.answered_at).label("answered"),
                func.sum(answers.c.points).label("points"),
                func.sum(answers.c.offered).label("offered"),
                func.count().filter(answers.c.outcome == "right").label("right_count"),
            )
            .join(answers, answers.c.sitting_id == sittings.c.id)
            .group_by(sittings.c.person_id)
        )
        truth = {row.person_id: row for row in self._rows(counted)}
        day = self._rows(select(rounds.c.day))[0].day
        differences = 0
        totals = self._rows(select(person_totals))
        for period in periods_of(day):
            kept = {row.person_id: row for row in totals if row.period == period}
            for person, row in truth.items():
                differences += _difference(kept.get(person), row)
        return differences

    def pushes(self, cards: dict[int, int]) -> Pushes:
        """`cards` is how many of the round's cards each chat has got."""
        found = self._rows(
            select(people.c.chat_id, deliveries.c.state, deliveries.c.message_id).join(
                people, people.c.id == deliveries.c.person_id
            )
        )
        states = [row.state for row in found]
        misfits = [
            f"{row.chat_id}: {row.state}, {cards.get(row.chat_id, 0)} cards"
            for row in found
            if not _fits(row.state, cards.get(row.chat_id, 0))
        ]
        misfits += [f"{len(states)} deliveries"] * (len(states) != len(cards))
        sent, unknown = states.count(DeliveryState.SENT), states.count(DeliveryState.UNKNOWN)
        return Pushes(
            rounds=len(self._rows(select(rounds.c.id))),
            sent=sent,
            unknown=unknown,
            others=len(states) - sent - unknown,
            doubled=sum(max(0, count - 1) for count in cards.values()),
            misfits=tuple(misfits),
        )

    def unsent(self) -> int:
        """Deliveries that still wait or are under way; with no round yet, one."""
        if not self._rows(select(rounds.c.id)):
            return 1
        return sum(row.state in _UNDER_WAY for row in self._rows(select(deliveries.c.state)))

    def sending(self) -> int:
        """Deliveries said to be on the wire."""
        states = self._rows(select(deliveries.c.state))
        return sum(row.state == DeliveryState.SENDING for row in states)

    def expire_leases(self) -> None:
        """Let the leases of the dead run out, as a minute would."""
        past = datetime.now(UTC) - timedelta(minutes=5)
        with self._engine.begin() as connection:
            connection.execute(update(leases).values(until_at=past))
            held = deliveries.c.leased_until.is_not(None)
            connection.execute(update(deliveries).where(held).values(leased_until=past))

    def _rows(self, statement: object) -> list[Row[tuple[Any, ...]]]:
        with self._engine.connect() as connection:
            return list(connection.execute(statement))  # type: ignore[call-overload]


def _fits(state: str, cards: int) -> bool:
    return cards == 1 if state == DeliveryState.SENT else cards <= 1


def _difference(kept: Row[tuple[Any, ...]] | None, truth: Row[tuple[Any, ...]]) -> int:
    if kept is None:
        return int(truth.answered)
    names: Iterable[str] = ("points", "offered", "right_count")
    is_off = any(getattr(kept, name) != (getattr(truth, name) or 0) for name in names)
    gap: int = abs(kept.answered - truth.answered)
    return max(gap, int(is_off))

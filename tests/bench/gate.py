"""What agreeing with other replicas costs a tap: `python -m tests.bench.gate`.

The same taps on one PostgreSQL, each graded in a transaction, in turn with the gate and without;
HTTP is left out, so a real tap is slowed by less. Then one tap at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from statistics import median
from typing import Any

from telegram import Update

from bot.daily import service
from bot.replicas import Replica
from bot.transport.turns import Turn, Turns
from storage.database import Database
from tests.bench.figures import Figure, conclude
from tests.bench.stage import Tap, furnished
from tests.postgres import running

PEOPLE = 250
QUESTIONS = 8
ROUNDS = 4  # each answers one question with the gate and one without
ALONE = 60
BAR = 0.5


class Desk:
    """Grades taps, behind a gate or not."""

    def __init__(self, database: Database, *, has_gate: bool) -> None:
        self._database = database
        gate = Replica(database) if has_gate else None
        self._turns = Turns(self._handle, self._park, lambda _: False, gate=gate)

    async def _handle(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        _, sitting, position, place = str(query.data).split(":")
        given, now = (int(sitting), int(position), int(place)), datetime.now(UTC)
        chat_id = query.from_user.id
        await self._database.run(lambda unit: service.choose(unit, chat_id, *given, now=now))

    async def _park(self, update_id: int, kind: str, error: str) -> None:
        raise AssertionError(f"update {update_id} failed: {error}")

    async def admit(self, number: int, tap: Tap) -> Turn:
        """Take one tap in."""
        return await self._turns.admit(_update(number, tap))

    async def stop(self) -> None:
        """End."""
        await self._turns.stop()


def _update(number: int, tap: Tap) -> dict[str, Any]:
    chat, _, data = tap
    person = {"id": chat, "is_bot": False, "first_name": "职工"}
    query = {"id": str(number), "from": person, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


async def measure(url: str) -> list[Figure]:
    """Taps a second with the gate over those without, and alone without over with."""
    taps = (await furnished(url, PEOPLE, QUESTIONS)).taps
    database = Database.open(url)
    desks = {has_gate: Desk(database, has_gate=has_gate) for has_gate in (False, True)}
    speeds: dict[bool, list[float]] = {False: [], True: []}
    number = 0
    for _ in range(ROUNDS - 1):
        for has_gate, desk in desks.items():
            began = time.perf_counter()
            turns = []
            for tap in taps[number : number + PEOPLE]:
                number += 1
                turns.append(await desk.admit(number, tap))
            await asyncio.gather(*(turn.over for turn in turns))
            speeds[has_gate].append(PEOPLE / (time.perf_counter() - began))
    waits: dict[bool, list[float]] = {False: [], True: []}
    for place in range(2 * ALONE):
        number += 1
        began = time.perf_counter()
        await (await desks[bool(place % 2)].admit(number, taps[number - 1])).over
        waits[bool(place % 2)].append(time.perf_counter() - began)
    for desk in desks.values():
        await desk.stop()
    await database.close()
    without, through = (median(speeds[has_gate]) for has_gate in (False, True))
    alone, late = (median(waits[has_gate]) * 1e3 for has_gate in (False, True))
    print(f"{without:.0f} taps/s without the gate, {through:.0f} through it; ", end="")
    print(f"one at a time {alone:.1f} ms and {late:.1f} ms")
    return [Figure("gate-rate", through / without, BAR), Figure("gate-alone", alone / late, 0.2)]


def main() -> int:
    """Run it; 1 where the gate costs more than the bar allows."""
    argparse.ArgumentParser(prog="python -m tests.bench.gate", description=__doc__).parse_args()
    with running() as server:
        return conclude("gate", asyncio.run(measure(server.create())))


if __name__ == "__main__":
    sys.exit(main())

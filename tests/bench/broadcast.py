"""A push with everything that goes wrong: `python -m tests.bench.broadcast --deliveries 20000`.

The server allows 30 messages a second and one a second to each chat. Out of the blue it answers
429 (0.1 %, for 1 to 5 seconds) and 500 (1 %, half of them after the message was sent), cuts the
connection after the request was read (1 %), and 2 % of people have blocked the bot. Meanwhile
people tap, 100 times a second. 20,000 deliveries take 11 minutes. Last, the memory that waiting
deliveries cost is measured with ten times as many.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.database import Database
from storage.states import Role
from storage.unit import Unit
from tests.bench.figures import Figure, conclude
from tests.bench.load import Bot, Load
from tests.bench.stage import (
    FIRST_CHAT,
    House,
    Server,
    build,
    ours,
    push_to_everyone,
    settle_down,
    stub,
)
from tests.bench.traffic import Trouble

TOKEN = "3:broadcast"
PERMITTED = 30.0
MOST_IN_A_SECOND = 32
DELAY = 0.05
TAPS_A_SECOND = 100
RATE_BAR = 0.99
TAPS_P99 = 80.0  # milliseconds of the bot's own
ROUND_TRIPS = 2  # of the server's delay in every tap: to bring it, and to take the answer
BYTES_EACH = 500.0
Request = tuple[float, int, float, bool]  # at, chat, how long the server had stalled, a card?
TROUBLE = {"floods": 0.001, "errors": 0.01, "cuts": 0.01, "blocked": 0.02, "per_chat": 1.0}


def push_in_trouble(
    server: Server, folder: Path, deliveries: int, *, taps: int = TAPS_A_SECOND
) -> tuple[float, Load, list[str]]:
    """Push so many cards through all the trouble; pace over permitted, taps, what went wrong."""
    house = build(folder / f"{deliveries}.db", deliveries, 1 + 3 * taps // 100)
    with ours(server, folder, house, TOKEN) as process:
        bot = Bot(server, TOKEN, process, house)
        settle_down()
        bot.take(50, DELAY)
        server.order(TOKEN, "limit", rate=PERMITTED)
        server.order(TOKEN, "trouble", **TROUBLE, seed=deliveries)
        due = push_to_everyone(house)
        seconds = int(due / PERMITTED * 0.9)
        load = bot.take(taps * seconds, DELAY, taps)
        _wait_until_sent(house, due / PERMITTED + 400)
        report = server.order(TOKEN, "report")
    rate, most = (
        _pace(report),
        most_in_a_second(report["requests"]),
    )
    print(
        f"{due} cards at {rate:.2f}/s outside {len(report['halts'])} halts, at most {most} in a "
        f"second; {taps} taps/s meanwhile: p50 {load.p50:.1f} ms, p99 {load.p99:.1f} ms",
        flush=True,
    )
    faults = bot.faults + bot.miscounted() + _faults(house, report, most)
    return rate / PERMITTED, load, faults


def _wait_until_sent(house: House, patience: float) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(house.path)) as connection:
            if not connection.execute(_UNDER_WAY).fetchone()[0]:
                return
        time.sleep(0.5)


def _pace(report: dict[str, Any]) -> float:
    """Requests a second outside halts, from the first card until everybody had had theirs."""
    firsts: dict[int, float] = {}
    for at, chat, _, is_card in report["requests"]:
        if is_card:
            firsts.setdefault(chat, at)
    begin, end = min(firsts.values()), max(firsts.values())
    halted, last = 0.0, begin
    count = sum(begin <= at <= end for at, *_ in report["requests"])
    for at, until in sorted(report["halts"]):
        halted += max(0.0, min(until, end) - max(min(at, end), last))
        last = max(last, until)
    pace: float = (count - 1) / (end - begin - halted)
    return pace


def most_in_a_second(requests: Sequence[Request]) -> int:
    """The most in any one second, less what the server saw late because it had stalled."""
    times = [at for at, *_ in requests]
    return max(
        place + 1 - bisect_right(times, at - 1.0) - round(PERMITTED * late)
        for place, (at, _, late, _) in enumerate(requests)
    )


def _faults(house: House, report: dict[str, Any], most: int) -> list[str]:
    trouble = Trouble(**TROUBLE, seed=0)
    cards = Counter(chat for _, chat, _ in report["cards"])
    with closing(sqlite3.connect(house.path)) as connection:
        states = dict(connection.execute(_STATES).fetchall())
    counts = Counter(states.values())
    print(
        f"sent {counts['sent']}, unknown {counts['unknown']} ("
        f"{sum(cards[chat] for chat, state in states.items() if state == 'unknown')} arrived), "
        f"blocked {counts['failed']}, cards doubled {sum(n > 1 for n in cards.values())}",
        flush=True,
    )
    right = {"sent": (1,), "unknown": (0, 1), "failed": (0,)}
    faults = [
        f"{sum(cards[chat] not in right.get(state, ()) for chat, state in states.items())} "
        "deliveries say other than what arrived"
    ] * any(cards[chat] not in right.get(state, ()) for chat, state in states.items())
    if any((state == "failed") != trouble.is_blocked(chat) for chat, state in states.items()):
        faults.append("others than the blocked were given up")
    if report["refused"] or report["early"]:
        faults.append(f"{report['refused']} sends too fast, {report['early']} during a halt")
    if most > MOST_IN_A_SECOND:
        faults.append(f"{most} sends in one second")
    return faults


_UNDER_WAY = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'retry', 'sending')"
_STATES = "SELECT chat_id, state FROM deliveries JOIN people ON people.id = person_id"


def memory(server: Server, folder: Path, count: int) -> Figure:
    """What one more waiting delivery costs: the bytes allowed over those measured."""
    few, many = (_resident(server, folder, size) for size in (count, 10 * count))
    each = max(1.0, (many - few) * (1 << 20) / (9 * count))
    print(f"{count} and {10 * count} waiting: {few:.1f} and {many:.1f} MB, {each:.0f} bytes each")
    return Figure("push-memory", BYTES_EACH / each, 1.0)


def _resident(server: Server, folder: Path, people: int) -> float:
    """MB in use some seconds into a push to so many."""
    token = f"4:{people}"
    house = build(folder / f"waiting-{people}.db", 1, 1)
    asyncio.run(_move_in(house, people))
    push_to_everyone(house)
    with ours(server, folder, house, token) as process:
        server.order(token, "sent", count=150, patience=60)
        return process.private


async def _move_in(house: House, people: int) -> None:
    database = Database.open(house.url)
    joined_at = datetime.now(UTC) - timedelta(days=1)

    def move_in(unit: Unit, first: int) -> None:
        department = unit.people.list_departments()[0].id
        for chat in range(first, min(first + 5000, FIRST_CHAT + people + 1)):
            unit.people.add(chat, f"人员{chat}", department, Role.STAFF, joined_at)

    for first in range(FIRST_CHAT + 1, FIRST_CHAT + people + 1, 5000):
        await database.run(lambda unit, first=first: move_in(unit, first))  # type: ignore[misc]
    await database.close()


def main() -> int:
    """Read the command line and push; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.broadcast", description=__doc__)
    parser.add_argument("--deliveries", type=int, default=20_000)
    deliveries = parser.parse_args().deliveries
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        server = stack.enter_context(stub(Path(name)))
        pace, load, faults = push_in_trouble(server, Path(name), deliveries)
        figures = [Figure("push-trouble", pace, RATE_BAR)]
        own = load.p99 - ROUND_TRIPS * DELAY * 1e3
        print(f"of a tap's p99 the bot's own: {own:.1f} ms")
        figures.append(Figure("push-taps-p99", TAPS_P99 / own, 1.0))
        figures.append(memory(server, Path(name), deliveries))
    return conclude("broadcast", figures, faults)


if __name__ == "__main__":
    sys.exit(main())

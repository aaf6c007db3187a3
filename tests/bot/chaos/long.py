"""Thousands of updates and hundreds of kills: `python -m tests.bot.chaos.long`.

One bot on SQLite that is killed at chosen calls, or, with `--replicas 3`, several behind a
balancer on one PostgreSQL that die and come back at random; with `--away 60` none dies, and
that PostgreSQL is away for a minute instead. Prints what was lost and what was
counted twice, and exits 1 where anything was.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.faults import Fault, FaultKind
from bot.plans.sender import WORKERS
from storage.upgrade import migrate
from tests.bot.chaos.fleet import a_fleet
from tests.bot.chaos.process import Process
from tests.bot.chaos.test_database import WAITING, Restartable
from tests.bot.chaos.test_push import cards
from tests.bot.chaos.town import UPDATES_EACH, Town, a_town
from tests.postgres import running

# About so many calls an update takes: kills spread over all of the work.
CALLS_EACH = 2
# Updates for each kill of one bot, which confirms none before a window of a hundred is through,
# and of a fleet, which goes on with those left.
UPDATES = (100, 15)
# Seconds between two deaths in a fleet; starting takes about one.
PAUSES = (0.3, 1.7)
AWAY_UPDATES = 1_500
# How long the server takes to answer a message that is in the chat already.
SEND_SECONDS = 0.4
# Work before the database goes away and after it is back.
MARGIN_SECONDS = 10.0


async def run(url: str, folder: Path, updates: int, kills: int, seed: int) -> bool:
    """One bot; whether nothing was lost or doubled."""
    rng = random.Random(seed)
    people = -(-updates // UPDATES_EACH)
    began = time.monotonic()
    async with a_town(url, folder, people, latency=0.01) as town:
        waiting = await town.fill()
        bot = town.bot(send_rate=100)
        most = max(2, 2 * waiting * CALLS_EACH // kills)
        try:
            for number in range(kills):
                await town.killed_at(bot, rng.randint(1, most))
                town.ledger.expire_leases()
                left = town.server.pending_updates
                print(f"kill {number + 1}: {left} of {waiting} updates not confirmed", flush=True)
            await bot.start()
            await town.answered(bot, 300)
            status = await bot.stop()
        finally:
            await bot.clear()
        print(f"{waiting} updates, {kills} kills, {time.monotonic() - began:.0f} s")
        return report(town, [bot], kills) and status == 0


async def run_fleet(
    url: str, folder: Path, replicas: int, updates: int, kills: int, seed: int
) -> bool:
    """Several bots; whether nothing was lost or doubled."""
    people = -(-updates // UPDATES_EACH)
    seconds = kills * sum(PAUSES) / 2
    began = time.monotonic()
    rate = max(1.0, people / seconds)  # the push lasts as long as the killing
    async with (
        a_town(url, folder, people, 0.02) as town,
        a_fleet(town, replicas, seed, send_rate=rate) as fleet,
    ):
        town.server.change_limits(webhook_retry=0.2)
        # Much of the time a message is on its way: kills find it there.
        slow = Fault(FaultKind.DELAY_AFTER, "sendMessage", times=1_000_000, seconds=SEND_SECONDS)
        town.server.add_fault(slow)
        await fleet.start()
        tapping = asyncio.ensure_future(town.drip(seconds))
        for number in range(kills):
            await fleet.kill_one(*PAUSES)
            left = town.server.pending_updates
            print(f"kill {number + 1}: {left} updates not confirmed", flush=True)
        await fleet.revive()
        waiting = await tapping
        await fleet.settled(300)
        statuses = await fleet.stop()
        took = time.monotonic() - began
        print(f"{waiting} updates, {replicas} replicas, {kills} kills, {took:.0f} s; ", end="")
        print(f"{fleet.balancer.refused} calls of the webhook not answered 200")
        return report(town, fleet.bots, kills) and not any(statuses)


async def run_away(
    server: Restartable, folder: Path, replicas: int, updates: int, seconds: float, seed: int
) -> bool:
    """The database gone in the middle of a push and of answering; whether nothing was lost."""
    people = -(-updates // UPDATES_EACH)
    whole = seconds + 2 * MARGIN_SECONDS
    began = time.monotonic()
    async with (
        a_town(server.create(), folder, people, 0.02) as town,
        a_fleet(town, replicas, seed, send_rate=people / whole) as fleet,
    ):
        town.server.change_limits(webhook_retry=0.2)
        await fleet.start()
        tapping = asyncio.ensure_future(town.drip(whole))
        await asyncio.sleep(MARGIN_SECONDS)
        await asyncio.to_thread(server.go_down)
        await asyncio.sleep(seconds)
        print(f"away for {seconds:.0f} s: {town.server.pending_updates} updates wait", flush=True)
        await asyncio.to_thread(server.come_back)
        waiting = await tapping
        back = time.monotonic()
        await fleet.settled(300)
        print(f"settled {time.monotonic() - back:.1f} s after the last update", flush=True)
        statuses = await fleet.stop()
        lines = [sum(bot.log.count(words) for words in WAITING) for bot in fleet.bots]
        print(
            f"{waiting} updates, {replicas} replicas, {time.monotonic() - began:.0f} s; ", end=""
        )
        print(f"lines in their logs about waiting: {lines}")
        return report(town, fleet.bots, 1) and not any(statuses)


def report(town: Town, bots: list[Process], kills: int) -> bool:
    """Print the figures; whether they are what was promised."""
    audit, got = town.ledger.audit(), cards(town)
    push = town.ledger.pushes(got)
    unanswered = sum(
        not any("学法答题完成" in text for text in town.texts(chat)) for chat in town.people
    )
    print(f"answers {audit.given}, lost {audit.lost}, counted twice {audit.doubled}")
    print(f"messages left without a reply {unanswered}")
    print(f"rounds {push.rounds}, cards sent {push.sent}, doubled {push.doubled}", end=", ")
    print(f"unknown {push.unknown} (at most {WORKERS * kills})", end=", ")
    print(f"people without a card {sum(not count for count in got.values())}")
    print(*push.misfits, sep="\n", end="")
    print(f"tracebacks in the logs {sum(bot.log.count('Traceback') for bot in bots)}")
    return (
        (audit.lost, audit.doubled, unanswered) == (0, 0, 0)
        and (push.rounds, push.others, push.doubled, push.misfits) == (1, 0, 0, ())
        and push.unknown <= WORKERS * kills
    )


@contextmanager
def database(given: str | None, is_postgres: bool, folder: str) -> Iterator[str]:
    """The address of a database with our tables."""
    if given is None and is_postgres:
        with running() as server:
            yield server.create()
        return
    url = given or f"sqlite:///{Path(folder, 'xuefa.db')}"
    migrate(url)
    yield url


def kill(given: argparse.Namespace, folder: str) -> bool:
    """Kill at random; whether all was well."""
    has_fleet = given.replicas > 1
    counts = given.updates or UPDATES[has_fleet] * given.kills, given.kills, given.seed
    with database(given.database, has_fleet, folder) as url:
        if has_fleet:
            return asyncio.run(run_fleet(url, Path(folder), given.replicas, *counts))
        return asyncio.run(run(url, Path(folder), *counts))


def leave(given: argparse.Namespace, folder: Path) -> bool:
    """Take the database away; whether all was well."""
    place = tempfile.mkdtemp(prefix="xuefa-postgres-")
    server = Restartable(Path(place) / "data")
    try:
        counts = given.replicas, given.updates or AWAY_UPDATES, given.away, given.seed
        return asyncio.run(run_away(server, folder, *counts))
    finally:
        server.stop()
        shutil.rmtree(place, ignore_errors=True)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.chaos.long", description=__doc__)
    parser.add_argument("--database", help="an empty database; default: a temporary one")
    parser.add_argument("--replicas", type=int, default=1, help="over 1: on PostgreSQL")
    parser.add_argument("--updates", type=int, help="default: as many as the kills need")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--away", type=float, help="seconds; the database goes away, none dies")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xuefa-chaos-") as folder:
        is_well = leave(given, Path(folder)) if given.away else kill(given, folder)
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()

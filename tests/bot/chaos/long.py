"""Thousands of waiting updates and dozens of kills: `python -m tests.bot.chaos.long`.

Prints what was lost and what was counted twice, and exits 1 where anything was.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from bot.plans.sender import WORKERS
from storage.upgrade import migrate
from tests.bot.chaos.process import Process
from tests.bot.chaos.test_push import cards
from tests.bot.chaos.town import UPDATES_EACH, Town, a_town

# About so many calls an update takes: kills spread over all of the work.
CALLS_EACH = 2


async def run(url: str, folder: Path, updates: int, kills: int, seed: int) -> bool:
    """One run; whether nothing was lost or doubled."""
    rng = random.Random(seed)
    people = -(-updates // UPDATES_EACH)
    began = time.monotonic()
    async with a_town(url, folder, people, latency=0.01) as town:
        waiting = await town.fill()
        bot = town.bot(send_rate=100)
        most = 2 * waiting * CALLS_EACH // kills
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
        return report(town, bot, kills) and status == 0


def report(town: Town, bot: Process, kills: int) -> bool:
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
    print(f"tracebacks in the log {bot.log.count('Traceback')}")
    return (
        (audit.lost, audit.doubled, unanswered) == (0, 0, 0)
        and (push.rounds, push.others, push.doubled, push.misfits) == (1, 0, 0, ())
        and push.unknown <= WORKERS * kills
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.chaos.long", description=__doc__)
    parser.add_argument("--database", help="an empty database; default: a temporary SQLite file")
    parser.add_argument("--updates", type=int, default=3_000)
    parser.add_argument("--kills", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xuefa-chaos-") as folder:
        url = given.database or f"sqlite:///{Path(folder, 'xuefa.db')}"
        migrate(url)
        work = run(url, Path(folder), given.updates, given.kills, given.seed)
        is_well = asyncio.run(work)
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()

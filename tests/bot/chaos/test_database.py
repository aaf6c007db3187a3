"""The database is locked, full or away for a while: the bot waits, and nothing is lost."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.address import parse
from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.ledger import Audit
from tests.bot.chaos.process import Process
from tests.bot.chaos.test_push import cards
from tests.bot.chaos.town import QUESTIONS, Town, a_town, until
from tests.postgres import PostgresServer

pytestmark = pytest.mark.slow

PEOPLE = 30


class Restartable(PostgresServer):
    """A server of one's own, that may go down."""

    def go_down(self) -> None:
        """Stop it, as an upgrade of its machine would: every connection is cut."""
        self._server.stop()

    def come_back(self) -> None:
        """Start it again on the same data."""
        self._server.ensure_postgres_running()


@pytest.fixture
def own_postgres(postgres: PostgresServer) -> Iterator[Restartable]:
    """A PostgreSQL only this test uses; `postgres` tells whether one can start at all."""
    folder = Path(tempfile.mkdtemp(prefix="xuefa-postgres-"))
    server = Restartable(folder / "data")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


# What the parts of the bot say while they wait; each a time or two, not every second.
WAITING = ("turns wait", "sender waits", "notices wait", "reader waits", "tick waits")
MOST_LINES = 3 * len(WAITING)


async def finish(town: Town, bot: Process) -> None:
    """Let the bot recover by itself; then nothing may be missing."""
    await town.answered(bot)
    assert await bot.stop() == 0
    assert town.ledger.audit() == Audit(PEOPLE * len(QUESTIONS), lost=0, doubled=0)
    assert town.ledger.pushes(cards(town)).misfits == ()
    assert "Traceback" not in bot.log
    assert sum(bot.log.count(words) for words in WAITING) <= MOST_LINES, bot.log


async def test_taps_during_a_locked_database_all_count(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, PEOPLE) as town:
        await town.fill()
        bot = keep(town.bot())
        await bot.start()
        target = town.calls() + 40
        await until(lambda: town.calls() >= target, bot)
        with closing(sqlite3.connect(str(parse(sqlite_url).database))) as other:
            other.execute("BEGIN IMMEDIATE")
            # The bot has waited its five seconds for the lock, and given a try up.
            await until(lambda: "database: " in bot.log or "turns wait" in bot.log, bot)
            assert town.server.pending_updates
            other.execute("ROLLBACK")
        await finish(town, bot)


async def test_taps_during_a_full_disk_all_count(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, PEOPLE) as town:
        await town.fill()
        bot = keep(town.bot())
        await bot.start()
        target = town.calls() + 40
        await until(lambda: town.calls() >= target, bot)
        bot.fill_disk()
        await until(lambda: "turns wait: Unavailable" in bot.log, bot, every=0.05)
        assert town.server.pending_updates
        bot.fill_disk(False)
        await finish(town, bot)


async def test_taps_while_postgresql_restarts_all_count(
    own_postgres: Restartable, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(own_postgres.create(), tmp_path, PEOPLE, 0.02) as town:
        await town.fill()
        bot = keep(town.bot(send_rate=60))
        await bot.start()
        target = town.calls() + 60
        await until(lambda: town.calls() >= target, bot)
        await asyncio.to_thread(own_postgres.go_down)
        await until(lambda: "turns wait: Unavailable" in bot.log, bot, every=0.05)
        await asyncio.to_thread(own_postgres.come_back)
        town.ledger.expire_leases()
        await finish(town, bot)

"""kill -9 while a file is being read: the next start reads it, once, into the same message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.banks.incoming import keeping
from bot.demo.people import Player
from bot.demo.server import DemoServer
from storage.database import Database
from tests.bot.banks.incoming.files import REPORT, a_row, a_table
from tests.bot.chaos.process import Process
from tests.cast import XIAOCHENG, furnish
from tests.phone import Phone

pytestmark = pytest.mark.slow

TOKEN = "1000:a-made-up-token-for-tests"


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    """A server with one phone."""
    player = Player(XIAOCHENG, "小程", "管理员")
    made = DemoServer([player], token=TOKEN, bot_name="学法", bot_username="xuefa_test_bot")
    await made.start()
    yield made
    await made.stop()


async def test_a_kill_while_reading_is_made_good(
    server: DemoServer, sqlite_url: str, tmp_path: Path
) -> None:
    database = Database.open(sqlite_url)
    await database.run(furnish)
    bot = Process(tmp_path, token=TOKEN, api_url=server.url, database_url=sqlite_url)
    try:
        async with Phone(server.url, XIAOCHENG) as admin:
            await bot.start()
            await admin.upload_bytes("长.txt", (REPORT * 4000).encode())
            reading = await admin.wait_for("长.txt", 60)
            await admin.upload_bytes("题.xlsx", a_table([a_row(1)]))
            waiting = await admin.wait_for("收到《题.xlsx》", 60)
            for _ in range(500):  # its row follows its message; it may be read by then, too
                if 2 in await database.read(keeping.pending):
                    break
                await asyncio.sleep(0.01)
            await bot.kill()
            await bot.start()
            card = await admin.wait_for("识别1行", 60)
            assert card.message_id == waiting.message_id
            said = {shown.message_id: shown.text for shown in await admin.messages()}
            assert reading.message_id in said
            assert sum("题.xlsx" in text for text in said.values()) == 1
            assert await bot.stop() == 0
            assert "Traceback" not in bot.log
    finally:
        await bot.clear()
        await database.close()

"""What can't work is said in one Chinese line, at once, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo.faults import Fault, FaultKind
from storage.address import parse
from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.process import run_once
from tests.bot.chaos.town import FIRST, TOKEN, a_town, until

pytestmark = pytest.mark.slow

BAD = {
    "no token": ({}, 2, "XUEFA_TOKEN"),
    "malformed token": ({"token": "令牌"}, 2, "XUEFA_TOKEN"),
    "other database": ({"token": TOKEN, "database_url": "mysql://x/y"}, 2, "XUEFA_DATABASE_URL"),
    "no such folder": ({"token": TOKEN, "database_url": "sqlite:///no/x.db"}, 1, "数据库"),
    "no database server": (
        {"token": TOKEN, "database_url": "postgresql+psycopg://u:secret@127.0.0.1:9/x"},
        1,
        "数据库",
    ),
    "webhook without secret": (
        {"token": TOKEN, "webhook_url": "https://example.org", "listen": "127.0.0.1:0"},
        2,
        "XUEFA_WEBHOOK_SECRET",
    ),
}


def is_one_chinese_line(said: str) -> bool:
    """Whether a person in charge can read it, and it is all there is."""
    return len(said.splitlines()) == 1 and bool(re.search(r"[一-鿿]", said))


async def test_bad_settings_are_one_line_and_an_exit_status(tmp_path: Path) -> None:
    async def refused(name: str) -> None:
        settings, status, word = BAD[name]
        folder = tmp_path / name
        folder.mkdir()
        ended, said = await run_once(folder, **settings)
        assert (name, ended, is_one_chinese_line(said)) == (name, status, True), said
        assert word in said
        assert "secret" not in said.lower() or "SECRET" in said
        assert list(folder.iterdir()) == []

    await asyncio.gather(*map(refused, BAD))


def set_version(url: str, version: str) -> None:
    """Make a database look as if another xuefa had made it."""
    with closing(sqlite3.connect(str(parse(url).database))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [version])


async def test_another_schema_is_refused_and_left_alone(sqlite_url: str, tmp_path: Path) -> None:
    async def refused(version: str, word: str) -> None:
        folder = tmp_path / version
        folder.mkdir()
        path = shutil.copy(str(parse(sqlite_url).database), folder / "xuefa.db")
        url = f"sqlite:///{path}"
        set_version(url, version)
        status, said = await run_once(folder, token=TOKEN, database_url=url)
        assert (status, is_one_chinese_line(said)) == (1, True), said
        assert word in said
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        assert row == (version,)

    await asyncio.gather(refused("0001", "migrate"), refused("9999", "更新程序"))


async def test_what_the_server_or_the_machine_refuses_are_settings_to_mend(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, 1) as town:
        token = "1000:another-token-of-the-right-form"
        stranger = keep(town.bot(token=token))
        taken = keep(town.bot(listen=town.server.url.removeprefix("http://")))
        address = {"webhook_url": "http://example.org", "webhook_secret": "s" * 16}
        unsafe = keep(town.bot(**address, listen="127.0.0.1:0"))
        named = {stranger: "XUEFA_TOKEN", taken: "XUEFA_LISTEN", unsafe: "XUEFA_WEBHOOK_URL"}
        for bot in named:
            await bot.start()
        for bot, name in named.items():
            assert await bot.status() == 2, bot.log
            assert is_one_chinese_line(bot.log), bot.log
            assert name in bot.log
            assert token not in bot.log


async def test_a_token_revoked_at_work_ends_the_bot_with_one_line(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, 1) as town:
        bot = keep(town.bot())
        await bot.start()
        await until(lambda: town.calls("sendMessage") > 0, bot)
        revoked = Fault(FaultKind.ERROR, "getUpdates", status=401, description="Unauthorized")
        town.server.add_fault(revoked)
        town.server.say(FIRST, "在吗")
        assert await bot.status() == 2, bot.log
        assert "XUEFA_TOKEN" in bot.log.splitlines()[-1]
        assert TOKEN not in bot.log

"""What can't work is said in one Chinese line, at once, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.address import parse
from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.process import run_once
from tests.bot.chaos.town import TOKEN, a_town, until

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
        assert [path.name for path in folder.iterdir()] == ["log.txt"]

    await asyncio.gather(*map(refused, BAD))


def set_version(url: str, version: str) -> None:
    """Make a database look as if another xuefa had made it."""
    with closing(sqlite3.connect(str(parse(url).database))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [version])


@pytest.mark.parametrize(("version", "word"), [("0001", "migrate"), ("9999", "更新程序")])
async def test_another_schema_is_refused_and_left_alone(
    sqlite_url: str, tmp_path: Path, version: str, word: str
) -> None:
    set_version(sqlite_url, version)
    status, said = await run_once(tmp_path, token=TOKEN, database_url=sqlite_url)
    assert (status, is_one_chinese_line(said)) == (1, True), said
    assert word in said
    with closing(sqlite3.connect(str(parse(sqlite_url).database))) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert row == (version,)


async def test_a_refused_token_and_a_taken_port_are_settings_to_mend(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, 1) as town:
        token = "1000:another-token-of-the-right-form"
        status, said = await run_once(
            tmp_path, token=token, api_url=town.server.url, database_url=sqlite_url
        )
        assert (status, is_one_chinese_line(said)) == (2, True), said
        assert "XUEFA_TOKEN" in said
        assert token not in said
        taken = town.server.url.removeprefix("http://")
        bot = keep(town.bot(listen=taken))
        (tmp_path / "log.txt").unlink()
        await bot.start()
        assert await bot.status() == 2, bot.log
        assert is_one_chinese_line(bot.log), bot.log
        assert "XUEFA_LISTEN" in bot.log


async def test_a_token_revoked_at_work_ends_the_bot_with_one_line(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, 1) as town:
        bot = keep(town.bot())
        await bot.start()
        await until(lambda: town.calls("sendMessage") > 0, bot)
        town.server.revoke()
        assert await bot.status() == 2, bot.log
        assert "XUEFA_TOKEN" in bot.log.splitlines()[-1]
        assert TOKEN not in bot.log

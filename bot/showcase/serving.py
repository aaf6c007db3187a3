"""`xuefa demo`: the real bot, the bundled report's bank, and a chat page to meet them on."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import tempfile
import webbrowser
from datetime import datetime
from pathlib import Path

import aiohttp
import click

from bot.app import App
from bot.clock import utc_now
from bot.demo.server import DemoServer
from bot.errors import SettingsError
from bot.items.review import refresh
from bot.plans.opening import Opened, open_round
from bot.running import stop_on_signals
from bot.settings import load
from bot.showcase.house import (
    COLLEAGUES,
    GROUP,
    GROUP_TITLE,
    MEMBERS,
    PLAYED,
    XIAOCHENG,
    furnish,
    refuse_real_people,
)
from bot.showcase.past import answer_all, begin_of_past, live
from bot.transport import redaction
from storage.database import Database
from storage.unit import Unit
from storage.upgrade import prepare


def play(port: int, database_url: str | None, *, opens_browser: bool) -> None:
    """Serve the demo until interrupted."""
    with tempfile.TemporaryDirectory(prefix="xuefa-demo-") as folder:
        url = database_url or f"sqlite:///{Path(folder, 'demo.db')}"
        asyncio.run(_play(port, url, opens_browser=opens_browser))


async def _play(port: int, database_url: str, *, opens_browser: bool) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    # A new bot each time: the page's server counts its updates from the same number.
    token = f"{int(utc_now().timestamp())}:{secrets.token_urlsafe(24)}"
    redaction.install(token)
    server = DemoServer(
        [member.to_player() for member in MEMBERS],
        token=token,
        bot_name="学法",
        bot_username="xuefa_demo_bot",
        has_control=False,
    )
    prepare(database_url)
    async with contextlib.AsyncExitStack() as stack:
        try:
            await server.start(port=port)
        except OSError as error:
            raise SettingsError(f"端口 {port} 用不了，请用 --port 换一个。") from error
        stack.push_async_callback(server.stop)
        server.open_chats()
        server.add_group(GROUP, GROUP_TITLE, [member.chat_id for member in PLAYED], by=XIAOCHENG)
        settings = load(token=token, api_url=server.url, database_url=database_url)
        database = Database.open(database_url)
        stack.push_async_callback(database.close)
        await database.run(refuse_real_people)
        now = utc_now()
        await database.run(lambda unit: furnish(unit, settings, begin_of_past(now)))
        await database.run(lambda unit: live(unit, now))
        await refresh(database, settings.timezone, now=now)
        app = App(settings, database)
        stack.push_async_callback(app.close)
        await app.start()
        await _say_hello(server.url)
        await database.run(lambda unit: open_today(unit, utc_now()))
        app.sender.wake()
        _announce(server.url, opens_browser=opens_browser)
        await app.run(stop)


def open_today(unit: Unit, now: datetime) -> None:
    """Today's round, pushed at once and asked in the group; colleagues are quick to answer."""
    plan = unit.plans.list_all()[0]
    unit.plans.change(plan.id, has_polls=True)
    opened = open_round(unit, plan.id, now=now)
    if isinstance(opened, Opened):
        answer_all(unit, COLLEAGUES, opened, now, until=now)


async def _say_hello(url: str) -> None:
    """Have each person press 开始, as a bot may not write first."""
    async with aiohttp.ClientSession(url) as session:
        for member in PLAYED:
            path = f"/api/chats/{member.chat_id}/messages"
            async with session.post(path, json={"text": "/start"}) as response:
                response.raise_for_status()
    await asyncio.sleep(1)


def _announce(url: str, *, opens_browser: bool) -> None:
    click.echo(f"学法演示已启动：{url}")
    click.echo("页面上可以扮演职工、培训员和管理员。按 Ctrl+C 结束。")
    if opens_browser:
        webbrowser.open(url)

"""A whole bot for a test: the real App, spoken to over HTTP through the demo server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.app import App
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.settings import Settings, load
from storage.database import Database
from tests.browser import chromium as chromium
from tests.browser import open_page as open_page
from tests.cast import NINE, STRANGER, XIAOAN, XIAOBAI, XIAOCHENG
from tests.phone import Phone

TOKEN = "1000:a-made-up-token-for-tests"


class Clock:
    """The bot's clock, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


class Street:
    """The server, the bot on it, and everyone's phones."""

    def __init__(self, server: DemoServer, database: Database, stack: AsyncExitStack) -> None:
        self.server, self.database, self._stack = server, database, stack
        self.clock = Clock(NINE)
        self.app: App | None = None
        self.settings: Settings = load(token=TOKEN, api_url=server.url, admins=f"{XIAOCHENG}")

    async def phone(self, person: int) -> Phone:
        """A person's phone."""
        return await self._stack.enter_async_context(Phone(self.server.url, person))

    async def start(self, **settings: Any) -> App:
        """Start the bot."""
        if settings:
            self.settings = load(
                token=TOKEN, api_url=self.server.url, admins=f"{XIAOCHENG}", **settings
            )
        self.app = App(self.settings, self.database, clock=self.clock)
        await self.app.start()
        return self.app

    async def stop(self) -> None:
        """Stop the bot cleanly."""
        if self.app is not None:
            await self.app.close()
            self.app = None

    async def tick(self) -> None:
        """Have the bot look at what is due."""
        assert self.app is not None
        await self.app.ticker.tick()


@pytest.fixture
async def street(database: Database) -> AsyncIterator[Street]:
    """A street with four phones; nobody has joined, the bot is not started yet."""
    players = [
        Player(XIAOAN, "小安", "职工"),
        Player(XIAOBAI, "小白", "培训员"),
        Player(XIAOCHENG, "小程", "管理员"),
        Player(STRANGER, "路人", "路人"),
    ]
    server = DemoServer(players, token=TOKEN, bot_name="学法", bot_username="xuefa_test_bot")
    async with AsyncExitStack() as stack:
        await server.start()
        stack.push_async_callback(server.stop)
        made = Street(server, database, stack)
        stack.push_async_callback(made.stop)
        yield made

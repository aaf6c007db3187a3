"""A running demo server, a bare Bot API client, a real python-telegram-bot, and phones."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.demo import DemoServer, Player
from tests.phone import Phone

TOKEN = "424242:a-made-up-token"
AN, BAI, CHENG = 1001, 1002, 1003
PEOPLE = [
    Player(AN, "小安", "职工"),
    Player(BAI, "小白", "培训员"),
    Player(CHENG, "小程", "管理员"),
]

Json = dict[str, Any]


class Api:
    """Calls methods without any library in between."""

    def __init__(self, server: DemoServer, session: aiohttp.ClientSession) -> None:
        self.server = server
        self.session = session

    async def call(self, method: str, token: str = TOKEN, **params: Any) -> Json:
        """The whole answer, `ok` or not, JSON sent."""
        url = f"{self.server.url}/bot{token}/{method}"
        async with self.session.post(url, json=params) as response:
            body: Json = await response.json()
            assert response.status == (200 if body["ok"] else body["error_code"])
            return body

    async def ok(self, method: str, **params: Any) -> Any:
        """The result of a call that must succeed."""
        body = await self.call(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """'STATUS description' of a call that must fail."""
        body = await self.call(method, **params)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    server = DemoServer(PEOPLE, token=TOKEN, bot_name="学法", bot_username="xuefa_bot")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def api(server: DemoServer) -> AsyncIterator[Api]:
    """A client of a bot that 小安 has already started."""
    server.change_chat(AN, is_open=True)
    async with aiohttp.ClientSession() as session:
        yield Api(server, session)


@pytest.fixture
async def phone(server: DemoServer) -> AsyncIterator[Phone]:
    async with Phone(server.url, AN) as phone:
        yield phone


@pytest.fixture
async def bot(server: DemoServer) -> AsyncIterator[Bot]:
    """A real library bot, pointed at the server."""
    base = f"{server.url}/bot"
    async with Bot(TOKEN, base_url=base, base_file_url=f"{server.url}/file/bot") as bot:
        yield bot

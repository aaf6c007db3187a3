"""A second opinion: the same wire against an independent emulator of the Bot API."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, Update
from telegram.error import BadRequest

from bot.screen import Button, Screen
from bot.transport.api import Api
from bot.transport.client import AiohttpRequest
from bot.transport.pacer import Pacer
from bot.transport.polling import Polling
from bot.transport.talk import Talk
from bot.transport.turns import Turns
from tests.bot.transport.staff import until
from tests.bot.transport.wire import TOKEN, a_tap


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _answers(url: str) -> None:
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.post(f"{url}/bot{TOKEN}/getMe") as response:
                    assert response.status == 200
                    return
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)


@pytest.fixture
async def emulator() -> AsyncIterator[str]:
    """The emulator's address; its own process, stopped at the end."""
    port = _free_port()
    command = Path(sys.executable).with_name("lo-bot-api-emulator")
    process = await asyncio.create_subprocess_exec(
        command,
        "--port",
        str(port),
        "--enable-control",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    await _answers(url)
    yield url
    process.terminate()
    await process.wait()


async def test_the_wire_works_against_the_emulator(emulator: str) -> None:
    request, polls = AiohttpRequest(), AiohttpRequest(2)
    bot = Bot(
        TOKEN,
        base_url=f"{emulator}/bot",
        base_file_url=f"{emulator}/file/bot",
        request=request,
        get_updates_request=polls,
    )
    screen = Screen("第 1 题", ((Button("对", "a:1:0"),),))
    async with bot, aiohttp.ClientSession() as people:
        talk = Talk(bot, Pacer())
        message_id = await talk.send(100, screen)
        taps: list[str | None] = []

        async def handle(update: Update) -> None:
            query = update.callback_query
            assert query is not None
            await talk.edit(100, message_id, Screen("答对了"))
            taps.append(query.data)

        async def park(update_id: int, kind: str, error: str) -> None:
            raise AssertionError(kind, error)

        turns = Turns(handle, park, lambda error: False, bot=bot)
        polling = Polling(Api(polls, bot.base_url), turns, poll_seconds=2)
        running = asyncio.ensure_future(polling.run())
        tap = a_tap(1, data="a:1:0")
        told = {"token": TOKEN, "update": {"callback_query": tap["callback_query"]}}
        async with people.post(f"{emulator}/__fixture/updates", json=told) as response:
            assert response.status == 200, await response.text()
        await until(lambda: taps == ["a:1:0"])
        polling.stop()
        await asyncio.wait_for(running, 5)

        await talk.set_commands(None, [("today", "今日题目")])
        with pytest.raises(BadRequest):
            await talk.send(100, Screen("字" * 4097))
        sent = await bot.send_document(100, b"12345", filename="a.txt")
        assert sent.document is not None
        assert await talk.get_file(sent.document.file_id, 5) == b"12345"

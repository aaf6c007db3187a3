"""The same day against an independent Bot API server: what works there owes nothing to ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import App
from bot.settings import load
from storage.database import Database
from tests.bot.conftest import Clock
from tests.bot.transport.test_emulator import emulator
from tests.bot.transport.wire import TOKEN
from tests.cast import NINE, XIAOAN, XIAOCHENG, a_question, furnish

__all__ = ["emulator"]  # the fixture

NAME = "xuefa_test_bot"


class Relay:
    """Stands before the emulator: gives the bot the name it lacks, and sees what is shown."""

    def __init__(self, emulator: str, session: aiohttp.ClientSession) -> None:
        self._emulator, self._session = emulator, session
        self.shown: dict[tuple[int, int], dict[str, Any]] = {}
        self.refusals: list[tuple[str, str]] = []
        self.answered: list[str] = []
        self._taps = 0
        site = web.Application()
        site.router.add_post("/bot{token}/{method}", self._pass_on)
        # A poll the bot gives up must be given up before the emulator too.
        self.runner = web.AppRunner(site, access_log=None, handler_cancellation=True)

    async def start(self) -> str:
        """Listen; where the bot finds the Bot API."""
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def _pass_on(self, request: web.Request) -> web.Response:
        method, body = request.match_info["method"], await request.json()
        async with self._session.post(f"{self._emulator}{request.path}", json=body) as response:
            answer = await response.json()
        if not answer["ok"]:
            self.refusals.append((method, answer["description"]))
        elif method == "getMe":
            answer["result"]["username"] = NAME
        elif method in ("sendMessage", "editMessageText"):
            result = answer["result"]
            self.shown[result["chat"]["id"], result["message_id"]] = body
        elif method == "answerCallbackQuery":
            self.answered.append(body["callback_query_id"])
        return web.json_response(answer, status=response.status)

    def last(self, chat: int) -> tuple[int, dict[str, Any]]:
        """The newest message of a chat: its id, and how it reads now."""
        ids = [message_id for where, message_id in self.shown if where == chat]
        return max(ids), self.shown[chat, max(ids)]

    async def wait_for(self, chat: int, fragment: str) -> str:
        """The newest message's text, once it holds these words."""
        async with asyncio.timeout(8):
            while not any(where == chat for where, _ in self.shown) or (
                fragment not in self.last(chat)[1]["text"]
            ):
                await asyncio.sleep(0.01)
        return str(self.last(chat)[1]["text"])

    async def tap(self, chat: int, label: str) -> None:
        """Tap a button of the newest message by a part of its label, until it is answered."""
        message_id, message = self.last(chat)
        rows = message["reply_markup"]["inline_keyboard"]
        data = [
            button["callback_data"] for row in rows for button in row if label in button["text"]
        ]
        self._taps += 1
        tap_id = f"tap-{self._taps}"
        someone = {"id": chat, "is_bot": False, "first_name": "小安"}
        shown = {"message_id": message_id, "date": 1, "chat": {"id": chat, "type": "private"}}
        query = {"id": tap_id, "from": someone, "message": shown, "chat_instance": "1"}
        await self._cause({"callback_query": {**query, "data": data[0]}})
        async with asyncio.timeout(8):
            while tap_id not in self.answered:
                await asyncio.sleep(0.01)

    async def say(self, chat: int, text: str) -> None:
        """Write to the bot."""
        entity = {"type": "bot_command", "offset": 0, "length": len(text)}
        message = {
            "message_id": 9_000,
            "date": 1,
            "chat": {"id": chat, "type": "private"},
            "from": {"id": chat, "is_bot": False, "first_name": "小安"},
            "text": text,
            "entities": [entity] if text.startswith("/") else [],
        }
        await self._cause({"message": message})

    async def _cause(self, update: dict[str, Any]) -> None:
        body = {"token": TOKEN, "update": update}
        async with self._session.post(f"{self._emulator}/__fixture/updates", json=body) as done:
            assert done.status == 200, await done.text()


@asynccontextmanager
async def a_day(emulator: str, database: Database) -> AsyncIterator[tuple[Relay, App]]:
    """The bot at nine on a workday, its people joined, and the relay it speaks through."""
    await database.run(lambda unit: furnish(unit, a_question("q1"), a_question("q2")))
    async with aiohttp.ClientSession() as session:
        relay = Relay(emulator, session)
        settings = load(token=TOKEN, api_url=await relay.start(), admins=f"{XIAOCHENG}")
        app = App(settings, database, clock=Clock(NINE))
        await app.start()
        try:
            yield relay, app
        finally:
            await app.close()
            await relay.runner.cleanup()


async def test_a_day_of_questions_works_on_an_independent_server(
    emulator: str, database: Database
) -> None:
    async with a_day(emulator, database) as (relay, app):
        await app.ticker.tick()
        assert "2 题" in await relay.wait_for(XIAOAN, "每日学法")
        await relay.tap(XIAOAN, "开始")
        await relay.wait_for(XIAOAN, "第1/2题")
        await relay.tap(XIAOAN, "B")
        right = await relay.wait_for(XIAOAN, "回答正确")
        assert "依据" in right
        assert "全年办理案件" in right
        assert len({message_id for chat, message_id in relay.shown if chat == XIAOAN}) == 1
        await relay.tap(XIAOAN, "下一题")
        await relay.wait_for(XIAOAN, "第2/2题")
        await relay.tap(XIAOAN, "A")
        wrong = await relay.wait_for(XIAOAN, "依据")
        assert "回答正确" not in wrong
        assert "全年办理案件" in wrong
        await relay.tap(XIAOAN, "查看小结")
        await relay.wait_for(XIAOAN, "学法答题完成")
        await relay.tap(XIAOAN, "排行榜")
        await relay.wait_for(XIAOAN, "榜")
        await relay.say(XIAOAN, "/today")
        await relay.wait_for(XIAOAN, "学法答题完成")
        assert len({message_id for chat, message_id in relay.shown if chat == XIAOAN}) == 2
    totals = await database.read(lambda unit: unit.totals.count_ranked("all"))
    assert totals == 0  # two answers are too few for the board
    unknown = [refusal for refusal in relay.refusals if refusal[0] != "getUpdates"]
    assert unknown == []

"""Boards in the chat: commands, taps, and forged ones, through the demo server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from struct import unpack
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot.boards import handlers
from bot.context import House, QuizContext
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.faults import Faults, stale_button
from bot.reports.pictures.canvas import WIDTH
from bot.settings import Settings
from bot.transport.client import AiohttpRequest
from bot.transport.pacer import Pacer
from bot.transport.talk import Talk
from storage.database import Database
from tests.bot.boards.house import AN, BAI, STRANGER, furnish
from tests.phone import Phone

TOKEN = "424242:a-made-up-token"
# Monday in Shanghai, still Sunday of the week before in UTC.
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
PLAYERS = [Player(AN, "小安", ""), Player(BAI, "小白", ""), Player(STRANGER, "路人", "")]


@dataclass
class Desk:
    """A bot that has only boards, given its updates by hand."""

    server: DemoServer
    application: Application[Any, Any, Any, Any, Any, Any]
    offset: int = 0

    async def serve(self) -> None:
        """Handle what has come in."""
        bot = self.application.bot
        for update in await bot.get_updates(offset=self.offset, timeout=0):
            self.offset = update.update_id + 1
            await self.application.process_update(update)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    await database.run(furnish)
    server = DemoServer(PLAYERS, token=TOKEN, bot_name="学法", bot_username="xuefa_bot")
    await server.start()
    bot = ExtBot(
        TOKEN,
        base_url=f"{server.url}/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(1),
    )
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    application = builder.context_types(ContextTypes(context=QuizContext)).build()
    settings = Settings(timezone="Asia/Shanghai")
    talk = Talk(bot, Pacer(1000))
    house = House(settings, database, talk, lambda: NOW, "xuefa_bot", lambda: None)
    application.bot_data["house"] = house
    application.add_handlers([*handlers(), stale_button()])
    application.add_error_handler(Faults().note)
    await application.initialize()
    yield Desk(server, application)
    await application.shutdown()
    await server.stop()


async def test_a_board_turns_in_place_and_leads_to_ones_own_totals(desk: Desk) -> None:
    async with Phone(desk.server.url, AN) as phone:
        await phone.say("/board")
        await desk.serve()
        board = await phone.screen()
        assert "人员 · 本月" in board.text
        assert "第3名" in board.text

        await phone.tap("本周")
        await desk.serve()
        week = await phone.screen()
        assert week.message_id == board.message_id
        assert "11月23日至11月29日" in week.text  # the local Monday's week
        assert "● 本周" in week.buttons

        await phone.tap("处室")
        await desk.serve()
        assert "处室 · 本周" in (await phone.screen()).text

        await phone.tap("我的成绩")
        await desk.serve()
        assert "用时从不计分" in (await phone.screen()).text
        assert len(await phone.messages()) == 1


async def test_consent_is_given_and_withdrawn_by_one_button(desk: Desk) -> None:
    async with Phone(desk.server.url, BAI) as phone, Phone(desk.server.url, AN) as other:
        for button, toast, is_named in (
            ("在榜上显示我的名字", "显示您的名字", True),
            ("不显示我的名字", "不显示您的名字", False),
        ):
            await phone.say("/me")
            await desk.serve()
            await phone.tap(button)
            await desk.serve()
            assert toast in (await phone.toast()).text

            await other.say("/board")
            await desk.serve()
            assert ("小白" in (await other.screen()).text) is is_named


async def test_the_same_consent_tapped_twice_stays(desk: Desk) -> None:
    async with Phone(desk.server.url, BAI) as phone:
        await phone.say("/me")
        await desk.serve()
        screen = await phone.screen()
        for _ in range(2):
            await phone.forge("bn:1", screen)
        await desk.serve()

        assert "不显示我的名字" in (await phone.screen()).buttons


@pytest.mark.parametrize(
    "data", ["bd:people:plan", "bd:people", "bd:1:week", "bn:2", "bn:yes", "bn", "bm:7"]
)
async def test_a_forged_button_changes_nothing(desk: Desk, data: str) -> None:
    async with Phone(desk.server.url, AN) as phone:
        await phone.say("/me")
        await desk.serve()
        before = await phone.screen()
        await phone.forge(data, before)
        await desk.serve()

        assert "失效" in (await phone.toast()).text
        assert await phone.screen() == before


@pytest.mark.parametrize("command", ["/board", "/me"])
async def test_a_stranger_is_asked_to_join(desk: Desk, command: str) -> None:
    async with Phone(desk.server.url, STRANGER) as phone:
        await phone.say(command)
        await desk.serve()

        assert "还没有加入" in (await phone.screen()).text


async def test_a_board_comes_as_a_picture_and_the_record_opens(desk: Desk) -> None:
    async with Phone(desk.server.url, AN) as phone:
        await phone.say("/board")
        await desk.serve()
        await phone.tap("今日")
        await desk.serve()
        assert "样本不足" in (await phone.screen()).text
        await phone.tap("已封榜")
        await desk.serve()
        assert "还没有封榜" in (await phone.screen()).text
        await phone.tap("本月")
        await desk.serve()
        board = await phone.screen()
        await phone.tap("图片")
        await desk.serve()
        (photo,) = [shown for shown in await phone.messages() if shown.raw["photo"]]
        async with ClientSession() as web, web.get(desk.server.url + photo.raw["photo"]) as file:
            png = await file.read()
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = unpack(">II", png[16:24])  # of the header chunk
        assert width == WIDTH < 2 * height
        assert board.text in [shown.text for shown in await phone.messages()]  # it stays
        await phone.say("/me")
        await desk.serve()
        await phone.tap("记分明细")
        await desk.serve()
        assert "还没有您的记分" in (await phone.screen()).text

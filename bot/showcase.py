"""`xuefa demo`: the real bot, the bundled report's bank, and a chat page to meet them on."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import tempfile
import webbrowser
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import click

from bot.app import App
from bot.banks.loading import publish
from bot.clock import utc_now
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.errors import SettingsError
from bot.plans.calendar import Calendar, local_day, moment
from bot.plans.opening import open_round
from bot.running import stop_on_signals
from bot.settings import Settings, load
from bot.transport import redaction
from questions.data import about_report, read_report
from questions.documents import read
from questions.generation import generate
from storage.database import Database
from storage.states import Role
from storage.unit import Unit
from storage.upgrade import prepare

PLAYERS = (
    (Player(1001, "小安", "职工"), Role.STAFF, "法规处"),
    (Player(1002, "小白", "培训员"), Role.TRAINER, "执法监督处"),
    (Player(1003, "小程", "管理员"), Role.ADMIN, "办公室"),
)
OTHER_DEPARTMENTS = ("水生态环境处", "大气环境处")
PAST_ROUNDS = 3  # to catch up on, so that a visitor soon has answers enough for the board


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
        [player for player, _, _ in PLAYERS],
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
        settings = load(token=token, api_url=server.url, database_url=database_url)
        database = Database.open(database_url)
        stack.push_async_callback(database.close)
        await database.run(refuse_real_people)
        await database.run(lambda unit: furnish(unit, settings, utc_now()))
        app = App(settings, database)
        stack.push_async_callback(app.close)
        await app.start()
        await _say_hello(server.url)
        await database.run(lambda unit: open_today(unit, utc_now()))
        app.sender.wake()
        _announce(server.url, opens_browser=opens_browser)
        await app.run(stop)


def refuse_real_people(unit: Unit) -> None:
    """The demo makes people, one of them an admin, and pushes: never in a house in use."""
    players = {player.id for player, _, _ in PLAYERS}
    if any(person.chat_id not in players for person in unit.people.list_page(0, 10)):
        raise SettingsError("这个数据库里已有真实人员，不能用来演示，请换一个 --database。")


def furnish(unit: Unit, settings: Settings, now: datetime) -> None:
    """People, departments and the bundled bank, where they aren't there yet."""
    for player, role, department in PLAYERS:
        if unit.people.find_by_chat(player.id) is None:
            department_id = unit.people.add_department(department, now)
            unit.people.add(player.id, player.name, department_id, role, now)
    for name in OTHER_DEPARTMENTS:
        unit.people.add_department(name, now)
    about = about_report()
    document = read(read_report(), name="report.txt", title=str(about["title"]))
    publish(unit, generate([document]).bank, str(about["title"]), settings.timezone)


def open_today(unit: Unit, now: datetime) -> None:
    """Today's round, pushed at once, and the rounds of the last workdays to catch up on."""
    plan = unit.plans.list_all()[0]
    calendar = Calendar(unit.plans.read_calendar())
    today = local_day(now, plan.timezone)
    past = [today - timedelta(days=offset) for offset in range(1, 30)]
    workdays = [day for day in past if calendar.is_workday(day)][:PAST_ROUNDS]
    for day in reversed(workdays):
        open_round(unit, plan.id, now=moment(day, plan.at, plan.timezone))
    open_round(unit, plan.id, now=now)


async def _say_hello(url: str) -> None:
    """Have each person press 开始, as a bot may not write first."""
    async with aiohttp.ClientSession(url) as session:
        for player, _, _ in PLAYERS:
            path = f"/api/chats/{player.id}/messages"
            async with session.post(path, json={"text": "/start"}) as response:
                response.raise_for_status()
    await asyncio.sleep(1)


def _announce(url: str, *, opens_browser: bool) -> None:
    click.echo(f"学法演示已启动：{url}")
    click.echo("页面上可以扮演职工、培训员和管理员。按 Ctrl+C 结束。")
    if opens_browser:
        webbrowser.open(url)

"""People through the real bot and the demo server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from sqlalchemy import delete

from bot.app import App
from bot.context import mark_reachable
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.settings import load
from storage.database import Database
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.tables import departments, people
from storage.unit import Unit
from tests.bot.people.house import ADMIN, NOW, OTHER, STAFF, STRANGER, furnish, person
from tests.phone import Phone

TOKEN = "424242:a-made-up-token"
LISTED = 7777
PLAYERS = [Player(c, "玩家", "") for c in (ADMIN, STAFF, STRANGER, OTHER, LISTED)]


@dataclass
class Desk:
    """A running bot on a demo server, with the house of the service tests."""

    url: str
    database: Database
    app: App

    async def restart(self) -> None:
        """Stop the bot and start it anew."""
        await self.app.close()
        self.app = an_app(self.url, self.database)
        await self.app.start()


def an_app(url: str, database: Database) -> App:
    """A bot that speaks to this server."""
    settings = load(token=TOKEN, api_url=url, admins=(LISTED,))
    return App(settings, database, clock=lambda: NOW)


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        server = DemoServer(PLAYERS, token=TOKEN, bot_name="学法", bot_username="xuefa_bot")
        await server.start()
        stack.push_async_callback(server.stop)
        database = Database.open(sqlite_url)
        stack.push_async_callback(database.close)
        await database.run(furnish)
        made = Desk(server.url, database, an_app(server.url, database))
        await made.app.start()
        yield made
        await made.app.close()


async def menu(phone: Phone) -> list[str]:
    """The commands a person's client shows."""
    return [command["command"] for command in (await phone.chat())["commands"]]


async def until(database: Database, is_so: Callable[[PersonRow], bool]) -> None:
    """Wait for the member of staff to be so."""
    async with asyncio.timeout(5):
        while True:
            row = await database.read(lambda unit: person(unit, STAFF))
            if row is not None and is_so(row):
                return
            await asyncio.sleep(0.02)


async def test_an_invite_goes_all_the_way_from_admin_to_colleague(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STRANGER) as new:
        await admin.say("/invite")
        await admin.wait_for("邀请加入哪个处室")
        await admin.tap("水<处>&")
        await admin.wait_for("邀请加入：水<处>&")
        await admin.tap("单次邀请")
        shown = await admin.wait_for("https://t.me/xuefa_bot?start=")
        code = re.findall(r"start=([\w-]+)", shown.text)[0]

        await new.say("/start")
        assert "您的姓名、处室" in (await new.wait_for("加入方法")).text
        await new.say(f"/start {code}")
        await new.wait_for("水<处>&")
        await new.say("<3")
        await new.wait_for("对吗")
        await new.tap("改名")
        await new.wait_for("重新发送")
        await new.say("张&三")
        await new.wait_for("张&三，水<处>&，对吗")
        await new.tap("是")
        await new.wait_for("您已加入")
        await new.say("/help")
        await new.wait_for("/privacy 隐私说明")
        assert await menu(new) == ["today", "me", "board", "settings", "help", "privacy"]

    async with Phone(desk.url, OTHER) as late:
        await late.say(f"/start {code}")
        await late.wait_for("已经被用过")
        await late.say("/privacy")
        await late.wait_for("怎样退出")
        await late.say("/help")
        await late.wait_for("您还没有加入")


async def test_promoted_demoted_and_deactivated_people_are_told(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await admin.say("/people")
        await admin.wait_for("共 2 人")
        await admin.tap("<3")
        await admin.wait_for("角色：职工")
        await admin.tap("设为管理员")
        await admin.wait_for("角色：管理员")
        await staff.wait_for("改成了管理员")
        assert "departments" in await menu(staff)

        await admin.tap("设为职工")
        await admin.wait_for("角色：职工")
        await staff.wait_for("改成了职工")
        await staff.say("/people")
        await staff.wait_for("没有进行这项操作的权限")
        assert "departments" not in await menu(staff)

        await admin.tap("停用")
        await admin.wait_for("状态：已停用")
        await staff.wait_for("账号已停用，不再收到推送")
        await staff.say("/help")
        await staff.wait_for("账号已停用。如有疑问")
        assert await menu(staff) == ["start", "help", "privacy"]
        await admin.tap("恢复")
        await admin.wait_for("状态：正常")
        await staff.wait_for("账号已恢复")


async def test_the_last_admin_is_told_why_not(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin:
        await admin.say("/people")
        await admin.wait_for("人员")
        await admin.tap("小程")
        await admin.wait_for("角色：管理员")
        await admin.tap("设为职工")
        assert "至少要有一位管理员" in (await admin.toast()).text


async def test_a_blocked_chat_is_skipped_until_its_person_is_back(desk: Desk) -> None:
    database = desk.database
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await staff.block()
        await until(database, lambda row: row.unreachable_at is not None)
        await admin.say("/people")
        await admin.wait_for("共 2 人")
        await admin.tap("<3")
        await admin.wait_for("联系不上")
        await staff.block(False)
        await until(database, lambda row: row.unreachable_at is None)


async def test_who_can_not_be_told_of_a_change_is_marked(desk: Desk) -> None:
    database = desk.database
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await staff.block()
        await until(database, lambda row: row.unreachable_at is not None)
        await database.run(lambda unit: mark_reachable(unit, STAFF))
        await admin.say("/people")
        await admin.wait_for("共 2 人")
        await admin.tap("<3")
        await admin.wait_for("状态：正常")
        await admin.tap("设为培训员")
        await admin.wait_for("角色：培训员")
        await until(database, lambda row: row.unreachable_at is not None)


async def test_a_menu_missed_in_a_crash_is_set_at_the_next_start(desk: Desk) -> None:
    async with Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        row = await desk.database.read(lambda unit: person(unit, STAFF))
        assert row is not None
        await desk.database.run(lambda unit: unit.people.set_role(row.id, Role.ADMIN))
        await desk.restart()
        async with asyncio.timeout(5):
            while "people" not in await menu(staff):
                await asyncio.sleep(0.02)


async def test_a_listed_admin_joins_and_builds_departments(desk: Desk) -> None:
    async with Phone(desk.url, LISTED) as boss:
        await boss.say("/start")
        await boss.wait_for("请选择您所在的处室")
        await boss.tap("法规处")
        await boss.wait_for("直接发送您的姓名")
        await boss.say("x")
        await boss.wait_for("这个姓名不能用")
        await boss.say("老王")
        await boss.wait_for("对吗")
        await boss.tap("是")
        await boss.wait_for("您是管理员")
        await boss.tap("处室")
        await boss.wait_for("共 2 个")
        await boss.tap("新增处室")
        await boss.wait_for("新处室的名称")
        await boss.say("法规处")
        await boss.wait_for("同名")
        await boss.say("大气处")
        await boss.wait_for("大气处：0 人")
        await boss.tap("大气处")
        await boss.wait_for("新名称")
        await boss.say("大气环境处")
        await boss.wait_for("大气环境处：0 人")
        row = await desk.database.read(lambda unit: person(unit, LISTED))
        assert row is not None
        assert row.role is Role.ADMIN


async def test_forged_taps_of_a_stranger_and_staff_are_refused(desk: Desk) -> None:
    async with Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        shown = await staff.wait_for("您好")
        for data in ("wr:2:admin", "wl:0:0", "wa:1:0", "win:1:many", "wda", "wdr:1", "wix:1"):
            await staff.forge(data, shown)
            assert "没有进行这项操作的权限" in (await staff.toast()).text
        for data in ("wr:2", "wr:x:admin", "jc:x", "wr:2:ADMIN", "wr:-1:admin"):
            await staff.forge(data, shown)
            assert "失效" in (await staff.toast()).text


async def test_people_are_found_by_department_and_moved(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await admin.say("/people")
        await admin.wait_for("共 2 人")
        await admin.tap("按处室查看")
        await admin.wait_for("查看哪个处室")
        await admin.tap("法规处")
        card = await admin.wait_for("人员 · 法规处")
        await admin.tap("<3")
        await admin.wait_for("处室：法规处")
        await admin.tap("调整处室")
        await admin.wait_for("调到哪个处室")
        await admin.tap("水<处>&")
        await admin.wait_for("处室：水<处>&")
        await staff.wait_for("您调到了水<处>&")
        await admin.forge("wt:2:2", card)
        assert (await admin.toast()).text == "已经是这样了"
        await admin.tap("人员列表")
        await admin.wait_for("人员 · 全部")


async def test_an_admin_who_steps_down_keeps_no_buttons_and_no_menu(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await admin.say("/people")
        shown = await admin.wait_for("共 2 人")
        await admin.forge("wr:2:admin", shown)
        await staff.wait_for("管理员")
        await admin.forge("wr:1:staff", shown)
        assert (await admin.wait_for("角色：职工")).buttons == []
        await admin.say("/invite")
        await admin.wait_for("没有进行这项操作的权限")
        assert "people" not in await menu(admin)


async def test_an_invite_that_went_astray_is_ended(desk: Desk) -> None:
    async with Phone(desk.url, ADMIN) as admin, Phone(desk.url, STRANGER) as new:
        await admin.say("/invite")
        await admin.wait_for("哪个处室")
        await admin.tap("法规处")
        await admin.wait_for("邀请加入：法规处")
        await admin.tap("处室邀请")
        code = re.findall(r"start=([\w-]+)", (await admin.wait_for("start=")).text)[0]
        await admin.tap("作废")
        await admin.wait_for("已作废")
        await new.say(f"/start {code}")
        await new.wait_for("已经过期")
        await admin.tap("再发一个")
        await admin.wait_for("哪个处室")


async def test_the_first_of_all_types_the_first_department(desk: Desk) -> None:
    def clear(unit: Unit) -> None:
        for table in (people, departments):
            unit.house._connection.execute(delete(table))

    await desk.database.run(clear)
    async with Phone(desk.url, LISTED) as boss:
        await boss.say("/start")
        await boss.wait_for("先建第一个")
        await boss.say("办公室")
        await boss.wait_for("您将加入：办公室")
        await boss.say("老王")
        await boss.wait_for("老王，办公室，对吗")
        await boss.tap("是")
        await boss.wait_for("您是管理员")

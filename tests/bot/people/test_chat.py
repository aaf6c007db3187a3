"""People through the real bot and the demo server."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.app import App
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.settings import Settings
from storage.database import Database
from storage.states import Role
from tests.bot.people.house import ADMIN, NOW, OTHER, STAFF, STRANGER, furnish, person
from tests.phone import Phone

TOKEN = "424242:a-made-up-token"
LISTED = 7777
PLAYERS = [Player(c, "玩家", "") for c in (ADMIN, STAFF, STRANGER, OTHER, LISTED)]


@pytest.fixture
async def url(sqlite_url: str) -> AsyncIterator[tuple[str, Database]]:
    """A running bot on a demo server with the house of the service tests."""
    async with AsyncExitStack() as stack:
        server = DemoServer(PLAYERS, token=TOKEN, bot_name="学法", bot_username="xuefa_bot")
        await server.start()
        stack.push_async_callback(server.stop)
        database = Database.open(sqlite_url)
        stack.push_async_callback(database.close)
        await database.run(furnish)
        settings = Settings(_env_file=None, token=TOKEN, api_url=server.url, admins=(LISTED,))  # type: ignore[arg-type]
        app = App(settings, database, clock=lambda: NOW)
        stack.push_async_callback(app.close)
        await app.start()
        yield server.url, database


async def menu(phone: Phone) -> list[str]:
    """The commands a person's client shows."""
    return [command["command"] for command in (await phone.chat())["commands"]]


async def test_an_invite_goes_all_the_way_from_admin_to_colleague(
    url: tuple[str, Database],
) -> None:
    async with Phone(url[0], ADMIN) as admin, Phone(url[0], STRANGER) as new:
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
        assert await menu(new) == ["today", "me", "board", "help", "privacy"]

    async with Phone(url[0], OTHER) as late:
        await late.say(f"/start {code}")
        await late.wait_for("已经被用过")
        await late.say("/privacy")
        await late.wait_for("怎样退出")
        await late.say("/help")
        await late.wait_for("您还没有加入")


async def test_promoted_demoted_and_deactivated_people_are_told(
    url: tuple[str, Database],
) -> None:
    async with Phone(url[0], ADMIN) as admin, Phone(url[0], STAFF) as staff:
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
        await staff.say("/people")
        await staff.wait_for("没有进行这项操作的权限")
        assert "departments" not in await menu(staff)

        await admin.tap("停用")
        await admin.wait_for("状态：已停用")
        await staff.say("/start")
        await staff.wait_for("账号已停用。如有疑问")
        assert await menu(staff) == ["start", "help", "privacy"]
        await admin.tap("恢复")
        await admin.wait_for("状态：正常")
        await staff.wait_for("账号已恢复")


async def test_the_last_admin_is_told_why_not(url: tuple[str, Database]) -> None:
    async with Phone(url[0], ADMIN) as admin:
        await admin.say("/people")
        await admin.wait_for("人员")
        await admin.tap("小程")
        await admin.wait_for("角色：管理员")
        await admin.tap("设为职工")
        assert "至少要有一位管理员" in (await admin.toast()).text


async def test_telling_who_has_blocked_the_bot_marks_them(url: tuple[str, Database]) -> None:
    async with Phone(url[0], ADMIN) as admin, Phone(url[0], STAFF) as staff:
        await staff.say("/start")
        await staff.wait_for("您好")
        await staff.block()
        await admin.say("/people")
        await admin.wait_for("共 2 人")
        await admin.tap("<3")
        await admin.wait_for("联系不上")
        await admin.tap("设为培训员")
        await admin.wait_for("角色：培训员")
        await staff.block(False)
        await staff.say("/start")
        await staff.wait_for("培训员")
        await admin.tap("人员列表")
        await admin.wait_for("共 2 人")
        row = await url[1].read(lambda unit: person(unit, STAFF))
        assert row is not None
        assert row.unreachable_at is None


async def test_a_listed_admin_joins_and_builds_departments(url: tuple[str, Database]) -> None:
    async with Phone(url[0], LISTED) as boss:
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
        row = await url[1].read(lambda unit: person(unit, LISTED))
        assert row is not None
        assert row.role is Role.ADMIN


async def test_forged_taps_of_a_stranger_and_staff_are_refused(
    url: tuple[str, Database],
) -> None:
    async with Phone(url[0], STAFF) as staff:
        await staff.say("/start")
        shown = await staff.wait_for("您好")
        for data in ("wr:2:admin", "wl:0:0", "wa:1:0", "win:1:many", "wda", "wdr:1", "wix:1"):
            await staff.forge(data, shown)
            assert "没有进行这项操作的权限" in (await staff.toast()).text
        for data in ("wr:2", "wr:x:admin", "jc:x", "wr:2:ADMIN", "wr:-1:admin"):
            await staff.forge(data, shown)
            assert "失效" in (await staff.toast()).text

"""The calendar on an admin's phone: the real bot over HTTP."""

from __future__ import annotations

from tests.bot.calendar.test_service import NOTICE
from tests.bot.conftest import Street
from tests.cast import XIAOAN, XIAOCHENG, furnish


async def test_a_pasted_notice_is_shown_confirmed_and_undone(street: Street) -> None:
    await street.database.run(furnish)
    street.server.open_chats()
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.say("/calendar")
    await admin.wait_for("2027年：调休还不知道")
    await admin.tap("粘贴放假通知")
    await admin.wait_for("放假通知的全文")
    await admin.say("你好")
    await admin.wait_for("没有读到")
    await admin.say(NOTICE.replace("1月31日（周日）", "1月31日（周六）"))
    survey = await admin.wait_for("读到这些")
    assert "写的是周六，实际是周日" in survey.text
    assert await _marked(street) == 0
    await admin.tap("确认录入")
    done = await admin.wait_for("已录入 2027年")
    assert await _marked(street) == 33
    await admin.forge(survey.data["确认录入"], survey)
    assert "失效" in (await admin.toast()).text
    await admin.tap("撤销", done)
    await admin.wait_for("已撤销")
    assert await _marked(street) == 0
    await admin.forge(done.data["撤销"], done)
    assert "失效" in (await admin.toast()).text


async def test_the_november_warning_leads_to_the_paste(street: Street) -> None:
    await street.database.run(furnish)
    street.server.open_chats()
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await street.tick()
    street.clock.forward(minutes=1)
    warning = await admin.wait_for("2027年的调休安排还没有录入", timeout=8)
    await admin.tap("粘贴放假通知", warning)
    await admin.wait_for("放假通知的全文")
    await admin.say("2027-01-31 班 春节")
    await admin.tap("取消", await admin.wait_for("读到这些日期"))
    await admin.wait_for("日历不变")


async def test_staff_can_neither_see_nor_change_it(street: Street) -> None:
    await street.database.run(furnish)
    street.server.open_chats()
    await street.start()
    phone = await street.phone(XIAOAN)
    await phone.say("/calendar")
    refusal = await phone.wait_for("没有进行这项操作的权限")
    for data in ("ca", "cy:1", "cx:2027", "cu:2027:1", "cd:2027"):
        await phone.forge(data, refusal)
        assert "权限" in (await phone.toast()).text


async def _marked(street: Street) -> int:
    return len(await street.database.read(lambda unit: unit.plans.read_calendar()))

"""Plans over HTTP: a trainer's whole way by buttons and replies."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from questions.selection import Quota
from storage.repositories.plans import PlanRow
from storage.tables import plans
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_judge, a_question, furnish
from tests.phone import Phone, Shown

WIDTH = 24  # full-width characters of a button row on a phone


async def opened(street: Street) -> Phone:
    """The bot with the cast and a bank; the trainer's phone."""
    questions = [a_question(f"q{n}") for n in range(1, 8)] + [
        a_judge(f"j{n}", tags=("宪法",)) for n in range(1, 6)
    ]
    await street.database.run(lambda unit: furnish(unit, *questions))
    await street.start()
    return await street.phone(XIAOBAI)


async def do(phone: Phone, tap: str, told: str) -> Shown:
    """Tap, and look at what comes; every screen fits a phone."""
    await phone.tap(tap)
    return fitting(await phone.wait_for(told))


async def type_(phone: Phone, said: str, told: str) -> Shown:
    """Type, and look at what comes."""
    await phone.say(said)
    return fitting(await phone.wait_for(told))


def fitting(shown: Shown) -> Shown:
    assert len(shown.text) <= 3500
    for row in shown.labels:
        assert len(row) <= 4, row
        wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for x in row for c in x)
        assert wide <= 2 * WIDTH, row
    return shown


async def named(street: Street, name: str) -> PlanRow:
    """The plan of a name."""

    def work(unit: Unit) -> PlanRow:
        return next(plan for plan in unit.plans.list_all() if plan.name == name)

    return await street.database.read(work)


async def test_a_trainer_makes_a_campaign_and_staff_get_it(street: Street) -> None:
    phone = await opened(street)
    staff = await street.phone(XIAOAN)
    await staff.say("/me")
    await staff.wait_for()
    await type_(phone, "/plan", "每日学法")
    await do(phone, "新建计划", "请发送计划的名称")
    card = await do(phone, "宪法宣传周", "未启用")
    assert "2026年12月1日（周二）至12月7日（周一），工作日（含调休） 08:45" in card.text
    assert "启用后下一期：12月1日（周二）08:45" in card.text
    assert "全体（3 人）" in card.text

    await do(phone, "时间日期", "推送时间")
    await do(phone, "起止日期", "请发送起止日期")
    await type_(phone, "11月1日到7日", "2026-11-01 已经过去了")
    await type_(phone, "去年", "没看懂这两个日期")
    await type_(phone, "12-02…12-04", "12月4日")
    await do(phone, "改时间", "请发送")
    await type_(phone, "9点", "09:00")
    await do(phone, "返回", "未启用")

    await do(phone, "题目", "自由抽取")
    await do(phone, "按标签", "选哪一种")
    await do(phone, "宪法（5）", "要几题")
    shown = await do(phone, "2 题（够2期）", "标签“宪法” 2 题")
    assert "其中 1 题自由抽取" in shown.text
    await do(phone, "返回", "未启用")

    await do(phone, "对象", "对象：全体")
    await do(phone, "选处室", "已选 0 个")
    await do(phone, "法规处", "已选 1 个")
    await do(phone, "返回", "法规处")
    await do(phone, "职工", "法规处 · 职工")
    await do(phone, "返回", "（1 人）")

    await do(phone, "开放提醒", "开放：")
    await do(phone, "24小时", "开放 24 小时")
    await do(phone, "少补1天", "之后 2 个工作日")
    await do(phone, "不提醒", "提醒：不提醒")
    await do(phone, "可选到12:00", "09:00 至 12:00")
    await do(phone, "开启群投票", "投票题：是")
    shown = await do(phone, "预览", "接下来的 3 期")
    assert shown.text.count("· 12月") == 3
    assert "调休" not in shown.text

    stored = await named(street, "宪法宣传周")
    assert (stored.starts_on, stored.ends_on) == (date(2026, 12, 2), date(2026, 12, 4))
    assert stored.quotas == (Quota("tag", "宪法", 2),)
    assert (stored.open_hours, stored.catch_up_days, stored.remind_at) == (24, 2, None)
    assert (stored.own_time_until, stored.has_polls) == (time(12), True)
    assert not stored.is_active
    await do(phone, "启用", "运行中")

    await street.database.run(lambda unit: unit.plans.change(1, is_active=False))
    street.clock.now = datetime(2026, 12, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    await street.tick()
    await staff.wait_for("12月2日")
    assert not any("· 12月2日（周三）" in shown.text for shown in await phone.messages())
    rounds = await street.database.read(
        lambda unit: unit.plans.find_round(stored.id, date(2026, 12, 2))
    )
    assert rounds is not None
    assert rounds.size == 3


async def test_a_plan_is_tried_out_by_the_trainer_alone(street: Street) -> None:
    phone = await opened(street)
    await type_(phone, "/plan", "每日学法")
    await do(phone, "每日学法", "每期 3 题")
    await do(phone, "试推给我", "只发给您")
    await do(phone, "开始答题", "第1/3题")
    for number in (2, 3):
        await do(phone, "不确定", "不得分")
        await do(phone, "下一题", f"第{number}/3题")
    await do(phone, "不确定", "据")
    await do(phone, "结束试推", "试推结束")
    await do(phone, "回到计划", "每期 3 题")
    for other in (XIAOAN, XIAOCHENG):
        assert await (await street.phone(other)).messages() == []


async def test_another_trainers_plan_can_be_looked_at_and_copied(street: Street) -> None:
    phone = await opened(street)
    await type_(phone, "/plan", "每日学法")
    shown = await do(phone, "每日学法", "面向的人不全在您的处室")
    assert not any("暂停" in each or "改名" in each for each in shown.buttons)
    await phone.forge("gf:1:0:pause", shown)
    assert "不能改" in (await phone.toast()).text
    await phone.forge("ge:1:0:count:9", shown)
    assert "不能改" in (await phone.toast()).text
    await phone.forge("gf:1:0:explode", shown)
    assert "不能改" not in (await phone.toast()).text
    assert (await named(street, "每日学法")).question_count == 3
    await do(phone, "复制", "每日学法(2)")
    assert (await named(street, "每日学法(2)")).owner_id == 2


async def test_staff_find_no_plans_and_old_buttons_are_stale(street: Street) -> None:
    phone = await opened(street)
    staff = await street.phone(XIAOAN)
    await staff.say("/plan")
    shown = await staff.wait_for("没有进行这项操作的权限")
    for data in ("gf:1:0:pause", "ge:1:0:count:5", "gm", "gn:0", "gk:1", "gx:1", "gw:1:0:at"):
        await staff.forge(data, shown)
        assert "没有进行这项操作的权限" in (await staff.toast()).text
    trainer = await type_(phone, "/plan", "每日学法")
    for data in ("gc:1:9", "gt:1", "ga:1:0", "gp:77", "gs:1", "ge:1:0:count", "gl:x:0"):
        await phone.forge(data, trainer)
        assert (await phone.toast()).text
    count = await street.database.read(
        lambda unit: unit._connection.execute(select(func.count()).select_from(plans)).scalar_one()
    )
    assert count == 1


async def test_a_change_made_meanwhile_is_told_and_not_lost(street: Street) -> None:
    phone = await opened(street)
    admin = await street.phone(XIAOCHENG)
    await type_(phone, "/plan", "每日学法")
    await do(phone, "新建计划", "请发送计划的名称")
    await type_(phone, "周五小测", "未启用")
    await do(phone, "题目", "每期 3 题")
    await type_(admin, "/plan", "周五小测")
    await do(admin, "周五小测", "每期 3 题")
    await do(admin, "题目", "每期 3 题")
    await do(admin, "多1题", "每期 4 题")
    shown = await do(phone, "少1题", "没有保存")
    assert "小程" in shown.text
    assert "每期 4 题" in shown.text
    await do(phone, "多1题", "每期 5 题")
    assert (await named(street, "周五小测")).question_count == 5


async def test_a_plan_is_renamed_paused_and_ended(street: Street) -> None:
    await opened(street)
    phone = await street.phone(XIAOCHENG)
    await type_(phone, "/plan", "每日学法")
    await do(phone, "每日学法", "运行中")
    await do(phone, "改名", "新名称")
    await type_(phone, "天天学法", "天天学法")
    await do(phone, "暂停推送", "已暂停")
    await do(phone, "恢复推送", "运行中")
    await do(phone, "结束计划", "不能恢复")
    await do(phone, "返回", "运行中")
    await do(phone, "结束计划", "不能恢复")
    await do(phone, "确定结束", "已结束")
    await do(phone, "全部计划", "还没有训练计划")
    await do(phone, "已结束（1）", "天天学法")
    street.clock.now = NINE + timedelta(days=1)
    await street.tick()
    left = await street.database.read(lambda unit: unit.plans.list_answerable(street.clock.now))
    assert [round_.day for round_ in left] == [MONDAY]


async def test_leaving_a_request_means_the_next_words_change_nothing(street: Street) -> None:
    await opened(street)
    phone = await street.phone(XIAOCHENG)
    await type_(phone, "/plan", "每日学法")
    await do(phone, "每日学法", "每期 3 题")
    await do(phone, "时间日期", "推送时间")
    await do(phone, "改时间", "请发送")
    await do(phone, "不改了", "推送时间")
    await phone.say("10:30")
    await phone.wait_for("没看懂")
    assert (await named(street, "每日学法")).at == time(8, 45)
    await do(phone, "改时区", "请点一个时区")
    await do(phone, "新疆时间", "08:45（新疆时间）")
    await phone.say("Europe/Berlin")
    await phone.wait_for("没看懂")
    assert (await named(street, "每日学法")).timezone == "Asia/Urumqi"

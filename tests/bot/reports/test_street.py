"""Trainers and admins at work on participation, ledger and annual paragraph, over HTTP."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from typing import Any

import aiohttp
import docx

from bot.callbacks import pack
from bot.reports.participation.taps import ShowNames
from tests.bot.conftest import Street
from tests.bot.reports.house import WEEK, Rounds, build, open_both
from tests.cast import XIAOAN, XIAOBAI, XIAOCHENG
from tests.phone import Phone


async def opened(street: Street, person: int, *, is_open: bool = False) -> tuple[Phone, Rounds]:
    """A phone on Tuesday, after both rounds."""
    made: Rounds = await street.database.run(open_both if is_open else build)
    street.clock.now += timedelta(days=1)
    await street.start()
    return await street.phone(person), made


async def test_each_number_opens_the_list_behind_it(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.say("/participation")
    card = await phone.wait_for("参与情况 · 2026年11月")
    assert "参与率 38.5%（已参加5/应参加13人次）" in card.text
    assert "覆盖率 57.1%（至少参加一次4/应参加7人）" in card.text
    assert "合格率 25.0%（得分率达到60%的1/有作答的4人）" in card.text
    assert "不含请假和联系不上的" in card.text
    assert "请假1人次" in card.text
    for name, title in (
        ("应参加 7", "👥 应参加"),
        ("已参加 4", "👥 已参加"),
        ("未参加 3", "👥 未参加"),
        ("合格 1", "👥 合格"),
        ("请假等未计入", "👥 请假等未计入"),
    ):
        await phone.tap(name)
        assert "共" in (await phone.wait_for(title)).text
        await phone.tap("« 返回")
        await phone.wait_for("参与情况 · 2026年11月")
    for name in ("按处室", "按计划", "按周", "按月", "各期"):
        await phone.tap(name)
        shown = await phone.wait_for(f"{name} · 2026年11月")
        assert "参与率" in shown.text
        await phone.tap("« 返回")
        await phone.wait_for("合格率")
    await phone.tap("本周")
    card = await phone.wait_for("参与情况 · 2026年第48周")
    await phone.tap("◀ 前一段", card)
    assert "没有开展答题" in (await phone.wait_for("第47周")).text
    await phone.tap("后一段 ▶")
    await phone.wait_for("第48周")
    await phone.tap("导出和图片")
    await phone.wait_for("报表")


async def test_a_trainer_finds_who_has_not_begun_the_open_round(street: Street) -> None:
    phone, made = await opened(street, XIAOBAI, is_open=True)
    await phone.say("/participation")
    await phone.tap("各期", await phone.wait_for("参与情况"))
    await phone.tap("1", await phone.wait_for("1. 11月24日"))
    card = await phone.wait_for("每日学法 · 11月24日（周二）")
    assert "可以补答" in card.text
    await phone.tap("还没开始 2", card)
    shown = await phone.wait_for("👥 还没开始")
    assert "小白" in shown.text
    assert "小程" in shown.text
    assert "老李" not in shown.text
    forged = pack(ShowNames(WEEK, "missed", 0, made.air))
    staff = await street.phone(XIAOAN)
    for one in (phone, staff):
        await one.say("/today")
        shown = await one.wait_for("题")
        tap = await one.forge(forged, shown)
        assert "没有进行这项操作的权限" in (await one.toast(tap)).text


async def test_an_admin_chooses_who_counts_and_who_answers_for_whom(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.say("/participation")
    await phone.tap("统计口径", await phone.wait_for("参与情况"))
    await phone.tap("请假的也算应参加", await phone.wait_for("统计口径"))
    shown = await phone.wait_for("含请假的，不含联系不上的")
    assert "请假的不算应参加" in shown.buttons
    await phone.tap("« 返回", shown)
    assert "应参加14人次" in (await phone.wait_for("参与情况")).text

    await phone.say("/people")
    await phone.tap("小白", await phone.wait_for("共"))
    await phone.tap("负责处室", await phone.wait_for("培训员"))
    await phone.tap("大气处", await phone.wait_for("没有另外指定"))
    shown = await phone.wait_for("大气处\n\n点处室名")
    assert "✓ 大气处" in shown.buttons
    trainer = await street.phone(XIAOBAI)
    await trainer.say("/participation")
    assert "大气处" in (await trainer.wait_for("参与情况")).text


async def test_a_line_of_the_ledger_is_confirmed_listed_and_struck_out(street: Street) -> None:
    phone, _ = await opened(street, XIAOBAI)
    await phone.say("/ledger")
    await phone.tap("➕ 记一条", await phone.wait_for("还没有记录"))
    await phone.wait_for("120余人")
    await phone.say("2026年6月31日 讲座")
    await phone.wait_for("没有这一天")
    await phone.say("11月20日 民法典讲座 120余人")
    draft = await phone.wait_for("我是这样理解的")
    assert "数量：120余人" in draft.text
    assert "处室：法规处" in draft.text
    assert "换处室" not in draft.buttons
    await phone.tap("宣传活动", draft)
    draft = await phone.wait_for("类别：宣传活动")
    await phone.tap("✅ 记入", draft)
    listed = await phone.wait_for("✅ 已记入")
    assert "1. 2026年11月20日 · 宣传活动 · 民法典讲座 120余人" in listed.text
    await phone.tap("1", listed)
    await phone.tap("删除", await phone.wait_for("处室：法规处"))
    await phone.tap("确定删除", await phone.wait_for("确定删除这一条"))
    await phone.wait_for("还没有记录")


async def test_an_admin_s_line_can_be_given_to_a_department(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.say("/ledger")
    await phone.tap("➕ 记一条", await phone.wait_for("还没有记录"))
    await phone.wait_for("120余人")
    await phone.say("今天 庭审观摩 35人次")
    draft = await phone.wait_for("处室：全单位")
    await phone.tap("换处室", draft)
    await phone.tap("大气处", await phone.wait_for("记在哪个处室"))
    await phone.tap("✅ 记入", await phone.wait_for("处室：大气处"))
    await phone.wait_for("庭审观摩 35人次")


async def test_the_annual_paragraph_leads_to_rows_and_comes_as_word(street: Street) -> None:
    phone, _ = await opened(street, XIAOBAI)
    await phone.say("/annual")
    card = await phone.wait_for("年度总结 · 2026年")
    assert "学法答题2期，应参加6人次，实际参加3人次，参与率50.0%" in card.text
    await phone.tap("数字从哪来", card)
    sources = await phone.wait_for("1. 学法答题期数 2期")
    for number, title in (
        ("1", "各期 · 2026年"),
        ("2", "按处室 · 2026年"),
        ("5", "👥 应参加 · 2026年"),
        ("7", "👥 未参加 · 2026年"),
        ("9", "👥 合格 · 2026年"),
        ("11", "学过的法律法规"),
        ("13", "题库"),
    ):
        await phone.say("/annual")
        fresh = await phone.wait_for("年度总结")
        await phone.tap("数字从哪来", fresh)
        await phone.tap(number, await phone.wait_for("数字从哪来 ·"))
        await phone.wait_for(title)
    assert sources

    await phone.say("/annual")
    card = await phone.wait_for("年度总结")
    await phone.tap("其他时间…", card)
    await phone.wait_for("上半年")
    await phone.say("随便")
    await phone.wait_for("没有看懂这段时间")
    await phone.say("11月24日至11月24日")
    card = await phone.wait_for("年度总结 · 2026年11月24日至11月24日")
    assert "学法答题1期，应参加3人次，实际参加1人次" in card.text
    await phone.tap("导出 Word", card)
    sent = await file_of(street, phone)
    opened_file: Any = docx.Document(io.BytesIO(sent))
    values = {row.cells[1].text: row.cells[2].text for row in opened_file.tables[0].rows}
    assert values["实际参加人次"] == "1人次"
    assert values["参与率"] == "33.3%"


async def file_of(street: Street, phone: Phone) -> bytes:
    """The file that came last."""
    async with asyncio.timeout(20):
        while True:
            found = [one for one in await phone.messages() if one.raw.get("document")]
            if found:
                break
            await asyncio.sleep(0.05)
    document = found[-1].raw["document"]
    assert document["name"].startswith("年度学法总结-")
    async with (
        aiohttp.ClientSession() as session,
        session.get(street.server.url + document["url"]) as answer,
    ):
        return await answer.read()

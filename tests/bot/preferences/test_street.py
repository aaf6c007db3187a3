"""Wishes and leave on people's phones: the real bot over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from bot.demo.faults import Fault, FaultKind
from storage.states import DeliveryState
from tests.bot.conftest import Street
from tests.cast import MONDAY, NINE, XIAOAN, XIAOBAI, XIAOCHENG, Cast, furnish
from tests.phone import Phone

BLOCKED = "Forbidden: bot was blocked by the user"


async def open_street(
    street: Street, before: Callable[[Any, Cast], object] | None = None, **plan: Any
) -> Phone:
    """Start the bot with everybody joined, after doing something `before`."""

    def prepare(unit: Any) -> None:
        cast = furnish(unit, **plan)
        if before is not None:
            before(unit, cast)

    await street.database.run(prepare)
    street.server.open_chats()
    await street.start()
    return await street.phone(XIAOAN)


async def pushed(street: Street, **plan: Any) -> Phone:
    phone = await open_street(street, **plan)
    await street.tick()
    await phone.wait_for("每日学法")
    return phone


async def quiet(phone: Phone, fragment: str, seconds: float = 1.6) -> None:
    """Nothing with these words comes for longer than the sender rests."""
    before = [m.message_id for m in await phone.messages() if fragment in m.text]
    await asyncio.sleep(seconds)
    assert [m.message_id for m in await phone.messages() if fragment in m.text] == before


async def states(street: Street) -> dict[DeliveryState, int]:
    rounds = await street.database.read(lambda unit: unit.plans.list_answerable(street.clock()))
    return await street.database.read(lambda unit: unit.deliveries.count_by_state(rounds[0].id))


async def test_ten_minutes_later_survives_a_restart_and_comes_once(street: Street) -> None:
    phone = await pushed(street)
    card = await phone.wait_for("每日学法")
    assert card.buttons == ["开始", "10分钟后", "今天请假"]
    await phone.tap("10分钟后")
    said = await phone.wait_for("09:10")
    assert said.message_id == card.message_id
    await phone.forge(card.data["10分钟后"], card)
    assert "09:10" in (await phone.toast()).text
    await street.stop()
    street.clock.forward(minutes=11)
    await street.start()
    again = await phone.wait_for("今天的 3 题还在", timeout=10)
    assert again.message_id != card.message_id
    await quiet(phone, "题还在")
    assert len([m for m in await phone.messages() if "题还在" in m.text]) == 1
    await phone.tap("开始", again)
    await phone.wait_for("第1/3题")


async def test_a_finished_round_is_not_brought_again(street: Street) -> None:
    phone = await pushed(street, question_count=1)
    await phone.tap("10分钟后")
    await phone.wait_for("09:10")
    await phone.tap("开始")
    await phone.wait_for("第1/1题")
    await phone.tap("不确定")
    await phone.wait_for("依据")
    street.clock.forward(minutes=11)
    await quiet(phone, "题还在")


async def test_leave_today_is_one_tap_and_so_is_taking_it_back(street: Street) -> None:
    phone = await pushed(street)
    card = await phone.wait_for("每日学法")
    await phone.tap("今天请假")
    said = await phone.wait_for("已登记请假")
    assert "11月23日（周一）" in said.text
    assert said.buttons == ["开始", "撤销请假"]
    await phone.forge(card.data["今天请假"], card)  # the second half of a double tap
    await phone.toast()
    assert (await states(street))[DeliveryState.SKIPPED] == 1
    await phone.tap("撤销请假")
    await phone.wait_for("已取消")
    assert await states(street) == {DeliveryState.SENT: 3}
    await phone.forge(said.data["撤销请假"], said)
    assert "失效" in (await phone.toast()).text


async def test_leave_after_the_push_costs_nothing_when_the_round_settles(street: Street) -> None:
    phone = await pushed(street)
    await phone.tap("今天请假")
    await phone.wait_for("已登记请假")
    street.clock.forward(days=8)
    await street.tick()

    def totals(unit: Any) -> list[int | None]:
        people = [unit.people.find_by_chat(chat) for chat in (XIAOAN, XIAOBAI)]
        rows = [unit.totals.find(person.id, "all") for person in people]
        return [row.offered if row is not None else None for row in rows]

    assert await street.database.read(totals) == [None, 30]


async def test_an_old_card_and_forged_rounds_take_no_leave(street: Street) -> None:
    phone = await pushed(street)
    card = await phone.wait_for("每日学法")
    for data in ("pl:4242", "pz:4242", "pc:77", "pp:5000", "ph:1:2:3", "pg:1", "pz:x", "pl"):
        await phone.forge(data, card)
        said = (await phone.toast()).text
        assert "失效" in said or "没有进行" in said, data
    street.clock.forward(days=1)
    await phone.forge(card.data["今天请假"], card)
    assert "培训员" in (await phone.toast()).text
    street.clock.forward(days=9)
    await street.tick()
    await phone.forge(card.data["10分钟后"], card)
    assert "结束" in (await phone.toast()).text


async def test_settings_are_seen_and_changed_on_one_card(street: Street) -> None:
    phone = await open_street(street, own_time_until=time(11), remind_at=time(16, 30))
    await phone.say("/settings")
    card = await phone.wait_for("推送设置")
    assert "08:45–11:00" in card.text
    await phone.tap("改推送时间")
    await phone.wait_for("什么时候推送")
    await phone.say("七点")
    await phone.wait_for("没看懂")
    await phone.say("12:00")
    await phone.wait_for("不能选")
    await phone.say("9:30")
    assert "您自选的" in (await phone.wait_for("09:30")).text
    await phone.tap("免打扰时段")
    await phone.wait_for("不打扰")
    await phone.tap("12:00–14:00")
    await phone.wait_for("免打扰时段：12:00–14:00")
    await phone.tap("本周不再提醒")
    await phone.wait_for("11月30日")
    await phone.tap("恢复提醒")
    await phone.wait_for("没答完时提醒一次")


async def test_leave_is_typed_listed_and_cancelled(street: Street) -> None:
    phone = await open_street(street)
    await phone.say("/settings")
    await phone.wait_for("没有登记")
    await phone.tap("登记请假")
    await phone.wait_for("哪几天请假")
    await phone.say("改天吧")
    await phone.wait_for("没看懂")
    await phone.say("昨天")
    await phone.wait_for("过去的日子")
    await phone.say("12-01至12-05")
    said = await phone.wait_for("已登记请假")
    assert "12月1日（周二）至12月5日（周六），共5天" in said.text
    await phone.tap("我的设置")
    await phone.wait_for("12月1日（周二）至12月5日（周六）")
    await phone.tap("取消请假 12-1～12-5")
    await phone.wait_for("已取消")
    await phone.say("/settings")
    await phone.wait_for("没有登记")


async def test_an_admin_enters_leave_from_a_person_s_card_and_they_are_told(
    street: Street,
) -> None:
    phone = await pushed(street)
    admin = await street.phone(XIAOCHENG)
    await admin.say("/people")
    await admin.wait_for("人员")
    await admin.tap("小安")
    await admin.wait_for("角色")
    await admin.tap("登记请假")
    await admin.wait_for("小安")
    await admin.say("今天")
    assert "1 期改为请假" in (await admin.wait_for("已为小安登记请假")).text
    await phone.wait_for("培训员为您登记了请假")
    assert (await states(street))[DeliveryState.SKIPPED] == 1


async def test_a_reminder_can_be_the_last_of_the_week(street: Street) -> None:
    phone = await pushed(street, remind_at=time(16, 30))
    street.clock.forward(hours=7, minutes=31)
    await street.tick()
    reminder = await phone.wait_for("今天的 3 题还在")
    assert reminder.buttons == ["开始", "本周不再提醒"]
    await phone.tap("本周不再提醒", reminder)
    said = await phone.wait_for("11月30日")
    assert said.message_id == reminder.message_id
    await phone.forge(reminder.data["本周不再提醒"], reminder)
    await phone.toast()
    street.clock.forward(days=1)  # the next afternoon: its round, and no reminder
    await street.tick()
    await quiet(phone, "题还在")
    await phone.tap("撤销", reminder)
    await phone.wait_for("已恢复提醒")


async def test_who_comes_back_is_shown_the_open_round_whatever_they_write(
    street: Street,
) -> None:
    refused = Fault(FaultKind.ERROR, "sendMessage", chat=XIAOAN, status=403, description=BLOCKED)
    street.server.add_fault(refused)
    phone = await open_street(street)
    await street.tick()
    async with asyncio.timeout(8):
        while (await states(street)).get(DeliveryState.FAILED) != 1:
            await asyncio.sleep(0.02)
    await phone.say("我回来了")
    await phone.wait_for("每日学法")
    assert await _is_sent_to_all(street)


async def test_coming_back_by_today_brings_no_second_card(street: Street) -> None:
    def away(unit: Any, cast: Cast) -> None:
        unit.people.mark_unreachable(cast.xiaoan, NINE)

    phone = await open_street(street, away)
    await street.tick()
    await phone.say("/today")
    await phone.wait_for("第1/3题")
    await quiet(phone, "每日学法")
    await phone.tap("不确定")
    await phone.wait_for("依据")
    assert await _is_sent_to_all(street)


async def _is_sent_to_all(street: Street) -> bool:
    async with asyncio.timeout(8):
        while await states(street) != {DeliveryState.SENT: 3}:
            await asyncio.sleep(0.02)
    return True


async def test_leave_of_the_coming_days_is_no_push(street: Street) -> None:
    def absent(unit: Any, cast: Cast) -> None:
        unit.leaves.add(cast.xiaoan, MONDAY, MONDAY + timedelta(days=1), cast.xiaoan, NINE)

    phone = await open_street(street, absent)
    await street.tick()
    other = await street.phone(XIAOBAI)
    await other.wait_for("每日学法")
    await quiet(phone, "每日学法")
    assert await states(street) == {DeliveryState.SENT: 2, DeliveryState.SKIPPED: 1}

"""A day with the bot, as people see it on their phones."""

from __future__ import annotations

import asyncio

import pytest

from bot.demo.faults import Fault, FaultKind
from storage.states import DeliveryState
from tests.bot.conftest import Street
from tests.cast import (
    STRANGER,
    XIAOAN,
    XIAOBAI,
    XIAOCHENG,
    a_blank,
    a_judge,
    a_multiple,
    a_question,
    furnish,
)
from tests.phone import Phone

PEOPLE = (XIAOAN, XIAOBAI, XIAOCHENG)


async def open_street(street: Street, *questions: object) -> Phone:
    """Start the bot with 小安, 小白 and 小程 joined; their chats are open."""
    await street.database.run(lambda unit: furnish(unit, *questions))  # type: ignore[arg-type]
    street.server.open_chats()
    await street.start()
    return await street.phone(XIAOAN)


async def states(street: Street) -> dict[DeliveryState, int]:
    def read(unit):  # type: ignore[no-untyped-def]
        rounds = unit.plans.list_answerable(street.clock())
        return unit.deliveries.count_by_state(rounds[0].id) if rounds else {}

    return await street.database.read(read)


async def settled(street: Street, **wanted: int) -> None:
    """Wait until the round's deliveries stand as said."""
    async with asyncio.timeout(8):
        while {k.value: v for k, v in (await states(street)).items()} != wanted:
            await asyncio.sleep(0.02)


async def test_the_morning_push_leads_through_the_quiz_to_the_board(street: Street) -> None:
    phone = await open_street(street, a_question(), a_multiple(), a_judge())
    await street.tick()
    push = await phone.wait_for("每日学法")
    assert "3 题" in push.text
    assert push.buttons == ["开始", "10分钟后", "今天请假"]
    await phone.tap("开始")
    seen = set()
    for number in (1, 2, 3):
        card = await phone.wait_for(f"第{number}/3题")
        assert card.message_id == push.message_id
        if "多选" in card.text:
            await phone.tap("A")
            await phone.wait_for("多选")
            await phone.tap("提交")
        elif "判断" in card.text:
            await phone.tap("对")
        else:
            await phone.tap("B")
        verdict = await phone.wait_for("依据")
        quotes = [e["type"] for e in verdict.raw["entities"]]
        assert "expandable_blockquote" in quotes
        seen.add(card.text.split("·")[1].strip()[:2])
        await phone.tap("查看小结" if number == 3 else "下一题")
    assert seen == {"单选", "多选", "判断"}
    summary = await phone.wait_for("学法答题完成")
    assert "/3 题" in summary.text
    await phone.tap("排行榜")
    await phone.wait_for("样本不足")


async def test_a_blank_is_answered_by_writing(street: Street) -> None:
    phone = await open_street(street, a_blank())
    await street.tick()
    await phone.wait_for("每日学法")
    await phone.tap("开始")
    await phone.wait_for("填空")
    await phone.say("19100万元")
    verdict = await phone.wait_for("回答正确")
    assert "您的答案：19100万元" in verdict.text


async def test_words_that_answer_nothing_get_a_helpful_reply(street: Street) -> None:
    phone = await open_street(street)
    await phone.say("今天有题吗")
    assert "/today" in (await phone.wait_for("/help")).text
    await phone.say("/nonsense")
    await phone.wait_for("/help")


async def test_forged_and_foreign_buttons_get_a_toast_and_score_nothing(street: Street) -> None:
    phone = await open_street(street)
    await street.tick()
    push = await phone.wait_for("每日学法")
    await phone.tap("开始")
    card = await phone.wait_for("第1/3题")
    other = await street.phone(XIAOBAI)
    theirs = await other.wait_for("每日学法")
    for data in (
        card.data["A"],
        "a:1:0",
        "a:1:0:0:0",
        "a:-1:0:0",
        "a:99999999999999999999:0:0",
        "s:4242",
        "n:77:0",
        "gc:1:9",
        "zz",
        "开始",
        "a:٣:0:0",
    ):
        await other.forge(data, theirs)
        assert "失效" in (await other.toast()).text or "没有" in (await other.toast()).text
    assert push.message_id == card.message_id
    total = await street.database.read(lambda unit: unit.totals.count_ranked("all"))
    assert total == 0


async def test_the_bot_goes_on_where_it_was_after_a_restart(street: Street) -> None:
    phone = await open_street(street)
    await street.tick()
    await phone.wait_for("每日学法")
    await phone.tap("开始")
    await phone.wait_for("第1/3题")
    await street.stop()
    await phone.tap("A")
    await street.start()
    await phone.wait_for("依据", timeout=10)
    await phone.tap("下一题")
    await phone.wait_for("第2/3题")
    await settled(street, sent=3)


async def until_reachable(street: Street, chat: int) -> None:
    for _ in range(200):
        person = await street.database.read(lambda unit: unit.people.find_by_chat(chat))
        assert person is not None
        if person.unreachable_at is None:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still unreachable")


async def test_a_blocked_chat_is_skipped_until_its_person_writes(street: Street) -> None:
    phone = await open_street(street)
    refusal = "Forbidden: bot was blocked by the user"
    street.server.add_fault(
        Fault(FaultKind.ERROR, "sendMessage", chat=XIAOAN, status=403, description=refusal)
    )
    await street.tick()
    await settled(street, sent=2, failed=1)
    person = await street.database.read(lambda unit: unit.people.find_by_chat(XIAOAN))
    assert person is not None
    assert person.unreachable_at is not None
    await phone.say("/today")
    await phone.wait_for("第1/3题")
    await until_reachable(street, XIAOAN)


async def test_a_flood_halt_delays_pushes_and_loses_none(street: Street) -> None:
    await open_street(street)
    fault = Fault(FaultKind.FLOOD, method="sendMessage", chat=XIAOAN, retry_after=1)
    street.server.add_fault(fault)
    await street.tick()
    await settled(street, sent=2, retry=1)
    street.clock.forward(seconds=60)
    await settled(street, sent=3)
    texts = [m.text for m in await (await street.phone(XIAOAN)).messages()]
    assert len([t for t in texts if "每日学法" in t]) == 1


async def test_a_cut_connection_leaves_unknown_and_today_is_the_net(street: Street) -> None:
    phone = await open_street(street)
    street.server.add_fault(Fault(FaultKind.CUT_AFTER, method="sendMessage", chat=XIAOAN))
    await street.tick()
    await settled(street, sent=2, unknown=1)
    street.clock.forward(minutes=30)
    assert street.app is not None
    street.app.sender.wake()
    await asyncio.sleep(1.2)
    assert len([m for m in await phone.messages() if "每日学法" in m.text]) == 1
    await phone.say("/today")
    await phone.wait_for("第1/3题")


async def test_a_refused_delivery_does_not_hold_up_the_rest(street: Street) -> None:
    await open_street(street)
    street.server.add_fault(
        Fault(
            FaultKind.ERROR,
            method="sendMessage",
            chat=XIAOAN,
            status=400,
            description="Bad Request: oops",
        )
    )
    await street.tick()
    await settled(street, sent=2, failed=1)


async def test_an_admin_changes_the_plan_in_chat(street: Street) -> None:
    await open_street(street)
    phone = await street.phone(XIAOCHENG)
    await phone.say("/plan")
    assert "08:45" in (await phone.wait_for("训练计划")).text
    await phone.tap("每日学法")
    await phone.wait_for("每期 3 题")
    await phone.tap("题目")
    await phone.wait_for("自由抽取")
    await phone.tap("多1题")
    await phone.wait_for("每期 4 题")
    await phone.tap("返回")
    await phone.wait_for("每期 4 题")
    await phone.tap("时间日期")
    await phone.wait_for("推送时间")
    await phone.tap("改时间")
    await phone.wait_for("请发送")
    await phone.say("二十五点")
    await phone.wait_for("没看懂")
    await phone.say("9点半")
    await phone.wait_for("09:30")
    await phone.tap("返回")
    await phone.wait_for("每期 4 题")
    await phone.tap("暂停")
    await phone.wait_for("已暂停")
    staff = await street.phone(XIAOAN)
    await staff.say("/plan")
    await staff.wait_for("没有进行这项操作的权限")


async def test_a_stranger_is_told_how_to_join(street: Street) -> None:
    await open_street(street)
    phone = await street.phone(STRANGER)
    await phone.say("/today")
    await phone.wait_for("邀请")


async def test_an_update_that_cannot_be_handled_is_parked_and_its_sender_told(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await open_street(street)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.daily.service.today", broken)
    await phone.say("/today")
    await phone.wait_for("没有成功")
    await phone.say("/help")
    await phone.wait_for("/today")

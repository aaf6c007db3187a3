"""Groups as people see them: binding, the quiz, its votes, and silence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from bot.demo.faults import Fault, FaultKind
from storage.repositories.groups import GroupRow
from storage.repositories.polls import PollState
from storage.states import DeliveryState
from tests.bot.conftest import Street
from tests.bot.groups.house import GROUP
from tests.cast import NINE, STRANGER, XIAOAN, XIAOBAI, XIAOCHENG, a_question, furnish
from tests.phone import Phone

SUPER = -1000000004100
EIGHT = NINE - timedelta(hours=1)
MEMBERS = [XIAOAN, XIAOBAI, XIAOCHENG, STRANGER]


async def open_street(street: Street, *questions: Any, is_bound: bool = False) -> None:
    """Start the bot with everybody joined; 小白 has brought it into 法规处's group."""

    def work(unit: Any) -> None:
        cast = furnish(unit, *questions, now=EIGHT, has_polls=True)
        if is_bound:
            unit.groups.bind(GROUP, "法规处学法群", cast.department, cast.xiaobai, NINE)

    await street.database.run(work)
    street.server.open_chats()
    street.clock.now = EIGHT
    await street.start()
    by = None if is_bound else XIAOBAI
    street.server.add_group(GROUP, "法规处学法群", MEMBERS, by)
    if is_bound:
        street.server.change_group(GROUP, STRANGER, "member")


async def nine(street: Street) -> None:
    """The round opens."""
    street.clock.now = NINE
    await street.tick()


async def phone_in(street: Street, person: int, group: int = GROUP) -> Phone:
    return await street._stack.enter_async_context(Phone(street.server.url, person, group))


async def group_of(street: Street, chat_id: int = GROUP) -> GroupRow | None:
    return await street.database.read(lambda unit: unit.groups.find(chat_id))


async def polls_of(street: Street) -> list[PollState]:
    def read(unit: Any) -> list[PollState]:
        rounds = unit.plans.list_answerable(street.clock())
        return unit.polls.list_states(rounds[0].id) if rounds else []

    return await street.database.read(read)


async def settled(street: Street, state: DeliveryState, reason: str | None = None) -> None:
    """Wait until the round's one poll stands as said."""
    async with asyncio.timeout(8):
        while [(p.state, p.reason) for p in await polls_of(street)] != [(state, reason)]:
            await asyncio.sleep(0.02)


def said_in(street: Street, chat: int) -> int:
    """How often the bot has written to a chat."""
    return sum(call.method.startswith("send") for call in street.server.journal.calls(chat=chat))


async def test_a_trainer_binds_the_group_and_only_they_can(street: Street) -> None:
    await open_street(street)
    bai, an = await phone_in(street, XIAOBAI), await phone_in(street, XIAOAN)
    card = await bai.wait_for("本群属于哪个处室")
    for someone, words in (
        (an, "没有进行这项操作的权限"),
        (await phone_in(street, XIAOCHENG), "发送 /bind 的人"),
    ):
        tap = await someone.tap("法规处", card)
        assert words in (await someone.toast(tap)).text
    assert await group_of(street) is None
    await bai.tap("法规处", card)
    assert (await bai.wait_for("已绑定：法规处")).message_id == card.message_id
    group = await group_of(street)
    assert group is not None
    assert (group.department, group.title, group.is_active) == ("法规处", "法规处学法群", True)
    audit = await street.database.read(lambda unit: unit.house.list_audit(limit=5))
    assert "group_bound" in [row.action for row in audit]


async def test_a_trainer_has_only_their_own_departments_to_choose(street: Street) -> None:
    await open_street(street)
    await street.database.run(lambda unit: unit.people.add_department("办公室", NINE))
    bai, cheng = await phone_in(street, XIAOBAI), await phone_in(street, XIAOCHENG)
    await bai.wait_for("本群属于")
    await bai.say("/bind@xuefa_test_bot")
    assert (await bai.wait_for("本群属于")).buttons == ["法规处"]
    await cheng.say("/bind")
    card = await cheng.wait_for("本群属于")
    assert card.buttons == ["法规处", "办公室"]
    stolen = card.data["办公室"].rsplit(":", 1)[0]
    tap = await bai.forge(f"{stolen}:2", card)  # 小白's own id, another's department
    assert "权限" in (await bai.toast(tap)).text
    assert await group_of(street) is None


async def test_staff_and_strangers_are_refused(street: Street) -> None:
    await open_street(street, is_bound=True)
    for person, words in ((XIAOAN, "没有进行"), (STRANGER, "还没有加入")):
        phone = await phone_in(street, person)
        for command in ("/bind", "/unbind"):
            await phone.say(command)
            await phone.wait_for(words)
    group = await group_of(street)
    assert group is not None
    assert group.is_active


async def test_a_stranger_who_brings_the_bot_is_not_spoken_to(street: Street) -> None:
    await open_street(street, is_bound=True)
    bai = await phone_in(street, XIAOBAI)
    await bai.say("/unbind")
    await bai.wait_for("已解除与法规处的绑定")
    await bai.say("/unbind")
    await bai.wait_for("没有绑定处室")
    assert said_in(street, GROUP) == 2


async def test_everything_else_in_a_group_is_met_with_silence(street: Street) -> None:
    await open_street(street, is_bound=True)
    street.server.change_group(GROUP, XIAOBAI, "administrator")
    await nine(street)
    await settled(street, DeliveryState.SENT)
    private = await street.phone(XIAOBAI)
    for person in MEMBERS[:3]:
        await (await street.phone(person)).wait_for("每日学法")
    async with asyncio.timeout(5):  # what the bot tells of its own accord is told by then
        while await street.database.read(lambda unit: unit.notices.list_due(NINE)):
            await asyncio.sleep(0.02)
    await private.say("/today")
    card = await private.wait_for("第1/3题")
    before = [said_in(street, chat) for chat in (GROUP, *MEMBERS)]
    phones = [await phone_in(street, person) for person in MEMBERS]
    commands = "start today me board people plan banks import document help audit laws alerts"
    for phone in phones[:3]:
        for command in (*commands.split(), "objections", "privacy", "invite", "nonsense"):
            await phone.say(f"/{command}")
    for phone in phones:
        await phone.say("大家好")
        await phone.upload_bytes("题库.json", b"{}")
    await phones[1].say("/unbind@xuefa_test_bot")
    here = await phones[1].wait_for("已解除")
    for data in (card.data["A"], "n:1:0", "bw:x"):
        tap = await phones[1].forge(data, here)
        assert "失效" in (await phones[1].toast(tap)).text
    assert [said_in(street, chat) for chat in (GROUP, *MEMBERS)] == [before[0] + 1, *before[1:]]
    total = await street.database.read(lambda unit: unit.totals.count_ranked("all"))
    assert total == 0


async def test_the_days_question_comes_as_a_quiz_and_votes_score(street: Street) -> None:
    long = [a_question(f"q{i}", stem="长" * 301) for i in (1, 2)]
    await open_street(street, a_question("q0"), *long, is_bound=True)
    await nine(street)
    an = await phone_in(street, XIAOAN)
    await settled(street, DeliveryState.SENT)
    shown = await an.screen()
    poll = shown.raw["poll"]
    assert (poll["type"], poll["is_anonymous"]) == ("quiz", False)
    assert poll["question"] == a_question("q0").stem
    assert [option["text"] for option in poll["options"]] == list(a_question("q0").options)
    await an.vote([1], shown)
    voted = (await an.screen()).raw["poll"]
    assert voted["correct_option_ids"] == [1]
    assert "出处：《某厅2025年法治建设情况报告》一、执法" in voted["explanation"]
    await (await phone_in(street, STRANGER)).vote([0], shown)
    person = await street.database.read(lambda unit: unit.people.find_by_chat(XIAOAN))
    assert person is not None
    async with asyncio.timeout(5):
        while await street.database.read(lambda unit: unit.totals.find(person.id, "all")) is None:
            await asyncio.sleep(0.02)
    private = await street.phone(XIAOAN)
    await private.say("/today")
    card = await private.wait_for("/3题")
    seen = [card.text]
    for _ in range(2):
        await private.tap("A", card)
        await private.wait_for("依据")
        onward = next(
            button for button in (await private.screen()).buttons if "题目" not in button
        )
        await private.tap(onward, card)
        seen.append((await private.wait_for("题")).text)
    assert sum("已在群里作答" in text for text in seen) == 1
    assert "学法答题完成" in seen[-1]
    assert said_in(street, STRANGER) == 0


async def test_a_round_without_a_short_question_polls_nothing_and_says_why(street: Street) -> None:
    await open_street(street, a_question("q0", stem="长" * 301), is_bound=True)
    await nine(street)
    await settled(street, DeliveryState.FAILED, "too_long")
    await asyncio.sleep(0.3)
    assert street.server.journal.calls("sendPoll") == []


async def test_a_cut_connection_leaves_the_poll_unknown_for_good(street: Street) -> None:
    await open_street(street, is_bound=True)
    street.server.add_fault(Fault(FaultKind.CUT_AFTER, "sendPoll"))
    await nine(street)
    await settled(street, DeliveryState.UNKNOWN, "unknown")
    street.clock.forward(minutes=30)
    await asyncio.sleep(1.2)
    assert len(street.server.journal.calls("sendPoll")) == 1


async def test_a_flood_delays_the_poll_and_doubles_none(street: Street) -> None:
    await open_street(street, is_bound=True)
    street.server.add_fault(Fault(FaultKind.FLOOD, "sendPoll", retry_after=1))
    await nine(street)
    await settled(street, DeliveryState.RETRY, "rate_limited")
    street.clock.forward(minutes=1)
    await settled(street, DeliveryState.SENT)
    assert [call.status for call in street.server.journal.calls("sendPoll")] == [429, 200]


async def test_a_bot_sent_away_sends_nothing_until_it_is_bound_again(street: Street) -> None:
    await open_street(street, is_bound=True)
    street.server.change_group(GROUP, XIAOAN, "kicked")
    async with asyncio.timeout(5):
        while (group := await group_of(street)) is None or group.is_active:
            await asyncio.sleep(0.02)
    await nine(street)
    assert await polls_of(street) == []
    street.server.change_group(GROUP, XIAOBAI, "member")
    bai = await phone_in(street, XIAOBAI)
    await bai.wait_for("本群属于哪个处室")


async def test_a_refusal_ends_a_group_whose_kick_was_not_heard(street: Street) -> None:
    await open_street(street, is_bound=True)
    refusal = "Forbidden: bot was kicked from the group chat"
    street.server.add_fault(Fault(FaultKind.ERROR, "sendPoll", status=403, description=refusal))
    await nine(street)
    await settled(street, DeliveryState.FAILED, "blocked")
    group = await group_of(street)
    assert group is not None
    assert not group.is_active


async def test_an_upgraded_group_keeps_its_department(street: Street) -> None:
    await open_street(street, is_bound=True)
    street.server.change_group(GROUP, XIAOBAI, is_upgraded=True)
    async with asyncio.timeout(5):
        while await group_of(street, SUPER) is None:
            await asyncio.sleep(0.02)
    assert await group_of(street) is None
    await nine(street)
    await settled(street, DeliveryState.SENT)
    assert (await (await phone_in(street, XIAOAN, SUPER)).screen()).raw["poll"] is not None


async def test_a_poll_follows_an_upgrade_that_was_not_heard(street: Street) -> None:
    await open_street(street, is_bound=True)
    await street.stop()
    street.server.change_group(GROUP, XIAOBAI, is_upgraded=True)
    waiting = street.server.pending_updates
    await street.start()
    assert waiting
    await nine(street)
    await settled(street, DeliveryState.SENT)
    group = await group_of(street, SUPER)
    assert group is not None
    assert group.department == "法规处"


async def test_in_private_bind_says_how(street: Street) -> None:
    await open_street(street)
    bai = await street.phone(XIAOBAI)
    await bai.say("/bind")
    assert "startgroup=bind" in (await bai.wait_for("在群里发送 /bind")).text
    an = await street.phone(XIAOAN)
    await an.say("/bind")
    await an.wait_for("没有进行这项操作的权限")

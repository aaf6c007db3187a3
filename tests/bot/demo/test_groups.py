"""Groups: what the bot hears in them, its comings and goings, and their quizzes."""

import time
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, BAI, CHENG, Api
from tests.phone import Phone

GROUP, SUPER = -4100, -1000000004100
QUIZ = {
    "question": "几日?",
    "options": [{"text": "20日"}, {"text": "60日"}, {"text": "90日"}],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [1],
    "explanation": "第十四条",
}


async def updates(api: Api, *kinds: str) -> list[dict[str, Any]]:
    """What waits for the bot, confirmed."""
    waiting = await api.ok("getUpdates", timeout=0)
    if waiting:
        await api.ok("getUpdates", offset=waiting[-1]["update_id"] + 1, timeout=0)
    return [update for update in waiting if not kinds or set(kinds) & update.keys()]


@pytest.fixture
def group(server: DemoServer) -> int:
    """A group of 小安 and 小白, into which 小白 has brought the bot."""
    server.add_group(GROUP, "法规处", [AN, BAI], by=BAI)
    return GROUP


async def test_being_brought_tells_the_bot_where_it_is(api: Api, group: int) -> None:
    change, message = await updates(api)
    brought = change["my_chat_member"]
    assert brought["chat"] == {"id": group, "title": "法规处", "type": "group"}
    assert (brought["from"]["id"], brought["new_chat_member"]["status"]) == (BAI, "member")
    assert message["message"]["new_chat_members"][0]["username"] == "xuefa_bot"


async def test_only_commands_are_heard_until_the_bot_is_an_administrator(
    api: Api, server: DemoServer, group: int
) -> None:
    await updates(api)
    for text in ("大家好", "/bind", "/bind@xuefa_bot", "/bind@other_bot", "/"):
        server.say(AN, text, group)
    heard = [update["message"]["text"] for update in await updates(api)]
    assert heard == ["/bind", "/bind@xuefa_bot"]
    server.change_group(group, BAI, "administrator")
    server.say(AN, "大家好", group)
    change, message = await updates(api)
    assert change["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert (message["message"]["text"], message["message"]["chat"]["id"]) == ("大家好", group)


async def test_members_see_one_chat_each_from_their_side(api: Api, group: int) -> None:
    async with (
        Phone(api.server.url, AN, group) as mine,
        Phone(api.server.url, BAI, group) as theirs,
        Phone(api.server.url, AN) as private,
    ):
        await mine.say("大家好")
        await api.ok("sendMessage", chat_id=group, text="各位好")
        await theirs.wait_for("各位好")
        sides = [(await phone.chat())["messages"] for phone in (mine, theirs)]
        assert [message["from"] for message in sides[0]] == ["other", "person", "bot"]
        assert [message["from"] for message in sides[1]] == ["person", "other", "bot"]
        assert sides[0][0]["service"] == "小白把学法拉进了群"
        assert sides[1][1]["name"] == "小安"
        assert (await private.chat())["messages"] == []
    status = (await api.session.get(f"{api.server.url}/api/chats/{CHENG}/groups/{group}")).status
    assert status == 404


async def test_a_quiz_shows_its_key_to_who_has_voted(api: Api, group: int) -> None:
    await updates(api)
    sent = await api.ok("sendPoll", chat_id=group, **QUIZ)
    async with (
        Phone(api.server.url, AN, group) as mine,
        Phone(api.server.url, BAI, group) as theirs,
    ):
        await mine.vote([0], sent["message_id"])
        voted, waiting = [(await phone.screen()).raw["poll"] for phone in (mine, theirs)]
    assert (voted["chosen"], voted["correct_option_ids"]) == ([0], [1])
    assert waiting["chosen"] == []
    assert "correct_option_ids" not in waiting
    answer, _ = await updates(api)
    assert answer["poll_answer"]["user"]["id"] == AN
    assert len(answer["poll_answer"]["option_persistent_ids"]) == 1


async def test_a_quiz_closes_at_its_date_or_when_stopped(
    api: Api, server: DemoServer, group: int
) -> None:
    closes_at = int(time.time()) + 60
    sent = await api.ok("sendPoll", chat_id=group, close_date=closes_at, **QUIZ)
    stopped = await api.ok("stopPoll", chat_id=group, message_id=sent["message_id"])
    assert stopped["is_closed"]
    refusal = await api.refused("sendPoll", chat_id=group, close_date=closes_at - 60, **QUIZ)
    assert "wrong close date" in refusal


@pytest.mark.parametrize(
    "changes",
    [
        {"correct_option_ids": [1, 0], "allows_multiple_answers": True},
        {"correct_option_ids": [0, 1]},
        {"correct_option_ids": [3]},
        {"question": "问" * 301},
        {"question": "😀" * 151},
        {"options": [{"text": "选" * 101}, {"text": "乙"}]},
        {"explanation": "因" * 201},
        {"explanation": "一\n二\n三\n四"},
    ],
)
async def test_a_quiz_beyond_the_limits_is_refused(
    api: Api, group: int, changes: dict[str, Any]
) -> None:
    await api.refused("sendPoll", chat_id=group, **(QUIZ | changes))


async def test_several_right_options_are_allowed_in_order(api: Api, group: int) -> None:
    several = QUIZ | {"correct_option_ids": [0, 2], "allows_multiple_answers": True}
    sent = await api.ok("sendPoll", chat_id=group, **several)
    assert sent["poll"]["correct_option_ids"] == [0, 2]


@pytest.mark.parametrize(("status", "words"), [("kicked", "kicked"), ("left", "not a member")])
async def test_a_bot_sent_away_is_refused(
    bot: Bot, server: DemoServer, group: int, status: str, words: str
) -> None:
    server.change_group(group, AN, status)
    changes = [
        update.my_chat_member for update in await bot.get_updates() if update.my_chat_member
    ]
    assert changes[-1].new_chat_member.status == status
    with pytest.raises(Forbidden, match=words):
        await bot.send_poll(group, "几日?", ["1", "2"], type="quiz", correct_option_ids=[0])


async def test_a_group_the_bot_never_saw_is_not_found(bot: Bot, server: DemoServer) -> None:
    server.add_group(GROUP, "法规处", [AN])
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(GROUP, "在吗")


async def test_an_upgraded_group_tells_its_new_id(
    bot: Bot, server: DemoServer, group: int
) -> None:
    server.change_group(group, AN, is_upgraded=True)
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert (messages[-2].chat.id, messages[-2].migrate_to_chat_id) == (group, SUPER)
    assert (messages[-1].chat.id, messages[-1].migrate_from_chat_id) == (SUPER, group)
    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(group, "在吗")
    assert error.value.new_chat_id == SUPER
    sent = await bot.send_message(SUPER, "在")
    assert sent.chat.type == "supergroup"


async def test_groups_have_menus_of_their_own(api: Api, group: int) -> None:
    for scope, name in (("all_private_chats", "today"), ("all_group_chats", "bind")):
        commands = [{"command": name, "description": name}]
        await api.ok("setMyCommands", commands=commands, scope={"type": scope})
    async with Phone(api.server.url, AN, group) as mine:
        assert [entry["command"] for entry in (await mine.chat())["commands"]] == ["bind"]


async def test_groups_are_made_and_changed_over_http(api: Api) -> None:
    async def control(path: str, **body: Any) -> int:
        async with api.session.post(f"{api.server.url}/control/{path}", json=body) as answer:
            return answer.status

    assert await control("groups", id=GROUP, title="法规处", members=[AN, BAI], by=AN) == 200
    assert await control("groups", id=GROUP, title="又一个", members=[AN]) == 400
    assert await control("groups", id=7, title="正数", members=[AN]) == 400
    assert await control(f"groups/{GROUP}", by=CHENG, status="kicked") == 403
    assert await control(f"groups/{GROUP}", by=AN, status="king") == 400
    assert await control(f"groups/{GROUP}", by=AN, is_upgraded=True) == 200
    assert await control("groups/-99", by=AN, status="kicked") == 404
    async with api.session.get(f"{api.server.url}/api/session") as answer:
        groups = (await answer.json())["groups"]
    assert groups == [{"id": SUPER, "title": "法规处", "members": [AN, BAI]}]

"""What the chat page is promised."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.demo import DemoServer
from bot.demo.chats import MAX_MESSAGES
from bot.demo.page_routes import PAGE
from tests.bot.demo.conftest import AN, BAI, CHENG, Api
from tests.phone import Phone


async def get(api: Api, path: str, **options: Any) -> tuple[int, str]:
    async with api.session.get(api.server.url + path, **options) as response:
        return response.status, await response.text()


async def post(api: Api, path: str, body: Any, **options: Any) -> tuple[int, Any]:
    async with api.session.post(api.server.url + path, json=body, **options) as response:
        return response.status, await response.json()


async def test_the_session_names_bot_and_people(api: Api) -> None:
    status, body = await get(api, "/api/session")
    session = json.loads(body)
    assert status == 200
    assert session["bot"] == {"id": 424242, "name": "学法", "username": "xuefa_bot"}
    assert [p["id"] for p in session["people"]] == [AN, BAI, CHENG]
    assert session["people"][2] == {"id": CHENG, "name": "小程", "note": "管理员"}


@pytest.mark.skipif(not (PAGE / "index.html").exists(), reason="the page is not there")
async def test_the_page_is_served_fresh(api: Api) -> None:
    async with api.session.get(f"{api.server.url}/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-store"
    async with api.session.get(f"{api.server.url}/page/api.js") as response:
        assert response.content_type == "text/javascript"


@pytest.mark.parametrize(
    "path", ["/page/../server.py", "/page/%2e%2e/server.py", "/page//etc/passwd", "/page/none.js"]
)
async def test_nothing_outside_the_page_is_served(api: Api, path: str) -> None:
    url = URL(api.server.url + path, encoded=True)
    async with api.session.get(url) as response:
        assert response.status == 404


async def test_a_chat_shows_both_sides(api: Api, phone: Phone) -> None:
    await phone.say("/start")
    await api.ok("sendMessage", chat_id=AN, text="<b>好</b>", parse_mode="HTML")
    chat = await phone.chat()
    mine, theirs = chat["messages"]
    assert (mine["from"], mine["text"], mine["entities"][0]["type"]) == (
        "person",
        "/start",
        "bot_command",
    )
    assert theirs == {
        "message_id": mine["message_id"] + 1,
        "from": "bot",
        "date": theirs["date"],
        "edit_date": None,
        "text": "好",
        "entities": [{"type": "bold", "offset": 0, "length": 1}],
        "keyboard": None,
        "photo": None,
        "document": None,
        "poll": None,
        "deleted": False,
    }
    assert (chat["commands"], chat["blocked"], chat["unread"]) == ([], False, 1)


async def test_events_tell_everything_to_every_page(api: Api, server: DemoServer) -> None:
    async with (
        api.session.ws_connect(f"{server.url}/api/events") as one,
        api.session.ws_connect(f"{server.url}/api/events") as two,
        Phone(server.url, AN) as phone,
    ):
        await phone.say("/start")
        keyboard = {"inline_keyboard": [[{"text": "甲", "callback_data": "x"}]]}
        sent = await api.ok("sendMessage", chat_id=AN, text="题", reply_markup=keyboard)
        tap = await phone.tap("甲")
        await api.ok("answerCallbackQuery", callback_query_id=tap, text="好")
        await api.ok("editMessageText", chat_id=AN, message_id=sent["message_id"], text="对")
        await api.ok("sendChatAction", chat_id=AN, action="typing")
        await api.ok("deleteMessage", chat_id=AN, message_id=sent["message_id"])
        await phone.block()
        kinds = ["message", "message", "answer", "edit", "typing", "delete", "blocked"]
        for socket in (one, two):
            events = [await socket.receive_json() for _ in kinds]
            assert [event["type"] for event in events] == kinds
            assert {event["person"] for event in events} == {AN}
        assert events[2]["answer"] == {"id": tap, "text": "好", "alert": False}
        assert events[3]["message"]["text"] == "对"
        assert events[5]["message"]["deleted"]
        assert events[6]["blocked"]


async def test_menus_are_told_when_they_change(api: Api, server: DemoServer) -> None:
    commands = [{"command": "today", "description": "今日"}]
    async with api.session.ws_connect(f"{server.url}/api/events") as socket:
        await api.ok("setMyCommands", commands=commands)
        events = [await socket.receive_json() for _ in range(3)]
    assert [(event["person"], event["commands"]) for event in events] == [
        (AN, commands),
        (BAI, commands),
        (CHENG, commands),
    ]


async def test_files_come_as_attachments(api: Api, phone: Phone) -> None:
    shown = await phone.upload_bytes("坏.html", b"<script>", caption="看 /today")
    document = shown.raw["document"]
    assert (document["name"], document["size"], shown.text) == ("坏.html", 8, "看 /today")
    async with api.session.get(api.server.url + document["url"]) as response:
        assert await response.read() == b"<script>"
        assert response.content_type == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert (await get(api, "/api/files/none"))[0] == 404


async def test_a_blocked_bot_hears_nothing_until_started(api: Api, phone: Phone) -> None:
    await phone.block()
    chat = f"/api/chats/{AN}"
    assert (await post(api, f"{chat}/messages", {"text": "在吗"}))[0] == 403
    assert (await post(api, f"{chat}/taps", {"message_id": 1, "data": "x"}))[0] == 403
    assert (await phone.chat())["blocked"]
    await phone.say("/start")
    assert not (await phone.chat())["blocked"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("messages", {"text": " "}),
        ("messages", {"text": 5}),
        ("messages", {}),
        ("messages", []),
        ("taps", {"message_id": "1", "data": "x"}),
        ("taps", {"message_id": 1}),
        ("votes", {"message_id": 1, "options": ["x"]}),
        ("block", {"blocked": "yes"}),
        ("files", {}),
    ],
)
async def test_malformed_requests_are_refused(api: Api, path: str, body: Any) -> None:
    status, answer = await post(api, f"/api/chats/{AN}/{path}", body)
    assert status == 400
    assert answer["error"]


async def test_unknown_people_are_not_found(api: Api) -> None:
    assert (await get(api, "/api/chats/5"))[0] == 404
    assert (await post(api, "/api/chats/5/messages", {"text": "x"}))[0] == 404


async def test_votes_follow_the_poll(api: Api, phone: Phone) -> None:
    poll = {"question": "几日?", "options": ["20", "60"], "correct_option_ids": [1]}
    sent = await api.ok("sendPoll", chat_id=AN, type="quiz", is_anonymous=False, **poll)
    votes = f"/api/chats/{AN}/votes"

    async def vote(*options: int) -> int:
        body = {"message_id": sent["message_id"], "options": options}
        return (await post(api, votes, body))[0]

    assert (await vote(5), await vote(0, 1), await vote(0), await vote(1)) == (400, 400, 200, 409)
    await api.ok("stopPoll", chat_id=AN, message_id=sent["message_id"])
    assert (await phone.screen()).raw["poll"]["is_closed"]
    assert await vote(1) == 409


async def test_another_sites_page_is_turned_away(api: Api) -> None:
    body = {"text": "/start"}
    evil = {"Origin": "https://evil.example"}
    assert (await post(api, f"/api/chats/{AN}/messages", body, headers=evil))[0] == 403
    own = {"Origin": api.server.url}
    assert (await post(api, f"/api/chats/{AN}/messages", body, headers=own))[0] == 200


async def test_a_chat_keeps_its_last_messages(server: DemoServer, phone: Phone) -> None:
    for number in range(MAX_MESSAGES + 5):
        server.say(AN, str(number))
    messages = (await phone.chat())["messages"]
    assert (len(messages), messages[0]["text"]) == (MAX_MESSAGES, "5")


async def test_a_phone_waits_only_for_news(api: Api, phone: Phone) -> None:
    await phone.say("/start")
    await api.ok("sendMessage", chat_id=AN, text="第1题")
    assert (await phone.wait_for("第1题")).text == "第1题"
    await phone.say("下一题")
    with pytest.raises(AssertionError, match="no new message with '第1题'"):
        await phone.wait_for("第1题", timeout=0.1)
    waiting = asyncio.create_task(phone.wait_for("第2题"))
    await asyncio.sleep(0.02)
    await api.ok("sendMessage", chat_id=AN, text="第2题")
    assert (await waiting).text == "第2题"
    with pytest.raises(AssertionError, match="no button '提交'"):
        await phone.tap("提交")


async def test_a_port_that_is_taken_is_an_error(server: DemoServer) -> None:
    other = DemoServer([], token="1:x", bot_name="学法", bot_username="b")
    with pytest.raises(OSError, match="in use"):
        await other.start(port=int(server.url.rsplit(":", 1)[1]))


async def test_a_stopping_server_closes_its_pages(server: DemoServer, api: Api) -> None:
    async with api.session.ws_connect(f"{server.url}/api/events") as socket:
        await server.stop()
        assert (await socket.receive()).type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED}

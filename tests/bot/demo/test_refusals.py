"""The remaining refusals, as a table, and the methods seldom used."""

import io
from typing import Any

import pytest

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, TOKEN, Api
from tests.phone import Phone

TEXT = {"chat_id": AN, "text": "题"}
POLL = {"chat_id": AN, "question": "几日?", "options": ["20", "60"]}


@pytest.mark.parametrize(
    ("method", "params", "reason"),
    [
        ("sendMessage", TEXT | {"entities": [{"type": "bold"}]}, "parse entities"),
        ("sendMessage", TEXT | {"entities": ["bold"]}, "parse entities"),
        ("sendMessage", TEXT | {"entities": "{}x"}, "parse entities JSON"),
        ("sendMessage", TEXT | {"reply_markup": []}, "reply keyboard markup"),
        ("sendMessage", TEXT | {"reply_markup": {"x": 1}}, "expected as reply markup"),
        ("sendMessage", TEXT | {"reply_markup": {"inline_keyboard": ["x"]}}, "Array of Arrays"),
        ("sendMessage", TEXT | {"reply_parameters": {"message_id": "x"}}, "reply parameters"),
        ("sendChatAction", {"chat_id": AN, "action": "dancing"}, "wrong parameter action"),
        ("editMessageText", TEXT, "message identifier is not specified"),
        ("deleteMessages", {"chat_id": AN, "message_ids": []}, "not specified"),
        ("sendDocument", {"chat_id": AN}, "there is no document"),
        ("sendPoll", POLL | {"type": "vote"}, "unsupported poll type"),
        ("sendPoll", POLL | {"options": ["20", " "]}, "non-empty"),
        ("sendPoll", POLL | {"close_date": 1}, "wrong close date"),
        ("sendPoll", POLL | {"type": "quiz", "correct_option_ids": [0, 1]}, "number of correct"),
        ("stopPoll", {"chat_id": AN, "message_id": 99}, "poll to stop not found"),
        ("setMyCommands", {"commands": {}}, "Array of BotCommand"),
        ("setMyCommands", {"commands": ["today"]}, "Object as BotCommand"),
        ("setMyCommands", {"commands": [{"command": 1}]}, "type String"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}] * 101},
            "TOO_MUCH",
        ),
        ("getMyCommands", {"scope": {"type": "moon"}}, "BotCommandScope"),
        ("getMyCommands", {"scope": {"type": "chat"}}, "chat not found"),
        ("getMyCommands", {"language_code": "chinese"}, "language code"),
        ("getChatMember", {"chat_id": AN, "user_id": 5}, "user not found"),
        ("setMyDescription", {"description": "长" * 513}, "too long"),
        ("getUpdates", {"allowed_updates": {}}, "allowed_updates"),
    ],
)
async def test_this_is_refused(api: Api, method: str, params: Any, reason: str) -> None:
    refusal = await api.refused(method, **params)
    assert refusal.startswith("400 Bad Request: ")
    assert reason in refusal


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/x-www-form-urlencoded", b"text=%ff"),
        ("multipart/form-data; boundary=x", b"no parts"),
        ("multipart/form-data", b"no boundary"),
    ],
)
async def test_a_broken_body_is_refused(api: Api, kind: str, body: bytes) -> None:
    url = f"{api.server.url}/bot{TOKEN}/sendMessage"
    async with api.session.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 400
        assert (await response.json())["error_code"] == 400


async def test_other_keyboards_are_accepted_but_not_shown(api: Api, phone: Phone) -> None:
    for markup in ({"keyboard": [["甲"]]}, {"remove_keyboard": True}, {"force_reply": True}):
        sent = await api.ok("sendMessage", **TEXT, reply_markup=markup)
        assert "reply_markup" not in sent
    sent = await api.ok("sendMessage", **TEXT, reply_markup={"inline_keyboard": []})
    assert (await phone.screen()).raw["keyboard"] is None


async def test_extras_come_back(api: Api) -> None:
    sent = await api.ok("sendMessage", **TEXT, protect_content=True, message_effect_id="7")
    assert (sent["has_protected_content"], sent["effect_id"]) == (True, "7")
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await api.ok("sendMessage", **TEXT, reply_parameters=reply)


async def send_file(api: Api, name: str, content: bytes) -> Any:
    url = f"{api.server.url}/bot{TOKEN}/sendDocument?chat_id={AN}&caption=A"
    file = io.BytesIO(content)
    file.name = name
    async with api.session.post(url, data={"document": file}) as response:
        return await response.json()


async def test_captions_are_edited_and_texts_are_not(api: Api) -> None:
    sent = (await send_file(api, "a.csv", b"a"))["result"]
    edit = {"chat_id": AN, "message_id": sent["message_id"]}
    edited = await api.ok("editMessageCaption", **edit, caption="<b>B</b>", parse_mode="HTML")
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("B", "bold")
    assert "no text" in await api.refused("editMessageText", **edit, text="C")
    plain = await api.ok("sendMessage", **TEXT)
    edit["message_id"] = plain["message_id"]
    assert "no caption" in await api.refused("editMessageCaption", **edit, caption="C")


async def test_empty_files_are_refused(api: Api) -> None:
    assert (await send_file(api, "a.csv", b""))["description"].endswith("must be non-empty")


async def test_several_messages_are_deleted_at_once(api: Api, phone: Phone) -> None:
    ids = [(await api.ok("sendMessage", **TEXT))["message_id"] for _ in range(3)]
    await api.ok("deleteMessages", chat_id=AN, message_ids=[*ids[:2], 999])
    assert [shown.message_id for shown in await phone.messages()] == ids[2:]
    assert [m["deleted"] for m in (await phone.chat())["messages"]] == [True, True, False]


async def test_a_poll_closes_in_time(api: Api, server: DemoServer, phone: Phone) -> None:
    sent = await api.ok("sendPoll", **POLL, open_period=60)
    assert sent["poll"]["close_date"] - sent["date"] == 60
    server.skew_clock(61)
    with pytest.raises(AssertionError, match="409"):
        await phone.vote([0], sent["message_id"])
    await api.refused("sendPoll", **POLL | {"close_date": sent["date"] + 62})
    later = await api.ok("sendPoll", **POLL | {"close_date": sent["date"] + 100})
    await phone.vote([0], later["message_id"])
    await phone.vote([], later["message_id"])
    assert (await phone.screen()).raw["poll"]["total_voter_count"] == 0
    stop = {"chat_id": AN, "message_id": later["message_id"]}
    assert (await api.ok("stopPoll", **stop))["is_closed"]
    assert "already been closed" in await api.refused("stopPoll", **stop)


async def test_leaving_is_answered(api: Api) -> None:
    assert await api.ok("logOut")
    assert await api.ok("close")

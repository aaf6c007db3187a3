"""One test per rule that Telegram enforces and a lenient double would not."""

import io
import json
from typing import Any

import pytest

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, BAI, Api
from tests.phone import Phone


def markup(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def button(data: str = "x", text: str = "甲") -> dict[str, str]:
    return {"text": text, "callback_data": data}


async def send(api: Api, text: str = "题", **params: Any) -> int:
    sent = await api.ok("sendMessage", chat_id=AN, text=text, **params)
    return int(sent["message_id"])


async def test_a_wrong_token_is_unauthorized(api: Api) -> None:
    assert (await api.call("getMe", token="1:no"))["error_code"] == 401
    async with api.session.get(f"{api.server.url}/file/bot1:no/documents/x") as response:
        assert response.status == 401


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert (await api.refused("sendMoney")).startswith("404 Not Found")


async def test_method_names_ignore_case(api: Api) -> None:
    assert (await api.ok("GETME"))["username"] == "xuefa_bot"


async def test_get_form_and_json_are_read_alike(api: Api) -> None:
    url = f"{api.server.url}/bot424242:a-made-up-token/sendMessage"
    fields = {"chat_id": str(AN), "text": "题 & 目", "reply_markup": json.dumps(markup(button()))}
    async with api.session.get(url, params=fields) as response:
        by_get = (await response.json())["result"]
    async with api.session.post(url, data=fields) as response:
        by_form = (await response.json())["result"]
    by_json = await api.ok(
        "sendMessage", chat_id=AN, text="题 & 目", reply_markup=markup(button())
    )
    for sent in (by_get, by_form, by_json):
        assert sent["text"] == "题 & 目"
        assert sent["reply_markup"] == markup(button())


async def test_broken_json_is_refused(api: Api) -> None:
    refusal = await api.refused("sendMessage", chat_id=AN, text="题", reply_markup="{")
    assert refusal.startswith("400 Bad Request: can't parse reply_markup")


@pytest.mark.parametrize("text", ["", " \n ", "<b></b>", "<i> </i>"])
async def test_an_empty_text_is_refused(api: Api, text: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=AN, text=text, parse_mode="HTML")
    assert refusal.startswith("400 ")
    assert "empty" in refusal


async def test_4096_characters_count_after_parsing(api: Api) -> None:
    text = f"<b>{'法' * 4095}&amp;</b>"
    assert await send(api, text, parse_mode="HTML")
    refusal = await api.refused("sendMessage", chat_id=AN, text="法" * 4097)
    assert refusal == "400 Bad Request: message is too long"


async def test_1024_characters_of_caption(api: Api, phone: Phone) -> None:
    await phone.upload_bytes("题.txt", b"x")
    file_id = (await api.ok("getUpdates"))[-1]["message"]["document"]["file_id"]
    assert await api.ok("sendDocument", chat_id=AN, document=file_id, caption="法" * 1024)
    refusal = await api.refused("sendDocument", chat_id=AN, document=file_id, caption="法" * 1025)
    assert refusal == "400 Bad Request: message caption is too long"


async def test_bad_html_is_refused(api: Api) -> None:
    refusal = await api.refused("sendMessage", chat_id=AN, text="<p>题</p>", parse_mode="HTML")
    assert refusal.startswith("400 Bad Request: can't parse entities: ")


async def test_another_parse_mode_is_refused(api: Api) -> None:
    refusal = await api.refused("sendMessage", chat_id=AN, text="题", parse_mode="Wiki")
    assert refusal == "400 Bad Request: unsupported parse_mode"


async def test_explicit_entities_are_kept(api: Api) -> None:
    entities = [{"type": "bold", "offset": 0, "length": 1}]
    sent = await api.ok("sendMessage", chat_id=AN, text="题", entities=entities)
    assert sent["entities"] == entities


async def test_lone_surrogates_are_refused(api: Api) -> None:
    assert "UTF-8" in await api.refused("sendMessage", chat_id=AN, text="\ud800")
    half = markup(button("\ud800"))
    assert "UTF-8" in await api.refused("sendMessage", chat_id=AN, text="题", reply_markup=half)


async def test_callback_data_has_64_bytes_not_characters(api: Api) -> None:
    assert await send(api, reply_markup=markup(button("法" * 21 + "x")))
    for data in ("法" * 22, "x" * 65, ""):
        refusal = await api.refused(
            "sendMessage", chat_id=AN, text="题", reply_markup=markup(button(data))
        )
        assert refusal == "400 Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize(
    "bad",
    [
        {"text": "甲"},
        {"callback_data": "x"},
        {"text": "", "callback_data": "x"},
        {"text": "甲", "callback_data": "x", "url": "https://example.org"},
        {"text": "甲", "url": "nowhere"},
        {"text": "甲", "copy_text": {"text": "x" * 257}},
        {"text": "甲", "callback_data": "x", "style": "loud"},
        "甲",
    ],
)
async def test_a_bad_button_is_refused(api: Api, bad: Any) -> None:
    refusal = await api.refused("sendMessage", chat_id=AN, text="题", reply_markup=markup(bad))
    assert refusal.startswith("400 ")


async def test_a_hundred_buttons_at_most(api: Api) -> None:
    many = markup(*[button()] * 101)
    refusal = await api.refused("sendMessage", chat_id=AN, text="题", reply_markup=many)
    assert "too long" in refusal


async def test_url_and_copy_buttons_reach_the_page(api: Api, phone: Phone) -> None:
    link = {"text": "原文", "url": "https://example.org/a"}
    copy = {"text": "复制", "copy_text": {"text": "A1B2"}}
    await send(api, reply_markup=markup(link, copy))
    assert (await phone.screen()).raw["keyboard"] == [
        [{"text": "原文", "url": "https://example.org/a"}, {"text": "复制", "copy": "A1B2"}]
    ]


async def test_an_unchanged_edit_is_refused(api: Api) -> None:
    sent = await send(api, "<b>题</b>", parse_mode="HTML", reply_markup=markup(button()))
    same = {"chat_id": AN, "message_id": sent, "text": "<b>题</b>", "parse_mode": "HTML"}
    refusal = await api.refused("editMessageText", **same, reply_markup=markup(button()))
    assert refusal.startswith("400 Bad Request: message is not modified: ")
    assert await api.ok("editMessageText", **same, reply_markup=markup(button("y")))
    assert await api.ok("editMessageText", **same | {"text": "题"})


async def test_an_edit_without_markup_takes_the_keyboard_away(api: Api) -> None:
    sent = await send(api, reply_markup=markup(button()))
    edited = await api.ok("editMessageText", chat_id=AN, message_id=sent, text="完")
    assert "reply_markup" not in edited
    refusal = await api.refused("editMessageReplyMarkup", chat_id=AN, message_id=sent)
    assert "not modified" in refusal


async def test_only_the_bots_own_existing_messages_are_edited(api: Api, phone: Phone) -> None:
    theirs = await phone.say("你好")
    edit = {"chat_id": AN, "text": "改"}
    assert "can't be edited" in await api.refused(
        "editMessageText", **edit, message_id=theirs.message_id
    )
    assert (await api.refused("editMessageText", **edit, message_id=99)).endswith(
        "message to edit not found"
    )
    sent = await send(api)
    await api.ok("deleteMessage", chat_id=AN, message_id=sent)
    assert "to edit not found" in await api.refused("editMessageText", **edit, message_id=sent)
    assert "to delete not found" in await api.refused("deleteMessage", chat_id=AN, message_id=sent)


async def test_deleting_ends_after_48_hours(server: DemoServer, api: Api) -> None:
    sent = await send(api)
    server.skew_clock(48 * 3600 + 5)
    refusal = await api.refused("deleteMessage", chat_id=AN, message_id=sent)
    assert refusal.endswith("message can't be deleted")


async def test_a_bot_starts_no_conversation(api: Api, server: DemoServer) -> None:
    refusal = await api.refused("sendMessage", chat_id=BAI, text="你好")
    assert refusal == "403 Forbidden: bot can't initiate conversation with a user"
    async with Phone(server.url, BAI) as phone:
        await phone.say("/start")
    assert await api.ok("sendMessage", chat_id=BAI, text="你好")


async def test_unknown_and_lost_chats_are_not_found(api: Api, server: DemoServer) -> None:
    for chat_id in (7, "@nobody", AN):
        server.change_chat(AN, is_missing=True)
        refusal = await api.refused("sendMessage", chat_id=chat_id, text="你好")
        assert refusal == "400 Bad Request: chat not found"
    assert (await api.refused("sendMessage", text="你好")).endswith("chat_id is empty")


async def test_blocked_and_deactivated_people_are_forbidden(api: Api, server: DemoServer) -> None:
    sent = await send(api)
    server.change_chat(AN, is_blocked=True)
    refusal = "403 Forbidden: bot was blocked by the user"
    assert await api.refused("sendMessage", chat_id=AN, text="在吗") == refusal
    edit = {"chat_id": AN, "message_id": sent, "text": "在吗"}
    assert await api.refused("editMessageText", **edit) == refusal
    server.change_chat(AN, is_blocked=False, is_deactivated=True)
    refusal = "403 Forbidden: user is deactivated"
    assert await api.refused("sendMessage", chat_id=AN, text="在吗") == refusal


async def test_a_tap_must_be_answered_in_time(api: Api, server: DemoServer, phone: Phone) -> None:
    await send(api, reply_markup=markup(button()))
    tap = await phone.tap("甲")
    too_old = "query is too old and response timeout expired or query ID is invalid"
    assert await api.ok("answerCallbackQuery", callback_query_id=tap)
    assert await api.ok("answerCallbackQuery", callback_query_id=tap)
    assert too_old in await api.refused("answerCallbackQuery", callback_query_id="12")
    server.skew_clock(16)
    assert too_old in await api.refused("answerCallbackQuery", callback_query_id=tap)


async def test_a_toast_has_200_characters(api: Api, phone: Phone) -> None:
    await send(api, reply_markup=markup(button()))
    tap = await phone.tap("甲")
    answer = {"callback_query_id": tap, "show_alert": True}
    assert "400" in await api.refused("answerCallbackQuery", **answer, text="法" * 201)
    assert await api.ok("answerCallbackQuery", **answer, text="法" * 200)
    toast = await phone.toast()
    assert (len(toast.text), toast.is_alert) == (200, True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"question": "题" * 301}, "question length"),
        ({"question": ""}, "question must be non-empty"),
        ({"options": ["甲", "乙" * 101]}, "options length"),
        ({"options": ["甲"]}, "from 2 to 12 options"),
        ({"options": ["甲"] * 13}, "from 2 to 12 options"),
        ({"explanation": "解" * 201}, "MESSAGE_TOO_LONG"),
        ({"explanation": "1\n2\n3\n4"}, "MESSAGE_TOO_LONG"),
        ({"correct_option_ids": []}, "correct option ID"),
        ({"correct_option_ids": [2]}, "correct option ID"),
        ({"open_period": 4}, "open period"),
    ],
)
async def test_a_quiz_keeps_telegrams_lengths(
    api: Api, change: dict[str, Any], reason: str
) -> None:
    quiz = {"question": "几日?", "options": ["20", "60"], "correct_option_ids": [1]}
    assert await api.ok("sendPoll", chat_id=AN, type="quiz", **quiz)
    refusal = await api.refused("sendPoll", chat_id=AN, type="quiz", **quiz | change)
    assert refusal.startswith("400 ")
    assert reason in refusal


@pytest.mark.parametrize(
    "command",
    [
        {"command": "Today", "description": "大写"},
        {"command": "a" * 33, "description": "太长"},
        {"command": "今日", "description": "中文"},
        {"command": "today", "description": ""},
        {"command": "today", "description": "长" * 257},
    ],
)
async def test_commands_keep_telegrams_alphabet(api: Api, command: dict[str, str]) -> None:
    assert "BOT_COMMAND" in await api.refused("setMyCommands", commands=[command])


async def test_a_menu_for_an_unknown_chat_is_refused(api: Api) -> None:
    commands = [{"command": "today", "description": "今日"}]
    scope = {"type": "chat", "chat_id": BAI}
    refusal = await api.refused("setMyCommands", commands=commands, scope=scope)
    assert refusal == "400 Bad Request: chat not found"


async def test_a_reply_needs_its_original(api: Api) -> None:
    sent = await send(api)
    reply = await api.ok(
        "sendMessage", chat_id=AN, text="答", reply_parameters={"message_id": sent}
    )
    assert reply["reply_to_message"]["message_id"] == sent
    refusal = await api.refused(
        "sendMessage", chat_id=AN, text="答", reply_parameters={"message_id": 99}
    )
    assert refusal.endswith("message to be replied not found")


async def test_a_photo_must_be_a_picture(api: Api) -> None:
    url = f"{api.server.url}/bot424242:a-made-up-token/sendPhoto?chat_id={AN}"
    async with api.session.post(url, data={"photo": io.BytesIO(b"not a picture")}) as response:
        assert (await response.json())["description"].endswith("IMAGE_PROCESS_FAILED")
    refusal = await api.refused("sendPhoto", chat_id=AN, photo="https://example.org/a.png")
    assert "wrong file identifier" in refusal


async def test_a_download_has_20_megabytes_at_most(api: Api, phone: Phone) -> None:
    await phone.upload_bytes("大.pdf", b"x" * ((20 << 20) + 1))
    update = (await api.ok("getUpdates"))[-1]
    document = update["message"]["document"]
    refusal = await api.refused("getFile", file_id=document["file_id"])
    assert refusal == "400 Bad Request: file is too big"
    assert "invalid file_id" in await api.refused("getFile", file_id="F")

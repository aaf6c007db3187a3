"""What is said, what is repeated and what never is."""

from __future__ import annotations

import time

import pytest
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.screen import Button, Screen
from bot.transport.errors import FloodWait, MessageGone, ServerError, TooLargeError
from bot.transport.pacer import Pacer
from bot.transport.talk import Talk
from tests.bot.transport.wire import Fault, Wire, answers, cut, gateway, hang

SCREEN = Screen("<b>第 1 题</b>", ((Button("对", "a:1:0"), Button("错", "a:1:1")),))


class Waits(list[float]):
    """Sleeps that are noted, not slept."""

    async def sleep(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
async def talk(wire: Wire, waits: Waits) -> Talk:
    return Talk(await wire.bot(read_seconds=0.2), Pacer(rate=1000), sleep=waits.sleep)


async def test_a_screen_goes_out_with_its_buttons(wire: Wire, talk: Talk) -> None:
    message_id = await talk.send(100, SCREEN)
    [said] = wire.said("sendMessage")
    assert message_id == 1
    assert said == {
        "chat_id": 100,
        "text": "<b>第 1 题</b>",
        "parse_mode": "HTML",
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "对", "callback_data": "a:1:0"},
                    {"text": "错", "callback_data": "a:1:1"},
                ]
            ]
        },
    }


@pytest.mark.parametrize(
    "text", ["见 https://www.gov.cn", "见 gov.cn", '<a href="tg://user?id=1">我</a>']
)
async def test_a_text_with_a_link_shows_no_preview(wire: Wire, talk: Talk, text: str) -> None:
    await talk.send(100, Screen(text))
    assert wire.said("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("fault", [cut, hang, gateway])
@pytest.mark.parametrize("push", [True, False])
async def test_a_message_of_unknown_fate_is_never_sent_again(
    wire: Wire, talk: Talk, fault: Fault, push: bool
) -> None:
    wire.fail("sendMessage", fault)
    with pytest.raises(TelegramError):
        await (talk.push if push else talk.send)(100, SCREEN)
    assert len(wire.said("sendMessage")) == 1


@pytest.mark.parametrize("fault", [cut, hang, gateway])
async def test_an_edit_is_repeated_until_it_works(wire: Wire, talk: Talk, fault: Fault) -> None:
    wire.fail("editMessageText", fault, fault)
    await talk.edit(100, 7, SCREEN)
    assert len(wire.said("editMessageText")) == 3


async def test_an_edit_is_not_repeated_for_ever(wire: Wire, talk: Talk) -> None:
    wire.fail("editMessageText", *[gateway] * 9)
    with pytest.raises(ServerError):
        await talk.edit(100, 7, SCREEN)
    assert len(wire.said("editMessageText")) == 3


async def test_an_edit_that_changes_nothing_is_done(wire: Wire, talk: Talk) -> None:
    wire.fail("editMessageText", gateway, answers(400, "Bad Request: message is not modified: …"))
    await talk.edit(100, 7, SCREEN)
    assert len(wire.said("editMessageText")) == 2


async def test_editing_a_deleted_message_says_so(wire: Wire, talk: Talk) -> None:
    wire.fail("editMessageText", answers(400, "Bad Request: message to edit not found"))
    with pytest.raises(MessageGone):
        await talk.edit(100, 7, SCREEN)


async def test_another_refusal_of_an_edit_is_raised(wire: Wire, talk: Talk) -> None:
    wire.fail("editMessageText", answers(400, "Bad Request: can't parse entities"))
    with pytest.raises(BadRequest, match="parse"):
        await talk.edit(100, 7, SCREEN)


async def test_a_tap_too_old_to_answer_is_no_error(wire: Wire, talk: Talk) -> None:
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    wire.fail("answerCallbackQuery", answers(400, old), answers(400, "Bad Request: other"))
    await talk.answer("1", "答对了", alert=True)
    assert wire.said("answerCallbackQuery")[0] == {
        "callback_query_id": "1",
        "text": "答对了",
        "show_alert": True,
    }
    with pytest.raises(BadRequest, match="Other"):
        await talk.answer("2")


async def test_a_reply_told_to_wait_waits_and_goes_out(
    wire: Wire, talk: Talk, waits: Waits
) -> None:
    wire.fail("sendMessage", answers(429, "Too Many Requests", retry_after=3))
    await talk.send(100, SCREEN)
    assert len(wire.said("sendMessage")) == 2
    assert len(waits) == 1
    assert waits[0] >= 3


async def test_a_reply_told_to_wait_too_long_gives_up(wire: Wire, talk: Talk) -> None:
    wire.fail("sendMessage", answers(429, "Too Many Requests", retry_after=300))
    with pytest.raises(FloodWait):
        await talk.send(100, SCREEN)
    assert len(wire.said("sendMessage")) == 1


async def test_too_many_requests_halts_pushes_while_taps_go_on(wire: Wire) -> None:
    pacer = Pacer(rate=1000)
    talk = Talk(await wire.bot(), pacer)
    wire.fail("sendMessage", answers(429, "Too Many Requests", retry_after=1))
    await talk.slot(100)
    with pytest.raises(FloodWait):
        await talk.push(100, SCREEN)
    begun = time.monotonic()
    await talk.edit(200, 7, SCREEN)
    await talk.answer("1")
    await talk.send(300, SCREEN)
    assert time.monotonic() - begun < 0.5
    await talk.slot(400)
    await talk.push(400, SCREEN)
    assert time.monotonic() - begun > 0.9


async def test_a_person_who_blocked_the_bot_is_tried_once(wire: Wire, talk: Talk) -> None:
    wire.fail("sendMessage", answers(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(Forbidden):
        await talk.send(100, SCREEN)
    assert len(wire.said("sendMessage")) == 1


async def test_commands_are_set_for_one_chat_and_taken_away_again(wire: Wire, talk: Talk) -> None:
    await talk.set_commands(None, [("today", "今日题目")])
    await talk.set_commands(100, [("banks", "题库")])
    await talk.set_commands(100, [])
    assert wire.said("setMyCommands") == [
        {"commands": [{"command": "today", "description": "今日题目"}]},
        {
            "scope": {"type": "chat", "chat_id": 100},
            "commands": [{"command": "banks", "description": "题库"}],
        },
    ]
    assert wire.said("deleteMyCommands") == [{"scope": {"type": "chat", "chat_id": 100}}]


async def test_a_document_goes_out(wire: Wire, talk: Talk) -> None:
    await talk.send_document(100, "题库.json", b"{}", "<b>题库</b>")
    [said] = wire.said("sendDocument")
    assert (said["caption"], said["parse_mode"]) == ("<b>题库</b>", "HTML")
    assert said["document"] == ("题库.json", b"{}")


async def test_a_file_comes_in_up_to_the_limit(wire: Wire, talk: Talk) -> None:
    wire.files["a.txt"] = b"12345"
    assert await talk.get_file("a.txt", 5) == b"12345"
    with pytest.raises(TooLargeError):
        await talk.get_file("a.txt", 4)
    wire.fail("getFile", answers(400, "Bad Request: file is too big"))
    with pytest.raises(TooLargeError):
        await talk.get_file("a.txt", 4)

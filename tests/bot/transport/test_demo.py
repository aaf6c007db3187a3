"""The whole wire against the strict demo server: people write and tap, the bot replies."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.demo import DemoServer, Fault, FaultKind, Player
from bot.screen import Button, Screen
from bot.transport.api import Api
from bot.transport.client import AiohttpRequest
from bot.transport.errors import FloodWait, MessageGone, TooLargeError
from bot.transport.outcome import SendFault, classify
from bot.transport.pacer import Pacer
from bot.transport.polling import Polling
from bot.transport.talk import Talk
from bot.transport.turns import Turns, current_turn
from tests.bot.transport.staff import until
from tests.bot.transport.wire import TOKEN, a_poison

AN, BAI = 1001, 1002
QUESTION = Screen("<b>第 1 题</b>", ((Button("对", "a:1:0"), Button("错", "a:1:1")),))


@dataclass
class Town:
    """The server, and a bot's end of the line to it."""

    server: DemoServer
    bot: Bot
    polls: Api
    talk: Talk

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.params for call in self.server.journal.calls(method)]


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    people = [Player(AN, "小安", "学员"), Player(BAI, "小白", "培训员")]
    server = DemoServer(people, token=TOKEN, bot_name="学法", bot_username="xuefa_bot")
    await server.start()
    server.open_chats()
    request, polls = AiohttpRequest(read_seconds=0.5), AiohttpRequest(2)
    bot = Bot(
        TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=request,
        get_updates_request=polls,
    )
    async with bot:
        yield Town(server, bot, Api(polls, bot.base_url), Talk(bot, Pacer(rate=1000)))
    await server.stop()


async def test_a_tap_is_answered_and_its_message_edited(town: Town) -> None:
    server, talk = town.server, town.talk
    asked: list[int] = []

    async def handle(update: Update) -> None:
        if update.message is not None:
            asked.append(await talk.send(update.message.chat.id, QUESTION))
            return
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        turn = current_turn()
        assert turn is not None
        turn.committed()
        await talk.answer(query.id, "答对了")
        await talk.edit(query.from_user.id, query.message.message_id, Screen(f"选了 {query.data}"))

    async def park(update_id: int, kind: str, error: str) -> None:
        parked.append((kind, error))

    parked: list[tuple[str, str]] = []
    turns = Turns(handle, park, lambda error: False, bot=town.bot)
    polling = Polling(town.polls, turns, poll_seconds=5)
    running = asyncio.ensure_future(polling.run())
    server.inject({"poll_answer": a_poison(0)["poll_answer"]})
    server.say(AN, "/today")
    await until(lambda: asked)
    server.tap(AN, asked[0], "a:1:1")
    await until(lambda: town.called("editMessageText"))
    await until(lambda: server.pending_updates == 0)
    polling.stop()
    await asyncio.wait_for(running, 5)
    assert parked == [("poll_answer", "TypeError")]
    assert [answer["text"] for answer in town.called("answerCallbackQuery")] == ["答对了"]
    assert [edit["text"] for edit in town.called("editMessageText")] == ["选了 a:1:1"]


async def test_what_the_server_is_strict_about_is_understood(town: Town) -> None:
    server, talk = town.server, town.talk
    message_id = await talk.send(AN, QUESTION)
    await talk.edit(AN, message_id, QUESTION)  # not modified
    await talk.answer("12345")  # too old
    with pytest.raises(BadRequest, match="parse"):
        await talk.send(AN, Screen("<b>第 1 题"))
    with pytest.raises(MessageGone):
        await talk.edit(AN, 987_654, QUESTION)
    with pytest.raises(BadRequest) as gone:
        await talk.send(424_242, QUESTION)
    assert classify(gone.value).fault is SendFault.CHAT_GONE
    server.change_chat(BAI, is_blocked=True)
    with pytest.raises(Forbidden) as blocked:
        await talk.send(BAI, QUESTION)
    assert classify(blocked.value).fault is SendFault.BLOCKED


async def test_a_document_cannot_become_a_text_so_a_new_message_is_due(town: Town) -> None:
    message_id = await town.talk.send_document(AN, "题库.json", b"{}", "<b>题库</b>")
    with pytest.raises(MessageGone):
        await town.talk.edit(AN, message_id, QUESTION)


async def test_links_and_commands_are_taken(town: Town) -> None:
    await town.talk.send(AN, Screen("来源 https://www.gov.cn"))
    await town.talk.set_commands(None, [("today", "今日题目")])
    await town.talk.set_commands(AN, [("banks", "题库")])
    await town.talk.set_commands(AN, [])
    assert len(town.called("deleteMyCommands")) == 1


async def test_a_file_goes_out_and_comes_in_again(town: Town) -> None:
    content = "报告全文".encode() * 5000
    message = await town.bot.send_document(AN, content, filename="报告.html")
    assert message.document is not None
    file_id = message.document.file_id
    assert await town.talk.get_file(file_id, len(content)) == content
    with pytest.raises(TooLargeError):
        await town.talk.get_file(file_id, len(content) - 1)


@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.GARBAGE, FaultKind.DELAY_AFTER])
async def test_a_message_that_did_arrive_is_not_sent_twice(town: Town, kind: FaultKind) -> None:
    town.server.add_fault(Fault(kind, "sendMessage", status=502, seconds=2.0))
    with pytest.raises(TelegramError) as lost:
        await town.talk.send(AN, QUESTION)
    assert classify(lost.value).fault is SendFault.UNKNOWN
    assert len(town.called("sendMessage")) == 1


async def test_an_honest_pace_meets_no_limit_and_a_flood_is_heeded(town: Town) -> None:
    town.server.change_limits(per_second=30.0, per_chat_per_second=1.0)
    talk = Talk(town.bot, Pacer())
    people = [Player(2000 + i, f"小{i}", "学员") for i in range(60)]
    for person in people:
        town.server.add_player(person)
    town.server.open_chats()
    queue = iter(people)

    async def push() -> None:
        for person in queue:
            await talk.slot(person.id)
            await talk.push(person.id, QUESTION)

    await asyncio.gather(*(push() for _ in range(8)))
    assert {call.status for call in town.server.journal.calls("sendMessage")} == {200}
    town.server.add_fault(Fault(FaultKind.FLOOD, "sendMessage", retry_after=1))
    await talk.slot(AN)
    with pytest.raises(FloodWait):
        await talk.push(AN, QUESTION)
    await talk.slot(BAI)
    await talk.push(BAI, QUESTION)
    assert not any(call.is_early for call in town.server.journal)

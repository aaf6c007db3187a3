"""The client over real HTTP: what each fault becomes, and what is sent."""

from __future__ import annotations

import asyncio
import socket

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError, TimedOut

from bot.transport.api import Api
from bot.transport.client import AiohttpRequest, environment_proxy
from bot.transport.errors import FloodWait, Refused, ServerError, TooLargeError
from bot.transport.outcome import SendFault, classify
from tests.bot.transport.wire import (
    TOKEN,
    Fault,
    Wire,
    answers,
    cut,
    drip,
    gateway,
    hang,
    nonsense,
)

CALL = {"chat_id": 100, "text": "题"}


@pytest.mark.parametrize(
    ("fault", "error", "kind"),
    [
        (answers(400, "Bad Request: chat not found"), BadRequest, SendFault.CHAT_GONE),
        (answers(400, "Bad Request: can't parse entities"), BadRequest, SendFault.REJECTED),
        (answers(401, "Unauthorized"), InvalidToken, SendFault.UNAUTHORIZED),
        (answers(403, "Forbidden: bot was blocked by the user"), Forbidden, SendFault.BLOCKED),
        (answers(409, "Conflict"), Conflict, SendFault.REJECTED),
        (answers(413, "Request Entity Too Large"), Refused, SendFault.REJECTED),
        (answers(500, "Internal Server Error"), ServerError, SendFault.UNKNOWN),
        (gateway, ServerError, SendFault.UNKNOWN),
        (cut, TelegramError, SendFault.UNKNOWN),
        (hang, TimedOut, SendFault.UNKNOWN),
        (nonsense, TelegramError, SendFault.UNKNOWN),
    ],
)
async def test_a_fault_tells_whether_the_call_may_have_worked(
    wire: Wire, fault: Fault, error: type[TelegramError], kind: SendFault
) -> None:
    wire.fail("sendMessage", fault)
    api = await wire.api(read_seconds=0.2)
    with pytest.raises(error) as caught:
        await api.call("sendMessage", CALL)
    assert classify(caught.value).fault is kind
    assert len(wire.said("sendMessage")) == 1


async def test_the_library_sees_the_same_errors_through_its_own_methods(wire: Wire) -> None:
    bot = await wire.bot(read_seconds=0.2)
    wire.fail("sendMessage", answers(403, "Forbidden: bot was blocked by the user"), hang)
    with pytest.raises(Forbidden):
        await bot.send_message(100, "题")
    with pytest.raises(TimedOut):
        await bot.send_message(100, "题")
    assert (await bot.send_message(100, "题")).chat.id == 100


async def test_too_many_requests_says_how_long_to_wait(wire: Wire) -> None:
    api = await wire.api()
    wire.fail("sendMessage", answers(429, "Too Many Requests", retry_after=17))
    with pytest.raises(FloodWait) as caught:
        await api.call("sendMessage", CALL)
    outcome = classify(caught.value)
    assert (outcome.fault, outcome.retry_after) == (SendFault.RATE_LIMITED, 17.0)


@pytest.mark.parametrize("said", [{}, {"retry_after": 0}, {"retry_after": "soon"}])
async def test_too_many_requests_without_a_usable_time_still_waits(
    wire: Wire, said: dict[str, object]
) -> None:
    api = await wire.api()
    wire.fail("sendMessage", answers(429, "Too Many Requests", **said))
    with pytest.raises(FloodWait) as caught:
        await api.call("sendMessage", CALL)
    assert classify(caught.value).retry_after > 0


async def test_no_connection_means_surely_not_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        request = AiohttpRequest()
        api = Api(request, f"http://127.0.0.1:{taken.getsockname()[1]}/bot{TOKEN}")
        async with request:
            with pytest.raises(TelegramError) as caught:
                await api.call("sendMessage", CALL)
    assert classify(caught.value).fault is SendFault.NOT_SENT
    assert TOKEN not in str(caught.value)


async def test_a_full_pool_means_surely_not_sent(wire: Wire) -> None:
    api = await wire.api(pool=1, connect_seconds=0.2, read_seconds=0.6)
    wire.fail("sendMessage", hang)
    errors = await asyncio.gather(
        api.call("sendMessage", CALL), api.call("sendMessage", CALL), return_exceptions=True
    )
    hanging, waiting = errors
    assert isinstance(hanging, TimedOut)
    assert classify(hanging).fault is SendFault.UNKNOWN
    assert isinstance(waiting, TimedOut)
    assert classify(waiting).fault is SendFault.NOT_SENT
    assert len(wire.said("sendMessage")) == 1


async def test_a_slow_drip_ends(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.transport.client.TOTAL_EXTRA_SECONDS", 0.1)
    api = await wire.api(read_seconds=0.1, connect_seconds=0.1)
    wire.fail("sendMessage", drip)
    with pytest.raises(TimedOut) as caught:
        await api.call("sendMessage", CALL)
    assert classify(caught.value).fault is SendFault.UNKNOWN


async def test_a_file_goes_out_whole_with_its_chinese_name(wire: Wire) -> None:
    bot = await wire.bot()
    content = bytes(range(256)) * 500
    await bot.send_document(100, InputFile(content, filename="题库.xlsx"), caption="题库")
    [said] = wire.said("sendDocument")
    assert said["caption"] == "题库"
    assert said["document"] == ("题库.xlsx", content)


async def test_a_file_over_the_limit_is_not_read_to_its_end(wire: Wire) -> None:
    api = await wire.api()
    wire.files["documents/报告 1.html"] = b"x" * 200_000
    assert len(await api.download("documents/报告 1.html", 200_000)) == 200_000
    with pytest.raises(TooLargeError):
        await api.download("documents/报告 1.html", 199_999)


async def test_one_connection_carries_all_calls(wire: Wire) -> None:
    api = await wire.api()
    for _ in range(5):
        await api.call("sendMessage", CALL)
    assert len(wire.peers) == 1


async def test_a_bot_on_another_client_is_refused(wire: Wire) -> None:
    bot = Bot(TOKEN, base_url=f"{wire.url}/bot")
    with pytest.raises(TypeError):
        Api.of(bot)


async def test_calls_go_through_the_proxy_the_environment_names(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, wire.url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "intranet.invalid")
    assert environment_proxy("http://intranet.invalid/bot") is None
    assert environment_proxy(f"{wire.url}/bot") is None
    url = "http://api.invalid/bot"
    async with AiohttpRequest(proxy=environment_proxy(url)) as request:
        assert await Api(request, url + TOKEN).call("deleteWebhook", {}) is True
    assert wire.said("deleteWebhook") == [{}]


async def test_a_proxy_that_is_away_means_surely_not_sent() -> None:
    async with AiohttpRequest(proxy="http://127.0.0.1:9") as request:
        with pytest.raises(TelegramError) as caught:
            await Api(request, "https://api.invalid/bot" + TOKEN).call("sendMessage", CALL)
    assert classify(caught.value).fault is SendFault.NOT_SENT

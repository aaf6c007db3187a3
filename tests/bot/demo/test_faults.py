"""Faults, limits and the journal, over HTTP as another process would use them."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter

from bot.demo import DemoServer, Fault, FaultKind
from tests.bot.demo.conftest import AN, BAI, Api
from tests.phone import Phone


async def control(api: Api, path: str, **body: Any) -> int:
    async with api.session.post(f"{api.server.url}/control/{path}", json=body) as response:
        return response.status


async def test_a_flood_names_the_seconds_to_wait(
    api: Api, server: DemoServer, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # whole seconds are deprecated in the library
    await control(api, "faults", kind="flood", method="sendMessage", retry_after=7, times=2)
    body = await api.call("sendMessage", chat_id=AN, text="题")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 7})
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(AN, "题")
    assert flood.value.retry_after == timedelta(seconds=7)
    assert await api.ok("sendMessage", chat_id=AN, text="题")
    assert [call.is_early for call in server.journal.calls("sendMessage")] == [False, True, True]


async def test_a_fault_hits_only_its_chat_and_method(api: Api, server: DemoServer) -> None:
    server.change_chat(BAI, is_open=True)
    server.add_fault(Fault(FaultKind.ERROR, "sendMessage", chat=BAI, status=502))
    assert await api.ok("sendMessage", chat_id=AN, text="题")
    assert await api.ok("sendChatAction", chat_id=BAI, action="typing")
    assert (await api.refused("sendMessage", chat_id=BAI, text="题")).startswith("502 ")
    assert await api.ok("sendMessage", chat_id=BAI, text="题")


@pytest.mark.parametrize(("kind", "shown"), [("cut_before", 0), ("cut_after", 1)])
async def test_a_cut_comes_before_or_after_the_work(
    api: Api, phone: Phone, kind: str, shown: int
) -> None:
    assert await control(api, "faults", kind=kind, method="sendMessage") == 200
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.call("sendMessage", chat_id=AN, text="题")
    assert len(await phone.messages()) == shown


async def test_garbage_is_no_json(api: Api, bot: Bot, phone: Phone) -> None:
    await control(api, "faults", kind="garbage", method="sendMessage", status=502)
    with pytest.raises(NetworkError):
        await bot.send_message(AN, "题")
    assert len(await phone.messages()) == 1


@pytest.mark.parametrize(("kind", "shown"), [("delay", 0), ("delay_after", 1)])
async def test_a_delay_comes_before_or_after_the_work(
    api: Api, server: DemoServer, phone: Phone, kind: str, shown: int
) -> None:
    server.add_fault(Fault(FaultKind(kind), "sendMessage", seconds=0.3))
    call = asyncio.create_task(api.ok("sendMessage", chat_id=AN, text="题"))
    await asyncio.sleep(0.1)
    assert len(await phone.messages()) == shown
    assert not call.done()
    assert await call


async def test_a_bad_fault_is_refused(api: Api) -> None:
    assert await control(api, "faults", kind="earthquake") == 400
    assert await control(api, "faults", kind="flood", colour="red") == 400
    assert await control(api, "limits", colour=1) == 400
    assert await control(api, "limits", latency="long") == 400
    assert await control(api, "limits", latency=None) == 400
    assert await control(api, "clock", skew="late") == 400
    assert await control(api, "people", people=[{"name": "无号"}]) == 400
    assert await control(api, "updates") == 400
    assert await control(api, "chats/1001", is_green=True) == 400
    assert await control(api, "chats/5", is_open=True) == 404


async def test_faults_can_be_cleared(api: Api, server: DemoServer) -> None:
    server.add_fault(Fault(FaultKind.ERROR, times=100))
    async with api.session.delete(f"{server.url}/control/faults") as response:
        assert response.status == 200
    assert await api.ok("getMe")


async def test_messages_a_second_are_limited_for_the_bot(api: Api, server: DemoServer) -> None:
    await control(api, "limits", per_second=5)
    answers = [await api.call("sendMessage", chat_id=AN, text="题") for _ in range(8)]
    floods = [body for body in answers if not body["ok"]]
    assert 2 <= len(floods) <= 3
    assert all(body["parameters"]["retry_after"] == 1 for body in floods)
    assert await api.ok("sendChatAction", chat_id=AN, action="typing")
    assert [call.is_early for call in server.journal.calls("sendMessage")][-1]


async def test_what_is_paid_for_may_go_faster(api: Api, server: DemoServer) -> None:
    await control(api, "limits", per_second=5)
    for _ in range(20):
        assert await api.ok("sendMessage", chat_id=AN, text="题", allow_paid_broadcast=True)
    assert not any(call.is_early for call in server.journal.calls("sendMessage"))
    free = [await api.call("sendMessage", chat_id=AN, text="题") for _ in range(8)]
    assert not all(body["ok"] for body in free)


async def test_messages_a_second_are_limited_for_each_chat(api: Api, server: DemoServer) -> None:
    server.change_chat(BAI, is_open=True)
    server.change_limits(per_chat_per_second=1)
    assert await api.ok("sendMessage", chat_id=AN, text="题")
    assert await api.ok("sendMessage", chat_id=BAI, text="题")
    assert (await api.refused("sendMessage", chat_id=AN, text="题")).startswith("429 ")
    await asyncio.sleep(1.05)
    assert await api.ok("sendMessage", chat_id=AN, text="题")


async def test_latency_is_added_to_calls(api: Api) -> None:
    await control(api, "limits", latency=0.1)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await api.ok("getMe")
    assert loop.time() - began >= 0.1


async def test_the_journal_keeps_every_call(api: Api, server: DemoServer) -> None:
    await api.ok("sendMessage", chat_id=AN, text="题")
    await api.refused("sendMessage", chat_id=5, text="题")
    await api.ok("getUpdates")
    url = f"{server.url}/control/journal"
    async with api.session.get(url, params={"method": "sendMessage", "chat": "5"}) as response:
        (call,) = (await response.json())["calls"]
    assert (call["status"], call["params"]["text"]) == (400, "题")
    assert len(server.journal) == 2
    async with api.session.delete(url) as response:
        assert response.status == 200
    assert len(server.journal) == 0


async def test_people_join_and_odd_updates_are_injected(api: Api, server: DemoServer) -> None:
    await control(api, "people", people=[{"id": 9, "name": "路人", "note": "职工"}])
    await control(api, "chats/9", is_open=True)
    assert await api.ok("sendMessage", chat_id=9, text="你好")
    await control(api, "updates", poll_answer={"poll_id": "1", "option_ids": []})
    (update,) = await api.ok("getUpdates")
    assert "option_persistent_ids" not in update["poll_answer"]


async def test_the_clock_can_be_moved(api: Api, server: DemoServer) -> None:
    before = (await api.ok("sendMessage", chat_id=AN, text="题"))["date"]
    assert await control(api, "clock", skew=3600) == 200
    after = (await api.ok("sendMessage", chat_id=AN, text="题"))["date"]
    assert 3600 <= after - before <= 3605


async def test_control_can_be_left_out() -> None:
    server = DemoServer([], token="1:x", bot_name="学法", bot_username="b", has_control=False)
    await server.start()
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.url}/control/journal") as response,
    ):
        assert response.status == 404
    await server.stop()

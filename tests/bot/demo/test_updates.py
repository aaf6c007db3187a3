"""Updates reach the bot: long polling, its offsets, its one poller, and expiry."""

import asyncio

from bot.demo import DemoServer
from tests.bot.demo.conftest import AN, BAI, Api
from tests.phone import Phone


async def test_a_long_poll_ends_with_the_first_update(api: Api, server: DemoServer) -> None:
    loop = asyncio.get_running_loop()
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    assert not poll.done()
    began = loop.time()
    server.say(AN, "你好")
    (update,) = await poll
    assert loop.time() - began < 1
    assert update["message"]["text"] == "你好"


async def test_an_empty_long_poll_lasts_its_timeout(api: Api) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert await api.ok("getUpdates", timeout=1) == []
    assert 0.9 < loop.time() - began < 3


async def test_updates_stay_until_confirmed_by_the_offset(api: Api, server: DemoServer) -> None:
    for text in ("一", "二", "三"):
        server.say(AN, text)
    first, second, third = await api.ok("getUpdates")
    assert await api.ok("getUpdates") == [first, second, third]
    assert await api.ok("getUpdates", limit=1) == [first]
    assert await api.ok("getUpdates", offset=second["update_id"]) == [second, third]
    assert server.pending_updates == 2
    assert await api.ok("getUpdates", offset=-1) == [third]
    assert await api.ok("getUpdates", offset=third["update_id"] + 1) == []
    assert server.pending_updates == 0


async def test_a_second_poller_ends_the_first_with_409(api: Api, server: DemoServer) -> None:
    first = asyncio.create_task(api.refused("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(api.ok("getUpdates", timeout=30))
    assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
    server.say(AN, "你好")
    assert len(await second) == 1


async def test_only_allowed_kinds_are_queued(api: Api, server: DemoServer) -> None:
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    server.say(AN, "你好")
    server.tap(AN, 1, "x")
    assert [list(update)[1] for update in await api.ok("getUpdates")] == ["callback_query"]
    await api.ok("getUpdates", allowed_updates=[])
    server.say(AN, "你好")
    assert server.pending_updates == 2


async def test_undelivered_taps_are_dropped_after_150_seconds(
    api: Api, server: DemoServer
) -> None:
    server.tap(AN, 1, "x")
    server.say(AN, "你好")
    server.skew_clock(149)
    assert len(await api.ok("getUpdates")) == 2
    server.skew_clock(151)
    assert [list(update)[1] for update in await api.ok("getUpdates")] == ["message"]
    server.skew_clock(86_401)
    assert await api.ok("getUpdates") == []


async def test_a_forged_tap_is_passed_on(api: Api, server: DemoServer, phone: Phone) -> None:
    sent = await api.ok("sendMessage", chat_id=AN, text="题")
    await phone.forge("admin:drop", sent["message_id"], sender=BAI)
    await phone.forge("x", 999)
    forged, missing = (u["callback_query"] for u in await api.ok("getUpdates"))
    assert (forged["data"], forged["from"]["id"]) == ("admin:drop", BAI)
    assert forged["message"]["chat"]["id"] == AN
    assert missing["message"] == {
        "message_id": 999,
        "date": 0,
        "chat": {"id": AN, "type": "private", "first_name": "小安"},
    }


async def test_a_stopping_server_lets_its_poller_go(server: DemoServer, api: Api) -> None:
    loop = asyncio.get_running_loop()
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    began = loop.time()
    await server.stop()
    assert await poll == []
    assert loop.time() - began < 3


async def test_a_poller_that_hung_up_loses_nothing(api: Api, server: DemoServer) -> None:
    poll = asyncio.create_task(api.ok("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    server.say(AN, "你好")
    assert len(await api.ok("getUpdates", timeout=5)) == 1

"""Long polling against a server that keeps what is not confirmed."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.transport import polling as module
from bot.transport import turns as turns_module
from bot.transport.polling import Polling, TokenRefusedError
from tests.bot.transport.staff import AwayError, Desk, until
from tests.bot.transport.wire import Wire, a_poison, a_tap, answers, cut, gateway, nonsense, says

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns_module, "WAITS", (0.01, 0.02))
    monkeypatch.setattr(module, "BACKOFF", (0.01, 0.02))
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.03)


@asynccontextmanager
async def polling(wire: Wire, desk: Desk, **options: Any) -> AsyncIterator[Polling]:
    """A polling bot; at the end it is killed, not stopped."""
    taking = Polling(await wire.api(), desk.turns(), poll_seconds=5, **options)
    running = asyncio.ensure_future(taking.run())
    try:
        yield taking
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await taking._turns.stop(0)


async def test_updates_are_handled_and_confirmed(wire: Wire) -> None:
    desk = Desk()
    await wire.push(a_tap(1), a_tap(2))
    async with polling(wire, desk):
        await until(lambda: wire.confirmed == 2)
        await wire.push(a_tap(3))
        await until(lambda: wire.confirmed == 3)
    assert desk.handled == [1, 2, 3]


async def test_nothing_is_confirmed_before_it_is_handled(wire: Wire) -> None:
    desk = Desk()
    gate = desk.gate(2)
    await wire.push(a_tap(1, 100), a_tap(2, 200), a_tap(3, 300))
    async with polling(wire, desk):
        await until(lambda: len(desk.handled) == 2)
        await asyncio.sleep(0.15)
        assert wire.confirmed <= 1
        gate.set()
        await until(lambda: wire.confirmed == 3)
    assert sorted(desk.started) == [1, 2, 3]


async def test_one_who_is_slow_does_not_hold_up_the_others(wire: Wire) -> None:
    desk = Desk()
    desk.gate(1)
    await wire.push(a_tap(1, 100))
    async with polling(wire, desk):
        await until(lambda: desk.started == [1])
        for update_id in range(2, 12):
            await wire.push(a_tap(update_id, update_id))
            await until(lambda update_id=update_id: update_id in desk.handled, 0.5)
    assert wire.confirmed == 0
    assert desk.started == list(range(1, 12))


async def test_a_committed_turn_is_confirmed_while_its_reply_hangs(wire: Wire) -> None:
    desk = Desk()
    desk.gate(1)
    desk.commits.add(1)
    await wire.push(a_tap(1, 100), a_tap(2, 200))
    async with polling(wire, desk, patience_seconds=0.1):
        await until(lambda: wire.confirmed == 2)
    assert desk.handled == [2]


async def test_a_reply_on_its_way_does_not_keep_the_next_tap_waiting(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 30)
    desk = Desk()
    desk.gate(1)
    desk.commits.add(1)
    first, second = a_tap(1, 100), a_tap(2, 200)
    wire.fail("getUpdates", says([first]), says([first, second]))
    async with polling(wire, desk):
        await until(lambda: desk.handled == [2], 2)
    assert wire.confirmed == 0


async def test_a_killed_bot_leaves_its_updates_for_the_next_one(wire: Wire) -> None:
    killed, successor = Desk(), Desk()
    killed.gate(150)
    await wire.push(*(a_tap(i, i) for i in range(1, 301)))
    async with polling(wire, killed):
        await until(lambda: 150 in killed.started)
    assert wire.confirmed < 150
    async with polling(wire, successor):
        await until(lambda: wire.confirmed == 300)
    assert set(killed.handled) | set(successor.handled) == set(range(1, 301))
    assert 150 in successor.handled


async def test_a_clean_stop_finishes_and_confirms_what_it_handled(wire: Wire) -> None:
    desk = Desk()
    gate = desk.gate(2)
    await wire.push(a_tap(1, 100), a_tap(2, 200), a_tap(3, 200))
    taking = Polling(await wire.api(), desk.turns(), poll_seconds=5)
    running = asyncio.ensure_future(taking.run())
    await until(lambda: 2 in desk.started)
    taking.stop()
    taking.stop()
    asyncio.get_running_loop().call_later(0.2, gate.set)
    await asyncio.wait_for(running, 2)
    assert desk.handled == [1, 2]
    assert wire.confirmed == 2
    assert list(wire.updates) == [3]


async def test_a_stop_ends_a_long_poll_at_once(wire: Wire) -> None:
    taking = Polling(await wire.api(), Desk().turns(), poll_seconds=30)
    running = asyncio.ensure_future(taking.run())
    await until(lambda: wire.said("getUpdates"))
    taking.stop()
    await asyncio.wait_for(running, 1)


async def test_poison_is_parked_confirmed_and_passed(wire: Wire) -> None:
    desk = Desk()
    await wire.push(a_tap(1), a_poison(2), a_tap(3))
    async with polling(wire, desk):
        await until(lambda: wire.confirmed == 3)
    assert desk.parked == [(2, "poll_answer", "TypeError")]
    assert desk.handled == [1, 3]


async def test_a_database_away_confirms_nothing_and_loses_nothing(wire: Wire) -> None:
    desk = Desk()
    desk.errors[1] = [AwayError()] * 15
    await wire.push(a_tap(1))
    async with polling(wire, desk):
        await until(lambda: len(desk.started) > 5)
        assert wire.confirmed == 0
        await until(lambda: wire.confirmed == 1)
    assert (desk.handled, desk.parked) == ([1], [])


async def test_faults_of_the_network_are_waited_out(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk = Desk()
    wire.fail("deleteWebhook", gateway)
    wire.fail("getUpdates", gateway, cut, nonsense, answers(500, "Internal Server Error"))
    await wire.push(a_tap(1))
    async with polling(wire, desk):
        await until(lambda: wire.confirmed == 1)
    assert "getUpdates works again" in caplog.text


async def test_an_answer_that_is_no_list_of_updates_is_survived(wire: Wire) -> None:
    desk = Desk()
    wire.fail("getUpdates", says({"a": 1}), says([7]), says([{}]))
    await wire.push(a_tap(1))
    async with polling(wire, desk):
        await until(lambda: wire.confirmed == 1)
    assert desk.handled == [1]


async def test_another_poller_is_named_once(wire: Wire, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    conflict = answers(409, "Conflict: terminated by other getUpdates request")
    wire.fail("getUpdates", *[conflict] * 4)
    await wire.push(a_tap(1))
    async with polling(wire, desk):
        await until(lambda: wire.confirmed == 1)
    assert caplog.text.count("another process takes this bot's updates") == 1


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_ends_it(wire: Wire, status: int) -> None:
    wire.fail("getUpdates", answers(status, "Unauthorized"))
    taking = Polling(await wire.api(), Desk().turns())
    with pytest.raises(TokenRefusedError):
        await asyncio.wait_for(taking.run(), 2)


async def test_a_webhook_left_behind_is_taken_away(wire: Wire) -> None:
    async with polling(wire, Desk()):
        await until(lambda: wire.said("getUpdates"))
    assert next(name for name, _ in wire.calls) == "deleteWebhook"

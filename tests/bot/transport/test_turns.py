"""Order within a person, overlap between people, tries, parking, waiting and stopping."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram import Message, Update

from bot.transport import turns as module
from bot.transport.turns import StoppingError, current_turn
from tests.bot.transport.staff import AwayError, Desk, until
from tests.bot.transport.wire import a_poison, a_tap


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITS", (0.01, 0.02))


async def test_one_person_is_served_in_order_and_others_meanwhile() -> None:
    desk = Desk()
    turns = desk.turns()
    gate = desk.gate(1)
    first = [await turns.admit(a_tap(i, person=100)) for i in (1, 2, 3)]
    await turns.admit(a_tap(4, person=200))
    await until(lambda: desk.handled == [4])
    assert desk.started == [1, 4]
    gate.set()
    await asyncio.gather(*(turn.over for turn in first))
    assert desk.handled == [4, 1, 2, 3]
    await turns.stop()


async def test_no_more_run_at_once_than_the_capacity() -> None:
    desk = Desk()
    turns = desk.turns(capacity=3)
    gates = [desk.gate(i) for i in range(5)]
    admitting = [asyncio.ensure_future(turns.admit(a_tap(i, person=i))) for i in range(5)]
    await until(lambda: len(desk.started) == 3)
    await asyncio.sleep(0.02)
    assert turns.is_full
    assert desk.most == 3
    for gate in gates:
        gate.set()
    await asyncio.gather(*admitting)
    await until(lambda: len(desk.handled) == 5)
    assert not turns.is_full
    assert desk.most == 3
    await turns.stop()


async def test_an_update_the_library_cannot_read_is_parked_and_others_go_on() -> None:
    desk = Desk()
    turns = desk.turns()
    poison = await turns.admit(a_poison(1))
    after = await turns.admit({**a_tap(2, person=900)})
    await asyncio.gather(poison.over, after.over)
    assert desk.parked == [(1, "poll_answer", "TypeError")]
    assert desk.handled == [2]
    assert poison.is_settled
    await turns.stop()


async def test_a_failing_update_is_tried_three_times_and_parked() -> None:
    desk = Desk()
    turns = desk.turns()
    desk.errors[1] = [ValueError("张三的电话")] * 3
    desk.errors[2] = [ValueError()] * 2
    await asyncio.gather(*[(await turns.admit(a_tap(i, person=i))).over for i in (1, 2)])
    assert desk.started.count(1) == 3
    assert desk.parked == [(1, "callback_query", "ValueError")]
    assert desk.handled == [2]
    await turns.stop()


async def test_what_people_wrote_stays_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    turns = desk.turns()
    desk.errors[1] = [ValueError("张三的电话")] * 3
    await (await turns.admit(a_tap(1))).over
    assert "parked" in caplog.text
    assert "staff.py" in caplog.text
    assert "张三" not in caplog.text
    assert "小安" not in caplog.text
    await turns.stop()


async def test_a_database_away_is_waited_out_and_nothing_is_parked() -> None:
    desk = Desk()
    turns = desk.turns()
    desk.errors[1] = [AwayError()] * 12
    turn = await turns.admit(a_tap(1))
    await until(lambda: turns.waiting == 1)
    await turn.over
    assert (desk.handled, desk.parked) == ([1], [])
    assert turns.waiting == 0
    await turns.stop()


async def test_parking_waits_for_the_database_too() -> None:
    desk = Desk()
    away = [AwayError(), AwayError()]

    async def park(update_id: int, kind: str, error: str) -> None:
        if away:
            raise away.pop()
        desk.parked.append((update_id, kind, error))

    desk.park = park  # type: ignore[method-assign]
    turns = desk.turns()
    await (await turns.admit(a_poison(1))).over
    assert desk.parked == [(1, "poll_answer", "TypeError")]
    await turns.stop()


async def test_what_cannot_be_parked_does_not_block_its_person(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()

    async def park(update_id: int, kind: str, error: str) -> None:
        raise ZeroDivisionError

    desk.park = park  # type: ignore[method-assign]
    turns = desk.turns()
    await turns.admit(a_poison(1))
    await (await turns.admit(a_tap(2, person=900))).over
    assert desk.handled == [2]
    assert any(r.levelno == logging.ERROR and "could not" in r.message for r in caplog.records)
    await turns.stop()


async def test_a_failed_reply_after_the_commit_is_not_repeated() -> None:
    desk = Desk()

    async def handle(update: object) -> None:
        turn = current_turn()
        assert turn is not None
        desk.started.append(turn.update_id)
        turn.committed()
        raise ConnectionError

    desk.handle = handle  # type: ignore[method-assign]
    turns = desk.turns()
    await (await turns.admit(a_tap(1))).over
    assert (desk.started, desk.parked) == ([1], [])
    assert current_turn() is None
    await turns.stop()


async def test_a_handler_that_hangs_is_cut_and_parked() -> None:
    desk = Desk()
    turns = desk.turns(turn_seconds=0.03)
    desk.gate(1)
    await (await turns.admit(a_tap(1))).over
    assert desk.parked == [(1, "callback_query", "HungError")]
    await turns.stop()


async def test_an_update_that_comes_twice_is_handled_once() -> None:
    desk = Desk()
    turns = desk.turns()
    gate = desk.gate(1)
    first = await turns.admit(a_tap(1))
    assert await turns.admit(a_tap(1)) is first
    gate.set()
    await first.over
    assert (await turns.admit(a_tap(1))).is_settled
    assert desk.handled == [1]
    await turns.stop()


async def test_a_stop_finishes_what_runs_and_abandons_what_waits() -> None:
    desk = Desk()
    turns = desk.turns()
    gate = desk.gate(1)
    desk.errors[3] = [AwayError()] * 10_000
    running, queued = [await turns.admit(a_tap(i, person=100)) for i in (1, 2)]
    waiting = await turns.admit(a_tap(3, person=200))
    await until(lambda: turns.waiting == 1)
    asyncio.get_running_loop().call_later(0.05, gate.set)
    assert await turns.stop(2.0)
    assert running.is_settled
    assert queued.is_over
    assert not queued.is_settled
    assert waiting.is_over
    assert not waiting.is_settled
    assert desk.handled == [1]
    with pytest.raises(StoppingError):
        await turns.admit(a_tap(4))


async def test_a_stop_cuts_what_takes_too_long() -> None:
    desk = Desk()
    turns = desk.turns()
    desk.gate(1)
    turn = await turns.admit(a_tap(1))
    await until(lambda: desk.started == [1])
    assert not await turns.stop(0.02)
    assert turn.is_over
    assert not turn.is_settled
    assert turns.in_flight == 0


async def test_updates_without_a_person_do_not_wait_for_each_other() -> None:
    desk = Desk()
    turns = desk.turns()
    gate = desk.gate(1)
    first = await turns.admit({"update_id": 1})
    await (await turns.admit({"update_id": 2})).over
    gate.set()
    await first.over
    assert desk.handled == [2, 1]
    await turns.stop()


async def test_a_tapped_message_comes_without_its_text_and_keyboard() -> None:
    desk = Desk()
    seen = []

    async def handle(update: Update) -> None:
        seen.append(update.callback_query)

    desk.handle = handle  # type: ignore[method-assign]
    turns = desk.turns()
    await (await turns.admit(a_tap(1, person=100, data="a:7"))).over
    [query] = seen
    assert query is not None
    assert isinstance(query.message, Message)
    assert (query.data, query.message.message_id, query.message.chat.id) == ("a:7", 1, 100)
    assert query.message.text is None
    await turns.stop()

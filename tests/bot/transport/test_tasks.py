"""Background tasks are kept, awaited, and fail loudly."""

from __future__ import annotations

import asyncio

import pytest

from bot.transport.tasks import Tasks


async def test_a_failure_is_logged_with_the_task_it_happened_in(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    tasks = Tasks()
    await asyncio.wait([tasks.start(fail(), "the sender")])
    assert await tasks.stop(1)
    assert "the sender" in caplog.text
    assert "ZeroDivisionError" in caplog.text


async def test_a_stop_waits_and_then_cuts() -> None:
    ended = []

    async def work(seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            ended.append(seconds)
        except asyncio.CancelledError:
            ended.append(-seconds)
            raise

    tasks = Tasks()
    tasks.start(work(0.01), "quick")
    tasks.start(work(60), "slow")
    assert len(tasks) == 2
    assert not await tasks.stop(0.1)
    assert ended == [0.01, -60]
    assert len(tasks) == 0


async def test_a_task_may_stop_the_others_and_itself_go_on() -> None:
    tasks = Tasks()
    tasks.start(asyncio.sleep(60), "slow")

    async def stop() -> bool:
        return await tasks.stop(0)

    assert not await tasks.start(stop(), "stopper")

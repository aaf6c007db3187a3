"""The pace of pushes, in virtual time."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.transport.pacer import Pacer
from tests.bot.transport.virtual import VirtualLoop, run


def most_in_a_second(times: list[float]) -> int:
    first, most = 0, 0
    for last, at in enumerate(times):
        while at - times[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


async def push_all(
    pacer: Pacer, loop: VirtualLoop, chats: Iterator[int], latency: float = 0.05
) -> list[tuple[float, int]]:
    """Eight workers push to every chat; when each left."""
    left: list[tuple[float, int]] = []

    async def work() -> None:
        for chat in chats:
            await pacer.slot(chat)
            left.append((loop.time(), chat))
            await asyncio.sleep(latency)

    await asyncio.gather(*(work() for _ in range(8)))
    return left


def test_ten_thousand_pushes_keep_the_rate_and_never_burst() -> None:
    async def main(loop: VirtualLoop) -> list[tuple[float, int]]:
        return await push_all(Pacer(clock=loop.time), loop, iter(range(10_000)))

    times = [at for at, _ in run(main)]
    assert most_in_a_second(times) <= 32
    assert len(times) / (times[-1] - times[0]) >= 30 * 0.99


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), latency=st.floats(0, 0.25), rate=st.floats(5, 60))
def test_no_second_holds_more_than_the_rate_whatever_stalls_and_replies_do(
    seed: int, latency: float, rate: float
) -> None:
    rng = random.Random(seed)

    async def main(loop: VirtualLoop) -> list[tuple[float, int]]:
        pacer = Pacer(rate, clock=loop.time)

        async def disturb() -> None:
            for _ in range(40):
                await asyncio.sleep(rng.uniform(0, 0.5))
                loop.stall(rng.choice([0, 0, 0.02, 0.4]))
                pacer.take(rng.randrange(10_000, 10_005))

        _, left = await asyncio.gather(disturb(), push_all(pacer, loop, iter(range(400)), latency))
        return left

    left = run(main)
    assert sorted(chat for _, chat in left) == list(range(400))
    assert most_in_a_second([at for at, _ in left]) <= rate + 2


def test_what_a_slow_commit_held_back_does_not_leave_in_a_bunch() -> None:
    async def main(loop: VirtualLoop) -> list[float]:
        pacer = Pacer(clock=loop.time)
        left: list[float] = []

        async def work(chats: Iterator[int]) -> None:
            for chat in chats:
                await pacer.slot(chat)
                # The disk stalls for half a second, now and then, and then serves all at once.
                await asyncio.sleep(0.5 - loop.time() % 0.5 if loop.time() % 3 > 2.5 else 0.001)
                await pacer.depart()
                left.append(loop.time())

        chats = iter(range(600))
        await asyncio.gather(*(work(chats) for _ in range(8)))
        return left

    times = run(main)
    assert most_in_a_second(times) <= 31
    assert len(times) / (times[-1] - times[0]) >= 30 * 0.75


def test_one_chat_gets_one_push_a_second() -> None:
    async def main(loop: VirtualLoop) -> list[tuple[float, int]]:
        return await push_all(Pacer(clock=loop.time), loop, iter([1, 1, 2, 1, 2, 1]))

    left = run(main)
    for chat in (1, 2):
        times = [at for at, to in left if to == chat]
        assert all(b - a >= 0.999 for a, b in pairwise(times))
    assert left[-1][0] < 4


def test_a_reply_takes_the_place_of_a_push() -> None:
    async def main(loop: VirtualLoop) -> float:
        pacer = Pacer(rate=10, clock=loop.time)
        await pacer.slot(1)
        for chat in (2, 3, 4):
            pacer.take(chat)
        begun = loop.time()
        await pacer.slot(5)
        return loop.time() - begun

    assert 0.35 < run(main) < 0.45


def test_a_flood_of_replies_slows_pushes_but_does_not_stop_them() -> None:
    async def main(loop: VirtualLoop) -> int:
        pacer = Pacer(clock=loop.time)
        pushed = 0

        async def push() -> None:
            nonlocal pushed
            for chat in range(1000):
                await pacer.slot(chat)
                pushed += 1

        pushing = asyncio.ensure_future(push())
        for reply in range(2000):
            pacer.take(5000 + reply)
            await asyncio.sleep(0.005)
        pushing.cancel()
        return pushed

    assert run(main) >= 5


def test_a_halt_stops_pushes_for_as_long_as_asked() -> None:
    async def main(loop: VirtualLoop) -> list[tuple[float, int]]:
        pacer = Pacer(clock=loop.time)

        async def halt() -> None:
            await asyncio.sleep(1.01)
            pacer.halt(20)
            pacer.halt(3)
            assert 19 < pacer.halted_seconds <= 20

        _, left = await asyncio.gather(halt(), push_all(pacer, loop, iter(range(90))))
        return left

    times = [at for at, _ in run(main)]
    assert not [at for at in times if 1.02 < at < 21.0]
    assert most_in_a_second(times) <= 32
    assert times[-1] < 24


def test_nothing_is_kept_of_chats_long_served() -> None:
    async def main(loop: VirtualLoop) -> int:
        pacer = Pacer(clock=loop.time)
        await push_all(pacer, loop, iter(range(3000)))
        return len(pacer._last_in_chat)

    assert run(main) <= 40

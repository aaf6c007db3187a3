"""Answered taps a second, whole conversations over HTTP, against an ordinary bot.

Both bots get the same taps on copies of one database and are measured in turn: each tap is
checked, graded, committed, answered and its message edited. Every answer of the server leaves
50 ms after its request, then at once. Last, taps come 100 a second whatever the bot does, first
alone and then while it pushes 30 cards a second.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, conclude
from tests.bench.load import Bot
from tests.bench.stage import (
    Server,
    build,
    ours,
    peer,
    push_to_everyone,
    settle_down,
    stub,
)

OUR_TOKEN, PEER_TOKEN = "1:ours", "2:peer"
DELAYS = (0.05, 0.0)
BARS = {0.05: 40.0, 0.0: 4.0}
CPU_BAR = 1 / 0.3
PUSH_BAR = 0.5
OPEN_RATE = 100
QUESTIONS = 8


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    people: int
    rounds: int
    ours: int  # taps a round
    peers: dict[float, int]  # by delay
    seconds: int  # of each open loop


FULL = Size(people=1200, rounds=7, ours=500, peers={0.05: 16, 0.0: 120}, seconds=8)
SHORT = Size(people=450, rounds=3, ours=400, peers={0.05: 12, 0.0: 100}, seconds=3)


def main(*, short: bool = False) -> int:
    """Run the bench; 1 where a bar is missed or a tap is not counted exactly once."""
    size = SHORT if short else FULL
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        house = build(folder / "ours.db", size.people, QUESTIONS)
        copy = Path(shutil.copy(house.path, folder / "peer.db"))
        twin = replace(house, url=f"sqlite:///{copy}")
        server = stack.enter_context(stub(folder))
        bots = stack.enter_context(ExitStack())
        mine = ours(server, folder, house, OUR_TOKEN)
        theirs = peer(server, folder, twin, PEER_TOKEN)
        us = Bot(server, OUR_TOKEN, bots.enter_context(mine), house)
        them = Bot(server, PEER_TOKEN, bots.enter_context(theirs), twin)
        settle_down()
        figures = _closed_loops(us, them, size)
        figures.append(_open_loops(us, server, size))
        faults = us.faults + them.faults + _differing(us, them)
        bots.close()
        faults += us.miscounted() + them.miscounted()
        if not them.graded().items() <= us.graded().items():
            faults.append("the two bots do not grade alike")
    return conclude("taps", figures, faults)


def _closed_loops(us: Bot, them: Bot, size: Size) -> list[Figure]:
    for delay in DELAYS:  # connections open, caches warm
        us.take(100, delay)
        them.take(size.peers[delay] // 4, delay)
    figures, cpu = [], []
    for delay in DELAYS:
        ratios = []
        for _ in range(size.rounds):
            one, other = us.take(size.ours, delay), them.take(size.peers[delay], delay)
            ratios.append(one.rate / other.rate)
            cpu.append(other.cpu / one.cpu)
            print(
                f"{delay * 1e3:.0f} ms: ours {one.rate:.0f} taps/s, {one.cpu * 1e3:.2f} ms CPU; "
                f"peer {other.rate:.1f} taps/s, {other.cpu * 1e3:.2f} ms CPU a tap",
                flush=True,
            )
        figures.append(Figure(f"taps-{delay * 1e3:.0f}ms", median(ratios), BARS[delay]))
    return [*figures, Figure("taps-cpu", median(cpu), CPU_BAR)]


def _open_loops(us: Bot, server: Server, size: Size) -> Figure:
    """Tap to answer at a steady rate, alone and while cards are pushed: median over median."""
    count = OPEN_RATE * size.seconds
    idle = us.take(count, DELAYS[0], OPEN_RATE)
    push_to_everyone(us.house)
    sent = len(server.order(OUR_TOKEN, "sent", count=10, patience=10)["cards"])
    busy = us.take(count, DELAYS[0], OPEN_RATE)
    pushed = len(busy.report["cards"]) - sent
    print(
        f"{OPEN_RATE} taps/s: tap to answer p50 {idle.p50:.1f} ms, p99 {idle.p99:.1f} ms; "
        f"during a push p50 {busy.p50:.1f} ms, p99 {busy.p99:.1f} ms, "
        f"{pushed / busy.report['seconds']:.1f} cards/s",
        flush=True,
    )
    if pushed < 20 * size.seconds:
        us.faults.append(f"only {pushed} cards were pushed meanwhile")
    return Figure("taps-push", idle.p50 / busy.p50, PUSH_BAR)


def _differing(us: Bot, them: Bot) -> list[str]:
    """Whether both said as much to the taps both got: else one has done less work."""
    ours_said, theirs_said = us.said(), them.said()
    for chat, texts in theirs_said.items():
        for one, other in zip(ours_said[chat], texts, strict=False):
            if abs(len(one) - len(other)) > len(one) / 4:
                return [f"the two bots do not say the same: {one!r}, {other!r}"]
    return []

"""A morning's push at the pace Telegram allows, and taps answered meanwhile.

The server refuses with 429 what goes over 30 messages a second (token bucket) or over 32 in any
one second; its answers leave 50 ms after their requests. Where the server itself was held up by
other work on the machine, what it then saw in a bunch is not blamed on the bot.
"""

from __future__ import annotations

import sqlite3
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from tests.bench.figures import Figure, conclude
from tests.bench.load import Bot
from tests.bench.stage import House, build, ours, push_to_everyone, settle_down, stub

TOKEN = "1:ours"
PERMITTED = 30.0
MOST_IN_A_SECOND = 32
DELAY = 0.05
TAPS_A_SECOND = 10
RATE_BAR = 0.98
TAPS_BAR = 0.5

Send = tuple[float, int, int, float]


def main(*, short: bool = False) -> int:
    """Run the bench; 1 where it is too slow, a 429 comes, or a card is missing or doubled."""
    people, questions, idle_seconds = (300, 2, 5) if short else (3000, 1, 15)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        house = build(folder / "ours.db", people, questions)
        server = stack.enter_context(stub(folder))
        running = stack.enter_context(ExitStack())
        process = running.enter_context(ours(server, folder, house, TOKEN))
        bot = Bot(server, TOKEN, process, house)
        settle_down()
        bot.take(50, DELAY)
        idle = bot.take(TAPS_A_SECOND * idle_seconds, DELAY, TAPS_A_SECOND)
        server.order(TOKEN, "limit", rate=PERMITTED)
        due = push_to_everyone(house)
        seconds = int(due / PERMITTED * 0.9)
        busy = bot.take(TAPS_A_SECOND * seconds, DELAY, TAPS_A_SECOND)
        server.order(TOKEN, "sent", count=due, patience=due / PERMITTED + 15)
        settle_down()
        report = server.order(TOKEN, "report")
        running.close()
        sends = [(at, chat, message, late) for at, chat, message, late in report["sends"]]
        faults = bot.faults + bot.miscounted() + _faults(house, sends, report["refused"], due)
    rate = (len(sends) - 1) / (sends[-1][0] - sends[0][0])
    print(
        f"{len(sends)} cards at {rate:.2f}/s, at most {_most(sends)} in a second, "
        f"{report['refused']} refused; taps p50 {idle.p50:.1f} ms, p99 {idle.p99:.1f} ms; "
        f"during the push p50 {busy.p50:.1f} ms, p99 {busy.p99:.1f} ms"
    )
    figures = [
        Figure("push-rate", rate / PERMITTED, RATE_BAR),
        Figure("push-taps", idle.p50 / busy.p50, TAPS_BAR),
    ]
    return conclude("push", figures, faults)


def _most(sends: Sequence[Send]) -> int:
    """The most sends in any one second, less what the server saw late because it had stalled."""
    times = [at for at, _, _, _ in sends]
    return max(
        place + 1 - bisect_right(times, at - 1.0) - round(PERMITTED * late)
        for place, (at, _, _, late) in enumerate(sends)
    )


def _faults(house: House, sends: Sequence[Send], refused: int, due: int) -> list[str]:
    faults = []
    if refused:
        faults.append(f"{refused} cards were refused with 429")
    if (most := _most(sends)) > MOST_IN_A_SECOND:
        faults.append(f"{most} cards in one second")
    got = sorted((chat, message) for _, chat, message, _ in sends)
    if len({chat for chat, _ in got}) != len(got) or len(got) != due:
        faults.append(f"{len(got)} cards to {len({chat for chat, _ in got})} of {due} people")
    with closing(sqlite3.connect(house.path)) as connection:
        kept = connection.execute(_SENT).fetchall()
    if kept != [(chat, message, "sent") for chat, message in got]:
        faults.append("the database does not hold every card as sent")
    return faults


_SENT = """SELECT chat_id, message_id, state FROM deliveries
    JOIN people ON people.id = person_id ORDER BY chat_id"""

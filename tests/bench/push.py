"""A morning's push: as fast as it can, at the pace Telegram allows, and with all that goes wrong.

First without a limit, in turn with python-telegram-bot's own client (no database, 32 sends at a
time). Then the server refuses with 429 what goes over 30 messages a second (token bucket) or over
32 in any one second, its answers leave 50 ms after their requests, and taps are answered
meanwhile. Last, a smaller tests.bench.broadcast. Where the server itself was held up by other
work on the machine, what it then saw in a bunch is not blamed on the bot.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from tests.bench.broadcast import (
    DELAY,
    MOST_IN_A_SECOND,
    PERMITTED,
    memory,
    most_in_a_second,
    push_in_trouble,
)
from tests.bench.figures import Figure, conclude
from tests.bench.load import Bot
from tests.bench.stage import (
    FIRST_CHAT,
    House,
    Server,
    build,
    ours,
    push_to_everyone,
    settle_down,
    started,
    stub,
)

TOKEN = "1:ours"
TAPS_A_SECOND = 10
RATE_BAR = 0.98
TAPS_BAR = 0.5
SPEED_BAR = 4.0
UNLIMITED = "10000"  # cards a second: more than any core can send

Card = tuple[float, int, int]  # at, chat, message


def main(*, short: bool = False) -> int:
    """Run the bench; 1 where it is too slow, a 429 comes, or a card is missing or doubled."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(stub(folder))
        speeds = [_speed(server, folder, turn, short) for turn in range(1 if short else 3)]
        figures, faults = [Figure("push-speed", median(speeds), SPEED_BAR)], []
        paced, more = _paced(server, folder, short)
        figures += paced
        faults += more
        trouble, _, more = push_in_trouble(server, folder, 300 if short else 1500, taps=20)
        figures.append(Figure("push-trouble", trouble, RATE_BAR))
        figures.append(memory(server, folder, 500 if short else 2000))
        faults += more
    return conclude("push", figures, faults)


def _speed(server: Server, folder: Path, turn: int, short: bool) -> float:
    """Cards a second without a limit, over those of the peer."""
    people = 800 if short else 2000
    token, other = f"5:{turn}", f"6:{turn}"
    house = build(folder / f"fast-{turn}.db", people, 1)
    with ours(server, folder, house, token, XUEFA_SEND_RATE=UNLIMITED):
        settle_down()
        due = push_to_everyone(house)
        mine = _rate(server, token, due)
    arguments = [server.url, other, str(people // 4), str(FIRST_CHAT)]
    command = [sys.executable, "-m", "tests.bench.push_peer", *arguments]
    with started(command, folder, 0):
        theirs = _rate(server, other, people // 4)
    print(f"without a limit: ours {mine:.0f} cards/s, peer {theirs:.0f} cards/s", flush=True)
    return mine / theirs


def _rate(server: Server, token: str, count: int) -> float:
    cards: list[Card] = server.order(token, "sent", count=count, patience=60)["cards"]
    assert len(cards) == count
    return _pace(cards)


def _pace(cards: Sequence[Card]) -> float:
    """Cards a second."""
    return (len(cards) - 1) / (cards[-1][0] - cards[0][0])


def _paced(server: Server, folder: Path, short: bool) -> tuple[list[Figure], list[str]]:
    people, questions, idle_seconds = (300, 2, 5) if short else (3000, 1, 15)
    house = build(folder / "ours.db", people, questions)
    with ours(server, folder, house, TOKEN) as process:
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
    cards, most = report["cards"], most_in_a_second(report["requests"])
    faults = bot.faults + bot.miscounted() + _faults(house, cards, due)
    if report["refused"]:
        faults.append(f"{report['refused']} messages were refused with 429")
    if most > MOST_IN_A_SECOND:
        faults.append(f"{most} messages in one second")
    rate = _pace(cards)
    print(
        f"{len(cards)} cards at {rate:.2f}/s, at most {most} messages in a second, "
        f"{report['refused']} refused; taps p50 {idle.p50:.1f} ms, p99 {idle.p99:.1f} ms; "
        f"during the push p50 {busy.p50:.1f} ms, p99 {busy.p99:.1f} ms",
        flush=True,
    )
    figures = [
        Figure("push-rate", rate / PERMITTED, RATE_BAR),
        Figure("push-taps", idle.p50 / busy.p50, TAPS_BAR),
    ]
    return figures, faults


def _faults(house: House, cards: Sequence[Card], due: int) -> list[str]:
    faults = []
    got = sorted((chat, message) for _, chat, message in cards)
    if len({chat for chat, _ in got}) != len(got) or len(got) != due:
        faults.append(f"{len(got)} cards to {len({chat for chat, _ in got})} of {due} people")
    with closing(sqlite3.connect(house.path)) as connection:
        kept = connection.execute(_SENT).fetchall()
    if kept != [(chat, message, "sent") for chat, message in got]:
        faults.append("the database does not hold every card as sent")
    return faults


_SENT = """SELECT chat_id, message_id, state FROM deliveries
    JOIN people ON people.id = person_id ORDER BY chat_id"""

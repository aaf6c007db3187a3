"""From exec to the first getUpdates, and memory at rest, against a lean bot of the same libraries.

Ours is `xuefa run` on a migrated SQLite database with people and a bank; the peer polls with
python-telegram-bot, opens SQLite through SQLAlchemy's asyncio engine and starts APScheduler.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, conclude
from tests.bench.stage import House, Process, Server, build, launched, started, stub

TIME_BAR = 1 / 1.5
MEMORY_BAR = 1 / 1.6  # 11 MB, a tenth of ours, are the library's calendars of holidays
IDLE_SECONDS = 1.5


def main(*, short: bool = False) -> int:
    """Run the bench; 1 where ours takes over 1.5 times as long or 1.6 times as much."""
    faster, leaner = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        house = build(folder / "ours.db", 30, 10)
        with stub(folder) as server:
            _measure(server, "0:ours", _ours(server, folder, house, "0:ours"))  # byte code cached
            _measure(server, "0:peer", _lean(server, folder, "0:peer"))
            for number in range(1, 4 if short else 8):
                token, other = f"{number}:ours", f"{number}:peer"
                mine, held = _measure(server, token, _ours(server, folder, house, token))
                theirs, they_hold = _measure(server, other, _lean(server, folder, other))
                faster.append(theirs / mine)
                leaner.append(they_hold / held)
                print(
                    f"first getUpdates: ours {mine * 1e3:.0f} ms, peer {theirs * 1e3:.0f} ms; "
                    f"at rest: ours {held:.0f} MB, peer {they_hold:.0f} MB",
                    flush=True,
                )
    figures = [
        Figure("start-time", median(faster), TIME_BAR),
        Figure("start-memory", median(leaner), MEMORY_BAR),
    ]
    return conclude("start", figures)


def _ours(
    server: Server, folder: Path, house: House, token: str
) -> AbstractContextManager[Process]:
    return launched(server, folder, house, token)


def _lean(server: Server, folder: Path, token: str) -> AbstractContextManager[Process]:
    script = str(Path(__file__).with_name("lean_bot.py"))
    return started([sys.executable, script, server.url, token], folder, 0)


def _measure(
    server: Server, token: str, bot: AbstractContextManager[Process]
) -> tuple[float, float]:
    """Seconds until the bot asks for updates, and MB it holds a little later."""
    before = time.monotonic()
    with bot as process:
        polled_at = server.wait_for_poll(token)
        time.sleep(IDLE_SECONDS)
        return polled_at - before, process.resident

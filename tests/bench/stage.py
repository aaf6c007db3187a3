"""What the benches share: a furnished database, and bots and the stub as real processes.

Linux only: CPU and memory are read from /proc, and bot and server are pinned to two cores.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.daily import service
from bot.daily.taps import Choose
from bot.plans.calendar import local_day
from storage.database import Database
from storage.states import DeliveryState, Role, RoundId
from storage.unit import Unit
from storage.upgrade import migrate
from tests.cast import a_question, furnish

ROOT = Path(__file__).parents[2]
ZONE = "Asia/Shanghai"
FIRST_CHAT = 500_000
STOP_SECONDS = 15
_TICKS = os.sysconf("SC_CLK_TCK")

Tap = tuple[int, int, str]


@dataclass(frozen=True)
class House:
    """A furnished database: its round, and every tap that can be made in it, in a fair order."""

    url: str
    round_id: RoundId
    taps: list[Tap]

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(self.url.removeprefix("sqlite:///"))


def build(path: Path, people: int, questions: int) -> House:
    """A database where everybody has begun one open round of single choices.

    Each tap answers one question; all answer their first before anyone answers a second.
    """
    url = f"sqlite:///{path}"
    migrate(url)
    return asyncio.run(furnished(url, people, questions))


async def furnished(url: str, people: int, questions: int) -> House:
    """The same in a database that has its tables."""
    database = Database.open(url)
    now = datetime.now(UTC)
    try:
        round_id, taps = await database.run(lambda unit: _settle_in(unit, people, questions, now))
    finally:
        await database.close()
    return House(url, round_id, taps)


def _settle_in(
    unit: Unit, people: int, questions: int, now: datetime
) -> tuple[RoundId, list[Tap]]:
    asked = [a_question(f"q{number}") for number in range(questions)]
    cast = furnish(unit, *asked, now=now, question_count=questions)
    today = local_day(now, ZONE)
    round_id = unit.plans.open_round(
        cast.plan,
        today,
        opens_at=now,
        closes_at=now + timedelta(days=1),
        settles_at=now + timedelta(days=3),
        version_ids=[
            found.version_id for found in unit.banks.list_candidates(cast.plan, today, questions)
        ],
    )
    assert round_id is not None
    sittings = {}
    for chat in range(FIRST_CHAT, FIRST_CHAT + people):
        unit.people.add(chat, f"人员{chat}", cast.department, Role.STAFF, now)
        step = service.begin(unit, chat, round_id, now=now)
        assert isinstance(step, service.Card)
        sittings[chat] = step.item.sitting.id
    return round_id, [
        (chat, chat, f"{Choose.VERB}:{sitting}:{position}:{chat % 4}")
        for position in range(questions)
        for chat, sitting in sittings.items()
    ]


def push_to_everyone(house: House) -> int:
    """Make a delivery due to everybody, beside the running bot; how many."""

    async def push() -> int:
        database = Database.open(house.url)
        try:
            return await database.run(lambda unit: _call(unit, house.round_id))
        finally:
            await database.close()

    return asyncio.run(push())


def _call(unit: Unit, round_id: RoundId) -> int:
    now = datetime.now(UTC)
    unit.roll.write(round_id, local_day(now, ZONE), now)
    return unit.deliveries.count_by_state(round_id)[DeliveryState.PENDING]


class Process:
    """A started program, with what it has used."""

    def __init__(self, running: subprocess.Popen[str], name: str) -> None:
        self.running, self.name = running, name

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, of all threads."""
        stat = Path(f"/proc/{self.running.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / _TICKS

    @property
    def resident(self) -> float:
        """MB of memory held now."""
        status = Path(f"/proc/{self.running.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    @property
    def private(self) -> float:
        """MB of that which no file backs."""
        status = Path(f"/proc/{self.running.pid}/status").read_text()
        return int(status.split("RssAnon:")[1].split()[0]) / 1024

    def stop(self) -> None:
        """End it as a service manager would; kill it where it does not listen."""
        self.running.send_signal(signal.SIGTERM)
        try:
            self.running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()


@contextmanager
def started(
    command: Sequence[str], folder: Path, core: int, **environment: str
) -> Iterator[Process]:
    """Run a program in `folder`, pinned to a core, until the block ends."""
    name = Path(command[-1]).name
    cores = sorted(os.sched_getaffinity(0))
    before = {key: value for key, value in os.environ.items() if not key.startswith("XUEFA_")}
    environment = {**before, "PYTHONPATH": str(ROOT), **environment}
    with (folder / f"{name}.log").open("w") as log:
        running = subprocess.Popen(
            list(command),
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    if len(cores) > 1:
        os.sched_setaffinity(running.pid, {cores[core % len(cores)]})
    process = Process(running, name)
    try:
        yield process
    finally:
        process.stop()


class Server:
    """The stub, given orders over HTTP."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def order(self, token: str, order: str, **wanted: Any) -> Any:
        """Give an order concerning one bot; the stub's report."""
        request = urllib.request.Request(  # noqa: S310  (our own loopback server)
            f"{self.url}/control/{token}/{order}", json.dumps(wanted).encode()
        )
        seconds = float(wanted.get("patience", 10)) + 10
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            return json.loads(answer.read())

    def wait_for_poll(self, token: str, patience: float = 30) -> float:
        """The moment of the bot's first getUpdates, in monotonic seconds."""
        at = self.order(token, "polled", patience=patience)["polled_at"]
        if not at:
            raise TimeoutError(f"bot {token} did not ask for updates")
        return float(at)


@contextmanager
def stub(folder: Path) -> Iterator[Server]:
    """The stub on a port of its own, on the second core."""
    command = [sys.executable, "-m", "tests.bench.stub"]
    with started(command, folder, 1) as process:
        assert process.running.stdout is not None
        yield Server(int(process.running.stdout.readline()))


def launched(
    server: Server, folder: Path, house: House, token: str, **further: str
) -> AbstractContextManager[Process]:
    """`xuefa run`, the real command, on the first core, with further settings."""
    command = [str(Path(sys.executable).with_name("xuefa")), "run"]
    settings = {
        "XUEFA_TOKEN": token,
        "XUEFA_API_URL": server.url,
        "XUEFA_DATABASE_URL": house.url,
    }
    return started(command, folder, 0, **settings, **further)


@contextmanager
def ours(
    server: Server, folder: Path, house: House, token: str, **further: str
) -> Iterator[Process]:
    """`xuefa run`, asking for updates."""
    with launched(server, folder, house, token, **further) as process:
        server.wait_for_poll(token)
        yield process


@contextmanager
def peer(server: Server, folder: Path, house: House, token: str) -> Iterator[Process]:
    """The peer bot, likewise."""
    arguments = [server.url, token, str(house.path)]
    command = [sys.executable, "-m", "tests.bench.peer_bot", *arguments]
    with started(command, folder, 0) as process:
        server.wait_for_poll(token)
        yield process


def settle_down() -> None:
    """Let start-up work end before measuring, its notices and the second of their chats too."""
    time.sleep(2.5)

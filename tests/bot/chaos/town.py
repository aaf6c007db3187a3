"""A town of people on the demo server, whose taps wait for a bot that is about to die."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

import aiohttp

from bot.callbacks import pack
from bot.daily import service as daily
from bot.daily.taps import Begin, Choose, Next, Submit, Tick
from bot.demo.people import Player
from bot.demo.server import DemoServer
from bot.plans.calendar import local_day
from bot.plans.opening import open_round
from questions.models import Kind
from storage.database import Database
from storage.states import PlanId, QuestionStatus, Role, SittingId
from storage.unit import Unit
from tests.bot.chaos.ledger import Expected, Ledger
from tests.bot.chaos.process import Process
from tests.cast import a_bank, a_blank, a_judge, a_multiple, a_question

TOKEN = "1000:a-made-up-token-for-tests"
# Calls of the server that are remembered for each person; a killed bot repeats its replies.
CALLS_EACH = 500
FIRST = 20_001
UPDATES_EACH = 9
QUESTIONS = (a_question(), a_judge(), a_multiple(), a_blank())


def noon_zone(now: datetime) -> str:
    """A time zone where it is just past noon, so that today's round is due whenever tests run."""
    west = now.hour - 12
    return f"Etc/GMT{west:+d}" if west else "Etc/GMT"


def furnish(unit: Unit, size: int, now: datetime) -> PlanId:
    """So many people, a bank of one question of each kind, and a plan that is due."""
    department = unit.people.add_department("法规处", now)
    for chat in range(FIRST, FIRST + size):
        unit.people.add(chat, f"职工{chat}", department, Role.STAFF, now - timedelta(days=1))
    bank = unit.banks.add("题库", now)
    unit.editions.put(bank, a_bank(*QUESTIONS), QuestionStatus.PUBLISHED, now)
    zone = noon_zone(now)
    plan = unit.plans.add(
        "每日学法",
        days="1234567",
        at=time(8, 45),
        timezone=zone,
        question_count=len(QUESTIONS),
        catch_up_days=3,
        starts_on=local_day(now, zone),
        now=now,
    )
    assert plan is not None
    unit.plans.link_bank(plan, bank)
    return plan


@dataclass(frozen=True, slots=True)
class Said:
    """One update to come: a tap's data, or a message."""

    text: str
    is_tap: bool = True


class Town:
    """The server, the database, the people, and what the bot owes them."""

    def __init__(self, server: DemoServer, url: str, folder: Path, size: int) -> None:
        self.server, self.url, self.folder, self.size = server, url, folder, size
        self.ledger = Ledger(url)
        self.plan = PlanId(0)
        self._rng = random.Random(size)

    @property
    def people(self) -> range:
        """Everyone's chat."""
        return range(FIRST, FIRST + self.size)

    def bot(self, **settings: object) -> Process:
        """The bot of this town, not started."""
        zone = noon_zone(datetime.now(UTC))
        given = {"token": TOKEN, "api_url": self.server.url, "database_url": self.url}
        given["timezone"] = zone
        return Process(self.folder, **{**given, "send_rate": 1000, **settings})

    async def furnish(self) -> None:
        """Move the people in."""
        database = Database.open(self.url)
        now = datetime.now(UTC)
        self.plan = await database.run(partial(furnish, size=self.size, now=now))
        await database.close()

    async def fill(self) -> int:
        """Open today's round and let everyone answer all of it, twice the first choice.

        The number of updates that now wait on the server.
        """
        return await self.drip(0.0)

    async def drip(self, seconds: float) -> int:
        """The same, over so many seconds, everyone's updates in order."""
        messages = await self._cards()
        database = Database.open(self.url)
        try:
            waiting = await database.run(self._plan_day)
        finally:
            await database.close()
        for turn in range(UPDATES_EACH):
            for chat in self.people:
                said = waiting[chat][turn]
                if said.is_tap:
                    self.server.tap(chat, messages[chat], said.text)
                else:
                    self.server.say(chat, said.text)
                if seconds:
                    await asyncio.sleep(seconds / (UPDATES_EACH * self.size))
        return UPDATES_EACH * self.size

    async def _cards(self) -> dict[int, int]:
        """A message of the bot in every chat, for people to tap on."""
        url = f"{self.server.url}/bot{TOKEN}/sendMessage"

        async def send(chat: int) -> int:
            async with session.post(url, json={"chat_id": chat, "text": "昨天的题"}) as response:
                return int((await response.json())["result"]["message_id"])

        async with aiohttp.ClientSession() as session:
            sent = await asyncio.gather(*map(send, self.people))
        return dict(zip(self.people, sent, strict=True))

    def _plan_day(self, unit: Unit) -> dict[int, list[Said]]:
        now = datetime.now(UTC)
        today = local_day(now, noon_zone(now))
        open_round(unit, self.plan, now=now)  # unless a bot was faster
        found = unit.plans.find_round(self.plan, today)
        assert found is not None
        round_id = found.id
        planned = {}
        for chat in self.people:
            daily.begin(unit, chat, round_id, now=now)
            person = unit.people.find_by_chat(chat)
            assert person is not None
            sitting = unit.sittings.find(round_id, person.id)
            assert sitting is not None
            answers = self._plan_sitting(unit, sitting.id)
            begin = Said(pack(Begin(round_id)))
            planned[chat] = [begin, *answers, Said("/today", is_tap=False)]
            assert len(planned[chat]) == UPDATES_EACH
        return planned

    def _plan_sitting(self, unit: Unit, sitting: SittingId) -> list[Said]:
        said: list[Said] = []
        for position in range(len(QUESTIONS)):
            item = unit.sittings.find_item(sitting, position)
            assert item is not None
            if item.question.kind is Kind.BLANK:
                said.append(Said(pack(Next(sitting, position))))  # words answer what is shown
                said.append(Said(self._rng.choice(["1.91", "2.00"]), is_tap=False))
                self.ledger.expect(sitting, position, Expected(text=said[-1].text))
                continue
            place = self._rng.randrange(len(item.option_order))
            self.ledger.expect(sitting, position, Expected((item.option_order[place],)))
            if item.question.kind is Kind.MULTIPLE:
                said.append(Said(pack(Tick(sitting, position, place, 1))))
                said.append(Said(pack(Submit(sitting, position))))
                continue
            said.append(Said(pack(Choose(sitting, position, place))))
            if item.question.kind is Kind.SINGLE:
                other = (place + 1) % len(item.option_order)
                said.append(Said(pack(Choose(sitting, position, other))))
        return said

    def calls(self, method: str | None = None) -> int:
        """How many calls the bots have made so far."""
        return len(self.server.journal) if method is None else self._count(method)

    def _count(self, method: str) -> int:
        return len(self.server.journal.calls(method))

    def texts(self, chat: int) -> list[str]:
        """What the bot has sent to a chat, as first sent."""
        sent = self.server.journal.calls("sendMessage", chat)
        return [str(call.params["text"]) for call in sent if call.status == 200]

    async def killed_at(self, bot: Process, count: int, method: str | None = None) -> None:
        """Run the bot, and kill it as soon as it has made `count` calls more, or all of them."""
        target = self.calls(method) + count
        await bot.start()
        await until(lambda: self.calls(method) >= target or self._is_quiet(), bot)
        await bot.kill()

    def _is_quiet(self) -> bool:
        """Whether nothing is left to do."""
        return not self.server.pending_updates and not self.ledger.unsent()

    async def answered(self, bot: Process, seconds: float = 30.0) -> None:
        """Wait until no update waits and no delivery is under way."""
        await until(lambda: not self.server.pending_updates, bot, seconds)
        await until(lambda: not self.ledger.unsent(), bot, seconds, every=0.05)


async def until(
    condition: Callable[[], bool], bot: Process, seconds: float = 30.0, every: float = 0.001
) -> None:
    """Wait for something the running bot brings about."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():
                assert bot.is_running, bot.log[-3000:]
                await asyncio.sleep(every)
    except TimeoutError:
        raise AssertionError(f"not within {seconds} s; {bot.log[-3000:]}") from None


@asynccontextmanager
async def a_town(url: str, folder: Path, size: int, latency: float = 0.0) -> AsyncIterator[Town]:
    """A furnished town, its server running."""
    people = [Player(chat, f"职工{chat}", "职工") for chat in range(FIRST, FIRST + size)]
    server = DemoServer(
        people,
        token=TOKEN,
        bot_name="学法",
        bot_username="xuefa_test_bot",
        remembered=CALLS_EACH * size,
    )
    server.change_limits(callback_age=3600.0, callback_life=3600.0)
    server.open_chats()
    await server.start()
    town = Town(server, url, folder, size)
    try:
        await town.furnish()
        server.change_limits(latency=latency)
        yield town
    finally:
        town.ledger.close()
        await server.stop()

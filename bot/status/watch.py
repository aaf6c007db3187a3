"""The watch: looks whether the house does its work, and has admins told when it does not.

It runs beside the scheduler, in every replica; one of them, the holder of a lease, judges. What
it finds is told by the crier, from rows, or directly where the crier does not get to it. While
the database is away it is told directly, from memory, by the replica that judged last.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from telegram.error import InvalidToken, TelegramError

from bot.banks import notices as crier
from bot.banks.notices import Word
from bot.screen import Screen
from bot.settings import Settings
from bot.status import report as reports
from bot.status.gauges import Gauges
from bot.status.ping import Ping
from bot.status.report import DATABASE, STUCK, Here, Report, alarms
from bot.status.service import follow, note_refusal
from bot.status.words import alert_screen, well_screen, words
from bot.transport.api import Api
from bot.transport.outcome import classify
from storage.database import Database
from storage.errors import StorageError
from storage.states import Role
from storage.unit import Unit

log = logging.getLogger(__name__)

WATCH = "watch"  # the lease of whoever judges
LOOK_SECONDS = 20.0
LEASE = timedelta(seconds=60)
ASK = timedelta(minutes=1)
KEPT = timedelta(minutes=10)  # a dead replica is missed so long
PATIENCE = timedelta(minutes=1)  # with the crier
MOST_ADMINS = 100
PUSHED_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is wrong, who the admins are, whether a push has ended, what the crier left unsaid."""

    wrong: frozenset[str]
    admins: tuple[int, ...]
    has_pushed: bool
    unheard: tuple[Word, ...]


class Watch:
    """Looks every LOOK_SECONDS, from `run`; `gauges` are those of this process."""

    def __init__(
        self,
        database: Database,
        gauges: Gauges,
        api: Api,
        clock: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._database = database
        self.gauges = gauges
        self._api = api
        self._clock = clock
        self.timezone = settings.timezone
        self._admins = settings.admins  # while nothing better is known
        self._ping = Ping(settings.ping_url)
        self._stop = asyncio.Event()
        self._judges = False
        self._asked_at: datetime | None = None
        self._is_deaf = False
        self._suspected: frozenset[str] = frozenset()
        self._away_since: datetime | None = None
        self._told: set[int] = set()  # who was told that the database is away

    def stop(self) -> None:
        """Look no more; `run` ends."""
        self._stop.set()

    async def run(self) -> None:
        """Look until stopped. Raises InvalidToken where the server refuses the token."""
        while not await self._rest():
            try:
                await self.look()
            except (InvalidToken, asyncio.CancelledError):
                raise
            except Exception:
                # A fault in the watch must not stop what it watches.
                log.exception("the watch could not look")
        try:
            await self._database.run(self._leave)
        except StorageError as error:
            log.warning("the watch's lease is left to run out: %s", error)

    async def look(self) -> None:
        """One look: say how this replica is and, if this is the one to judge, judge."""
        await self._ask()
        here = self.gauges.look()
        try:
            self._judges = await self._database.run(partial(self._beat, here))
            judged = None
            if self._judges:
                report = await self._database.read(self._reading(here))
                judged = await self._database.run(partial(self._judge, report))
        except StorageError:
            await self._miss_database(here.now)
            return
        await self._meet_database(here.now)
        if judged is not None:
            self._suspected, self._admins = judged.wrong, judged.admins
            for word in judged.unheard:
                await self._say(word.chat_id, word.screen)
            if judged.has_pushed:
                await self._ping.send()

    async def read(self) -> Report:
        """How the house does now; raises StorageError where the database can't say."""
        return await self._database.read(self._reading(self.gauges.look()))

    def _reading(self, here: Here) -> Callable[[Unit], Report]:
        return lambda unit: reports.read(unit, here, self.timezone)

    async def note_refusal(self) -> None:
        """Remember that the token was refused, for the word that it works again."""
        try:
            await self._database.run(partial(note_refusal, now=self._clock()))
        except StorageError as error:
            log.warning("the refusal of the token is not remembered: %s", error)

    def _beat(self, here: Here, unit: Unit) -> bool:
        """Say how this replica is; whether it is the one to judge."""
        now, mine = here.now, here.replica
        unit.watching.beat(mine.name, mine.pulse, mine.until_at)
        if not unit.house.hold_lease(WATCH, mine.name, now, now + LEASE):
            return False
        unit.watching.forget_replicas(now - KEPT)
        return True

    def _judge(self, report: Report, unit: Unit) -> Judgement:
        """Have incidents followed, and tell what else there is to be done."""
        now, wrong = report.now, alarms(report)
        # Seen twice: a clock that was set, or a pause of the machine, is no incident.
        known = {each.kind for each in report.incidents}
        follow(unit, wrong & (self._suspected | known), now=now)
        admins = unit.people.list_by_role(Role.ADMIN)
        reachable = tuple(each.chat_id for each in admins if each.unreachable_at is None)
        has_pushed = self._ping.is_wanted and unit.watching.claim_pushed(now, PUSHED_WITHIN)
        return Judgement(wrong, reachable, has_pushed, self._unheard(unit, now))

    def _unheard(self, unit: Unit, now: datetime) -> tuple[Word, ...]:
        """What the crier should have told and has not: it may be what is ill. Told from here."""
        found: list[Word] = []
        sources = words(self.timezone)
        for notice in unit.notices.list_due(now - PATIENCE):
            kind, _, subject = notice.name.partition(":")
            if kind in sources:
                found += sources[kind](unit, subject, notice.after, MOST_ADMINS)
                unit.notices.finish(notice.name, now + crier.KEPT)
        return tuple(found)

    def _leave(self, unit: Unit) -> None:
        unit.watching.leave(self.gauges.name)
        unit.house.release_lease(WATCH, self.gauges.name)

    async def _ask(self) -> None:
        """Once a minute, by the one that judges: does the server keep updates back?"""
        now = self._clock()
        if not self._judges:
            self.gauges.note_backlog(is_backlog=False)
            return
        if self._asked_at is not None and now - self._asked_at < ASK:
            return
        self._asked_at = now
        try:
            told = await self._api.call("getWebhookInfo", {})
        except InvalidToken:
            raise
        except TelegramError as error:
            if not self._is_deaf:
                log.warning("the server does not say what waits: %s", classify(error).fault)
            self._is_deaf = True
            return
        self._is_deaf = False
        pending = told.get("pending_update_count") if isinstance(told, dict) else None
        self.gauges.note_backlog(is_backlog=isinstance(pending, int) and pending > 0)

    async def _miss_database(self, now: datetime) -> None:
        if self._away_since is None:
            self._away_since = now
            log.warning("the watch waits for the database")
        if self._judges and now - self._away_since >= STUCK:
            screen = alert_screen(DATABASE, self._away_since, self.timezone)
            for chat_id in self._admins:
                if chat_id not in self._told and await self._say(chat_id, screen):
                    self._told.add(chat_id)

    async def _meet_database(self, now: datetime) -> None:
        since, self._away_since = self._away_since, None
        if since is None:
            return
        log.info("the watch goes on")
        minutes = max(1, round((now - since).total_seconds() / 60))
        screen = well_screen(DATABASE, since, minutes, self.timezone)
        for chat_id in self._told:
            await self._say(chat_id, screen)
        self._told.clear()
        self._suspected = frozenset()

    async def _say(self, chat_id: int, screen: Screen) -> bool:
        """Whether it need not be tried again."""
        try:
            await self.gauges.talk.send(chat_id, screen)
        except InvalidToken:
            raise
        except TelegramError as error:
            outcome = classify(error)
            log.warning("an alert did not arrive: %s", outcome.fault)
            return not outcome.may_retry
        return True

    async def _rest(self) -> bool:
        """Wait for the next look; whether a stop ended the wait."""
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                return await self._stop.wait()
        except TimeoutError:
            return False

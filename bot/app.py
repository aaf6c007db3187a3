"""The composition root: what the bot is made of, in the order it starts and stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot import boards, calendar, daily, groups, items, people, plans, preferences, status
from bot.banks import rooms as banks
from bot.banks.currency.review import review
from bot.banks.incoming.reader import Reader
from bot.banks.notices import Crier
from bot.banks.workshop import Workshop
from bot.clock import utc_now
from bot.context import House, QuizContext, mark_reachable
from bot.daily import views as daily_views
from bot.errors import SettingsError
from bot.faults import PRIVATE, Faults, stale_button
from bot.groups.sender import PollSender
from bot.items.analyst import Analyst
from bot.plans import supply
from bot.plans.scheduler import Ticker
from bot.plans.sender import Sender, crew
from bot.plans.service import ensure_plan
from bot.preferences.absence import come_back
from bot.prompts import route
from bot.replicas import Replica
from bot.reports import rooms as reports
from bot.screen import Screen
from bot.settings import Settings
from bot.status.figures import gather
from bot.status.gauges import Gauges
from bot.texts import text
from bot.transport.api import Api
from bot.transport.backoff import delays
from bot.transport.client import AiohttpRequest, environment_proxy
from bot.transport.health import Health, Server
from bot.transport.metrics import Metrics
from bot.transport.pacer import Pacer
from bot.transport.polling import Polling, TokenRefusedError
from bot.transport.talk import Talk
from bot.transport.tasks import Tasks
from bot.transport.turns import Turns, current_turn
from bot.transport.webhook import Webhook
from storage.database import Database
from storage.errors import StorageError
from storage.unit import Unit

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram"
# A stop takes less than the ten seconds that service managers commonly allow.
STOP_SECONDS = 6.0

# What the crier tells, by the first part of a notice's name.
WORDS = {**banks.WORDS, **items.WORDS, **reports.WORDS, **calendar.WORDS, **supply.WORDS}


def is_transient(error: BaseException) -> bool:
    """Whether the same update may work later: the database is away."""
    return isinstance(error, StorageError) and error.is_transient


class App:
    """A running bot."""

    def __init__(
        self, settings: Settings, database: Database, *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        proxy = environment_proxy(settings.api_url)
        self._polls = AiohttpRequest(2, proxy=proxy)  # a long poll keeps one busy
        self._calls = AiohttpRequest(proxy=proxy)
        self._bot = _bot(settings, self._calls, self._polls)
        self._application = _application(self._bot)
        self._faults = Faults()
        self._tasks = Tasks()
        self._talk = Talk(self._bot, Pacer(settings.send_rate), pays=settings.paid_broadcast)
        # Only by webhook, and only on PostgreSQL, are there replicas to agree with.
        is_alone = settings.webhook_url is None or database.dialect == "sqlite"
        self._replica = None if is_alone else Replica(database)
        self._turns = Turns(
            self._handle, self._park, is_transient, bot=self._bot, gate=self._replica
        )
        self.sender = Sender(
            database,
            self._talk,
            clock,
            daily_views.push,
            workers=crew(settings.send_rate),
        )
        self.ticker = Ticker(database, clock, self.sender.wake, settings.timezone, self._daily)
        self.reader = Reader(database, self._talk, Workshop(), clock, settings)
        words = {**WORDS, **status.words(settings.timezone)}
        self.crier = Crier(database, self._talk, clock, words, lambda: self.sender.leads)
        self.polls = PollSender(database, self._talk, clock, lambda: self.sender.leads)
        self.analyst = Analyst(database, clock, settings.timezone)
        self.watch = self._watching()
        self._polling: Polling | None = None
        self._server: Server | None = None
        self._work: list[asyncio.Task[Any]] = []

    def _watching(self) -> status.Watch:
        gauges = Gauges(self.ticker, self._turns, self._talk, self._clock)
        return status.Watch(self._database, gauges, Api.of(self._bot), self._clock, self._settings)

    async def start(self) -> None:
        """Connect, register, and begin to take updates, tick and send.

        Raises SettingsError where the server refuses the token or the port is taken.
        """
        await self._connect()
        house = House(
            self._settings,
            self._database,
            self._talk,
            self._clock,
            self._bot.username,
            self.sender.wake,
            self.reader.wake,
            self._tasks,
        )
        self._application.bot_data["house"] = house
        self._register()
        await self._database.run(self._prepare)
        if self._replica is not None:
            self._replica.start()
        await self._take_updates()
        self._work.append(self._tasks.start(self.sender.run(), "sender"))
        self._work.append(self._tasks.start(self.reader.run(), "reader"))
        self._work.append(self._tasks.start(self.crier.run(), "crier"))
        self._work.append(self._tasks.start(self.analyst.run(), "analyst"))
        self._work.append(self._tasks.start(self.polls.run(), "polls"))
        self._work.append(self._tasks.start(self.watch.run(), "watch"))
        self.ticker.start()
        self._tasks.start(people.sync_commands(house), "commands")

    def _prepare(self, unit: Unit) -> None:
        now = self._clock()
        unit.house.serve(self._bot.id, now)
        ensure_plan(unit, self._settings.timezone, now=now)

    def _daily(self, unit: Unit, now: datetime) -> None:
        review(unit, self._settings.timezone, now=now)
        unit.seasons.close(now)
        calendar.warn(unit, self._settings.timezone, now=now)
        reports.plan_digests(unit, self._settings.timezone, now=now)
        supply.warn(unit, now=now)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set or a part fails for good, whose error is raised."""
        stopping = self._tasks.start(stop.wait(), "stop")
        await asyncio.wait([stopping, *self._work], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for work in self._work:
            if work.done() and (error := work.exception()) is not None:
                plain = _plain(error)
                if isinstance(plain, SettingsError):
                    await self.watch.note_refusal()
                raise plain

    async def close(self) -> None:
        """Take nothing new, finish what is in flight, and close everything."""
        self.sender.stop()
        self.reader.stop()
        self.crier.stop()
        self.analyst.stop()
        self.polls.stop()
        self.watch.stop()
        if self._polling is not None:
            self._polling.stop()
        # Side by side: open webhook calls, for one, wait for their turns.
        ending: list[Awaitable[object]] = [self.ticker.stop(), self._turns.stop(STOP_SECONDS)]
        if self._server is not None:
            ending.append(self._server.stop())
        if self._work:
            ending.append(asyncio.wait(self._work, timeout=STOP_SECONDS + 2))
        await asyncio.gather(*ending)
        if self._replica is not None:
            await self._replica.stop()
        await self._tasks.stop(1)
        await self._application.shutdown()
        # A bot that was refused is not shut down by the library, and leaves these open.
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def _connect(self) -> None:
        """Say hello."""
        await self._insist(self._application.initialize, "XUEFA_API_URL")

    async def _insist(self, call: Callable[[], Awaitable[None]], setting: str) -> None:
        """Call until it works; a server away is waited for, a refusal puts `setting` in doubt."""
        told = ""
        for wait in delays(1.0, 60.0):
            try:
                await call()
            except InvalidToken as error:
                raise _plain(error) from error
            except BadRequest as error:
                said = f"设置有误：{setting} 不能用，服务器答复：{error.message}"
                raise SettingsError(said) from error
            except TelegramError as error:
                if told != (told := type(error).__name__):
                    log.warning("the Bot API server can't be reached: %s", told)
                await asyncio.sleep(wait)
            else:
                return

    def _register(self) -> None:
        add = self._application.add_handler
        # Groups come first: whatever happens in a group ends there.
        staff, house = (groups, daily, people, boards, plans, preferences), (items, calendar)
        for feature in (*staff, *house, reports, banks, status.Desk(self.watch)):
            for handler in feature.handlers():
                add(handler)
        prompts = {**daily.PROMPTS, **people.PROMPTS, **plans.PROMPTS, **banks.PROMPTS}
        prompts |= {**preferences.PROMPTS, **calendar.PROMPTS, **reports.PROMPTS}
        for handler in self._faults.last_handlers(route(prompts, daily.stray)):
            add(handler)
        add(stale_button())
        self._application.add_error_handler(self._faults.note)

    async def _take_updates(self) -> None:
        listen, settings = self._settings.listen, self._settings
        site = web.Application()
        Health(self._turns, self._is_database_well, self.watch.gauges.faults).add_to(site)
        if listen is not None:
            Metrics(lambda: gather(self.watch)).add_to(site)
        if settings.webhook_url is not None and settings.webhook_secret is not None:
            webhook = Webhook(self._turns, settings.webhook_secret.get_secret_value())
            webhook.add_to(site, WEBHOOK_PATH)
            await self._listen(site, listen)
            url = settings.webhook_url + WEBHOOK_PATH
            await self._insist(
                lambda: webhook.register(Api.of(self._bot), url), "XUEFA_WEBHOOK_URL"
            )
            return
        if listen is not None:
            await self._listen(site, listen)
        self._polling = Polling(
            Api(self._polls, self._bot.base_url), self._turns, stop_seconds=STOP_SECONDS
        )
        self._work.append(self._tasks.start(self._polling.run(), "polling"))

    async def _listen(self, site: web.Application, listen: str | None) -> None:
        host, _, port = (listen or "").rpartition(":")
        self._server = Server(site, int(port), host)
        try:
            await self._server.start()
        except OSError as error:
            raise SettingsError(f"设置有误：XUEFA_LISTEN 无法监听 {listen}：{error}") from error

    async def _handle(self, update: Update) -> None:
        if PRIVATE.check_update(update) and update.effective_user is not None:
            await self._welcome_back(update.effective_user.id, update)
            return
        await self._process(update)

    async def _process(self, update: Update) -> None:
        await self._application.process_update(update)
        self._faults.raise_noted(update.update_id)

    async def _welcome_back(self, chat_id: int, update: Update) -> None:
        """Whoever writes can be reached again, and is sent the open rounds they did not get."""
        person = await self._database.read(lambda unit: unit.people.find_by_chat(chat_id))
        was_away = person is not None and person.unreachable_at is not None
        await self._process(update)
        if was_away and await self._database.run(partial(_back, chat_id, self._clock())):
            self.sender.wake()

    async def _park(self, update_id: int, kind: str, error: str) -> None:
        now = self._clock()
        await self._database.run(lambda unit: unit.house.park(update_id, kind, error, now))
        turn = current_turn()
        if turn is None or not isinstance(turn.person, int):
            return
        try:
            await self._talk.send(turn.person, Screen(text("common.failed")))
        except TelegramError as fault:
            log.warning("nobody could be told of update %s: %s", update_id, type(fault).__name__)

    async def _is_database_well(self) -> bool:
        await self._database.read(lambda unit: unit.plans.list_all())
        return True


def _back(chat_id: int, now: datetime, unit: Unit) -> bool:
    """Reachable again, with what was missed to be sent: both or, in a crash, neither."""
    mark_reachable(unit, chat_id)
    return come_back(unit, chat_id, now=now)


def _bot(settings: Settings, calls: AiohttpRequest, polls: AiohttpRequest) -> ExtBot[None]:
    return ExtBot(
        settings.token.get_secret_value(),
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
    )


def _application(bot: ExtBot[None]) -> Application[Any, Any, Any, Any, Any, Any]:
    contexts = ContextTypes(context=QuizContext)
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    return builder.context_types(contexts).build()


def _plain(error: BaseException) -> BaseException:
    """The error as one line for the operator, where it is one of ours to explain."""
    if isinstance(error, BaseExceptionGroup):
        return _plain(error.exceptions[0])
    if isinstance(error, InvalidToken | TokenRefusedError):
        return SettingsError("设置有误：XUEFA_TOKEN 被服务器拒绝，请向 BotFather 核对令牌。")
    return error

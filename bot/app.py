"""The composition root: what the bot is made of, in the order it starts and stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot import boards, daily, people, plans
from bot.banks import rooms as banks
from bot.banks.currency.review import review
from bot.banks.incoming.reader import Reader
from bot.banks.notices import Crier
from bot.banks.workshop import Workshop
from bot.clock import utc_now
from bot.context import House, QuizContext, mark_reachable
from bot.daily import views as daily_views
from bot.errors import SettingsError
from bot.faults import Faults, stale_button
from bot.plans.scheduler import Ticker
from bot.plans.sender import Sender
from bot.plans.service import ensure_plan
from bot.prompts import route
from bot.screen import Screen
from bot.settings import Settings
from bot.texts import text
from bot.transport.api import Api
from bot.transport.backoff import delays
from bot.transport.client import AiohttpRequest, environment_proxy
from bot.transport.health import Health, Server
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
        self._talk = Talk(self._bot, Pacer(settings.send_rate))
        self._turns = Turns(self._handle, self._park, is_transient, bot=self._bot)
        self.sender = Sender(
            database,
            self._talk,
            clock,
            lambda delivery: daily_views.push(delivery, settings.timezone),
        )
        self.ticker = Ticker(
            database,
            clock,
            self.sender.wake,
            settings.timezone,
            lambda unit, now: review(unit, settings.timezone, now=now),
        )
        self.reader = Reader(database, self._talk, Workshop(), clock, settings)
        self.crier = Crier(database, self._talk, clock, banks.WORDS)
        self._polling: Polling | None = None
        self._server: Server | None = None
        self._work: list[asyncio.Task[Any]] = []

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
        )
        self._application.bot_data["house"] = house
        self._register()
        await self._database.run(self._prepare)
        await self._take_updates()
        self._work.append(self._tasks.start(self.sender.run(), "sender"))
        self._work.append(self._tasks.start(self.reader.run(), "reader"))
        self._work.append(self._tasks.start(self.crier.run(), "crier"))
        self.ticker.start()
        self._tasks.start(people.sync_commands(house), "commands")

    def _prepare(self, unit: Unit) -> None:
        now = self._clock()
        unit.house.serve(self._bot.id, now)
        ensure_plan(unit, self._settings.timezone, now=now)

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set or a part fails for good, whose error is raised."""
        stopping = self._tasks.start(stop.wait(), "stop")
        await asyncio.wait([stopping, *self._work], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        for work in self._work:
            if work.done() and (error := work.exception()) is not None:
                raise _plain(error)

    async def close(self) -> None:
        """Take nothing new, finish what is in flight, and close everything."""
        self.sender.stop()
        self.reader.stop()
        self.crier.stop()
        if self._polling is not None:
            self._polling.stop()
        # Side by side: open webhook calls, for one, wait for their turns.
        ending: list[Awaitable[object]] = [self.ticker.stop(), self._turns.stop(STOP_SECONDS)]
        if self._server is not None:
            ending.append(self._server.stop())
        if self._work:
            ending.append(asyncio.wait(self._work, timeout=STOP_SECONDS + 2))
        await asyncio.gather(*ending)
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
        for wait in delays(1.0, 60.0):
            try:
                await call()
            except InvalidToken as error:
                raise _plain(error) from error
            except BadRequest as error:
                said = f"设置有误：{setting} 不能用，服务器答复：{error.message}"
                raise SettingsError(said) from error
            except TelegramError as error:
                log.warning("the Bot API server can't be reached: %s", type(error).__name__)
                await asyncio.sleep(wait)
            else:
                return

    def _register(self) -> None:
        add = self._application.add_handler
        for feature in (daily, people, boards, plans, banks):
            for handler in feature.handlers():
                add(handler)
        prompts = {**daily.PROMPTS, **people.PROMPTS, **plans.PROMPTS, **banks.PROMPTS}
        for handler in self._faults.last_handlers(route(prompts, daily.stray)):
            add(handler)
        add(stale_button())
        self._application.add_error_handler(self._faults.note)

    async def _take_updates(self) -> None:
        listen, settings = self._settings.listen, self._settings
        site = web.Application()
        Health(self._turns, self._is_database_well).add_to(site)
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
        if update.message is not None and update.effective_user is not None:
            await self._welcome_back(update.effective_user.id)
        await self._application.process_update(update)
        self._faults.raise_noted(update.update_id)

    async def _welcome_back(self, chat_id: int) -> None:
        """Whoever writes can be reached again."""
        person = await self._database.read(lambda unit: unit.people.find_by_chat(chat_id))
        if person is not None and person.unreachable_at is not None:
            await self._database.run(lambda unit: mark_reachable(unit, chat_id))

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

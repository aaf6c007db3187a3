"""Has files read in the background, one replica at a time, each file once.

A file waits in the database, so a stop or a crash loses none: the next start takes it up again.
What was found is committed before it is shown, and shown until that has worked.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from telegram.error import TelegramError

from bot.banks.incoming import keeping, views
from bot.banks.incoming.keeping import Job
from bot.banks.incoming.parcel import Detail, State, wrap
from bot.banks.incoming.progress import Progress
from bot.banks.workshop import Busy, Workshop
from bot.context import mark_unreachable
from bot.plans.calendar import local_day
from bot.screen import Screen
from bot.settings import Settings
from bot.texts import label
from bot.transport.errors import MessageGone, TooLargeError
from bot.transport.outcome import SendFault, classify
from bot.transport.talk import Talk
from questions.errors import DocumentError
from questions.laws import is_law_table
from storage.database import Database
from storage.errors import StorageError
from storage.states import UploadId

log = logging.getLogger(__name__)

WORKERS = 2
LARGEST_BYTES = 20 << 20
IDLE_SECONDS = 2.0
# Before a file that could not be fetched or shown is tried again.
PAUSE_SECONDS = 5.0


class Reader:
    """Reads what waits in one database; only the holder of the lease row reads."""

    def __init__(
        self,
        database: Database,
        talk: Talk,
        workshop: Workshop,
        clock: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._database = database
        self._talk = talk
        self._workshop = workshop
        self._clock = clock
        self._settings = settings
        self._holder = uuid.uuid4().hex
        self._wake = asyncio.Event()
        self._queue: asyncio.Queue[UploadId] = asyncio.Queue()
        self._taken: set[UploadId] = set()
        self._running: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._is_waiting = False

    def wake(self) -> None:
        """Look for files now."""
        self._wake.set()

    def stop(self) -> None:
        """Leave off; files being read are taken up again at the next start."""
        self._is_stopping = True
        if self._running is not None:
            self._running.cancel()

    async def run(self) -> None:
        """Read until stopped."""
        self._running = asyncio.current_task()
        if self._is_stopping:
            return
        try:
            if self._database.dialect == "sqlite":
                await self._take_over()
            async with asyncio.TaskGroup() as workers:
                for _ in range(WORKERS):
                    workers.create_task(self._work())
                await self._feed()
        except asyncio.CancelledError:
            if not self._is_stopping:
                raise
            if self._running is not None:
                self._running.uncancel()
        try:
            await self._database.run(
                lambda unit: unit.house.release_lease(keeping.READER, self._holder)
            )
        except StorageError as error:
            log.warning("the reader's lease is left to run out: %s", error)

    async def _take_over(self) -> None:
        """A crash has left the lease behind; only where replicas are possible is it waited for."""
        now = self._clock()
        try:
            await self._database.run(partial(keeping.take_over, holder=self._holder, now=now))
        except StorageError as error:
            log.warning("the reader waits for its lease: %s", error)

    async def _feed(self) -> None:
        while True:
            try:
                for upload_id in await self._claim():
                    if upload_id not in self._taken:
                        self._taken.add(upload_id)
                        self._queue.put_nowait(upload_id)
                self._is_waiting = False
            except StorageError as error:
                if not self._is_waiting:
                    log.warning("the reader waits for the database: %s", error)
                self._is_waiting = True
            try:
                async with asyncio.timeout(IDLE_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                pass
            self._wake.clear()

    async def _claim(self) -> list[UploadId]:
        """What is to be done; holds the lease on while there is something."""
        if not await self._database.read(keeping.pending):
            return []
        now = self._clock()
        return await self._database.run(partial(keeping.claim, holder=self._holder, now=now))

    async def _work(self) -> None:
        while True:
            upload_id = await self._queue.get()
            try:
                await self._serve_or_give_up(upload_id)
            except StorageError as error:
                log.warning("upload %s waits for the database: %s", upload_id, error)
            except TelegramError as error:
                log.warning("upload %s waits for the server: %s", upload_id, type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)
            finally:
                self._taken.discard(upload_id)

    async def _serve_or_give_up(self, upload_id: UploadId) -> None:
        try:
            await self._serve(upload_id)
        except (StorageError, TelegramError):
            raise
        except Exception:
            # A fault of ours in one file must not hold up the others; its tries are counted.
            log.exception("upload %s failed", upload_id)
            await self._database.run(partial(keeping.give_up, upload_id=upload_id))

    async def _serve(self, upload_id: UploadId) -> None:
        job = await self._begin(upload_id)
        if job is not None and job.detail.state is State.WAITING:
            try:
                await self._read(job)
            except asyncio.CancelledError:
                await self._database.run(partial(keeping.give_back, upload_id=upload_id))
                raise
            job = await self._begin(upload_id)
        if job is not None and job.detail.state is not State.WAITING:
            await self._tell(job)

    async def _begin(self, upload_id: UploadId) -> Job | None:
        now = self._clock()
        return await self._database.run(
            lambda unit: keeping.begin(unit, self._holder, upload_id, now=now)
        )

    async def _read(self, job: Job) -> None:
        """Fetch and read; what comes of it is written down."""
        chat_id, message_id = job.detail.chat_id, job.detail.message_id
        progress = Progress(self._talk, chat_id, message_id, job.row.name)
        try:
            content = job.row.content or await self._fetch(job)
            if is_law_table(content):
                await self._refuse(job, label("incoming.law_table"))
                return
            await progress(label("incoming.step_begin"))
            thing = await self._workshop.read(
                content,
                job.row.name,
                title=job.detail.title or None,
                laws=job.laws,
                is_document=job.detail.is_document,
                told=progress,
            )
        except TooLargeError:
            await self._refuse(job, label("incoming.too_large"))
        except Busy:
            raise
        except DocumentError as error:
            await self._refuse(job, str(error))
        else:
            packed = await asyncio.to_thread(wrap, thing, content)
            now = self._clock()
            await self._database.run(
                lambda unit: keeping.found(unit, self._holder, job, thing, packed, now=now)
            )

    async def _fetch(self, job: Job) -> bytes:
        content = await self._talk.get_file(job.detail.file_id, LARGEST_BYTES)
        await self._database.run(lambda unit: keeping.fetched(unit, job, content))
        return content

    async def _refuse(self, job: Job, words: str) -> None:
        now = self._clock()
        await self._database.run(
            lambda unit: keeping.refuse(unit, self._holder, job, words, now=now)
        )

    async def _tell(self, job: Job) -> None:
        """Show the card, or why there is none."""
        screen = await self._screen(job)
        if screen is None:
            await self._database.run(lambda unit: unit.uploads.drop(job.row.id))
            return
        message_id = await self._show(job.detail, screen)
        await self._database.run(lambda unit: keeping.shown(unit, job.row.id, message_id))

    async def _show(self, detail: Detail, screen: Screen) -> int:
        """Show it; the message that does. Raises TelegramError where it may work later."""
        chat_id = detail.chat_id
        try:
            try:
                await self._talk.edit(chat_id, detail.message_id, screen)
            except MessageGone:
                return await self._talk.send(chat_id, screen)
        except TelegramError as error:
            outcome = classify(error)
            if outcome.may_retry or outcome.fault is SendFault.UNKNOWN:
                raise
            log.warning("the card of an upload was not shown: %s", outcome.fault)
            if outcome.fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
                now = self._clock()
                await self._database.run(lambda unit: mark_unreachable(unit, chat_id, now=now))
        return detail.message_id

    async def _screen(self, job: Job) -> Screen | None:
        if job.detail.state is State.REFUSED:
            return views.refused(job.row.name, job.detail.words)
        today = local_day(self._clock(), self._settings.timezone)
        card = await self._database.read(lambda unit: keeping.card(unit, job.row.id, today=today))
        return views.card(card, self._settings) if card is not None else None

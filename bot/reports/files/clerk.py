"""Makes files in the background: one at a time, one for each person, and says how far it is."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from telegram.error import TelegramError

from bot.callbacks import Tap
from bot.context import House
from bot.errors import BotError
from bot.reports import views
from bot.reports.files.order import Order
from bot.reports.files.parent import make
from bot.screen import Screen
from bot.transport.outcome import classify

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 2.0


class Clerk:
    """Whose files are being made; nothing outlives the process, and a lost file is asked anew."""

    def __init__(self) -> None:
        self._place = asyncio.Semaphore(1)
        self._waiting: set[int] = set()

    def is_busy(self, chat_id: int) -> bool:
        """Whether a file for this chat is under way."""
        return chat_id in self._waiting

    def start(self, house: House, chat_id: int, message_id: int, order: Order, again: Tap) -> None:
        """Make the file and send it; the message says how far it is, and offers `again` where it
        fails.
        """
        self._waiting.add(chat_id)
        job = _Job(house, chat_id, message_id, order, again)
        house.tasks.start(self._work(job), "report")

    async def _work(self, job: _Job) -> None:
        try:
            async with self._place:
                await job.run()
        finally:
            self._waiting.discard(job.chat_id)


class _Job:
    """One file on its way to one person."""

    def __init__(
        self, house: House, chat_id: int, message_id: int, order: Order, again: Tap
    ) -> None:
        self.chat_id = chat_id
        self._house, self._message_id = house, message_id
        self._order, self._again = order, again
        self._told_at = float("-inf")

    async def run(self) -> None:
        """Make, send, and say so."""
        try:
            content = await self._make()
            name = views.file_name(self._order)
            await self._house.talk.send_document(self.chat_id, name, content)
            await self._show(views.done(self._order))
        except BotError as error:
            await self._show(views.failed(self._order, error.text_key, self._again))
        except (TelegramError, OSError) as error:
            log.warning("a report was not sent: %s", type(error).__name__)
            await self._show(views.failed(self._order, "reports.file_failed", self._again))

    async def _make(self) -> bytes:
        with TemporaryDirectory(prefix="xuefa-report-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "report"
            await make(self._house.database, self._order, path, self._tell)
            return await asyncio.to_thread(path.read_bytes)

    async def _tell(self, table: str, done: int, of: int) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._told_at >= EVERY_SECONDS:
            self._told_at = now
            await self._show(views.progress(self._order, table, done, of))

    async def _show(self, screen: Screen) -> None:
        """That a step could not be told stops nothing."""
        try:
            await self._house.talk.edit(self.chat_id, self._message_id, screen)
        except TelegramError as error:
            log.info("a report's progress was not shown: %s", classify(error).fault)

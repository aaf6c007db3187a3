"""One message that says how far a file is, edited at most once a second."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import TelegramError

from bot.screen import Screen
from bot.texts import text
from bot.transport.talk import Talk

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


class Progress:
    """Tells one person; that a step could not be told stops nothing."""

    def __init__(self, talk: Talk, chat_id: int, message_id: int, name: str) -> None:
        self._talk = talk
        self._chat_id, self._message_id = chat_id, message_id
        self._name = name
        self._told_at = float("-inf")

    async def __call__(self, what: str) -> None:
        """Show this step, unless another was shown within the second."""
        now = asyncio.get_running_loop().time()
        if now - self._told_at < EVERY_SECONDS:
            return
        self._told_at = now
        screen = Screen(text("incoming.progress", name=self._name, what=what))
        try:
            await self._talk.edit(self._chat_id, self._message_id, screen)
        except TelegramError as error:
            log.info("progress was not shown: %s", type(error).__name__)

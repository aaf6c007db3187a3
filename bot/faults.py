"""What happens when a handler raises: a sentence for the person, or a failed turn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.context import QuizContext
from bot.errors import BotError, StaleTap
from bot.screen import Screen
from bot.texts import label, text

log = logging.getLogger(__name__)

PRIVATE = filters.ChatType.PRIVATE


class Faults:
    """Remembers, per update, the error that the library would otherwise only log."""

    def __init__(self) -> None:
        self._noted: dict[int, BaseException] = {}

    async def note(self, update: object, context: QuizContext) -> None:
        """Tell the person what they did wrong; anything else fails the update's turn."""
        error = context.error
        if not isinstance(update, Update) or error is None:
            return
        if isinstance(error, BotError):
            await _explain(context, error)
            return
        self._noted[update.update_id] = error

    def raise_noted(self, update_id: int) -> None:
        """Raise what an update failed with."""
        error = self._noted.pop(update_id, None)
        if error is not None:
            raise error

    def last_handlers(
        self, on_text: Callable[[Update, QuizContext], Coroutine[Any, Any, None]]
    ) -> list[BaseHandler[Any, Any, Any]]:
        """What takes plain messages, and whatever else a person may send."""
        return [
            MessageHandler(PRIVATE & filters.TEXT & ~filters.COMMAND, on_text),
            MessageHandler(PRIVATE & filters.UpdateType.MESSAGE, _unknown),
        ]


async def _explain(context: QuizContext, error: BotError) -> None:
    if context.request.callback_query is not None:
        await context.show(None, toast=label(error.text_key, **error.values))
    else:
        await context.say(Screen(text(error.text_key, **error.values)))


async def _unknown(update: Update, context: QuizContext) -> None:
    """A command or a kind of message that the bot doesn't know."""
    await context.say(Screen(text("common.unknown")))


async def _stale(update: Update, context: QuizContext) -> None:
    raise StaleTap


def stale_button() -> BaseHandler[Any, Any, Any]:
    """Catches buttons nobody else knows: from older versions, or forged."""
    return CallbackQueryHandler(_stale)

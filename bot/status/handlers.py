"""Handlers of the status."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.status import service, views
from bot.status.taps import ShowStatus
from bot.status.watch import Watch


class Desk:
    """Shows what the watch sees to admins."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    async def show_status(self, update: Update, context: QuizContext) -> None:
        """Show how the house does."""
        timezone = self._watch.timezone
        report = await context.read(
            service.read_status, context.chat_id, self._watch.gauges.look(), timezone
        )
        await context.show(views.status(report, timezone))

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """What the status listens to."""
        private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return [
            CommandHandler("status", self.show_status, private),
            CallbackQueryHandler(self.show_status, callbacks.pattern(ShowStatus)),
        ]

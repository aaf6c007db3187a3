"""Handlers of digests."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.context import QuizContext
from bot.plans.calendar import local_day
from bot.reports import views
from bot.reports.digest import service
from bot.reports.digest.taps import MakeStretchFile
from bot.reports.files.clerk import Clerk
from bot.texts import label


async def make_file(update: Update, context: QuizContext) -> None:
    """Begin a stretch's workbook in the background."""
    tap, house, chat_id = context.tap(MakeStretchFile), context.house, context.chat_id
    clerk: Clerk = context.application.bot_data.setdefault("clerk", Clerk())
    if clerk.is_busy(chat_id):
        await context.show(None, toast=label("reports.toast_busy"))
        return
    zone, now = house.settings.timezone, context.now
    today = local_day(now, zone)
    order = await context.run(
        service.order_file, chat_id, tap.stretch, today=today, timezone=zone, now=now
    )
    await context.show(None, toast=label("reports.toast_making"))
    message_id = await house.talk.send(chat_id, views.progress(order, "", 0, 0))
    clerk.start(house, chat_id, message_id, order, tap)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What digests listen to."""
    return [CallbackQueryHandler(make_file, callbacks.pattern(MakeStretchFile))]

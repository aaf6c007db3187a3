"""Handlers of the audit trail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.banks.audit import service, views
from bot.banks.audit.taps import SendAudit, ShowAudit
from bot.context import QuizContext
from bot.prompts import TextHandler
from bot.texts import label


async def newest(update: Update, context: QuizContext) -> None:
    """Show what was done last."""
    await _show(context, "all", 0)


async def turn(update: Update, context: QuizContext) -> None:
    """Show older acts, or another sort."""
    tap = context.tap(ShowAudit)
    await _show(context, tap.sort, tap.before)


async def _show(context: QuizContext, sort: str, before: int) -> None:
    result = await context.read(service.show, context.chat_id, sort, before)
    await context.show(views.page(result, context.house.settings.timezone))


async def send(update: Update, context: QuizContext) -> None:
    """Send the trail as a file."""
    tap = context.tap(SendAudit)
    lines = await context.run(service.take, context.chat_id, tap.sort, now=context.now)
    content = await asyncio.to_thread(views.file, lines, context.house.settings.timezone)
    await context.show(None)
    name = label("audit.file_name", day=context.now.strftime("%Y%m%d"))
    await context.house.talk.send_document(context.chat_id, name, content)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the audit trail listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("audit", newest, private),
        CallbackQueryHandler(turn, callbacks.pattern(ShowAudit)),
        CallbackQueryHandler(send, callbacks.pattern(SendAudit)),
    ]


PROMPTS: Mapping[str, TextHandler] = {}

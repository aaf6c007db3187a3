"""Handlers of a bank's imports."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.banks.incoming.taps import AskUndo, Undo
from bot.banks.incoming.undoing import service, views
from bot.banks.taps import ShowImports
from bot.context import QuizContext
from bot.plans.calendar import local_day


async def list_imports(update: Update, context: QuizContext) -> None:
    """Show what was brought into a bank."""
    tap = context.tap(ShowImports)
    found = await context.read(service.list_imports, context.chat_id, tap.bank_id, now=context.now)
    await context.show(views.listing(found, context.house.settings.timezone))


async def ask(update: Update, context: QuizContext) -> None:
    """Ask before an import is taken back."""
    tap = context.tap(AskUndo)
    entry = await context.read(service.ask, context.chat_id, tap.import_id, now=context.now)
    await context.show(views.ask(entry, context.house.settings.timezone))


async def undo(update: Update, context: QuizContext) -> None:
    """Take an import back."""
    tap = context.tap(Undo)
    timezone = context.house.settings.timezone
    result = await context.run(
        service.undo,
        context.chat_id,
        tap.import_id,
        today=local_day(context.now, timezone),
        now=context.now,
    )
    await context.show(views.undone(result, timezone))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the list of imports listens to."""
    return [
        CallbackQueryHandler(list_imports, callbacks.pattern(ShowImports)),
        CallbackQueryHandler(ask, callbacks.pattern(AskUndo)),
        CallbackQueryHandler(undo, callbacks.pattern(Undo)),
    ]

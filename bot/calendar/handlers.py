"""Handlers of the calendar, for admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.calendar import service, views
from bot.calendar.taps import Adopt, AskDrop, AskNotice, Drop, Refuse, ShowCalendar, Undo
from bot.context import QuizContext
from bot.prompts import TextHandler


async def show(update: Update, context: QuizContext) -> None:
    """Show what is known."""
    result = await context.run(
        service.show, context.chat_id, timezone=_zone(context), now=context.now
    )
    await context.show(views.overview(result))


async def ask(update: Update, context: QuizContext) -> None:
    """Wait for a notice."""
    context.tap(AskNotice)
    await context.run(service.ask, context.chat_id, now=context.now)
    await context.show(None)
    await context.say(views.ask())


async def take(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Say what is understood of what was pasted."""
    result = await context.run(
        service.take,
        context.chat_id,
        context.message_text,
        context.request.update_id,
        timezone=_zone(context),
        now=context.now,
    )
    if result is not None:
        await context.say(views.survey(result))


async def adopt(update: Update, context: QuizContext) -> None:
    """Mark the days."""
    tap = context.tap(Adopt)
    result = await context.run(
        service.adopt, context.chat_id, tap.upload_id, timezone=_zone(context), now=context.now
    )
    await context.show(views.adopted(result))


async def refuse(update: Update, context: QuizContext) -> None:
    """Forget what was pasted."""
    await context.run(service.refuse, context.chat_id, context.tap(Refuse).upload_id)
    await context.show(views.refused())


async def undo(update: Update, context: QuizContext) -> None:
    """Take the last deed back."""
    tap = context.tap(Undo)
    count = await context.run(
        service.undo, context.chat_id, tap.year, tap.audit_id, now=context.now
    )
    await context.show(views.undone(count))


async def ask_drop(update: Update, context: QuizContext) -> None:
    """Ask before a year's marks are deleted."""
    tap = context.tap(AskDrop)
    state = await context.read(service.find_marked, context.chat_id, tap.year)
    await context.show(views.ask_drop(state))


async def drop(update: Update, context: QuizContext) -> None:
    """Delete a year's marks."""
    tap = context.tap(Drop)
    result = await context.run(service.drop, context.chat_id, tap.year, now=context.now)
    await context.show(views.dropped(result))


def _zone(context: QuizContext) -> str:
    return context.house.settings.timezone


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the calendar listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("calendar", show, private),
        CallbackQueryHandler(show, callbacks.pattern(ShowCalendar)),
        CallbackQueryHandler(ask, callbacks.pattern(AskNotice)),
        CallbackQueryHandler(adopt, callbacks.pattern(Adopt)),
        CallbackQueryHandler(refuse, callbacks.pattern(Refuse)),
        CallbackQueryHandler(undo, callbacks.pattern(Undo)),
        CallbackQueryHandler(ask_drop, callbacks.pattern(AskDrop)),
        CallbackQueryHandler(drop, callbacks.pattern(Drop)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.PROMPT: take}

"""Handlers of the annual paragraph."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans.calendar import local_day
from bot.prompts import TextHandler
from bot.reports.annual import document, service, views
from bot.reports.annual.taps import AskDays, SendAnnual, ShowAnnual, ShowSources, ShowStudied
from bot.texts import label


async def send_annual(update: Update, context: QuizContext) -> None:
    """Send this year's paragraph."""
    await _show(context, f"y{_today(context).year}")


async def show_annual(update: Update, context: QuizContext) -> None:
    """Show another stretch's paragraph."""
    await _show(context, context.tap(ShowAnnual).stretch)


async def _show(context: QuizContext, word: str) -> None:
    result = await context.read(service.read_annual, context.chat_id, word, today=_today(context))
    await context.show(views.annual(result))


async def show_sources(update: Update, context: QuizContext) -> None:
    """Show where the figures come from."""
    word = context.tap(ShowSources).stretch
    result = await context.read(service.read_annual, context.chat_id, word, today=_today(context))
    await context.show(views.sources(result))


async def show_laws(update: Update, context: QuizContext) -> None:
    """Show the laws behind the questions."""
    tap = context.tap(ShowStudied)
    result = await context.read(
        service.read_laws, context.chat_id, tap.stretch, tap.page, today=_today(context)
    )
    await context.show(views.laws(result))


async def send_file(update: Update, context: QuizContext) -> None:
    """Send the paragraph as a Word file."""
    word = context.tap(SendAnnual).stretch
    result = await context.run(
        service.take_along, context.chat_id, word, today=_today(context), now=context.now
    )
    await context.show(None, toast=label("annual.toast_making"))
    content = await asyncio.to_thread(document.build, result)
    await context.house.talk.send_document(context.chat_id, views.file_name(result), content)


async def ask_days(update: Update, context: QuizContext) -> None:
    """Wait for typed days."""
    context.tap(AskDays)
    await context.run(service.ask_days, context.chat_id, now=context.now)
    await context.show(None)
    await context.say(views.ask_days())


async def days_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Show the paragraph of the days typed."""
    stretch = await context.run(
        service.take_days, context.chat_id, context.message_text, today=_today(context)
    )
    if stretch is None:
        await context.say(views.unread_days())
    else:
        await _show(context, stretch.word)


def _today(context: QuizContext) -> date:
    return local_day(context.now, context.house.settings.timezone)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the annual paragraph listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("annual", send_annual, private),
        CallbackQueryHandler(show_annual, callbacks.pattern(ShowAnnual)),
        CallbackQueryHandler(show_sources, callbacks.pattern(ShowSources)),
        CallbackQueryHandler(show_laws, callbacks.pattern(ShowStudied)),
        CallbackQueryHandler(send_file, callbacks.pattern(SendAnnual)),
        CallbackQueryHandler(ask_days, callbacks.pattern(AskDays)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.PROMPT: days_typed}

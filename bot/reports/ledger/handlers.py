"""Handlers of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans.calendar import local_day
from bot.prompts import TextHandler
from bot.reports.ledger import service, views
from bot.reports.ledger.reading import Unread
from bot.reports.ledger.taps import (
    AskEntry,
    ChooseEntryDepartment,
    RemoveEntry,
    SaveEntry,
    SetEntryDepartment,
    SetEntryKind,
    ShowEntry,
    ShowLedger,
)
from bot.texts import label


async def send_listing(update: Update, context: QuizContext) -> None:
    """Send this year's entries."""
    word = f"y{_today(context).year}"
    result = await context.run(service.show, context.chat_id, word, today=_today(context))
    await context.show(views.listing(result))


async def show_listing(update: Update, context: QuizContext) -> None:
    """Show other entries."""
    tap = context.tap(ShowLedger)
    result = await context.run(
        service.show, context.chat_id, tap.stretch, tap.page, tap.kind, today=_today(context)
    )
    await context.show(views.listing(result))


async def ask(update: Update, context: QuizContext) -> None:
    """Wait for a line."""
    context.tap(AskEntry)
    await context.run(service.ask, context.chat_id, now=context.now)
    await context.show(None)
    await context.say(views.ask())


async def take(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Say what is understood of a line."""
    result = await context.run(
        service.take,
        context.chat_id,
        context.message_text,
        context.request.update_id,
        today=_today(context),
        now=context.now,
    )
    if isinstance(result, Unread):
        await context.say(views.unread(result))
    elif result is not None:
        await context.say(views.draft(result))


async def set_kind(update: Update, context: QuizContext) -> None:
    """Take the line for another kind."""
    tap = context.tap(SetEntryKind)
    result = await context.run(
        service.set_kind, context.chat_id, tap.token, tap.kind, now=context.now
    )
    await context.show(views.draft(result))


async def choose_department(update: Update, context: QuizContext) -> None:
    """Offer departments."""
    tap = context.tap(ChooseEntryDepartment)
    result = await context.read(service.choose_department, context.chat_id, tap.token, tap.page)
    await context.show(views.choose_department(result))


async def set_department(update: Update, context: QuizContext) -> None:
    """Have the line belong to a department."""
    tap = context.tap(SetEntryDepartment)
    result = await context.run(
        service.set_department, context.chat_id, tap.token, tap.department, now=context.now
    )
    await context.show(views.draft(result))


async def save(update: Update, context: QuizContext) -> None:
    """Write the line down."""
    tap = context.tap(SaveEntry)
    result = await context.run(
        service.save, context.chat_id, tap.token, today=_today(context), now=context.now
    )
    toast = label("ledger.toast_saved") if result.saved is not None else None
    await context.show(views.listing(result), toast=toast)


async def show_entry(update: Update, context: QuizContext) -> None:
    """Show one entry."""
    row = await context.read(service.find, context.chat_id, context.tap(ShowEntry).entry)
    await context.show(views.entry(row, is_asking=False))


async def remove(update: Update, context: QuizContext) -> None:
    """Ask, then strike an entry out."""
    tap = context.tap(RemoveEntry)
    if not tap.is_sure:
        row = await context.read(service.find, context.chat_id, tap.entry)
        await context.show(views.entry(row, is_asking=True))
        return
    result = await context.run(
        service.remove, context.chat_id, tap.entry, today=_today(context), now=context.now
    )
    await context.show(views.listing(result), toast=label("ledger.toast_removed"))


def _today(context: QuizContext) -> date:
    return local_day(context.now, context.house.settings.timezone)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the ledger listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("ledger", send_listing, private),
        CallbackQueryHandler(show_listing, callbacks.pattern(ShowLedger)),
        CallbackQueryHandler(ask, callbacks.pattern(AskEntry)),
        CallbackQueryHandler(set_kind, callbacks.pattern(SetEntryKind)),
        CallbackQueryHandler(choose_department, callbacks.pattern(ChooseEntryDepartment)),
        CallbackQueryHandler(set_department, callbacks.pattern(SetEntryDepartment)),
        CallbackQueryHandler(save, callbacks.pattern(SaveEntry)),
        CallbackQueryHandler(show_entry, callbacks.pattern(ShowEntry)),
        CallbackQueryHandler(remove, callbacks.pattern(RemoveEntry)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.PROMPT: take}

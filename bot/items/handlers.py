"""Handlers of item analysis."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.context import QuizContext
from bot.items import service, views
from bot.items.review import refresh
from bot.items.taps import RefreshItems, RetireItem, SetPause, ShowItem, ShowItems


async def send_items(update: Update, context: QuizContext) -> None:
    """Show the weakest questions, as a new message."""
    result = await context.read(service.show_list, context.chat_id, service.Sieve.ALL, 0)
    await context.say(views.items(result, context.house.settings.timezone))


async def show_items(update: Update, context: QuizContext) -> None:
    """Turn the message into a page of questions."""
    tap = context.tap(ShowItems)
    result = await context.read(service.show_list, context.chat_id, tap.sieve, tap.page)
    await context.show(views.items(result, context.house.settings.timezone))


async def refresh_items(update: Update, context: QuizContext) -> None:
    """Count answers anew, where that was not just done."""
    tap, zone = context.tap(RefreshItems), context.house.settings.timezone
    is_due = await context.read(service.may_refresh, context.chat_id, now=context.now)
    if is_due:
        await refresh(context.house.database, zone, now=context.now)
    result = await context.read(service.show_list, context.chat_id, tap.sieve, 0)
    toast = views.refreshed_toast(is_done=is_due)
    await context.show(views.items(result, zone), toast=toast)


async def show_item(update: Update, context: QuizContext) -> None:
    """Turn the message into one question's card."""
    tap = context.tap(ShowItem)
    place = (tap.question_id, tap.sieve, tap.page)
    await context.show(views.card(await context.read(service.show_card, context.chat_id, *place)))


async def set_pause(update: Update, context: QuizContext) -> None:
    """Have a question pause, or be asked again."""
    tap = context.tap(SetPause)
    place = (tap.question_id, tap.version, tap.wanted, tap.sieve, tap.page)
    result = await context.run(service.set_pause, context.chat_id, *place, now=context.now)
    await context.show(views.card(result), toast=views.card_toast(result))


async def retire(update: Update, context: QuizContext) -> None:
    """Take a question out of use."""
    tap = context.tap(RetireItem)
    place = (tap.question_id, tap.version, tap.sieve, tap.page)
    result = await context.run(service.retire, context.chat_id, *place, now=context.now)
    await context.show(views.card(result), toast=views.card_toast(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    return [
        CommandHandler("items", send_items),
        CallbackQueryHandler(show_items, callbacks.pattern(ShowItems)),
        CallbackQueryHandler(refresh_items, callbacks.pattern(RefreshItems)),
        CallbackQueryHandler(show_item, callbacks.pattern(ShowItem)),
        CallbackQueryHandler(set_pause, callbacks.pattern(SetPause)),
        CallbackQueryHandler(retire, callbacks.pattern(RetireItem)),
    ]

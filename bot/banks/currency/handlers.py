"""Handlers of alerts, and of the laws behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.banks.currency import service, views
from bot.banks.currency.laws import handlers as laws
from bot.banks.currency.taps import AskRetireAll, Dismiss, RetireAll, RetireOne
from bot.banks.taps import ShowAlerts
from bot.context import QuizContext
from bot.prompts import TextHandler


async def alerts(update: Update, context: QuizContext) -> None:
    """Show what needs a look in all banks, as a new message."""
    await context.say(views.alerts(await context.read(service.show_alerts, context.chat_id, 0, 0)))


async def show_alerts(update: Update, context: QuizContext) -> None:
    """Show what needs a look in a bank."""
    tap = context.tap(ShowAlerts)
    result = await context.read(service.show_alerts, context.chat_id, tap.bank_id, tap.page)
    await context.show(views.alerts(result))


async def retire_one(update: Update, context: QuizContext) -> None:
    """Take one question out of use."""
    tap = context.tap(RetireOne)
    place = (tap.question_id, tap.version, tap.bank_id, tap.page)
    result = await context.run(service.retire_one, context.chat_id, *place, now=context.now)
    await context.show(views.alerts(result), toast=views.alerts_toast(result))


async def dismiss(update: Update, context: QuizContext) -> None:
    """Take an alert away."""
    tap = context.tap(Dismiss)
    place = (tap.question_id, tap.version, tap.bank_id, tap.page)
    result = await context.run(service.dismiss, context.chat_id, *place, now=context.now)
    await context.show(views.alerts(result), toast=views.alerts_toast(result))


async def ask_retire_all(update: Update, context: QuizContext) -> None:
    """Ask before all lapsed questions leave use."""
    tap = context.tap(AskRetireAll)
    result = await context.read(service.ask_retire_all, context.chat_id, tap.bank_id)
    await context.show(views.ask_retire_all(result))


async def retire_all(update: Update, context: QuizContext) -> None:
    """Take all lapsed questions out of use."""
    tap = context.tap(RetireAll)
    result = await context.run(
        service.retire_all, context.chat_id, tap.bank_id, tap.upto, now=context.now
    )
    await context.show(views.retired_all(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What alerts and laws listen to."""
    return [
        CommandHandler("alerts", alerts),
        CallbackQueryHandler(show_alerts, callbacks.pattern(ShowAlerts)),
        CallbackQueryHandler(retire_one, callbacks.pattern(RetireOne)),
        CallbackQueryHandler(dismiss, callbacks.pattern(Dismiss)),
        CallbackQueryHandler(ask_retire_all, callbacks.pattern(AskRetireAll)),
        CallbackQueryHandler(retire_all, callbacks.pattern(RetireAll)),
        *laws.handlers(),
    ]


PROMPTS: Mapping[str, TextHandler] = laws.PROMPTS

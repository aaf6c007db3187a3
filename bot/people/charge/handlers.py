"""Handlers of what trainers answer for."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.context import QuizContext
from bot.people.charge import service, views
from bot.people.charge.taps import SetCharge, ShowCharge
from bot.texts import label


async def show(update: Update, context: QuizContext) -> None:
    """Show what a trainer answers for."""
    tap = context.tap(ShowCharge)
    result = await context.read(service.show, context.chat_id, tap.person, tap.page)
    await context.show(views.charge(result))


async def set_charge(update: Update, context: QuizContext) -> None:
    """Give a trainer a department or take it back."""
    tap = context.tap(SetCharge)
    result = await context.run(
        service.set_charge,
        context.chat_id,
        tap.person,
        tap.department,
        tap.page,
        is_given=tap.wanted == 1,
        now=context.now,
    )
    key = "people.toast_saved" if result.is_changed else "people.toast_unchanged"
    await context.show(views.charge(result), toast=label(key))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the choice of departments listens to."""
    return [
        CallbackQueryHandler(show, callbacks.pattern(ShowCharge)),
        CallbackQueryHandler(set_charge, callbacks.pattern(SetCharge)),
    ]

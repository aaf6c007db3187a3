"""Handlers of looking ahead."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.context import QuizContext
from bot.plans.previewing import service, views
from bot.plans.previewing.taps import TrialAnswer, TrialCard
from bot.plans.taps import ShowPreview, Try
from bot.texts import label


async def preview(update: Update, context: QuizContext) -> None:
    """Show the next rounds."""
    tap = context.tap(ShowPreview)
    result = await context.read(service.look_ahead, context.chat_id, tap.plan_id, now=context.now)
    await context.show(views.preview(result))


async def try_out(update: Update, context: QuizContext) -> None:
    """Send the coming round to whoever asks, and to nobody else."""
    tap = context.tap(Try)
    result = await context.read(service.try_out, context.chat_id, tap.plan_id, now=context.now)
    await context.show(None, toast=label("plans_preview.toast_sent"))
    await context.say(views.trial(result))


async def item(update: Update, context: QuizContext) -> None:
    """Show a question on trial."""
    tap = context.tap(TrialCard)
    result = await context.read(
        service.show_item, context.chat_id, tap.plan_id, tap.day, tap.position, tap.picked
    )
    await context.show(views.item(result))


async def answer(update: Update, context: QuizContext) -> None:
    """Grade a question on trial."""
    tap = context.tap(TrialAnswer)
    result = await context.read(
        service.answer,
        context.chat_id,
        tap.plan_id,
        tap.day,
        tap.position,
        tap.version_id,
        tap.picked,
    )
    await context.show(views.verdict(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What looking ahead listens to."""
    return [
        CallbackQueryHandler(preview, callbacks.pattern(ShowPreview)),
        CallbackQueryHandler(try_out, callbacks.pattern(Try)),
        CallbackQueryHandler(item, callbacks.pattern(TrialCard)),
        CallbackQueryHandler(answer, callbacks.pattern(TrialAnswer)),
    ]

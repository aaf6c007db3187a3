"""Handlers of the daily quiz."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.context import QuizContext
from bot.daily import service, views
from bot.daily.taps import Begin, Choose, Next, Submit, Tick, Unsure
from bot.prompts import TextHandler


async def begin(update: Update, context: QuizContext) -> None:
    """Start or go on with a round, in place of its push."""
    tap = context.tap(Begin)
    step = await context.run(service.begin, context.chat_id, tap.round_id, now=context.now)
    await context.show(views.step(step))


async def choose(update: Update, context: QuizContext) -> None:
    """Grade the tapped option and show the verdict."""
    tap = context.tap(Choose)
    step = await context.run(
        service.choose, context.chat_id, tap.sitting_id, tap.position, tap.place, now=context.now
    )
    await context.show(views.step(step), toast=views.toast(step))


async def tick(update: Update, context: QuizContext) -> None:
    """Tick or clear an option."""
    tap = context.tap(Tick)
    step = await context.run(
        service.tick,
        context.chat_id,
        tap.sitting_id,
        tap.position,
        tap.place,
        is_ticked=bool(tap.wanted),
        now=context.now,
    )
    await context.show(views.step(step), toast=views.toast(step))


async def submit(update: Update, context: QuizContext) -> None:
    """Grade the ticked options."""
    tap = context.tap(Submit)
    step = await context.run(
        service.submit, context.chat_id, tap.sitting_id, tap.position, now=context.now
    )
    await context.show(views.step(step), toast=views.toast(step))


async def give_up(update: Update, context: QuizContext) -> None:
    """Show the right answer to who is not sure."""
    tap = context.tap(Unsure)
    step = await context.run(
        service.give_up, context.chat_id, tap.sitting_id, tap.position, now=context.now
    )
    await context.show(views.step(step), toast=views.toast(step))


async def go_on(update: Update, context: QuizContext) -> None:
    """Show the next question or the summary."""
    tap = context.tap(Next)
    step = await context.run(
        service.go_on, context.chat_id, tap.sitting_id, tap.position, now=context.now
    )
    await context.show(views.step(step))


async def today(update: Update, context: QuizContext) -> None:
    """Show where the person is in the newest round, as a new message."""
    await context.say(
        views.step(await context.run(service.today, context.chat_id, now=context.now))
    )


async def answer_text(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Take a message as the answer of the blank that was shown last."""
    step = await context.run(
        service.answer_text,
        context.chat_id,
        int(str(payload["sitting_id"])),
        int(str(payload["position"])),
        context.message_text,
        context.request.update_id,
        now=context.now,
    )
    await context.say(views.step(step))


async def stray(update: Update, context: QuizContext) -> None:
    """Say what a message that answers nothing could have been meant for."""
    step = await context.read(service.stray, context.chat_id, update.update_id, now=context.now)
    await context.say(views.step(step))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    return [
        CallbackQueryHandler(choose, callbacks.pattern(Choose)),
        CallbackQueryHandler(go_on, callbacks.pattern(Next)),
        CallbackQueryHandler(begin, callbacks.pattern(Begin)),
        CallbackQueryHandler(tick, callbacks.pattern(Tick)),
        CallbackQueryHandler(submit, callbacks.pattern(Submit)),
        CallbackQueryHandler(give_up, callbacks.pattern(Unsure)),
        CommandHandler("today", today),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.ANSWER_PROMPT: answer_text}

"""Handlers of the plan: what an admin changes in chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.context import QuizContext
from bot.plans import service, views
from bot.plans.taps import AskTime, SetActive, SetCount, SetDays
from bot.prompts import TextHandler
from bot.texts.dates import read_time

TIME_PROMPT = "plan_time"


async def plan(update: Update, context: QuizContext) -> None:
    """Show the plan."""
    card = await context.read(service.show_plan, context.chat_id, now=context.now)
    await context.say(views.card(card))


async def ask_time(update: Update, context: QuizContext) -> None:
    """Ask for the new time."""
    tap = context.tap(AskTime)
    plan_row = await context.run(
        service.ask_time, context.chat_id, tap.plan_id, TIME_PROMPT, now=context.now
    )
    await context.show(None)
    await context.say(views.ask_time(plan_row))


async def take_time(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Set the time that was typed, or ask again."""
    at = read_time(context.message_text)
    if at is None:
        await context.say(views.bad_time())
        return
    card = await context.run(
        service.change_time,
        context.chat_id,
        int(str(payload["plan_id"])),
        at,
        context.request.update_id,
        now=context.now,
    )
    await context.say(views.card(card))


async def set_count(update: Update, context: QuizContext) -> None:
    """Set how many questions a round asks."""
    tap = context.tap(SetCount)
    card = await context.run(
        service.change_count, context.chat_id, tap.plan_id, tap.count, now=context.now
    )
    await context.show(views.card(card))


async def set_days(update: Update, context: QuizContext) -> None:
    """Set the days of rounds."""
    tap = context.tap(SetDays)
    days = tap.days.removeprefix("d") if tap.days[1:].isdigit() else tap.days
    card = await context.run(
        service.change_days, context.chat_id, tap.plan_id, days, now=context.now
    )
    await context.show(views.card(card))


async def set_active(update: Update, context: QuizContext) -> None:
    """Pause or go on."""
    tap = context.tap(SetActive)
    card = await context.run(
        service.set_active, context.chat_id, tap.plan_id, bool(tap.wanted), now=context.now
    )
    await context.show(views.card(card))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    return [
        CommandHandler("plan", plan),
        CallbackQueryHandler(ask_time, callbacks.pattern(AskTime)),
        CallbackQueryHandler(set_count, callbacks.pattern(SetCount)),
        CallbackQueryHandler(set_days, callbacks.pattern(SetDays)),
        CallbackQueryHandler(set_active, callbacks.pattern(SetActive)),
    ]


PROMPTS: Mapping[str, TextHandler] = {TIME_PROMPT: take_time}

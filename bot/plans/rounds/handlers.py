"""Handlers of the rounds' room."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans.rounds import service, views
from bot.plans.rounds.taps import ShowPeople, ShowRound, ShowRounds


async def rounds(update: Update, context: QuizContext) -> None:
    """Show the last rounds of all plans."""
    result = await context.read(service.list_rounds, context.chat_id, now=context.now)
    await context.show(views.listing(result))


async def show_rounds(update: Update, context: QuizContext) -> None:
    """Show the last rounds of one plan or of all."""
    tap = context.tap(ShowRounds)
    result = await context.read(service.list_rounds, context.chat_id, tap.plan_id, now=context.now)
    await context.show(views.listing(result))


async def show_round(update: Update, context: QuizContext) -> None:
    """Show how a round stands now."""
    tap = context.tap(ShowRound)
    result = await context.read(service.show_round, context.chat_id, tap.round_id, now=context.now)
    await context.show(views.card(result))


async def show_people(update: Update, context: QuizContext) -> None:
    """Show a list of a round."""
    tap = context.tap(ShowPeople)
    result = await context.read(
        service.list_people, context.chat_id, tap.round_id, tap.part, tap.page
    )
    await context.show(views.people(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the rounds' room listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("rounds", rounds, private),
        CallbackQueryHandler(show_rounds, callbacks.pattern(ShowRounds)),
        CallbackQueryHandler(show_round, callbacks.pattern(ShowRound)),
        CallbackQueryHandler(show_people, callbacks.pattern(ShowPeople)),
    ]

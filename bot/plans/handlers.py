"""Handlers of plans as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans import editing, making, previewing, rounds, service, views
from bot.plans.taps import AskEnd, Move, ShowPlan, ShowPlans
from bot.prompts import TextHandler


async def plans(update: Update, context: QuizContext) -> None:
    """Show the plans."""
    result = await context.run(service.list_plans, context.chat_id, now=context.now)
    await context.show(views.listing(result))


async def turn(update: Update, context: QuizContext) -> None:
    """Show a page of the plans in use, or of those that are over."""
    tap = context.tap(ShowPlans)
    result = await context.run(
        service.list_plans,
        context.chat_id,
        tap.page,
        is_over=bool(tap.is_over),
        now=context.now,
    )
    await context.show(views.listing(result))


async def plan(update: Update, context: QuizContext) -> None:
    """Show one plan."""
    tap = context.tap(ShowPlan)
    card = await context.run(service.show_plan, context.chat_id, tap.plan_id, now=context.now)
    await context.show(views.card(card))


async def move(update: Update, context: QuizContext) -> None:
    """Start, pause or end a plan."""
    tap = context.tap(Move)
    card = await context.run(
        service.move, context.chat_id, tap.plan_id, tap.seen, tap.act, now=context.now
    )
    await context.show(views.card(card))


async def ask_end(update: Update, context: QuizContext) -> None:
    """Ask whether a plan is to end."""
    tap = context.tap(AskEnd)
    card = await context.run(service.ask_end, context.chat_id, tap.plan_id, now=context.now)
    await context.show(views.ask_end(card))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("plan", plans, private),
        CallbackQueryHandler(turn, callbacks.pattern(ShowPlans)),
        CallbackQueryHandler(plan, callbacks.pattern(ShowPlan)),
        CallbackQueryHandler(move, callbacks.pattern(Move)),
        CallbackQueryHandler(ask_end, callbacks.pattern(AskEnd)),
        *making.handlers(),
        *editing.handlers(),
        *previewing.handlers(),
        *rounds.handlers(),
    ]


PROMPTS: Mapping[str, TextHandler] = {**making.PROMPTS, **editing.PROMPTS}

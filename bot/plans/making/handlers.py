"""Handlers of making a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.context import QuizContext
from bot.plans import views as plan_views
from bot.plans.making import service, views
from bot.plans.making.taps import Suggest
from bot.plans.service import NAME
from bot.plans.taps import AskName, CopyPlan
from bot.prompts import TextHandler


async def ask_name(update: Update, context: QuizContext) -> None:
    """Ask what the new plan is called."""
    context.tap(AskName)
    await context.run(service.ask_name, context.chat_id, now=context.now)
    await context.show(views.ask_name())


async def name_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Make the plan named."""
    card = await context.run(
        service.make_named,
        context.chat_id,
        context.message_text,
        context.request.update_id,
        context.house.settings.timezone,
        now=context.now,
    )
    await context.show(plan_views.card(card))


async def suggest(update: Update, context: QuizContext) -> None:
    """Make the plan suggested."""
    card = await context.run(
        service.make_suggested,
        context.chat_id,
        context.tap(Suggest).place,
        context.request.update_id,
        context.house.settings.timezone,
        now=context.now,
    )
    await context.show(plan_views.card(card))


async def copy(update: Update, context: QuizContext) -> None:
    """Make another plan like this one."""
    card = await context.run(
        service.copy,
        context.chat_id,
        context.tap(CopyPlan).plan_id,
        context.request.update_id,
        now=context.now,
    )
    await context.show(plan_views.card(card))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What making listens to."""
    return [
        CallbackQueryHandler(ask_name, callbacks.pattern(AskName)),
        CallbackQueryHandler(suggest, callbacks.pattern(Suggest)),
        CallbackQueryHandler(copy, callbacks.pattern(CopyPlan)),
    ]


PROMPTS: Mapping[str, TextHandler] = {NAME: name_typed}

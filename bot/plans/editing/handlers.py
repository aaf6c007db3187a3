"""Handlers of changing a plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.context import QuizContext
from bot.plans.editing import choosing, service, views
from bot.plans.editing.taps import Choose, ChooseQuota, ChooseShare, Set, SetQuota
from bot.plans.service import REPLY
from bot.plans.taps import Ask, ShowSection
from bot.prompts import TextHandler


async def section(update: Update, context: QuizContext) -> None:
    """Show a part of a plan."""
    tap = context.tap(ShowSection)
    result = await context.run(
        service.show_section, context.chat_id, tap.plan_id, tap.section, now=context.now
    )
    await context.show(views.section(result))


async def set_field(update: Update, context: QuizContext) -> None:
    """Give a field the tapped value."""
    tap = context.tap(Set)
    result = await context.run(
        service.set_field,
        context.chat_id,
        tap.plan_id,
        tap.seen,
        tap.field,
        tap.value,
        now=context.now,
    )
    await context.show(views.changed(result))


async def ask(update: Update, context: QuizContext) -> None:
    """Ask for a field's new value."""
    tap = context.tap(Ask)
    card = await context.run(
        service.ask, context.chat_id, tap.plan_id, tap.seen, tap.field, now=context.now
    )
    await context.show(views.ask(card, tap.field))


async def reply(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Give a field the typed value."""
    result = await context.run(
        service.reply,
        context.chat_id,
        payload,
        context.message_text,
        context.request.update_id,
        now=context.now,
    )
    await context.show(views.section(result))


async def choose(update: Update, context: QuizContext) -> None:
    """Show banks or departments to choose from."""
    tap = context.tap(Choose)
    result = await context.run(
        service.choose, context.chat_id, tap.plan_id, tap.facet, tap.page, now=context.now
    )
    await context.show(choosing.choices(result))


async def choose_quota(update: Update, context: QuizContext) -> None:
    """Show what a quota can be of."""
    tap = context.tap(ChooseQuota)
    result = await context.run(
        service.quota_values, context.chat_id, tap.plan_id, tap.feature, now=context.now
    )
    await context.show(choosing.quota_values(result))


async def choose_share(update: Update, context: QuizContext) -> None:
    """Show how many questions a quota may have."""
    tap = context.tap(ChooseShare)
    result = await context.run(
        service.shares, context.chat_id, tap.plan_id, tap.feature, tap.value, now=context.now
    )
    await context.show(choosing.shares(result))


async def set_quota(update: Update, context: QuizContext) -> None:
    """Set or lift a quota."""
    tap = context.tap(SetQuota)
    result = await context.run(
        service.set_quota,
        context.chat_id,
        tap.plan_id,
        tap.seen,
        tap.feature,
        tap.value,
        tap.count,
        now=context.now,
    )
    await context.show(views.section(result))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What changing listens to."""
    return [
        CallbackQueryHandler(section, callbacks.pattern(ShowSection)),
        CallbackQueryHandler(set_field, callbacks.pattern(Set)),
        CallbackQueryHandler(ask, callbacks.pattern(Ask)),
        CallbackQueryHandler(choose, callbacks.pattern(Choose)),
        CallbackQueryHandler(choose_quota, callbacks.pattern(ChooseQuota)),
        CallbackQueryHandler(choose_share, callbacks.pattern(ChooseShare)),
        CallbackQueryHandler(set_quota, callbacks.pattern(SetQuota)),
    ]


PROMPTS: Mapping[str, TextHandler] = {REPLY: reply}

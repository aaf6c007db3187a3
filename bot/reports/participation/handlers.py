"""Handlers of participation."""

from __future__ import annotations

from datetime import date
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.plans.calendar import local_day
from bot.reports.participation import service, views
from bot.reports.participation.taps import (
    SetBasis,
    ShowBasis,
    ShowGroups,
    ShowNames,
    ShowParticipation,
    ShowRoundNames,
)
from bot.reports.stretches import stretch_of
from bot.texts import label
from questions.periods import Span


async def send_overview(update: Update, context: QuizContext) -> None:
    """Send the figures of the month."""
    word = stretch_of(Span.MONTH, _today(context)).word
    result = await context.read(
        service.read_overview, context.chat_id, word, today=_today(context)
    )
    await context.show(views.overview(result))


async def show_overview(update: Update, context: QuizContext) -> None:
    """Turn the message into other figures."""
    tap = context.tap(ShowParticipation)
    result = await context.read(
        service.read_overview,
        context.chat_id,
        tap.stretch,
        tap.department,
        tap.plan,
        tap.round,
        today=_today(context),
    )
    await context.show(views.overview(result))


async def show_groups(update: Update, context: QuizContext) -> None:
    """Show the figures by groups."""
    tap = context.tap(ShowGroups)
    result = await context.read(
        service.read_groups,
        context.chat_id,
        tap.stretch,
        tap.by,
        tap.page,
        tap.department,
        tap.plan,
        today=_today(context),
    )
    await context.show(views.groups(result))


async def show_names(update: Update, context: QuizContext) -> None:
    """Show the people behind a number."""
    tap = context.tap(ShowNames)
    result = await context.read(
        service.read_names,
        context.chat_id,
        tap.stretch,
        tap.part,
        tap.page,
        tap.department,
        tap.plan,
        today=_today(context),
    )
    await context.show(views.names(result))


async def show_round_names(update: Update, context: QuizContext) -> None:
    """Show the people behind a number of one round."""
    tap = context.tap(ShowRoundNames)
    result = await context.read(
        service.read_names,
        context.chat_id,
        tap.stretch,
        tap.part,
        tap.page,
        tap.department,
        round_id=tap.round,
        today=_today(context),
    )
    await context.show(views.names(result))


async def show_basis(update: Update, context: QuizContext) -> None:
    """Show who is counted."""
    tap = context.tap(ShowBasis)
    shown = await context.read(service.read_basis, context.chat_id, tap.stretch)
    await context.show(views.basis(shown, tap.stretch))


async def set_basis(update: Update, context: QuizContext) -> None:
    """Change who is counted."""
    tap = context.tap(SetBasis)
    shown = await context.run(
        service.set_basis,
        context.chat_id,
        tap.stretch,
        tap.reason,
        is_counted=tap.wanted == 1,
        now=context.now,
    )
    toast = label("participation.toast_basis")
    await context.show(views.basis(shown, tap.stretch), toast=toast)


def _today(context: QuizContext) -> date:
    return local_day(context.now, context.house.settings.timezone)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What participation listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("participation", send_overview, private),
        CallbackQueryHandler(show_overview, callbacks.pattern(ShowParticipation)),
        CallbackQueryHandler(show_groups, callbacks.pattern(ShowGroups)),
        CallbackQueryHandler(show_names, callbacks.pattern(ShowNames)),
        CallbackQueryHandler(show_round_names, callbacks.pattern(ShowRoundNames)),
        CallbackQueryHandler(show_basis, callbacks.pattern(ShowBasis)),
        CallbackQueryHandler(set_basis, callbacks.pattern(SetBasis)),
    ]

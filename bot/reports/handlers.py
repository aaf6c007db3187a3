"""Handlers of reports."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.reports import service, views
from bot.reports.files.clerk import Clerk
from bot.reports.pictures import heat, render, trend
from bot.reports.taps import DrawHeat, DrawTrend, MakeFile, ShowReport
from bot.screen import Screen
from bot.texts import label


async def send_card(update: Update, context: QuizContext) -> None:
    """Send the card of the month."""
    await _show_card(context, ShowReport())


async def show_card(update: Update, context: QuizContext) -> None:
    """Turn the message into another period's card."""
    await _show_card(context, context.tap(ShowReport))


async def _show_card(context: QuizContext, tap: ShowReport) -> None:
    card = await context.read(
        service.read_card, context.chat_id, tap.period, today=_today(context)
    )
    await context.show(views.card(card, is_dark=tap.dark == 1))


async def make_file(update: Update, context: QuizContext) -> None:
    """Begin a file in the background."""
    tap, house, chat_id = context.tap(MakeFile), context.house, context.chat_id
    clerk: Clerk = context.application.bot_data.setdefault("clerk", Clerk())
    if clerk.is_busy(chat_id):
        await context.show(None, toast=label("reports.toast_busy"))
        return
    order = await context.run(
        service.order_file,
        chat_id,
        tap.period,
        tap.form,
        timezone=house.settings.timezone,
        now=context.now,
    )
    await context.show(None, toast=label("reports.toast_making"))
    message_id = await house.talk.send(chat_id, views.progress(order, "", 0, 0))
    clerk.start(house, chat_id, message_id, order, tap)


async def draw_trend(update: Update, context: QuizContext) -> None:
    """Send the trend of a period as a picture."""
    tap = context.tap(DrawTrend)
    shown = await context.read(
        service.read_trend, context.chat_id, tap.period, today=_today(context)
    )
    await context.show(None)
    content = await render(partial(trend.draw, shown, is_dark=tap.dark == 1))
    await context.house.talk.send_photo(context.chat_id, "trend.png", content, Screen(""))


async def draw_heat(update: Update, context: QuizContext) -> None:
    """Send a page of the heat map of a period as a picture."""
    tap = context.tap(DrawHeat)
    is_dark = tap.dark == 1
    page = await context.read(
        service.read_heat, context.chat_id, tap.period, tap.page, today=_today(context)
    )
    await context.show(None)
    content = await render(partial(heat.draw, page.shown, is_dark=is_dark))
    below = views.heat(page, is_dark=is_dark)
    await context.house.talk.send_photo(context.chat_id, "heat.png", content, below)


def _today(context: QuizContext) -> date:
    return context.now.astimezone(ZoneInfo(context.house.settings.timezone)).date()


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What reports listen to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("report", send_card, private),
        CallbackQueryHandler(show_card, callbacks.pattern(ShowReport)),
        CallbackQueryHandler(make_file, callbacks.pattern(MakeFile)),
        CallbackQueryHandler(draw_trend, callbacks.pattern(DrawTrend)),
        CallbackQueryHandler(draw_heat, callbacks.pattern(DrawHeat)),
    ]

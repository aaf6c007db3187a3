"""Handlers of boards and of one's own totals."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.boards import service, views
from bot.boards.taps import SetNameShown, ShowBoard, ShowMe
from bot.context import QuizContext
from bot.errors import StaleTap


async def send_board(update: Update, context: QuizContext) -> None:
    """Send the board most people want."""
    first = ShowBoard()
    board = await context.read(
        service.read_board, context.chat_id, first.kind, first.span, today=_today(context)
    )
    await context.say(views.board(board))


async def show_board(update: Update, context: QuizContext) -> None:
    """Turn the message into the tapped board."""
    tap = context.tap(ShowBoard)
    board = await context.read(
        service.read_board, context.chat_id, tap.kind, tap.span, today=_today(context)
    )
    await context.show(views.board(board))


async def send_me(update: Update, context: QuizContext) -> None:
    """Send one's own totals."""
    profile = await context.read(service.read_profile, context.chat_id, today=_today(context))
    await context.say(views.profile(profile))


async def show_me(update: Update, context: QuizContext) -> None:
    """Turn the message into one's own totals."""
    context.tap(ShowMe)
    profile = await context.read(service.read_profile, context.chat_id, today=_today(context))
    await context.show(views.profile(profile))


async def set_name_shown(update: Update, context: QuizContext) -> None:
    """Give or withdraw the consent to be named."""
    wanted = context.tap(SetNameShown).wanted
    if wanted not in (0, 1):
        raise StaleTap
    profile = await context.run(
        service.set_name_shown,
        context.chat_id,
        bool(wanted),
        today=_today(context),
        now=context.now,
    )
    await context.show(views.profile(profile), toast=views.consent_toast(profile))


def _today(context: QuizContext) -> date:
    return context.now.astimezone(ZoneInfo(context.house.settings.timezone)).date()


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    return [
        CommandHandler("board", send_board),
        CommandHandler("me", send_me),
        CallbackQueryHandler(show_board, callbacks.pattern(ShowBoard)),
        CallbackQueryHandler(show_me, callbacks.pattern(ShowMe)),
        CallbackQueryHandler(set_name_shown, callbacks.pattern(SetNameShown)),
    ]

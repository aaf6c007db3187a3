"""Handlers of boards, of one's own totals and of what they are made of."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler

from bot import callbacks
from bot.boards import record, record_views, service, views
from bot.boards.taps import (
    SendPicture,
    SetNameShown,
    ShowBoard,
    ShowMe,
    ShowPlanBoard,
    ShowPlans,
    ShowRecord,
    ShowRound,
)
from bot.context import QuizContext
from bot.errors import StaleTap
from bot.reports.pictures import render
from bot.screen import Screen
from bot.texts import label


async def send_board(update: Update, context: QuizContext) -> None:
    """Send the board most people want."""
    first = ShowBoard()
    board = await context.read(
        service.read_board, context.chat_id, first.kind, first.span, today=_today(context)
    )
    await context.say(_screen(context, board))


async def show_board(update: Update, context: QuizContext) -> None:
    """Turn the message into the tapped board."""
    tap = context.tap(ShowBoard)
    board = await context.read(
        service.read_board, context.chat_id, tap.kind, tap.span, today=_today(context)
    )
    await context.show(_screen(context, board))


async def show_plans(update: Update, context: QuizContext) -> None:
    """Turn the message into a choice of plans."""
    kind = context.tap(ShowPlans).kind
    await context.show(views.plans(await context.read(service.list_plans, context.chat_id, kind)))


async def show_plan_board(update: Update, context: QuizContext) -> None:
    """Turn the message into the board of a plan."""
    tap = context.tap(ShowPlanBoard)
    board = await context.read(
        service.read_plan_board, context.chat_id, tap.kind, tap.plan_id, today=_today(context)
    )
    await context.show(_screen(context, board))


async def send_picture(update: Update, context: QuizContext) -> None:
    """Send the board as a picture below."""
    tap = context.tap(SendPicture)
    board = await context.read(
        service.read_pictured,
        context.chat_id,
        tap.kind,
        tap.span,
        tap.plan_id,
        today=_today(context),
    )
    await context.show(None, toast=label("boards.toast_drawing"))
    from bot.reports.pictures.boards import board_picture  # loads what only pictures need

    png = await render(partial(board_picture, board, is_dark=False))
    await context.house.talk.send_photo(context.chat_id, "board.png", png, Screen(""))


async def send_me(update: Update, context: QuizContext) -> None:
    """Send one's own totals."""
    profile = await context.read(service.read_profile, context.chat_id, today=_today(context))
    await context.say(views.profile(profile))


async def show_me(update: Update, context: QuizContext) -> None:
    """Turn the message into one's own totals."""
    context.tap(ShowMe)
    profile = await context.read(service.read_profile, context.chat_id, today=_today(context))
    await context.show(views.profile(profile))


async def show_record(update: Update, context: QuizContext) -> None:
    """Turn the message into a page of one's own rounds."""
    page = context.tap(ShowRecord).page
    found = await context.read(record.read_record, context.chat_id, page)
    await context.show(record_views.record(found))


async def show_round(update: Update, context: QuizContext) -> None:
    """Turn the message into the questions of one of one's own rounds."""
    tap = context.tap(ShowRound)
    found = await context.read(record.read_round, context.chat_id, tap.round_id, tap.page)
    await context.show(record_views.round_(found))


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


def _screen(
    context: QuizContext, board: service.PersonBoard | service.DepartmentBoard | service.NoSeason
) -> Screen:
    if isinstance(board, service.NoSeason):
        return views.no_season(board)
    return views.board(board, context.house.settings.timezone)


def _today(context: QuizContext) -> date:
    return context.now.astimezone(ZoneInfo(context.house.settings.timezone)).date()


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What this feature listens to."""
    taps = {
        ShowBoard: show_board,
        ShowPlans: show_plans,
        ShowPlanBoard: show_plan_board,
        SendPicture: send_picture,
        ShowMe: show_me,
        ShowRecord: show_record,
        ShowRound: show_round,
        SetNameShown: set_name_shown,
    }
    return [
        CommandHandler("board", send_board),
        CommandHandler("me", send_me),
        *(
            CallbackQueryHandler(handler, callbacks.pattern(kind))
            for kind, handler in taps.items()
        ),
    ]

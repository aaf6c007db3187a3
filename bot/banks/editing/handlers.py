"""Handlers of editing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import callbacks
from bot.banks.editing import service, views
from bot.banks.editing.parts import Part
from bot.banks.editing.taps import EditPart, TurnHistory
from bot.banks.taps import EditQuestion, ShowHistory
from bot.context import QuizContext
from bot.prompts import TextHandler


async def menu(update: Update, context: QuizContext) -> None:
    """Ask what shall be changed."""
    tap = context.tap(EditQuestion)
    result = await context.run(service.show_menu, context.chat_id, tap.question_id, tap.version)
    await context.show(views.menu(result))


async def ask(update: Update, context: QuizContext) -> None:
    """Ask for a part's new text."""
    tap = context.tap(EditPart)
    result = await context.run(
        service.ask, context.chat_id, tap.question_id, tap.version, tap.part, now=context.now
    )
    await context.show(views.asked(result))


async def typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Write the part as typed."""
    result = await context.run(
        service.edit,
        context.chat_id,
        int(str(payload["question_id"])),
        int(str(payload["version"])),
        Part(str(payload["part"])),
        context.message_text,
        update_id=context.request.update_id,
        is_two_person=context.house.settings.two_person_approval,
        now=context.now,
    )
    await context.show(views.result(result))


async def history(update: Update, context: QuizContext) -> None:
    """Show the newest version and what was done."""
    tap = context.tap(ShowHistory)
    await _show_history(context, tap.question_id, 0)


async def turn(update: Update, context: QuizContext) -> None:
    """Show another version."""
    tap = context.tap(TurnHistory)
    await _show_history(context, tap.question_id, tap.page)


async def _show_history(context: QuizContext, question_id: int, page: int) -> None:
    result = await context.read(service.show_history, context.chat_id, question_id, page)
    await context.show(views.history(result, context.house.settings.timezone))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What editing listens to."""
    return [
        CallbackQueryHandler(menu, callbacks.pattern(EditQuestion)),
        CallbackQueryHandler(ask, callbacks.pattern(EditPart)),
        CallbackQueryHandler(history, callbacks.pattern(ShowHistory)),
        CallbackQueryHandler(turn, callbacks.pattern(TurnHistory)),
    ]


PROMPTS: Mapping[str, TextHandler] = {service.EDIT: typed}

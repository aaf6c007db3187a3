"""Handlers of the way in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.people.commands import set_menu
from bot.people.joining import service, state, views
from bot.people.joining.service import Step, Welcome
from bot.people.joining.state import Door
from bot.people.joining.taps import ChangeName, ConfirmJoin, JoinDepartment, TurnJoin
from bot.prompts import TextHandler


async def start(update: Update, context: QuizContext) -> None:
    """Greet whoever comes, and lead in who may come in."""
    code = context.args[0] if context.args else None
    step = await context.run(service.begin, context.chat_id, code, door(context), now=context.now)
    await _show(context, step)


async def turn_departments(update: Update, context: QuizContext) -> None:
    """Show more departments to join."""
    tap = context.tap(TurnJoin)
    await _show(
        context,
        await context.read(service.turn_departments, context.chat_id, tap.page, door(context)),
    )


async def choose_department(update: Update, context: QuizContext) -> None:
    """Go on to the name."""
    tap = context.tap(JoinDepartment)
    step = await context.run(
        service.choose_department, context.chat_id, tap.department, door(context), now=context.now
    )
    await _show(context, step)


async def confirm(update: Update, context: QuizContext) -> None:
    """Join."""
    tap = context.tap(ConfirmJoin)
    step = await context.run(
        service.confirm, context.chat_id, tap.asked, door(context), now=context.now
    )
    await _show(context, step)


async def change_name(update: Update, context: QuizContext) -> None:
    """Ask for the name again."""
    tap = context.tap(ChangeName)
    await _show(
        context,
        await context.run(service.change_name, context.chat_id, tap.asked, now=context.now),
    )


async def name_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Show the typed name for a yes or no."""
    step = await context.run(
        service.give_name,
        context.chat_id,
        context.message_text,
        update_id=context.request.update_id,
        now=context.now,
    )
    await _show(context, step)


async def department_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Make the first department and go on to the name."""
    step = await context.run(
        service.name_department,
        context.chat_id,
        context.message_text,
        door(context),
        update_id=context.request.update_id,
        now=context.now,
    )
    await _show(context, step)


def door(context: QuizContext) -> Door:
    """Who may come in without an invite."""
    settings = context.house.settings
    return Door(settings.admins, settings.open_join)


async def _show(context: QuizContext, step: Step) -> None:
    await context.show(views.step(step))
    if isinstance(step, Welcome):
        await set_menu(context.house, context.chat_id, step.person.role)


PROMPTS: Mapping[str, TextHandler] = {
    state.NAME: name_typed,
    state.DEPARTMENT: department_typed,
}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the way in listens to."""
    return [
        CommandHandler("start", start, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE),
        CallbackQueryHandler(turn_departments, callbacks.pattern(TurnJoin)),
        CallbackQueryHandler(choose_department, callbacks.pattern(JoinDepartment)),
        CallbackQueryHandler(confirm, callbacks.pattern(ConfirmJoin)),
        CallbackQueryHandler(change_name, callbacks.pattern(ChangeName)),
    ]

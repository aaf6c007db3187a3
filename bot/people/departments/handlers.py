"""Handlers of the list of departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.people.departments import service, views
from bot.people.departments.taps import AddDepartment, ListDepartments, RenameDepartment
from bot.prompts import TextHandler


async def departments(update: Update, context: QuizContext) -> None:
    """Show the first page of departments."""
    await context.show(views.listing(await context.run(service.show, context.chat_id, 0)))


async def turn(update: Update, context: QuizContext) -> None:
    """Show another page, or come back from typing a name."""
    tap = context.tap(ListDepartments)
    await context.show(views.listing(await context.run(service.show, context.chat_id, tap.page)))


async def ask_new(update: Update, context: QuizContext) -> None:
    """Ask for a new department's name."""
    context.tap(AddDepartment)
    await context.run(service.ask_new, context.chat_id, now=context.now)
    await context.show(views.ask_new())


async def ask_rename(update: Update, context: QuizContext) -> None:
    """Ask for a department's new name."""
    tap = context.tap(RenameDepartment)
    department = await context.run(
        service.ask_rename, context.chat_id, tap.department, now=context.now
    )
    await context.show(views.ask_rename(department))


async def new_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Add the department and show the list."""
    listing = await context.run(
        service.add,
        context.chat_id,
        context.message_text,
        update_id=context.request.update_id,
        now=context.now,
    )
    await context.show(views.listing(listing))


async def rename_typed(context: QuizContext, payload: Mapping[str, object]) -> None:
    """Rename the department and show the list."""
    listing = await context.run(
        service.rename,
        context.chat_id,
        cast(int, payload["department"]),
        context.message_text,
        update_id=context.request.update_id,
        now=context.now,
    )
    await context.show(views.listing(listing))


PROMPTS: Mapping[str, TextHandler] = {service.ADD: new_typed, service.RENAME: rename_typed}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the list of departments listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("departments", departments, private),
        CallbackQueryHandler(turn, callbacks.pattern(ListDepartments)),
        CallbackQueryHandler(ask_new, callbacks.pattern(AddDepartment)),
        CallbackQueryHandler(ask_rename, callbacks.pattern(RenameDepartment)),
    ]

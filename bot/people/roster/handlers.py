"""Handlers of the admins' list of people."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.people.notices import inform
from bot.people.roster import service, views
from bot.people.roster.taps import (
    FilterPeople,
    ListPeople,
    MovePerson,
    MoveTo,
    SetActive,
    SetRole,
    ShowPerson,
)


async def people(update: Update, context: QuizContext) -> None:
    """Show the first page of everyone."""
    page = await context.read(service.list_people, context.chat_id, 0, 0)
    await context.show(views.people(page))


async def turn(update: Update, context: QuizContext) -> None:
    """Show another page, or another department."""
    tap = context.tap(ListPeople)
    page = await context.read(service.list_people, context.chat_id, tap.page, tap.department)
    await context.show(views.people(page))


async def choose_filter(update: Update, context: QuizContext) -> None:
    """Offer the departments to filter by."""
    tap = context.tap(FilterPeople)
    departments = await context.read(service.list_departments, context.chat_id)
    await context.show(views.choose_filter(departments, tap.page))


async def show(update: Update, context: QuizContext) -> None:
    """Show a person's card."""
    tap = context.tap(ShowPerson)
    card = await context.read(service.show, context.chat_id, tap.person)
    await context.show(views.card(card, context.house.settings.timezone))


async def set_role(update: Update, context: QuizContext) -> None:
    """Promote or demote a person, and tell them."""
    tap = context.tap(SetRole)
    change = await context.run(
        service.set_role,
        context.chat_id,
        tap.person,
        tap.role,
        context.house.settings.admins,
        now=context.now,
    )
    await _show(context, change)
    await inform(context, change, views.told_role(change.card.person))


async def choose_move(update: Update, context: QuizContext) -> None:
    """Offer the departments to put a person into."""
    tap = context.tap(MovePerson)
    choice = await context.read(service.choose_move, context.chat_id, tap.person, tap.page)
    await context.show(views.choose_move(choice))


async def move(update: Update, context: QuizContext) -> None:
    """Put a person into another department, and tell them."""
    tap = context.tap(MoveTo)
    change = await context.run(
        service.move, context.chat_id, tap.person, tap.department, now=context.now
    )
    await _show(context, change)
    await inform(context, change, views.told_department(change.card.person))


async def set_active(update: Update, context: QuizContext) -> None:
    """Deactivate a person or bring them back, and tell them."""
    tap = context.tap(SetActive)
    change = await context.run(
        service.set_active,
        context.chat_id,
        tap.person,
        is_active=bool(tap.active),
        now=context.now,
    )
    await _show(context, change)
    await inform(context, change, views.told_active(change.card.person))


async def _show(context: QuizContext, change: service.Change) -> None:
    screen = views.changed(change, context.house.settings.timezone)
    await context.show(screen, toast=views.toast(change))


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What the list of people listens to."""
    return [
        CommandHandler("people", people, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE),
        CallbackQueryHandler(turn, callbacks.pattern(ListPeople)),
        CallbackQueryHandler(choose_filter, callbacks.pattern(FilterPeople)),
        CallbackQueryHandler(show, callbacks.pattern(ShowPerson)),
        CallbackQueryHandler(set_role, callbacks.pattern(SetRole)),
        CallbackQueryHandler(choose_move, callbacks.pattern(MovePerson)),
        CallbackQueryHandler(move, callbacks.pattern(MoveTo)),
        CallbackQueryHandler(set_active, callbacks.pattern(SetActive)),
    ]

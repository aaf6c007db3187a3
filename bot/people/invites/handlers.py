"""Handlers of inviting."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, filters

from bot import callbacks
from bot.context import QuizContext
from bot.people.invites import service, views
from bot.people.invites.codes import new_code
from bot.people.invites.taps import ChooseReach, EndInvite, InviteTo, MakeInvite


async def invite(update: Update, context: QuizContext) -> None:
    """Offer the departments to invite into."""
    departments = await context.read(service.list_departments, context.chat_id)
    await context.show(views.choose_department(departments, 0))


async def turn(update: Update, context: QuizContext) -> None:
    """Offer more departments."""
    tap = context.tap(InviteTo)
    departments = await context.read(service.list_departments, context.chat_id)
    await context.show(views.choose_department(departments, tap.page))


async def choose_reach(update: Update, context: QuizContext) -> None:
    """Ask whom the invite is to let in."""
    tap = context.tap(ChooseReach)
    department = await context.read(service.choose_reach, context.chat_id, tap.department)
    await context.show(views.choose_reach(department))


async def make(update: Update, context: QuizContext) -> None:
    """Make the invite and show it."""
    tap = context.tap(MakeInvite)
    invitation = await context.run(
        service.make,
        context.chat_id,
        tap.department,
        tap.reach,
        new_code(),
        update_id=update.update_id,
        now=context.now,
    )
    house = context.house
    await context.show(views.made(invitation, house.bot_username, house.settings.timezone))


async def end(update: Update, context: QuizContext) -> None:
    """Put an end to the invite."""
    tap = context.tap(EndInvite)
    await context.run(service.end, context.chat_id, tap.invite, now=context.now)
    await context.show(views.ended())


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What inviting listens to."""
    return [
        CommandHandler("invite", invite, filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE),
        CallbackQueryHandler(turn, callbacks.pattern(InviteTo)),
        CallbackQueryHandler(choose_reach, callbacks.pattern(ChooseReach)),
        CallbackQueryHandler(make, callbacks.pattern(MakeInvite)),
        CallbackQueryHandler(end, callbacks.pattern(EndInvite)),
    ]

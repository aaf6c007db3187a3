"""Everything that people listens to; here the handlers that need no right."""

from __future__ import annotations

from typing import Any

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, CommandHandler, filters

from bot.context import QuizContext, mark_reachable, mark_unreachable
from bot.people import service, views
from bot.people.charge import handlers as charge
from bot.people.departments import handlers as departments
from bot.people.invites import handlers as invites
from bot.people.joining import handlers as joining
from bot.people.roster import handlers as roster
from bot.preferences.absence import come_back


async def help_(update: Update, context: QuizContext) -> None:
    """Show what this person can do here."""
    person = await context.read(service.find_member, context.chat_id)
    await context.show(views.help_for(person))


async def privacy(update: Update, context: QuizContext) -> None:
    """Show what is kept, to anyone."""
    await context.show(views.privacy())


async def come_or_go(update: Update, context: QuizContext) -> None:
    """Skip a chat whose person blocked the bot; serve it again once they are back."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return
    match change.new_chat_member.status:
        case ChatMember.BANNED | ChatMember.LEFT:
            await context.run(mark_unreachable, change.chat.id, now=context.now)
        case ChatMember.MEMBER:
            await context.run(mark_reachable, change.chat.id)
            await context.run(come_back, change.chat.id, now=context.now)


PROMPTS = {**joining.PROMPTS, **departments.PROMPTS}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What people listens to."""
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        *joining.handlers(),
        *roster.handlers(),
        *charge.handlers(),
        *departments.handlers(),
        *invites.handlers(),
        CommandHandler("help", help_, private),
        CommandHandler("privacy", privacy, private),
        ChatMemberHandler(come_or_go, ChatMemberHandler.MY_CHAT_MEMBER),
    ]

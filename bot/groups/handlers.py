"""Handlers of groups: /bind and /unbind, votes, and silence about everything else there."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.constants import ChatType
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

from bot import callbacks
from bot.context import QuizContext
from bot.errors import StaleTap
from bot.groups import service, views
from bot.groups.taps import BindTo, TurnDepartments

# A vote may overtake the note of its poll's id by a moment: looks, seconds apart.
LOOKS, LOOK_SECONDS = 10, 0.3
_GONE = (ChatMember.LEFT, ChatMember.BANNED)


async def offer(update: Update, context: QuizContext) -> None:
    """Offer the departments the group could belong to."""
    choice = await context.read(service.choose, context.chat_id, context.place_id)
    await context.say(views.choose(choice))


async def turn(update: Update, context: QuizContext) -> None:
    """Offer more departments."""
    tap = context.tap(TurnDepartments)
    choice = await context.read(service.choose, context.chat_id, context.place_id, tap.asker_id)
    await context.show(views.choose(choice, tap.page))


async def bind(update: Update, context: QuizContext) -> None:
    """Bind the group the button stands in."""
    tap, chat = context.tap(BindTo), update.effective_chat
    if chat is None or chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        raise StaleTap
    bound = await context.run(
        service.bind,
        context.chat_id,
        chat.id,
        chat.title or "",
        tap.department_id,
        tap.asker_id,
        now=context.now,
    )
    await context.show(views.bound(bound))


async def unbind(update: Update, context: QuizContext) -> None:
    """Send the group nothing more."""
    done = await context.run(service.unbind, context.chat_id, context.place_id, now=context.now)
    await context.say(views.unbound(done))


async def explain(update: Update, context: QuizContext) -> None:
    """Say in a private chat how a group is bound."""
    await context.read(service.choose, context.chat_id, context.chat_id)
    await context.say(views.how_to(context.house.bot_username))


async def migrate(update: Update, context: QuizContext) -> None:
    """Follow a group to its new id; both chats tell of it."""
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    await context.run(service.move, old, message.migrate_to_chat_id or message.chat.id)


async def vote(update: Update, context: QuizContext) -> None:
    """Count a vote; the poll itself shows what was right."""
    answer = update.poll_answer
    if answer is None or answer.user is None:
        return
    chosen = (answer.user.id, answer.poll_id, answer.option_ids)
    for _ in range(LOOKS):
        if await context.run(service.vote, *chosen, now=context.now) is not service.Vote.EARLY:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def outside(update: Update, context: QuizContext) -> None:
    """Whatever else happens outside of private chats: nothing is said to it."""
    if update.my_chat_member is not None:
        await _come_or_go(update.my_chat_member, context)
    elif update.callback_query is not None:
        raise StaleTap


async def _come_or_go(change: ChatMemberUpdated, context: QuizContext) -> None:
    """Forget a group the bot was sent away from; help who has brought it and may bind it."""
    if change.new_chat_member.status in _GONE:
        await context.run(service.end, change.chat.id, "kicked")
    elif change.old_chat_member.status in _GONE and change.chat.type != ChatType.CHANNEL:
        choice = await context.read(service.welcome, change.from_user.id, change.chat.id)
        if choice is not None:
            await context.say(views.choose(choice))


class Outside(BaseHandler[Update, QuizContext, None]):
    """Matches what happens anywhere but in a private chat."""

    def check_update(self, update: object) -> bool:
        """Whether no feature for private chats may see it."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return chat is not None and chat.type != ChatType.PRIVATE


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What groups listen to; these come before every other feature's."""
    here = filters.UpdateType.MESSAGE & filters.ChatType.GROUPS
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    return [
        CommandHandler("bind", offer, here),
        CommandHandler("unbind", unbind, here),
        CommandHandler(["bind", "unbind"], explain, private),
        CallbackQueryHandler(bind, callbacks.pattern(BindTo)),
        CallbackQueryHandler(turn, callbacks.pattern(TurnDepartments)),
        MessageHandler(filters.StatusUpdate.MIGRATE & here, migrate),
        PollAnswerHandler(vote),
        Outside(outside),
    ]

"""Telling someone what an admin has just changed about them."""

from __future__ import annotations

import logging

from telegram.error import TelegramError

from bot.context import QuizContext, mark_unreachable
from bot.people.commands import set_menu
from bot.people.roster.service import Change
from bot.screen import Screen
from bot.transport.outcome import SendFault, classify

logger = logging.getLogger(__name__)


async def inform(context: QuizContext, change: Change, screen: Screen) -> None:
    """Give a changed person the menu that is theirs now and, where it was another, a word.

    The change is committed: a chat that can't be reached is marked, any other failure logged.
    """
    person = change.card.person
    if not change.is_changed:
        return
    await set_menu(context.house, person.chat_id, person.role if person.is_active else None)
    if person.chat_id == context.chat_id:
        return
    try:
        await context.house.talk.send(person.chat_id, screen)
    except TelegramError as error:
        fault = classify(error).fault
        logger.warning("person %s was not told of a change: %s", person.id, fault)
        if fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
            await context.run(mark_unreachable, person.chat_id, now=context.now)

"""Telling someone what an admin has just changed about them."""

from __future__ import annotations

from bot.context import QuizContext
from bot.people.commands import set_menu
from bot.people.roster.service import Change
from bot.screen import Screen


async def inform(context: QuizContext, change: Change, screen: Screen) -> None:
    """Give a changed person the menu that is theirs now and, where it was another, a word.

    The change is committed, whatever becomes of the word.
    """
    person = change.card.person
    if not change.is_changed:
        return
    await set_menu(context.house, person.chat_id, person.role if person.is_active else None)
    if person.chat_id == context.chat_id:
        return
    await context.tell(person.chat_id, screen)

"""Screens of /help and /privacy."""

from __future__ import annotations

from bot.people.commands import commands_for
from bot.screen import Screen
from bot.texts import Markup, text
from storage.repositories.people import PersonRow
from storage.states import Role

_HELP = {
    Role.STAFF: "people.help_staff",
    Role.TRAINER: "people.help_trainer",
    Role.ADMIN: "people.help_admin",
}


def help_for(person: PersonRow | None) -> Screen:
    """What the bot is for and what this person can do with it."""
    role = person.role if person is not None else None
    lines = [
        text("people.help_line", command=name, does=does) for name, does in commands_for(role)
    ]
    key = _HELP[role] if role is not None else "people.help_stranger"
    return Screen(text(key, commands=Markup("\n".join(lines))))


def privacy() -> Screen:
    """The full notice."""
    return Screen(text("people.privacy"))

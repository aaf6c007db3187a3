"""The command menus: which commands a chat is offered, by role."""

from __future__ import annotations

import logging
from collections.abc import Awaitable

from telegram.error import TelegramError

from bot.context import House
from bot.people.service import list_leaders
from bot.texts import label
from bot.transport.outcome import classify
from storage.states import Role

logger = logging.getLogger(__name__)

_LABELS = {
    "start": "people.command_start",
    "today": "people.command_today",
    "me": "people.command_me",
    "board": "people.command_board",
    "settings": "people.command_settings",
    "people": "people.command_people",
    "invite": "people.command_invite",
    "departments": "people.command_departments",
    "plan": "people.command_plan",
    "rounds": "people.command_rounds",
    "calendar": "people.command_calendar",
    "banks": "people.command_banks",
    "document": "people.command_document",
    "import": "people.command_import",
    "objections": "people.command_objections",
    "alerts": "people.command_alerts",
    "items": "people.command_items",
    "report": "people.command_report",
    "participation": "people.command_participation",
    "ledger": "people.command_ledger",
    "annual": "people.command_annual",
    "bind": "people.command_bind",
    "unbind": "people.command_unbind",
    "laws": "people.command_laws",
    "audit": "people.command_audit",
    "status": "people.command_status",
    "help": "people.command_help",
    "privacy": "people.command_privacy",
}
_STAFF = ("today", "me", "board", "settings", "help", "privacy")
_TRAINER = (
    *("plan", "rounds", "banks", "document", "objections", "alerts", "items"),
    *("participation", "report", "ledger", "annual", "bind"),
)
_ADMIN = ("import", "laws", "people", "invite", "departments", "calendar", "audit", "status")
_OF_ROLE = {
    Role.STAFF: _STAFF,
    Role.TRAINER: _STAFF + _TRAINER,
    Role.ADMIN: _STAFF + _TRAINER + _ADMIN,
}
_OF_ANYONE = ("start", "help", "privacy")
_IN_GROUPS = ("bind", "unbind")


def commands_for(role: Role | None) -> list[tuple[str, str]]:
    """The (name, description) pairs of a role; None is someone who has not joined."""
    names = _OF_ANYONE if role is None else _OF_ROLE[role]
    return [(name, label(_LABELS[name])) for name in names]


async def set_menu(house: House, chat_id: int, role: Role | None) -> None:
    """Show a chat the menu of a role, or with None everyone's again; call it after the commit."""
    await _set(house, chat_id, [] if role is None else commands_for(role))


async def sync_commands(house: House) -> None:
    """Set everyone's menu, that of groups, and those of all trainers and admins, as at a start."""
    await _set(house, None, commands_for(None))
    in_groups = [(name, label(_LABELS[name])) for name in _IN_GROUPS]
    await _try(house.talk.set_group_commands(in_groups), "groups")
    for person in await house.database.read(list_leaders):
        await _set(house, person.chat_id, commands_for(person.role))


async def _set(house: House, chat_id: int | None, commands: list[tuple[str, str]]) -> None:
    whose = "everyone" if chat_id is None else "one chat"
    await _try(house.talk.set_commands(chat_id, commands), whose)


async def _try(setting: Awaitable[None], whose: str) -> None:
    """A menu is a convenience: where it can't be set, every command works all the same."""
    try:
        await setting
    except TelegramError as error:
        logger.warning("the menu of %s was not set: %s", whose, classify(error).fault)

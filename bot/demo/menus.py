"""Command menus: which commands are in force in which chat."""

import re
from typing import Any

from bot.demo.errors import bad_request
from bot.demo.people import Json

MAX_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)

ScopeKey = tuple[str, int]


def check_commands(given: Any) -> list[Json]:
    """BotCommand objects of setMyCommands, within Telegram's limits."""
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands: list[Json] = []
    for entry in given:
        if not isinstance(entry, dict):
            raise bad_request("expected an Object as BotCommand")
        command, description = entry.get("command"), entry.get("description")
        if not isinstance(command, str) or not isinstance(description, str):
            raise bad_request('field "command" and "description" must be of type String')
        command = command.removeprefix("/")
        if not _COMMAND.fullmatch(command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append({"command": command, "description": description})
    return commands


def scope_key(scope: Any) -> ScopeKey:
    """A BotCommandScope as a key; only the `chat` scope names a chat."""
    if scope is None:
        return "default", 0
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _PLAIN_SCOPES:
        return str(kind), 0
    if kind == "chat":
        try:
            return "chat", int(scope["chat_id"])
        except (KeyError, TypeError, ValueError):
            raise bad_request("chat not found") from None
    raise bad_request("unsupported BotCommandScope type")


class Menus:
    """All menus by scope and language."""

    def __init__(self) -> None:
        self._menus: dict[tuple[ScopeKey, str], list[Json]] = {}

    def get(self, scope: ScopeKey, language: str) -> list[Json]:
        """The menu of exactly this scope and language."""
        return self._menus.get((scope, language), [])

    def put(self, scope: ScopeKey, language: str, commands: list[Json]) -> None:
        """Set a menu; an empty one is removed."""
        if commands:
            self._menus[scope, language] = commands
        else:
            self._menus.pop((scope, language), None)

    def in_force(self, chat: int, language: str) -> list[Json]:
        """What a client shows in a chat: the narrowest scope first, the person's language first;
        groups have negative ids.
        """
        wide = "all_private_chats" if chat > 0 else "all_group_chats"
        for scope in (("chat", chat), (wide, 0), ("default", 0)):
            for code in (language, ""):
                if menu := self._menus.get((scope, code)):
                    return menu
        return []

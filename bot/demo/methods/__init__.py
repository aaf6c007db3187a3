"""The Bot API's methods by name, as case-insensitive as on Telegram."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.demo.methods import commands, delivery, editing, media, polls, profile, sending, taps
from bot.demo.network import Network
from bot.demo.parameters import Parameters

Method: TypeAlias = Callable[[Network, Parameters], Any | Awaitable[Any]]

_GROUPS: tuple[dict[str, Method], ...] = (
    profile.METHODS,
    sending.METHODS,
    editing.METHODS,
    taps.METHODS,
    media.METHODS,
    polls.METHODS,
    commands.METHODS,
    delivery.METHODS,
)

NAMES: dict[str, str] = {name.lower(): name for group in _GROUPS for name in group}
METHODS: dict[str, Method] = {name: method for group in _GROUPS for name, method in group.items()}

# Methods that Telegram's limits of messages a second apply to.
RATED = frozenset({"sendMessage", "sendPhoto", "sendDocument", "sendPoll"})

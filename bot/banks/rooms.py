"""What the banks' rooms listen to, for the composition root."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from telegram.ext import BaseHandler

from bot.banks import approving, editing
from bot.banks.incoming import handlers as incoming
from bot.prompts import TextHandler

ROOMS: tuple[ModuleType, ...] = (incoming, approving, editing)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of every room."""
    return [handler for room in ROOMS for handler in room.handlers()]


PROMPTS: Mapping[str, TextHandler] = {
    kind: handler for room in ROOMS for kind, handler in room.PROMPTS.items()
}

"""What the banks' rooms listen to, for the composition root."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from telegram.ext import BaseHandler

from bot.banks import approving, audit, currency, editing, objections, shelf
from bot.banks.currency.words import WORDS as CURRENCY
from bot.banks.incoming import handlers as incoming
from bot.banks.notices import Source
from bot.banks.objections.words import WORDS as OBJECTIONS
from bot.prompts import TextHandler

ROOMS: tuple[ModuleType, ...] = (currency, incoming, approving, editing, objections, shelf, audit)


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of every room."""
    return [handler for room in ROOMS for handler in room.handlers()]


PROMPTS: Mapping[str, TextHandler] = {
    kind: handler for room in ROOMS for kind, handler in room.PROMPTS.items()
}

# Who is told what in the background.
WORDS: Mapping[str, Source] = {**OBJECTIONS, **CURRENCY}

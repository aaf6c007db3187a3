"""Everything that bringing listens to."""

from __future__ import annotations

from typing import Any

from telegram.ext import BaseHandler

from bot.banks.incoming.deciding import handlers as deciding
from bot.banks.incoming.taking import handlers as taking
from bot.banks.incoming.undoing import handlers as undoing

PROMPTS = {**taking.PROMPTS, **deciding.PROMPTS}


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """What bringing listens to."""
    return [*taking.handlers(), *deciding.handlers(), *undoing.handlers()]

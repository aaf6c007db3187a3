"""What the rooms of reports listen to, for the composition root."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram.ext import BaseHandler

from bot.banks.notices import Source
from bot.prompts import TextHandler
from bot.reports import annual, digest, ledger, participation
from bot.reports import handlers as card


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """The handlers of every room."""
    rooms = (card, participation, digest, ledger, annual)
    return [handler for room in rooms for handler in room.handlers()]


PROMPTS: Mapping[str, TextHandler] = {**ledger.PROMPTS, **annual.PROMPTS}

# Who is told what in the background.
WORDS: Mapping[str, Source] = digest.WORDS

plan_digests = digest.plan

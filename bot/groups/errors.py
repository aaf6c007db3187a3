"""What may go wrong with a group's buttons."""

from __future__ import annotations

from bot.errors import BotError


class NotYours(BotError):
    """The button is for whoever sent /bind."""

    text_key = "groups.not_yours"

"""榜: where one stands oneself first, then the upper half, by name only with consent."""

from bot.boards.handlers import handlers

__all__ = ["handlers"]

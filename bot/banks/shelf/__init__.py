"""题库架: the banks, what they hold, and each question with what can be done to it."""

from bot.banks.shelf.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

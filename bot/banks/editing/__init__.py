"""修改: one part of a question at a time, each edit one more version; and its history."""

from bot.banks.editing.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

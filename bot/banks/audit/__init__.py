"""谁做了什么: the house's audit trail, in chat and as a file."""

from bot.banks.audit.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""法律时效: what lapsed leaves use and its keepers hear of it; admins add laws to the registry."""

from bot.banks.currency.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""每日答题: the card, the answer, the verdict and the summary."""

from bot.daily.handlers import PROMPTS, handlers, stray

__all__ = ["PROMPTS", "handlers", "stray"]

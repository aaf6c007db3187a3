"""每日答题: the card, the answer, the verdict and the summary."""

from bot.daily.handlers import answer_text, handlers

__all__ = ["answer_text", "handlers"]

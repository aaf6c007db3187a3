"""题目分析: what answers say about questions; weak ones pause until their owners have looked."""

from bot.items.handlers import handlers
from bot.items.words import WORDS

__all__ = ["WORDS", "handlers"]

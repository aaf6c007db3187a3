"""工作日历: 放假通知 as an admin pastes it, what is known, and what it does to plans."""

from bot.calendar.handlers import PROMPTS, handlers
from bot.calendar.words import WORDS, warn

__all__ = ["PROMPTS", "WORDS", "handlers", "warn"]

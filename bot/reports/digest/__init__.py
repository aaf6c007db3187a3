"""每周、每月的简报: told once, on the first workday, to those who answer for the figures."""

from bot.reports.digest.handlers import handlers
from bot.reports.digest.planning import plan
from bot.reports.digest.words import WORDS

__all__ = ["WORDS", "handlers", "plan"]

"""年度总结: a paragraph in the manner of the annual report, each figure led back to its rows."""

from bot.reports.annual.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""台账: lectures, court visits, campaigns and handouts, written down by trainers."""

from bot.reports.ledger.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

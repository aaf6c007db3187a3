"""参与情况: who was due, who took part, and the list behind each number."""

from bot.reports.participation.handlers import handlers

__all__ = ["handlers"]

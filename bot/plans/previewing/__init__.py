"""Looking ahead: a plan's next rounds, and the first of them sent to oneself alone."""

from bot.plans.previewing.handlers import handlers

__all__ = ["handlers"]

"""Making a plan: a name, good defaults, and copies of what there is."""

from bot.plans.making.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

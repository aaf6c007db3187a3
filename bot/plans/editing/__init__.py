"""Changing a plan, part by part: when it asks, what, whom, and how."""

from bot.plans.editing.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""训练计划: when rounds open, who gets them, and how they are sent."""

from bot.plans.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""审核: drafts one by one or in bulk; approve, return with a reason, or go on."""

from bot.banks.approving.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

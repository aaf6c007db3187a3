"""题目有误: staff object, keepers settle; what is voided gives everybody full credit."""

from bot.banks.objections.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""群: departments' group chats, and the day's question as a quiz in them.

A trainer binds a group with /bind; when a round of a plan with polls opens, each group of a
department on its roll gets one question that fits Telegram's limits. A member's vote is the
answer of that question. Everything else in a group is left unanswered.
"""

from bot.groups.handlers import handlers

__all__ = ["handlers"]

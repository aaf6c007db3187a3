"""个人设置: when somebody is written to, 10分钟后, 请假, quiet hours, and this week's reminders.

Here the wishes are kept; rounds are opened and sent elsewhere, and heed them.
"""

from bot.preferences.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "handlers"]

"""系统状态: what admins and their monitors see of the house, and are told when it is not well."""

from bot.status.handlers import Desk
from bot.status.watch import Watch
from bot.status.words import words

__all__ = ["Desk", "Watch", "words"]

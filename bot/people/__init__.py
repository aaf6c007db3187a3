"""人员: who may come in, who they are, and what each may do.

`joining` is the way in (/start), `roster` the admins' list of people, `departments` the 处室,
`invites` the links that let people join. Here at the top: /help, /privacy, the command menus, and
chats that come and go.
"""

from bot.people.commands import commands_for, sync_commands
from bot.people.handlers import PROMPTS, handlers

__all__ = ["PROMPTS", "commands_for", "handlers", "sync_commands"]

"""One person's private chat with the bot."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.demo.messages import Message
from bot.demo.people import Json, Player

MAX_MESSAGES = 2_000


@dataclass(slots=True)
class Chat:
    """The chat and its last messages; `is_open` once the person has written to the bot.

    `unread` counts the bot's messages since the person last did anything.
    """

    player: Player
    user: Json = field(init=False)
    chat: Json = field(init=False)
    messages: OrderedDict[int, Message] = field(default_factory=OrderedDict)
    is_open: bool = False
    is_blocked: bool = False
    is_deactivated: bool = False
    is_missing: bool = False
    unread: int = 0

    def __post_init__(self) -> None:
        self.user = self.player.to_user()
        self.chat = self.player.to_chat()

    def keep(self, message: Message) -> None:
        """Add a message; past the limit the oldest one goes."""
        self.messages[message.message_id] = message
        if len(self.messages) > MAX_MESSAGES:
            self.messages.popitem(last=False)

    def find(self, message_id: int) -> Message | None:
        """A message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def shown(self) -> Iterator[Message]:
        """Every message still kept, oldest first."""
        return iter(self.messages.values())

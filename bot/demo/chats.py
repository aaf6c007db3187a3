"""Private chats with the bot and groups it may be in: their messages, and who sees them."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.demo.errors import bad_request, forbidden, upgraded
from bot.demo.messages import Message
from bot.demo.people import Json, Player

MAX_MESSAGES = 2_000
HERE = frozenset({"member", "administrator"})


@dataclass(slots=True)
class Chat:
    """A chat and its last messages.

    `unread` counts, by person, the bot's messages since they last did anything here.
    """

    chat: Json = field(init=False, default_factory=dict)
    messages: OrderedDict[int, Message] = field(init=False, default_factory=OrderedDict)
    unread: Counter[int] = field(init=False, default_factory=Counter)

    @property
    def viewers(self) -> Iterable[int]:
        """The people who see this chat."""
        return ()

    @property
    def place(self) -> Json:
        """What tells events of this chat from those of a person's private one."""
        return {}

    @property
    def is_reachable(self) -> bool:
        """Whether the bot could write here, or was only shut out."""
        return False

    def check_known(self) -> None:
        """Raise ApiError where the bot can't know of the chat."""

    def check_writable(self) -> None:
        """Raise ApiError where the bot may not write."""

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


@dataclass(slots=True)
class PrivateChat(Chat):
    """One person's chat with the bot; `is_open` once the person has written to it."""

    player: Player
    user: Json = field(init=False)
    is_open: bool = False
    is_blocked: bool = False
    is_deactivated: bool = False
    is_missing: bool = False

    def __post_init__(self) -> None:
        self.user = self.player.to_user()
        self.chat = self.player.to_chat()

    @property
    def viewers(self) -> Iterable[int]:
        """The person."""
        return (self.player.id,)

    @property
    def is_reachable(self) -> bool:
        """Whether the person has ever written."""
        return self.is_open and not self.is_missing

    def check_known(self) -> None:
        """Raise ApiError 400 where there is no such chat."""
        if self.is_missing:
            raise bad_request("chat not found")

    def check_writable(self) -> None:
        """Raise ApiError 403 where the person may not be written to."""
        if self.is_deactivated:
            raise forbidden("user is deactivated")
        if self.is_blocked:
            raise forbidden("bot was blocked by the user")
        if not self.is_open:
            raise forbidden("bot can't initiate conversation with a user")


@dataclass(slots=True)
class GroupChat(Chat):
    """A group of people, with the bot as a ChatMember of some status, or not yet at all."""

    id: int
    title: str
    members: set[int]
    status: str | None = None
    moved_to: int | None = None

    def __post_init__(self) -> None:
        kind = "supergroup" if self.is_super else "group"
        self.chat = {"id": self.id, "title": self.title, "type": kind}

    @property
    def is_super(self) -> bool:
        """Whether it is a supergroup, as its id says."""
        return str(self.id).startswith("-100")

    @property
    def viewers(self) -> Iterable[int]:
        """Its members."""
        return tuple(self.members)

    @property
    def place(self) -> Json:
        """The group's id."""
        return {"group": self.id}

    @property
    def is_reachable(self) -> bool:
        """Whether the bot is a member."""
        return self.is_bot_here

    @property
    def is_bot_here(self) -> bool:
        """Whether the bot is a member."""
        return self.status in HERE

    def check_known(self) -> None:
        """Raise ApiError 400 where it has moved, or the bot was never in it."""
        if self.moved_to is not None:
            raise upgraded(self.moved_to)
        if self.status is None:
            raise bad_request("chat not found")

    def check_writable(self) -> None:
        """Raise ApiError 403 where the bot is not in it any more."""
        name = "supergroup chat" if self.is_super else "group chat"
        if self.status == "kicked":
            raise forbidden(f"bot was kicked from the {name}")
        if not self.is_bot_here:
            raise forbidden(f"bot is not a member of the {name}")

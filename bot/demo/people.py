"""Who is on the network, and what the network allows."""

from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Player:
    """A person; `note` is the role shown beside the name on the page.

    Who isn't `is_played` has chats too, but the page doesn't offer them.
    """

    id: int
    name: str
    note: str
    is_played: bool = True

    def to_user(self) -> Json:
        """The person as the Bot API's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": "zh-hans",
        }

    def to_chat(self) -> Json:
        """The private chat with this person as the Bot API's Chat."""
        return {"id": self.id, "type": "private", "first_name": self.name}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the network allows: messages a second (None: any number) and seconds.

    `latency` is added to every call; `callback_age` is how long a tap may wait for its answer;
    `callback_life` how long an undelivered tap is kept, `update_life` any other update;
    `webhook_retry` is the first pause after a refused delivery, doubled up to a minute.
    """

    per_second: float | None = None
    per_chat_per_second: float | None = None
    latency: float = 0.0
    callback_age: float = 15.0
    callback_life: float = 150.0
    update_life: float = 86_400.0
    webhook_retry: float = 0.5

"""The bot itself, its texts, and the chats it knows."""

from collections.abc import Callable
from typing import Any

from bot.demo.errors import bad_request
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json

_TEXTS = (
    ("Name", "name", 64),
    ("Description", "description", 512),
    ("ShortDescription", "short_description", 120),
)
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_me(network: Network, _parameters: Parameters) -> Json:
    """getMe."""
    return network.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(network: Network, parameters: Parameters) -> Json:
    """getChat: ChatFullInfo."""
    chat = network.chat_of(parameters)
    return chat.chat | {
        "accent_color_id": abs(chat.chat["id"]) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def get_chat_member(network: Network, parameters: Parameters) -> Json:
    """getChatMember: in a private chat the person and the bot are its members."""
    chat = network.chat_of(parameters)
    user_id = parameters.integer("user_id")
    if user_id == network.bot["id"]:
        return {"user": network.bot, "status": "member"}
    if user_id in chat.viewers:
        return {"user": network.person(user_id).user, "status": "member"}
    raise bad_request("user not found")


def log_out(_network: Network, _parameters: Parameters) -> bool:
    """logOut and close: nothing to leave here."""
    return True


def _setter(name: str, limit: int) -> Callable[[Network, Parameters], bool]:
    def set_text(network: Network, parameters: Parameters) -> bool:
        text = parameters.text(name)
        if len(text) > limit:
            raise bad_request(f"{name} is too long")
        network.profile[name, parameters.text("language_code")] = text
        return True

    return set_text


def _getter(name: str) -> Callable[[Network, Parameters], Json]:
    def get_text(network: Network, parameters: Parameters) -> Json:
        texts = network.profile
        language = parameters.text("language_code")
        fallback = texts.get((name, ""), network.bot["first_name"] if name == "name" else "")
        return {name: texts.get((name, language)) or fallback}

    return get_text


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "logOut": log_out,
    "close": log_out,
}
METHODS |= {f"setMy{title}": _setter(name, limit) for title, name, limit in _TEXTS}
METHODS |= {f"getMy{title}": _getter(name) for title, name, _ in _TEXTS}

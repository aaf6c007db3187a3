"""Sending text."""

from typing import Any

from bot.demo.errors import bad_request
from bot.demo.methods.content import read_extras, read_keyboard, read_text
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(network: Network, parameters: Parameters) -> Json:
    """sendMessage."""
    formatted = read_text(parameters)
    keyboard = read_keyboard(parameters)
    chat = network.writable_chat(parameters)
    message = network.new_bot_message(chat)
    message.text, message.entities = formatted.text, formatted.entities
    message.keyboard = keyboard
    read_extras(parameters, chat, message)
    network.show(chat, message)
    return message.to_api()


def send_chat_action(network: Network, parameters: Parameters) -> bool:
    """sendChatAction."""
    if parameters.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = network.writable_chat(parameters)
    network.tell(chat, "typing")
    return True


METHODS: dict[str, Any] = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
}

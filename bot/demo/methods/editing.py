"""Editing and deleting messages."""

from typing import Any

from bot.demo.chats import Chat
from bot.demo.entities import FormattedText
from bot.demo.errors import bad_request
from bot.demo.keyboards import Keyboard
from bot.demo.messages import Message
from bot.demo.methods.content import read_caption, read_keyboard, read_message_id, read_text
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json

DELETE_WITHIN = 48 * 3600
MAX_DELETED_AT_ONCE = 100


def edit_message_text(network: Network, parameters: Parameters) -> Json:
    """editMessageText; without a markup the keyboard goes."""
    formatted, keyboard = read_text(parameters), read_keyboard(parameters)
    chat, message = _editable(network, parameters)
    if message.has_media or message.poll is not None:
        raise bad_request("there is no text in the message to edit")
    return _apply(network, chat, message, formatted, keyboard)


def edit_message_caption(network: Network, parameters: Parameters) -> Json:
    """editMessageCaption."""
    formatted, keyboard = read_caption(parameters), read_keyboard(parameters)
    chat, message = _editable(network, parameters)
    if not message.has_media:
        raise bad_request("there is no caption in the message to edit")
    return _apply(network, chat, message, formatted, keyboard)


def edit_message_reply_markup(network: Network, parameters: Parameters) -> Json:
    """editMessageReplyMarkup."""
    keyboard = read_keyboard(parameters)
    chat, message = _editable(network, parameters)
    unchanged = FormattedText(message.text, message.entities)
    return _apply(network, chat, message, unchanged, keyboard)


def delete_message(network: Network, parameters: Parameters) -> bool:
    """deleteMessage, within 48 hours."""
    message_id = read_message_id(parameters)
    chat = network.chat_of(parameters)
    message = chat.find(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if network.now() - message.date > DELETE_WITHIN:
        raise bad_request("message can't be deleted")
    network.remove(chat, message)
    return True


def delete_messages(network: Network, parameters: Parameters) -> bool:
    """deleteMessages; ids not found are passed over."""
    ids = parameters.structure("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= MAX_DELETED_AT_ONCE:
        raise bad_request("message identifiers are not specified")
    chat = network.chat_of(parameters)
    for message_id in ids:
        message = chat.find(message_id) if isinstance(message_id, int) else None
        if message is not None and network.now() - message.date <= DELETE_WITHIN:
            network.remove(chat, message)
    return True


def _editable(network: Network, parameters: Parameters) -> tuple[Chat, Message]:
    message_id = read_message_id(parameters)
    chat = network.writable_chat(parameters)
    message = chat.find(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.is_from_bot:
        raise bad_request("message can't be edited")
    return chat, message


def _apply(
    network: Network,
    chat: Chat,
    message: Message,
    formatted: FormattedText,
    keyboard: Keyboard | None,
) -> Json:
    before = message.text, message.entities, message.keyboard
    if before == (formatted.text, formatted.entities, keyboard):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are "
            "exactly the same as a current content and reply markup of the message"
        )
    message.text, message.entities = formatted.text, formatted.entities
    message.keyboard = keyboard
    network.show_edit(chat, message)
    return message.to_api()


METHODS: dict[str, Any] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}

"""What every message-sending method reads alike: text, markup, reply, extras."""

from bot.demo.chats import Chat
from bot.demo.entities import FormattedText, check_entities, finish, utf16_length
from bot.demo.errors import bad_request
from bot.demo.keyboards import Keyboard, check_markup
from bot.demo.markup import parse_html
from bot.demo.messages import Message
from bot.demo.parameters import Parameters

MAX_TEXT = 4096
MAX_CAPTION = 1024


def read_formatted(parameters: Parameters, text: str, mode: str, entities: str) -> FormattedText:
    """A text parameter parsed by its mode or given entities, trimmed as on Telegram."""
    source = parameters.text(text).replace("\r", "")
    parse_mode = parameters.text(mode).lower()
    if parse_mode == "html":
        return finish(parse_html(source))
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    given = parameters.structure(entities)
    return finish(FormattedText(source, check_entities(given) if given else []))


def read_text(parameters: Parameters) -> FormattedText:
    """The text of a message; length counts after parsing, in UTF-16 units to be on the safe side.

    Raises ApiError 400 when it is empty or longer than 4096.
    """
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    formatted = read_formatted(parameters, "text", "parse_mode", "entities")
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if utf16_length(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def read_caption(parameters: Parameters) -> FormattedText:
    """The caption of a file, possibly empty; raises ApiError 400 when longer than 1024."""
    formatted = read_formatted(parameters, "caption", "parse_mode", "caption_entities")
    if utf16_length(formatted.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def read_keyboard(parameters: Parameters) -> Keyboard | None:
    """The inline keyboard, if there is one."""
    return check_markup(parameters.structure("reply_markup"))


def read_message_id(parameters: Parameters) -> int:
    """The message a method names; raises ApiError 400 when it names none."""
    if not parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    return parameters.integer("message_id")


def read_extras(parameters: Parameters, chat: Chat, message: Message) -> None:
    """Reply, protection and effect of a new message."""
    if parameters.flag("protect_content"):
        message.extra["has_protected_content"] = True
    if effect := parameters.text("message_effect_id"):
        message.extra["effect_id"] = effect
    reply = parameters.structure("reply_parameters")
    if reply is None and parameters.has("reply_to_message_id"):
        reply = {"message_id": parameters.integer("reply_to_message_id")}
    if reply is None:
        return
    if not isinstance(reply, dict) or not isinstance(reply.get("message_id"), int):
        raise bad_request("can't parse reply parameters JSON object")
    message.reply_to = chat.find(reply["message_id"])
    may_go_without = reply.get("allow_sending_without_reply") or parameters.flag(
        "allow_sending_without_reply"
    )
    if message.reply_to is None and not may_go_without:
        raise bad_request("message to be replied not found")

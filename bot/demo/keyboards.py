"""Reply markups, checked as strictly as Telegram checks them."""

from typing import Any
from urllib.parse import urlsplit

from bot.demo.errors import ApiError, bad_request
from bot.demo.people import Json

MAX_CALLBACK_DATA_BYTES = 64
MAX_BUTTONS = 100
MAX_COPY_TEXT = 256
_OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")
_STYLES = frozenset({"danger", "success", "primary"})
_ACTIONS = (
    "callback_data",
    "url",
    "copy_text",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
)

Keyboard = list[list[Json]]


def check_markup(markup: Any) -> Keyboard | None:
    """The inline keyboard of a `reply_markup`, or None where the message gets none.

    Raises ApiError 400 as Telegram does, BUTTON_DATA_INVALID over 64 bytes of data included.
    """
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad_request("can't parse reply keyboard markup JSON object")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if not any(name in markup for name in _OTHER_MARKUPS):
            raise bad_request("object expected as reply markup")
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" must be an Array of Arrays')
    keyboard = [[_check_button(button) for button in row] for row in rows if row]
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard or None


def _check_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unparsed('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if name in button]
    if len(actions) != 1:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if button.get("style", "danger") not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    _check_action(actions[0], button[actions[0]])
    return dict(button)


def _check_action(name: str, value: Any) -> None:
    if name == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif name == "url":
        if not isinstance(value, str) or not _is_link(value):
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    elif name == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _is_link(value: str) -> bool:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
    except ValueError:
        return False
    if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
        return False
    return parts.scheme == "tg" or "." in parts.netloc


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")

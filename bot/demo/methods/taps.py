"""Answering taps."""

from typing import Any

from bot.demo.entities import utf16_length
from bot.demo.errors import bad_request
from bot.demo.network import Network
from bot.demo.parameters import Parameters

MAX_TOAST = 200


def answer_callback_query(network: Network, parameters: Parameters) -> bool:
    """answerCallbackQuery; a second answer is accepted but changes nothing."""
    callback_id = parameters.text("callback_query_id")
    text = parameters.text("text")
    if utf16_length(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    callback = network.callbacks.get(callback_id)
    if callback is None or network.clock() - callback.at > network.limits.callback_age:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if not callback.is_answered:
        callback.is_answered = True
        answer = {"id": callback_id, "text": text, "alert": parameters.flag("show_alert")}
        network.events.tell(callback.person, "answer", answer=answer)
    return True


METHODS: dict[str, Any] = {"answerCallbackQuery": answer_callback_query}

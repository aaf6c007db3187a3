"""Polls and quizzes, within Telegram's limits of length."""

import secrets
from itertools import pairwise
from typing import Any

from bot.demo.entities import utf16_length
from bot.demo.errors import bad_request
from bot.demo.methods.content import (
    read_extras,
    read_formatted,
    read_keyboard,
    read_message_id,
)
from bot.demo.network import Network
from bot.demo.parameters import Parameters
from bot.demo.people import Json
from bot.demo.polls import Poll

MAX_QUESTION = 300
MAX_OPTION = 100
MAX_OPTIONS = 12
MAX_EXPLANATION = 200
MAX_LINE_FEEDS = 2
MIN_PERIOD, MAX_PERIOD = 5, 2_628_000


def send_poll(network: Network, parameters: Parameters) -> Json:
    """sendPoll."""
    poll = _read_poll(parameters, network.now())
    keyboard = read_keyboard(parameters)
    chat = network.writable_chat(parameters)
    message = network.new_bot_message(chat)
    message.poll, message.keyboard = poll, keyboard
    read_extras(parameters, chat, message)
    network.show(chat, message)
    return message.to_api()


def stop_poll(network: Network, parameters: Parameters) -> Json:
    """stopPoll."""
    chat = network.writable_chat(parameters)
    message = chat.find(read_message_id(parameters))
    if message is None or message.poll is None:
        raise bad_request("message with poll to stop not found")
    if message.poll.is_closed:
        raise bad_request("poll has already been closed")
    message.poll.is_closed = True
    message.keyboard = read_keyboard(parameters)
    network.show_edit(chat, message)
    return message.poll.to_api()


def _read_poll(parameters: Parameters, now: int) -> Poll:
    question = parameters.text("question").strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > MAX_QUESTION:
        raise bad_request(f"poll question length must not exceed {MAX_QUESTION}")
    poll = Poll(str(secrets.randbits(62)), question, _read_options(parameters))
    poll.kind = parameters.text("type") or "regular"
    if poll.kind not in {"quiz", "regular"}:
        raise bad_request("unsupported poll type specified")
    if parameters.has("is_anonymous"):
        poll.is_anonymous = parameters.flag("is_anonymous")
    poll.has_multiple_answers = parameters.flag("allows_multiple_answers")
    poll.is_closed = parameters.flag("is_closed")
    poll.may_revote = poll.kind == "regular"
    if parameters.has("allows_revoting"):
        poll.may_revote = parameters.flag("allows_revoting")
    if poll.kind == "quiz":
        _read_key(parameters, poll)
    _read_period(parameters, poll, now)
    return poll


def _read_options(parameters: Parameters) -> list[tuple[str, str]]:
    given = parameters.structure("options")
    if not isinstance(given, list) or not 2 <= len(given) <= MAX_OPTIONS:
        raise bad_request(f"poll must have from 2 to {MAX_OPTIONS} options")
    options = []
    for option in given:
        text = option.get("text") if isinstance(option, dict) else option
        if not isinstance(text, str) or not text.strip():
            raise bad_request("poll options must be non-empty")
        if utf16_length(text) > MAX_OPTION:
            raise bad_request(f"poll options length must not exceed {MAX_OPTION}")
        options.append((secrets.token_hex(8), text.strip()))
    return options


def _read_key(parameters: Parameters, poll: Poll) -> None:
    correct = parameters.structure("correct_option_ids")
    if correct is None and parameters.has("correct_option_id"):
        correct = [parameters.integer("correct_option_id", -1)]
    if not isinstance(correct, list) or not correct:
        raise bad_request("wrong correct option ID specified")
    if not all(isinstance(i, int) and 0 <= i < len(poll.options) for i in correct):
        raise bad_request("wrong correct option ID specified")
    if any(one >= other for one, other in pairwise(correct)):
        raise bad_request("wrong correct option ID specified")
    poll.correct = correct
    if len(poll.correct) > 1 and not poll.has_multiple_answers:
        raise bad_request("wrong number of correct options specified")
    formatted = read_formatted(
        parameters, "explanation", "explanation_parse_mode", "explanation_entities"
    )
    is_tall = formatted.text.count("\n") > MAX_LINE_FEEDS
    if utf16_length(formatted.text) > MAX_EXPLANATION or is_tall:
        raise bad_request("MESSAGE_TOO_LONG")
    poll.explanation, poll.explanation_entities = formatted.text, formatted.entities


def _read_period(parameters: Parameters, poll: Poll, now: int) -> None:
    if parameters.has("open_period"):
        period = parameters.integer("open_period")
        if not MIN_PERIOD <= period <= MAX_PERIOD:
            raise bad_request("wrong open period specified")
        poll.open_period, poll.closes_at = period, now + period
    elif parameters.has("close_date"):
        closes_at = parameters.integer("close_date")
        if not MIN_PERIOD <= closes_at - now <= MAX_PERIOD:
            raise bad_request("wrong close date specified")
        poll.closes_at = closes_at


METHODS: dict[str, Any] = {"sendPoll": send_poll, "stopPoll": stop_poll}

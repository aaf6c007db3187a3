"""Turns HTTP answers and wire faults into python-telegram-bot's errors, cause kept."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

RETRY_SECONDS_UNSAID = 5.0


class ServerError(NetworkError):
    """The server answered 5xx: whether it acted on the request is unknown."""


class Refused(BadRequest):
    """The server answered a 4xx that has no class of its own (413, 405…)."""


class MessageGone(BadRequest):
    """The message to edit is deleted or cannot be edited; send a new one."""


class FloodWait(RetryAfter):
    """429: nothing was done; ask again after `retry_after`."""

    def __init__(self, seconds: float) -> None:
        # The parent's constructor reads its own deprecated property, and so warns each time.
        self._retry_after = timedelta(seconds=seconds)
        TelegramError.__init__(self, f"Too many requests: retry after {seconds:g} seconds")

    @property
    def retry_after(self) -> timedelta:
        """How long the server asks to wait."""
        return self._retry_after


class TooLargeError(Exception):
    """A download went over the limit its caller set."""


def wire_error(error: Exception) -> NetworkError:
    """The error for a wire fault; its text leaves out the URL, which has the token in it."""
    if isinstance(error, asyncio.TimeoutError):
        return TimedOut(f"Timed out ({type(error).__name__})")
    return NetworkError(f"Network fault ({type(error).__name__})")


def answer_error(status: int, payload: bytes) -> TelegramError:
    """The error for an answer other than 2xx.

    Source of the codes: core.telegram.org/bots/api#making-requests (404 is a malformed token).
    """
    answer = _object(payload)
    text = str(answer.get("description") or f"HTTP {status}")
    parameters = answer.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    if isinstance(chat_id := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(chat_id)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        said = parameters.get("retry_after")
        is_usable = isinstance(said, int | float) and said > 0
        return FloodWait(float(said or 0) if is_usable else RETRY_SECONDS_UNSAID)
    if status == HTTPStatus.BAD_REQUEST:
        return BadRequest(text)
    if status == HTTPStatus.FORBIDDEN:
        return Forbidden(text)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        return InvalidToken(text)
    if status == HTTPStatus.CONFLICT:
        return Conflict(text)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refused(text)
    return ServerError(text)


def _object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}

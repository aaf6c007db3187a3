"""What a failed call means: surely not done, done or not unknown, or refused for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
)


class SendFault(StrEnum):
    """Why a send failed; the value is stored with the delivery."""

    NOT_SENT = "not_sent"
    """Surely not sent (no connection): try again."""
    RATE_LIMITED = "rate_limited"
    """429, surely not sent: try again after `retry_after` seconds."""
    BLOCKED = "blocked"
    """403: the person blocked the bot or never started it."""
    CHAT_GONE = "chat_gone"
    """400: there is no such chat, or no longer."""
    REJECTED = "rejected"
    """Any other 4xx: the same request will be refused again."""
    UNAUTHORIZED = "unauthorized"
    """401: the token is not valid; nothing will work."""
    UNKNOWN = "unknown"
    """Read timeout, cut or 5xx: it may have been sent; never send it again by itself."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A classified failure; `retry_after` is in seconds and only set when RATE_LIMITED."""

    fault: SendFault
    retry_after: float = 0.0

    @property
    def may_retry(self) -> bool:
        """Whether the call surely had no effect and the same call may work later."""
        return self.fault in (SendFault.NOT_SENT, SendFault.RATE_LIMITED)


# Raised by aiohttp before a byte of the request leaves.
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)
_REFUSALS = (BadRequest, Conflict, EndPointNotFound)
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")
_UNCHANGED = ("message is not modified",)
_TOO_OLD = ("query is too old", "query_id_invalid", "query id is invalid")
_FILE_TOO_BIG = ("file is too big",)
_NO_MESSAGE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "message identifier is not specified",
)


def classify(error: BaseException) -> Outcome:
    """What `error`, raised by a call of the Bot API, says about the call's effect."""
    if isinstance(error, RetryAfter):
        return Outcome(SendFault.RATE_LIMITED, _seconds(error))
    if isinstance(error, Forbidden):
        return Outcome(SendFault.BLOCKED)
    if isinstance(error, InvalidToken):
        return Outcome(SendFault.UNAUTHORIZED)
    if isinstance(error, ChatMigrated) or _says(error, _NO_CHAT):
        return Outcome(SendFault.CHAT_GONE)
    if isinstance(error, _REFUSALS):
        return Outcome(SendFault.REJECTED)
    if isinstance(error.__cause__, _BEFORE_SENDING):
        return Outcome(SendFault.NOT_SENT)
    return Outcome(SendFault.UNKNOWN)


def is_unchanged(error: BaseException) -> bool:
    """Whether an edit failed only because the message already reads so: a success."""
    return _says(error, _UNCHANGED)


def is_too_old(error: BaseException) -> bool:
    """Whether a callback answer came too late to be shown: nothing left to do."""
    return _says(error, _TOO_OLD)


def is_message_gone(error: BaseException) -> bool:
    """Whether the message to edit is deleted, or no longer one that can be edited."""
    return _says(error, _NO_MESSAGE)


def is_file_too_big(error: BaseException) -> bool:
    """Whether the server itself refuses to hand out a file of that size (over 20 MB)."""
    return _says(error, _FILE_TOO_BIG)


def _says(error: BaseException, phrases: tuple[str, ...]) -> bool:
    if not isinstance(error, BadRequest):
        return False
    text = error.message.lower()
    return any(phrase in text for phrase in phrases)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)

"""Everything the bot says: screens sent and edited, taps answered, files both ways."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, TelegramError

from bot.screen import Screen
from bot.transport.api import Api
from bot.transport.backoff import delays
from bot.transport.errors import MessageGone, TooLargeError
from bot.transport.meter import SENT, Meter
from bot.transport.outcome import (
    Outcome,
    SendFault,
    classify,
    is_file_too_big,
    is_message_gone,
    is_too_old,
    is_unchanged,
)
from bot.transport.pacer import Pacer

TRIES = 3
# An edit or a reply told to wait longer than this gives up: the person has moved on.
LONGEST_WAIT_SECONDS = 30.0
_LINK = re.compile(r"://|<a |\bwww\.|[a-z0-9]\.[a-z]{2}", re.IGNORECASE)
_Result = TypeVar("_Result")


class Talk:
    """Says things to people; raises telegram.error's classes, which `classify` explains."""

    def __init__(
        self,
        bot: Bot,
        pacer: Pacer,
        *,
        pays: bool = False,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`pays`: pushes may leave faster than 30 a second, at 0.1 Star each (Bot API 7.11)."""
        self._bot = bot
        self._api = Api.of(bot)
        self._extras = {"allow_paid_broadcast": True} if pays else {}
        self._pacer = pacer
        self._sleep = sleep
        self.meter = Meter()  # of pushes

    async def send(self, chat_id: int, screen: Screen) -> int:
        """Send a reply; its id. Never sent again once its fate is unknown.

        It leaves at once, and is tried again while it surely was not sent.
        """
        self._pacer.take(chat_id)
        parameters = _addressed(chat_id, screen)
        return _id(await self._persist("sendMessage", parameters, is_idempotent=False))

    @property
    def halted_seconds(self) -> float:
        """Seconds for which the server wants no pushes; 0 where it does."""
        return self._pacer.halted_seconds

    def halt(self, seconds: float) -> None:
        """Hold pushes back so long, as the server told another replica."""
        self._pacer.halt(seconds)

    async def slot(self, chat_id: int) -> None:
        """Wait until a push to this chat may leave."""
        await self._pacer.slot(chat_id)

    async def push(self, chat_id: int, screen: Screen) -> int:
        """Send a push whose slot has come, once; the message's id."""
        await self._pacer.depart()
        try:
            parameters = {**_addressed(chat_id, screen), **self._extras}
            message = await self._api.call("sendMessage", parameters)
        except TelegramError as error:
            self._count(classify(error))
            raise
        self.meter.note(SENT)
        return _id(message)

    async def push_poll(self, chat_id: int, poll: Mapping[str, Any]) -> tuple[int, str]:
        """Send a poll whose slot has come, once; the ids of its message and of the poll."""
        await self._pacer.depart()
        parameters = {"chat_id": chat_id, **poll, **self._extras}
        try:
            message = await self._api.call("sendPoll", parameters)
        except TelegramError as error:
            self._count(classify(error))
            raise
        self.meter.note(SENT)
        return _id(message), str(message["poll"]["id"])

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Make a message read `screen`; that it already does is a success.

        Raises MessageGone where there is no such message to edit any more.
        """
        parameters = {"chat_id": chat_id, "message_id": message_id, **_message(screen)}
        try:
            await self._persist("editMessageText", parameters, is_idempotent=True)
        except BadRequest as error:
            if is_unchanged(error):
                return
            if is_message_gone(error):
                raise MessageGone(error.message) from error
            raise

    async def answer(
        self, callback_query_id: str, text: str | None = None, alert: bool = False
    ) -> None:
        """Answer a tap, with a toast of up to 200 characters; too late to answer is no error."""
        parameters: dict[str, Any] = {"callback_query_id": callback_query_id}
        if text:
            parameters["text"] = text
        if alert:
            parameters["show_alert"] = True
        try:
            await self._persist("answerCallbackQuery", parameters, is_idempotent=True)
        except BadRequest as error:
            if not is_too_old(error):
                raise

    async def set_commands(self, chat_id: int | None, commands: Sequence[tuple[str, str]]) -> None:
        """Show (name, description) pairs as the menu of one chat, or of everyone (None).

        No commands take the chat's own menu away, so that it shows everyone's again.
        """
        parameters: dict[str, Any] = {}
        if chat_id is not None:
            parameters["scope"] = {"type": "chat", "chat_id": chat_id}
        if not commands:
            await self._persist("deleteMyCommands", parameters, is_idempotent=True)
            return
        parameters["commands"] = [{"command": c, "description": d} for c, d in commands]
        await self._persist("setMyCommands", parameters, is_idempotent=True)

    async def set_group_commands(self, commands: Sequence[tuple[str, str]]) -> None:
        """Show (name, description) pairs as the menu of every group."""
        parameters = {
            "scope": {"type": "all_group_chats"},
            "commands": [{"command": c, "description": d} for c, d in commands],
        }
        await self._persist("setMyCommands", parameters, is_idempotent=True)

    async def send_document(
        self, chat_id: int, name: str, content: bytes, caption: str | None = None
    ) -> int:
        """Send a file with an HTML caption; the message's id. Repeated like a reply."""
        self._pacer.take(chat_id)

        async def upload() -> int:
            message = await self._bot.send_document(
                chat_id, InputFile(content, filename=name), caption=caption, parse_mode="HTML"
            )
            return message.message_id

        return await self._repeat(upload, is_idempotent=False)

    async def send_photo(self, chat_id: int, name: str, content: bytes, screen: Screen) -> int:
        """Send a picture with a screen below it; the message's id. Repeated like a reply."""
        self._pacer.take(chat_id)
        buttons = [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in screen.keyboard
        ]

        async def upload() -> int:
            message = await self._bot.send_photo(
                chat_id,
                InputFile(content, filename=name),
                caption=screen.text or None,
                parse_mode="HTML",
                reply_markup=InlineKeyboardMarkup(buttons) if buttons else None,
            )
            return message.message_id

        return await self._repeat(upload, is_idempotent=False)

    async def get_file(self, file_id: str, limit: int) -> bytes:
        """The content of a file a person sent; raises TooLargeError over `limit` bytes."""
        try:
            found = await self._persist("getFile", {"file_id": file_id}, is_idempotent=True)
        except BadRequest as error:
            if is_file_too_big(error):
                raise TooLargeError from error
            raise
        if found.get("file_size", 0) > limit:
            raise TooLargeError
        path = found["file_path"]
        return await self._repeat(lambda: self._api.download(path, limit), is_idempotent=True)

    async def _persist(
        self, method: str, parameters: dict[str, Any], *, is_idempotent: bool
    ) -> Any:
        return await self._repeat(
            lambda: self._api.call(method, parameters), is_idempotent=is_idempotent
        )

    async def _repeat(
        self, call: Callable[[], Awaitable[_Result]], *, is_idempotent: bool
    ) -> _Result:
        waits = delays(0.5, 5.0)
        for _ in range(TRIES - 1):
            try:
                return await call()
            except TelegramError as error:
                outcome = classify(error)
                self._heed(outcome)
                is_unknown = outcome.fault is SendFault.UNKNOWN
                if not (outcome.may_retry or (is_idempotent and is_unknown)):
                    raise
                if outcome.retry_after > LONGEST_WAIT_SECONDS:
                    raise
                await self._sleep(outcome.retry_after + next(waits))
        try:
            return await call()
        except TelegramError as error:
            self._heed(classify(error))
            raise

    def _count(self, outcome: Outcome) -> None:
        self.meter.note(outcome.fault.value)
        self._heed(outcome)

    def _heed(self, outcome: Outcome) -> None:
        if outcome.fault is SendFault.RATE_LIMITED:
            self._pacer.halt(outcome.retry_after)


def _addressed(chat_id: int, screen: Screen) -> dict[str, Any]:
    return {"chat_id": chat_id, **_message(screen)}


def _message(screen: Screen) -> dict[str, Any]:
    message: dict[str, Any] = {"text": screen.text, "parse_mode": "HTML"}
    if _LINK.search(screen.text):
        message["link_preview_options"] = {"is_disabled": True}
    if screen.keyboard:
        rows = [
            [{"text": button.label, "callback_data": button.data} for button in row]
            for row in screen.keyboard
        ]
        message["reply_markup"] = {"inline_keyboard": rows}
    return message


def _id(message: Any) -> int:
    return int(message["message_id"])

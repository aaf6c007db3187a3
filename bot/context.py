"""What a handler holds: the house, the chat it serves, and one way to show a result."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from telegram import Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import CallbackContext, ExtBot

from bot.callbacks import Tap, parse
from bot.errors import StaleTap
from bot.screen import Screen
from bot.settings import Settings
from bot.transport.errors import MessageGone
from bot.transport.outcome import SendFault, classify
from bot.transport.talk import Talk
from bot.transport.tasks import Tasks
from bot.transport.turns import current_turn
from storage.database import Database
from storage.unit import Unit

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
TapT = TypeVar("TapT", bound=Tap)


@dataclass(frozen=True, slots=True)
class House:
    """What all features share, wired once in `bot.app`."""

    settings: Settings
    database: Database
    talk: Talk
    clock: Callable[[], datetime]
    bot_username: str
    wake_sender: Callable[[], None]
    wake_reader: Callable[[], None] = lambda: None
    tasks: Tasks = field(default_factory=Tasks)  # what goes on after a handler has ended


class QuizContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One update's context; nothing in it outlives the update."""

    request: Update

    @classmethod
    def from_update(cls, update: object, application: Any) -> QuizContext:
        """Keep the update as `request`, so that `show` knows what to answer."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.request = update
        return context

    @property
    def house(self) -> House:
        """The shared parts."""
        house: House = self.application.bot_data["house"]
        return house

    @property
    def chat_id(self) -> int:
        """The person's private chat, which is also their Telegram id."""
        user = self.request.effective_user
        if user is None:
            raise StaleTap
        return user.id

    @property
    def place_id(self) -> int:
        """Where an answer belongs: the group that this comes from, or else the private chat."""
        chat = self.request.effective_chat
        return self.chat_id if chat is None or chat.type == ChatType.PRIVATE else chat.id

    @property
    def message_text(self) -> str:
        """The text of the message being answered."""
        message = self.request.message
        return (message.text if message is not None else None) or ""

    def tap(self, kind: type[TapT]) -> TapT:
        """The tapped button's payload; raises StaleTap where it is forged or outdated."""
        query = self.request.callback_query
        tap = parse(query.data if query is not None else None, kind)
        if tap is None:
            raise StaleTap
        return tap

    async def run(
        self, work: Callable[Concatenate[Unit, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do one use case as one transaction; it is committed when this returns."""
        result = await self.house.database.run(lambda unit: work(unit, *args, **kwargs))
        turn = current_turn()
        if turn is not None:
            turn.committed()
        return result

    async def read(
        self, work: Callable[Concatenate[Unit, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do one read-only use case."""
        return await self.house.database.read(lambda unit: work(unit, *args, **kwargs))

    @property
    def now(self) -> datetime:
        """The moment of this request."""
        return self.house.clock()

    async def show(self, screen: Screen | None, *, toast: str | None = None) -> None:
        """Answer the tap and edit its message in place, or send a new message."""
        query = self.request.callback_query
        if query is None:
            if screen is not None:
                await self._reach(self.house.talk.send(self.place_id, screen))
            return
        answering = self.house.talk.answer(query.id, toast)
        message = query.message
        if screen is None or message is None:
            await self._reach(answering)
            return
        await asyncio.gather(
            self._reach(answering), self._reach(self._edit(message.message_id, screen))
        )

    async def say(self, screen: Screen) -> None:
        """Send a new message, whatever is being answered."""
        await self._reach(self.house.talk.send(self.place_id, screen))

    async def tell(self, chat_id: int, screen: Screen) -> None:
        """Send someone else word of what is committed already.

        A chat that can't be reached is marked; any other failure is logged, not raised.
        """
        try:
            await self.house.talk.send(chat_id, screen)
        except TelegramError as error:
            fault = classify(error).fault
            log.warning("a notice did not arrive: %s", fault)
            if fault in (SendFault.BLOCKED, SendFault.CHAT_GONE):
                await self.run(mark_unreachable, chat_id, now=self.now)

    async def _edit(self, message_id: int, screen: Screen) -> None:
        try:
            await self.house.talk.edit(self.place_id, message_id, screen)
        except MessageGone:
            await self.house.talk.send(self.place_id, screen)

    async def _reach(self, saying: Any) -> None:
        """Say it; a chat that is closed to the bot is no error, and whose it is gets marked."""
        try:
            await saying
        except TelegramError as error:
            if classify(error).fault not in (SendFault.BLOCKED, SendFault.CHAT_GONE):
                raise
            if self.place_id == self.chat_id:
                await self.run(mark_unreachable, self.chat_id, now=self.now)


def mark_unreachable(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Skip a chat that can't be reached, until its person writes again."""
    person = unit.people.find_by_chat(chat_id)
    if person is not None:
        unit.people.mark_unreachable(person.id, now)
        unit.deliveries.cancel_for(person.id, "blocked")


def mark_reachable(unit: Unit, chat_id: int) -> None:
    """The person is back."""
    person = unit.people.find_by_chat(chat_id)
    if person is not None and person.unreachable_at is not None:
        unit.people.mark_reachable(person.id)

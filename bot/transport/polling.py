"""Takes updates by long polling, and confirms none to the server before it is settled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.transport.api import Api
from bot.transport.backoff import delays
from bot.transport.outcome import classify
from bot.transport.turns import StoppingError, Turn, Turns

log = logging.getLogger(__name__)

ALLOWED = ("message", "callback_query", "my_chat_member", "poll_answer")
POLL_SECONDS = 25
BATCH = 100
# A committed turn whose reply hangs is confirmed after this.
PATIENCE_SECONDS = 2.0
# Unsettled updates hold the offset, not the people behind them: they are looked for this often.
LOOK_SECONDS = 0.3
STOP_SECONDS = 10.0
# Seconds: the first wait after a fault of the network, and the longest.
BACKOFF = (1.0, 30.0)


class TokenRefusedError(Exception):
    """The server refused the bot's token (401 or 404): nothing can work."""


class Polling:
    """Fetches updates and hands them to `turns` until `stop`.

    getUpdates with an offset confirms everything below it, so the offset is the lowest update
    that is not settled; what the server then sends again is recognised and skipped.
    """

    def __init__(
        self,
        api: Api,
        turns: Turns,
        *,
        allowed: Sequence[str] = ALLOWED,
        poll_seconds: int = POLL_SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
        stop_seconds: float = STOP_SECONDS,
    ) -> None:
        """`api` should have connections of its own: a long poll keeps one busy."""
        self._api = api
        self._turns = turns
        self._allowed = list(allowed)
        self._poll_seconds = poll_seconds
        self._patience = patience_seconds
        self._stop_seconds = stop_seconds
        self._offset = 0
        self._window: dict[int, Turn] = {}
        self._is_stopping = False
        self._fetching: asyncio.Timeout | None = None

    async def run(self) -> None:
        """Fetch and hand over until `stop`, then finish what is in flight and confirm it.

        Raises TokenRefusedError; every other fault is waited out.
        """
        await self._insist("deleteWebhook", {}, None)
        while not self._is_stopping:
            await self._round()
        if not await self._turns.stop(self._stop_seconds):
            log.warning("some turns were cut short; their updates will come again")
        self._advance()
        await self._confirm()

    def stop(self) -> None:
        """Ask `run` to end cleanly; it returns once turns in flight are finished."""
        if self._is_stopping:
            return
        self._is_stopping = True
        if self._fetching is not None:
            self._fetching.reschedule(asyncio.get_running_loop().time())

    async def _round(self) -> None:
        fresh: list[Turn] = []
        if len(self._window) < BATCH:
            fresh = await self._take(await self._fetch())
        await self._watch(fresh)
        self._advance()

    async def _fetch(self) -> list[dict[str, Any]]:
        seconds = 0 if self._window else self._poll_seconds
        parameters: dict[str, Any] = {"timeout": seconds, "limit": BATCH}
        if self._offset:
            parameters["offset"] = self._offset
        parameters["allowed_updates"] = self._allowed
        found = await self._insist("getUpdates", parameters, seconds + 10.0)
        updates = [raw for raw in found if _is_update(raw)] if isinstance(found, list) else []
        if found and not updates:
            log.warning("getUpdates: the server's answer holds no updates")
            await self._nap(BACKOFF[0])
        return sorted(updates, key=lambda raw: int(raw["update_id"]))

    async def _take(self, updates: list[dict[str, Any]]) -> list[Turn]:
        fresh = []
        for raw in updates:
            update_id = int(raw["update_id"])
            if update_id in self._window or self._is_stopping:
                continue
            try:
                turn = await self._turns.admit(raw)
            except StoppingError:
                break
            self._window[update_id] = turn
            fresh.append(turn)
        return fresh

    async def _watch(self, fresh: list[Turn]) -> None:
        """Wait until the new turns are durable, or any older one is over; at most a short while.

        Replies on their way do not keep the next taps waiting. With a full window they do: the
        server would only give the same updates again.
        """
        is_all = bool(fresh)
        if is_all and len(self._window) < BATCH:
            waited = [turn.durable for turn in fresh if not turn.durable.done()]
        else:
            turns = fresh or self._window.values()
            waited = [turn.over for turn in turns if not turn.is_over]
        if waited:
            how = asyncio.ALL_COMPLETED if is_all else asyncio.FIRST_COMPLETED
            await asyncio.wait(waited, timeout=LOOK_SECONDS, return_when=how)

    def _advance(self) -> None:
        now = asyncio.get_running_loop().time()
        for update_id in sorted(self._window):
            turn = self._window[update_id]
            if turn.is_over and not turn.is_settled:
                del self._window[update_id]  # abandoned: take it anew when it comes again
                return
            is_old = now - turn.admitted_at >= self._patience
            if not (turn.is_settled or (turn.is_committed and is_old)):
                return
            self._offset = update_id + 1
            del self._window[update_id]

    async def _confirm(self) -> None:
        # It confirms what is below the offset; what it returns stays unconfirmed.
        if not self._offset:
            return
        parameters = {"offset": self._offset, "timeout": 0, "limit": 1}
        try:
            await self._api.call("getUpdates", parameters, 5.0)
        except TelegramError as error:
            log.warning("last updates not confirmed (%s): they will come again", error.message)

    async def _insist(
        self, method: str, parameters: dict[str, Any], read_seconds: float | None
    ) -> Any:
        """The result of a call that is repeated until it works; None when stopping ends it."""
        waits = delays(*BACKOFF)
        said = ""
        while not self._is_stopping:
            try:
                result = await self._interruptible(method, parameters, read_seconds)
            except InvalidToken as error:
                raise TokenRefusedError(error.message) from error
            except TelegramError as error:
                if (line := _line(error)) != said:
                    log.warning("%s: %s; trying again", method, line)
                    said = line
                await self._nap(max(next(waits), classify(error).retry_after))
            else:
                if said:
                    log.info("%s works again", method)
                return result
        return None

    async def _interruptible(
        self, method: str, parameters: dict[str, Any], read_seconds: float | None
    ) -> Any:
        try:
            async with asyncio.timeout(None) as self._fetching:
                return await self._api.call(method, parameters, read_seconds)
        except TimeoutError:
            return None  # only `stop` sets a deadline
        finally:
            self._fetching = None

    async def _nap(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(None) as self._fetching:
                await asyncio.sleep(seconds)
        except TimeoutError:
            return
        finally:
            self._fetching = None


def _is_update(raw: object) -> bool:
    return isinstance(raw, dict) and type(raw.get("update_id")) is int


def _line(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return f"another process takes this bot's updates, stop one of the two ({error.message})"
    return error.message

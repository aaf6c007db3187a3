"""Webhook delivery: in order for each person, repeated until the bot answers 2xx."""

import asyncio
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.demo.errors import bad_request, conflict
from bot.demo.parameters import Parameters
from bot.demo.people import Json
from bot.demo.updates import UpdateQueue, Waiting

LONGEST_PAUSE = 60.0
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (a header's name)


class Webhook:
    """The one webhook of the bot; while it is set, updates go there instead of getUpdates.

    `clock` gives Unix seconds, `first_pause` the seconds before a first repetition.
    """

    def __init__(
        self,
        updates: UpdateQueue,
        clock: Callable[[], float],
        first_pause: Callable[[], float],
    ) -> None:
        self._updates = updates
        self._clock = clock
        self._first_pause = first_pause
        self.url = ""
        self._secret = ""
        self._max_connections = 40
        self._last_error: Json = {}
        self._wake = asyncio.Event()
        self._busy: set[int] = set()
        self._failures: dict[int, int] = {}
        self._courier: asyncio.Task[None] | None = None
        updates.on_update = self._wake.set

    async def set(self, parameters: Parameters) -> None:
        """Start delivering to a checked URL, or stop where it is empty."""
        url = parameters.text("url")
        secret = parameters.text("secret_token")
        if url:
            _check(url, secret)
        await self.clear(drop_pending=parameters.flag("drop_pending_updates"))
        if not url:
            return
        updates = self._updates
        if (kinds := parameters.structure("allowed_updates")) is not None:
            updates.allow(kinds)
        updates.interrupt(conflict("terminated by setWebhook request"))
        self.url, self._secret = url, secret
        self._max_connections = min(100, max(1, parameters.integer("max_connections", 40)))
        self._courier = asyncio.get_running_loop().create_task(self._run(), name="webhook")

    async def clear(self, *, drop_pending: bool = False) -> None:
        """Stop delivering; updates in flight may be delivered again."""
        self.url, self._last_error = "", {}
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)
            self._courier = None
        self._busy.clear()
        self._failures.clear()
        if drop_pending:
            self._updates.clear()

    def info(self) -> Json:
        """The Bot API's WebhookInfo."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending,
        }
        if self.url:
            info["max_connections"] = self._max_connections
        if allowed := self._updates.allowed:
            info["allowed_updates"] = allowed
        return info | self._last_error

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                for waiting in self._free():
                    self._busy.add(waiting.key)
                    group.create_task(self._deliver(session, waiting))
                await self._wake.wait()

    def _free(self) -> list[Waiting]:
        """The next updates of people with none under way, as many as connections allow."""
        free: list[Waiting] = []
        keys = set(self._busy)
        for waiting in self._updates.iterate():
            if len(keys) >= self._max_connections:
                break
            if waiting.key not in keys:
                keys.add(waiting.key)
                free.append(waiting)
        return free

    async def _deliver(self, session: aiohttp.ClientSession, waiting: Waiting) -> None:
        headers = {_SECRET_HEADER: self._secret} if self._secret else {}
        problem = ""
        try:
            async with session.post(self.url, json=waiting.body, headers=headers) as response:
                if not response.ok:
                    problem = f"Wrong response from the webhook: {response.status} "
                    problem += response.reason or ""
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = f"Connection failed: {type(error).__name__}"
        if problem:
            await self._pause(waiting, problem)
        else:
            self._updates.confirm(waiting.update_id)
            self._failures.pop(waiting.key, None)
        self._busy.discard(waiting.key)
        self._wake.set()

    async def _pause(self, waiting: Waiting, problem: str) -> None:
        failures = self._failures[waiting.key] = self._failures.get(waiting.key, 0) + 1
        self._last_error = {
            "last_error_date": int(self._clock()),
            "last_error_message": problem,
        }
        pause = self._first_pause() * 2 ** min(failures - 1, 16)
        await asyncio.sleep(min(LONGEST_PAUSE, pause))


def _check(url: str, secret: str) -> None:
    """HTTPS anywhere, plain HTTP to this machine only."""
    try:
        parts: Any = urlsplit(url)
    except ValueError:
        parts = None
    if parts is None or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")

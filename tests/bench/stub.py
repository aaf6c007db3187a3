"""A fast stand-in for the Bot API, as a process of its own: `python -m tests.bench.stub`.

It prints its port, then serves `/bot<token>/<method>` to any number of bots, and the benches'
orders under `/control/<token>/<order>`. Every answer leaves `delay` seconds after its request
came; a long poll that has waited so long already is answered at once. Updates stay until a
higher offset confirms them.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

from tests.bench.traffic import (
    BATCH,
    BEAT_SECONDS,
    BOT,
    Json,
    Limiter,
    Pulse,
    Reply,
    Traffic,
    Trouble,
)

LOOK_SECONDS = 0.02
EMPTY = b'{"ok":true,"result":[]}'


class Stub:
    """All bots by token."""

    def __init__(self) -> None:
        self._bots: dict[str, Traffic] = {}
        self._running: set[asyncio.Task[None]] = set()
        self.pulse = Pulse()

    async def beat(self) -> None:
        """Keep the pulse, for ever."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            self.pulse.beat()

    def bot(self, token: str) -> Traffic:
        """One bot's traffic, begun when it is first named."""
        if token not in self._bots:
            self._bots[token] = Traffic(time.monotonic, self.pulse)
        return self._bots[token]

    def start(self, work: object) -> None:
        """Keep a task until it ends."""
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._running.add(task)
        task.add_done_callback(self._running.discard)


class Wire(asyncio.Protocol):
    """One HTTP/1.1 connection; requests come one after another with a Content-Length."""

    def __init__(self, stub: Stub) -> None:
        self._stub = stub
        self._buffer = b""
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Answer nobody any more."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Serve every request that is complete."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            size = _content_length(head)
            if len(self._buffer) < end + 4 + size:
                return
            body = self._buffer[end + 4 : end + 4 + size]
            self._buffer = self._buffer[end + 4 + size :]
            _, token, order = head[: head.index(b" HTTP/")].decode().rsplit("/", 2)
            if b" /control/" in head:
                self._stub.start(self._obey(self._stub.bot(token), order, json.loads(body)))
            else:
                bot = self._stub.bot(token.removeprefix("bot"))
                self._serve(bot, order, _parameters(head, body))

    def _serve(self, bot: Traffic, method: str, parameters: Json) -> None:
        if method == "getUpdates":
            self._stub.start(self._poll(bot, parameters))
            return
        status, body = _perform(bot, method, parameters)
        if bot.delay:
            self._loop.call_later(bot.delay, self._write, status, body)
        else:
            self._write(status, body)

    async def _poll(self, bot: Traffic, parameters: Json) -> None:
        began = bot.now()
        bot.polled_at = bot.polled_at or began
        offset, seconds = int(parameters.get("offset", 0)), float(parameters.get("timeout", 0))
        limit = min(int(parameters.get("limit", BATCH)), BATCH)
        while self._transport is not None:
            found = bot.fetch(offset, limit)
            now = bot.now()
            if found is not None or now >= began + seconds:
                await asyncio.sleep(max(0.0, began + bot.delay - now))
                self._write(200, found or EMPTY)
                return
            await asyncio.sleep(min(LOOK_SECONDS, max(0.0, bot.next_release - now)))

    async def _obey(self, bot: Traffic, order: str, wanted: Json) -> None:
        if order == "tap":
            bot.load(wanted["taps"], wanted["rate"], wanted["delay"])
            await _until(lambda: bot.is_done, wanted["patience"])
        elif order == "limit":
            bot.limiter = Limiter(wanted["rate"], self._stub.pulse) if wanted["rate"] else None
        elif order == "trouble":
            bot.trouble, bot.rng = Trouble(**wanted), random.Random(wanted["seed"])
        elif order == "delay":
            bot.delay = wanted["seconds"]
        elif order == "polled":
            await _until(lambda: bool(bot.polled_at), wanted["patience"])
        elif order == "sent":
            await _until(lambda: len(bot.cards) >= wanted["count"], wanted["patience"])
        result = bot.said if order == "said" else bot.report()
        self._write(200, json.dumps(result).encode())

    def _write(self, status: int, body: bytes) -> None:
        if self._transport is not None and not status:
            self._transport.abort()
        elif self._transport is not None:
            head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: "
            self._transport.write(head.encode() + b"%d\r\n\r\n" % len(body) + body)


def _perform(bot: Traffic, method: str, parameters: Json) -> tuple[int, bytes]:
    result: object = True
    if method == "answerCallbackQuery":
        result = bot.answer(parameters)
    elif method == "editMessageText":
        result = bot.edit(parameters)
    elif method == "sendMessage":
        reply = bot.send(parameters)
        if reply.status != 200:
            return reply.status, _refusal(reply)
        result = reply.result
    elif method == "getMe":
        result = BOT
    elif method == "getWebhookInfo":
        result = {"url": "", "pending_update_count": len(bot.queue)}
    elif method not in ("setMyCommands", "deleteMyCommands", "deleteWebhook"):
        bot.unknown.append(method)
    return 200, json.dumps({"ok": True, "result": result}).encode()


def _refusal(reply: Reply) -> bytes:
    said: Json = {"ok": False, "error_code": reply.status, "description": "Internal Server Error"}
    if reply.status == 429:
        said["description"] = f"Too Many Requests: retry after {reply.wait}"
        said["parameters"] = {"retry_after": reply.wait}
    elif reply.status == 403:
        said["description"] = "Forbidden: bot was blocked by the user"
    return json.dumps(said).encode()


async def _until(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        await asyncio.sleep(LOOK_SECONDS)


def _content_length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        assert b"transfer-encoding" not in lower, "the stub reads no chunked bodies"
        return 0
    return int(lower[at + 15 :].split(b"\r\n", 1)[0])


def _parameters(head: bytes, body: bytes) -> Json:
    if not body:
        return {}
    if b"application/json" in head:
        parsed: Json = json.loads(body)
        return parsed
    return dict(parse_qsl(body.decode()))


async def main() -> None:
    """Serve until the parent goes away."""
    with suppress(PermissionError):
        os.nice(-10)  # where it may: a server that lags would be blamed on the bot
    loop = asyncio.get_running_loop()
    stub = Stub()
    stub.start(stub.beat())
    server = await loop.create_server(lambda: Wire(stub), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())

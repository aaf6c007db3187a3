"""A chat-completions server on loopback that answers as a test tells it to."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

Told = dict[str, Any]  # one question as the prompt tells it
Pen = Callable[[Told], str | None]
Answer = Callable[[web.Request, list[Told]], Awaitable[web.StreamResponse]]


class StandIn:
    """Records every request; `pen` words one question, `answer` replaces the whole reply."""

    def __init__(self) -> None:
        self.pen: Pen = lambda told: None
        self.answer: Answer = self._answer
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.now = self.most = 0  # requests in flight
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def told(self) -> list[Told]:
        """Every question that was sent."""
        return [row for body in self.requests for row in questions(body)]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return await self.answer(request, questions(body))
        finally:
            self.now -= 1

    async def _answer(self, request: web.Request, told: list[Told]) -> web.Response:
        return reply(self.worded(told))

    def worded(self, told: list[Told]) -> str:
        """The answer of a model that does as it is asked, with the stems of `pen`."""
        rows = [{"number": row["number"], "stem": stem} for row in told if (stem := self.pen(row))]
        return json.dumps({"wordings": rows}, ensure_ascii=False)


def questions(body: dict[str, Any]) -> list[Told]:
    told: list[Told] = json.loads(body["messages"][-1]["content"])["questions"]
    return told


def reply(content: str) -> web.Response:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": content}
    return web.json_response(
        {"object": "chat.completion", "choices": [{"index": 0, "message": message}]}
    )


@contextmanager
def serving() -> Iterator[StandIn]:
    """The server in a thread of its own, since the command has the event loop of this one."""
    stand_in = StandIn()
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", stand_in.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)

    async def start() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        stand_in.port = runner.addresses[0][1]

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield stand_in
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()

"""A Bot API server on loopback that can be told to misbehave, and keeps unconfirmed updates."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

from aiohttp import web
from telegram import Bot

from bot.transport.api import Api
from bot.transport.client import AiohttpRequest
from bot.transport.health import Server

TOKEN = "4242424242:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"

Fault = Callable[["Wire", web.Request], Awaitable[web.StreamResponse]]


class Wire:
    """Answers every method well, unless `faults[method]` holds something else for it to do."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.peers: set[object] = set()
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.updates: dict[int, dict[str, Any]] = {}
        self.confirmed = 0
        self.files: dict[str, bytes] = {}
        self.closing = asyncio.Event()
        self._news = asyncio.Condition()
        app = web.Application(client_max_size=1 << 24)
        app.router.add_post("/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        self.server = Server(app, 0)
        self.requests: list[AiohttpRequest] = []

    async def __aenter__(self) -> Wire:
        await self.server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        for request in self.requests:
            await request.shutdown()
        self.closing.set()
        await self.push()
        await self.server.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    async def bot(self, **options: Any) -> Bot:
        """A bot on this wire; options are the client's."""
        request, polls = AiohttpRequest(**options), AiohttpRequest(2)
        for each in (request, polls):
            await each.initialize()
            self.requests.append(each)
        return Bot(
            TOKEN,
            base_url=f"{self.url}/bot",
            base_file_url=f"{self.url}/file/bot",
            request=request,
            get_updates_request=polls,
        )

    async def api(self, **options: Any) -> Api:
        return Api.of(await self.bot(**options))

    def fail(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    def said(self, method: str) -> list[dict[str, Any]]:
        """The parameters of each call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    async def push(self, *updates: dict[str, Any]) -> None:
        async with self._news:
            self.updates |= {update["update_id"]: update for update in updates}
            self._news.notify_all()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.content_type == "application/json":
            parameters = await request.json()
        else:
            parameters = {name: _field(value) for name, value in (await request.post()).items()}
        self.calls.append((method, parameters))
        if request.transport is not None:
            self.peers.add(request.transport.get_extra_info("peername"))
        if self.faults[method]:
            return await self.faults[method].popleft()(self, request)
        if method == "getUpdates":
            return _well(await self._updates(parameters))
        if method in ("sendMessage", "editMessageText", "sendDocument"):
            return _well(a_message(len(self.calls), int(parameters["chat_id"])))
        if method == "getFile":
            path = parameters["file_id"]
            return _well({"file_id": path, "file_unique_id": path, "file_path": path})
        return _well(True)

    async def _updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        offset = int(parameters.get("offset", 0))
        async with self._news:
            self.confirmed = max(self.confirmed, offset - 1)
            self.updates = {k: v for k, v in self.updates.items() if k >= offset}
            if not self.updates and parameters.get("timeout"):
                try:
                    async with asyncio.timeout(parameters["timeout"]):
                        await self._news.wait()
                except TimeoutError:
                    return []
            return [self.updates[k] for k in sorted(self.updates)][: parameters.get("limit", 100)]

    async def _file(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["path"]])


def _field(value: str | bytes | bytearray | web.FileField) -> object:
    return (value.filename, value.file.read()) if isinstance(value, web.FileField) else value


def _well(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def answers(status: int, description: str, **parameters: Any) -> Fault:
    """An error of the Bot API."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters

    async def fault(wire: Wire, request: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return fault


def says(result: object) -> Fault:
    """A success with a result of its own."""

    async def fault(wire: Wire, request: web.Request) -> web.Response:
        return _well(result)

    return fault


async def gateway(wire: Wire, request: web.Request) -> web.Response:
    """A proxy's 502 page, which is not JSON."""
    return web.Response(status=502, text="<html>Bad Gateway</html>")


async def nonsense(wire: Wire, request: web.Request) -> web.Response:
    """200 with a body that is not JSON."""
    return web.Response(text="<html>please log in to the network</html>")


async def cut(wire: Wire, request: web.Request) -> NoReturn:
    """The connection breaks after the request arrived."""
    assert request.transport is not None
    request.transport.abort()
    raise asyncio.CancelledError


async def hang(wire: Wire, request: web.Request) -> web.Response:
    """No answer while the test lasts."""
    await wire.closing.wait()
    return web.Response()


async def drip(wire: Wire, request: web.Request) -> web.StreamResponse:
    """A byte now and then: each arrives before the read timeout, the answer never ends."""
    response = web.StreamResponse()
    await response.prepare(request)
    try:
        while not wire.closing.is_set():
            await response.write(b" ")
            await asyncio.sleep(0.02)
    except ConnectionError:
        pass
    return response


def a_message(message_id: int, chat_id: int) -> dict[str, Any]:
    chat = {"id": chat_id, "type": "private", "first_name": "小安"}
    return {"message_id": message_id, "date": 1_700_000_000, "chat": chat, "text": "题"}


def a_tap(update_id: int, person: int = 100, data: str = "a:1") -> dict[str, Any]:
    """A button tapped by a person."""
    someone = {"id": person, "is_bot": False, "first_name": "小安"}
    query = {"id": str(update_id), "from": someone, "chat_instance": "1", "data": data}
    return {"update_id": update_id, "callback_query": query | {"message": a_message(1, person)}}


def a_poison(update_id: int) -> dict[str, Any]:
    """An update the library fails to read: a poll answer without option_persistent_ids."""
    someone = {"id": 900, "is_bot": False, "first_name": "小毒"}
    return {
        "update_id": update_id,
        "poll_answer": {"poll_id": "1", "user": someone, "option_ids": [0]},
    }

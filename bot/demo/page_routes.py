"""The people's side: the chat page, and everything a person's phone can do."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, WSCloseCode, web

from bot.demo.errors import PageError
from bot.demo.network import Network
from bot.demo.people import Json

PAGE = Path(__file__).parent / "page"
MAX_UPLOAD = 50 << 20
_FRESH = {"Cache-Control": "no-store"}
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".json": "application/json",
}


class PageRoutes:
    """Serves the page's files and its JSON API."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def add_to(self, app: web.Application) -> None:
        """Register the routes."""
        chat = r"/api/chats/{person:-?\d{1,18}}"
        app.add_routes([web.post(f"{chat}/block", self.block)])
        for place in (chat, chat + r"/groups/{group:-\d{1,18}}"):
            app.add_routes(
                [
                    web.get(place, self.chat),
                    web.post(f"{place}/messages", self.say),
                    web.post(f"{place}/taps", self.tap),
                    web.post(f"{place}/files", self.upload),
                    web.post(f"{place}/votes", self.vote),
                ]
            )
        app.add_routes(
            [
                web.get("/", self.index),
                web.get("/page/{path:.+}", self.static),
                web.get("/api/session", self.session),
                web.get("/api/events", self.events),
                web.get("/api/files/{file_id}", self.file),
            ]
        )

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return _static("index.html")

    async def static(self, request: web.Request) -> web.StreamResponse:
        """A file of the page."""
        return _static(request.match_info["path"])

    async def session(self, _request: web.Request) -> web.Response:
        """The bot and the people one can play."""
        bot = self._network.bot
        people = [
            {"id": chat.player.id, "name": chat.player.name, "note": chat.player.note}
            for chat in self._network.chats.values()
            if chat.player.is_played
        ]
        groups = [
            {"id": group.id, "title": group.title, "members": sorted(group.members)}
            for group in self._network.groups.values()
            if group.moved_to is None
        ]
        who = {"id": bot["id"], "name": bot["first_name"], "username": bot["username"]}
        return _json({"bot": who, "people": people, "groups": groups})

    async def chat(self, request: web.Request) -> web.Response:
        """One chat as it stands; looking changes nothing."""
        person, group = _person(request), _group(request)
        chat = self._network.place(person, group)
        return _json(
            {
                "messages": [message.to_page(person) for message in chat.shown()],
                "commands": self._network.commands(person, group),
                "blocked": group is None and self._network.person(person).is_blocked,
                "unread": chat.unread[person],
            }
        )

    async def say(self, request: web.Request) -> web.Response:
        """The person writes."""
        body, person = await read_json(request), _person(request)
        said = self._network.say(person, _field(body, "text", str), _group(request))
        return _json(said.to_page(person))

    async def tap(self, request: web.Request) -> web.Response:
        """The person, or with "from" another one, taps."""
        body, person = await read_json(request), _person(request)
        sender = _field(body, "from", int) if "from" in body else person
        message_id, data = _field(body, "message_id", int), _field(body, "data", str)
        tap_id = self._network.tap(person, message_id, data, sender, _group(request))
        return _json({"id": tap_id})

    async def vote(self, request: web.Request) -> web.Response:
        """The person votes in a poll."""
        body = await read_json(request)
        chosen = _field(body, "options", list)
        if not all(type(index) is int for index in chosen):
            raise PageError(400, "options: 格式不对")
        message_id = _field(body, "message_id", int)
        self._network.vote(_person(request), message_id, chosen, _group(request))
        return _json({"ok": True})

    async def block(self, request: web.Request) -> web.Response:
        """The person stops the bot, or lets it speak again."""
        is_blocked = _field(await read_json(request), "blocked", bool)
        self._network.block(_person(request), is_blocked=is_blocked)
        return _json({"blocked": is_blocked})

    async def upload(self, request: web.Request) -> web.Response:
        """The person sends a file."""
        person, group, caption, file = _person(request), _group(request), "", None
        self._network.place(person, group)
        if not request.content_type.startswith("multipart/"):
            raise PageError(400, "请用表单上传文件")
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise PageError(400, "表单格式不对")
            if part.name == "caption":
                caption = (await part.read(decode=True)).decode(errors="replace")
            elif part.name == "file":
                content = bytes(await part.read(decode=True))
                file = (part.filename or "file", content, part.headers.get("Content-Type"))
        if file is None or not file[1]:
            raise PageError(400, "没有收到文件")
        if len(file[1]) > MAX_UPLOAD:
            raise PageError(413, "文件太大")
        stored = self._network.files.add(file[0], file[1], mime_type=file[2])
        return _json(self._network.send_file(person, stored, caption, group).to_page(person))

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes, never run by the browser."""
        file = self._network.files.find(request.match_info["file_id"])
        if file is None:
            raise PageError(404, "文件已不在")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        kind = file.mime_type if file.width else "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Every event, as it happens."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        with self._network.events.listen() as queue:
            async with asyncio.TaskGroup() as group:
                pump = group.create_task(_pump(socket, queue))
                async for _ in socket:
                    pass
                pump.cancel()
        return socket


async def _pump(socket: web.WebSocketResponse, queue: "asyncio.Queue[str | None]") -> None:
    try:
        while (text := await queue.get()) is not None:
            await socket.send_str(text)
    except ConnectionError:
        return
    await socket.close(code=WSCloseCode.GOING_AWAY)


async def read_json(request: web.Request) -> Json:
    """The body as a JSON object; raises PageError 400."""
    try:
        body = await request.json()
    except ValueError:
        raise PageError(400, "请求不是 JSON") from None
    if not isinstance(body, dict):
        raise PageError(400, "请求不是 JSON 对象")
    return body


def _field(body: Json, name: str, kind: type) -> Any:
    value = body.get(name)
    if type(value) is not kind:
        raise PageError(400, f"{name}: 格式不对")
    return value


def _person(request: web.Request) -> int:
    return int(request.match_info["person"])


def _group(request: web.Request) -> int | None:
    group = request.match_info.get("group")
    return None if group is None else int(group)


def _static(path: str) -> web.StreamResponse:
    file = (PAGE / path).resolve()
    if not file.is_relative_to(PAGE.resolve()) or not file.is_file():
        raise PageError(404, "没有这一页")
    kind = _TYPES.get(file.suffix, "application/octet-stream")
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=file.read_bytes(), content_type=kind, charset=charset, headers=_FRESH)


def _json(body: Any) -> web.Response:
    return web.json_response(body, headers=_FRESH)

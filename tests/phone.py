"""A person's phone in tests: writes, taps, uploads and reads, over the demo server's page API."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the person sees it; `labels` row by row, `data` by label."""

    message_id: int
    text: str
    labels: list[list[str]]
    data: dict[str, str]
    raw: Json = field(repr=False)

    @property
    def buttons(self) -> list[str]:
        """All labels in reading order."""
        return [label for row in self.labels for label in row]

    @classmethod
    def of(cls, message: Json) -> "Shown":
        keyboard = message["keyboard"] or []
        return cls(
            message["message_id"],
            message["text"],
            [[button["text"] for button in row] for row in keyboard],
            {b["text"]: b["data"] for row in keyboard for b in row if "data" in b},
            message,
        )


@dataclass(frozen=True, slots=True)
class Toast:
    """What answerCallbackQuery showed."""

    text: str
    is_alert: bool


class Phone:
    """One person's phone; use `async with Phone(url, person) as phone`, or `close()` it.

    `wait_for` looks at what came or changed since the person last did something.
    """

    def __init__(self, url: str, person: int, group: int | None = None) -> None:
        """The person's chat with the bot, or one of the groups they are in."""
        self.url = url
        self.person = person
        self.group = group
        self._session: aiohttp.ClientSession | None = None
        self._before: dict[int, Json] = {}
        self._toasts: dict[str, Toast] = {}
        self._last_tap = ""
        self._news = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
            self._listener = None
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def say(self, text: str) -> Shown:
        """Write a message."""
        await self._remember()
        return Shown.of(await self._post("messages", {"text": text}))

    async def upload(self, path: Path | str, caption: str = "") -> Shown:
        """Send a file from disk."""
        content = await asyncio.to_thread(Path(path).read_bytes)
        return await self.upload_bytes(Path(path).name, content, caption)

    async def upload_bytes(self, name: str, content: bytes, caption: str = "") -> Shown:
        """Send a file under any name."""
        await self._remember()
        form = aiohttp.FormData(quote_fields=False)  # names as browsers send them
        form.add_field("caption", caption)
        form.add_field("file", io.BytesIO(content), filename=name)
        session = await self._open()
        async with session.post(f"{self._chat}/files", data=form) as response:
            return Shown.of(await _body(response))

    async def tap(self, label_or_data: str, message: Shown | int | None = None) -> str:
        """Tap a button by its label, its data, or a part of its label; the tap's id.

        Without a message it is the newest one that has such a button; raises AssertionError
        naming the buttons there are when none has.
        """
        messages = await self.messages()
        if message is not None:
            wanted = _id(message)
            messages = [shown for shown in messages if shown.message_id == wanted]
        for matches in (_is_exact, _is_part):
            for shown in reversed(messages):
                for label, data in shown.data.items():
                    if matches(label_or_data, label, data):
                        return await self.forge(data, shown)
        there = [shown.buttons for shown in messages[-3:]]
        raise AssertionError(f"no button {label_or_data!r}; the last messages have {there}")

    async def forge(self, data: str, message: Shown | int, sender: int | None = None) -> str:
        """Send any callback data for any message, in anybody's name; the tap's id."""
        await self._remember()
        body: Json = {"message_id": _id(message), "data": data}
        if sender is not None:
            body["from"] = sender
        self._last_tap = str((await self._post("taps", body))["id"])
        return self._last_tap

    async def vote(self, options: list[int], message: Shown | int) -> None:
        """Vote in a poll."""
        await self._remember()
        await self._post("votes", {"message_id": _id(message), "options": options})

    async def block(self, blocked: bool = True) -> None:
        """Stop the bot, or let it speak again."""
        await self._post("block", {"blocked": blocked})

    async def chat(self) -> Json:
        """The whole chat as the server keeps it."""
        session = await self._open()
        async with session.get(self._chat) as response:
            return await _body(response)

    async def messages(self) -> list[Shown]:
        """The bot's messages still shown, oldest first."""
        return [Shown.of(m) for m in _from_bot((await self.chat())["messages"])]

    async def screen(self) -> Shown:
        """The bot's last message; raises AssertionError when there is none."""
        messages = await self.messages()
        assert messages, "the bot has said nothing"
        return messages[-1]

    async def wait_for(self, fragment: str = "", timeout: float = 5.0) -> Shown:  # noqa: ASYNC109
        """The newest message with this text that is new or edited since the last action."""
        async with self._patience(timeout, lambda: f"no new message with {fragment!r}") as looks:
            async for messages in looks:
                for message in reversed(messages):
                    is_new = self._before.get(message["message_id"]) != message
                    if is_new and fragment in message["text"]:
                        return Shown.of(message)
        raise AssertionError("unreachable")

    async def toast(self, tap: str = "", timeout: float = 5.0) -> Toast:  # noqa: ASYNC109
        """What the bot answered to a tap (the last one by default)."""
        tap = tap or self._last_tap
        async with self._patience(timeout, lambda: f"tap {tap} got no answer") as looks:
            async for _ in looks:
                if tap in self._toasts:
                    return self._toasts[tap]
        raise AssertionError("unreachable")

    @property
    def _chat(self) -> str:
        private = f"{self.url}/api/chats/{self.person}"
        return private if self.group is None else f"{private}/groups/{self.group}"

    @asynccontextmanager
    async def _patience(
        self, seconds: float, problem: Callable[[], str]
    ) -> AsyncIterator[AsyncIterator[list[Json]]]:
        try:
            async with asyncio.timeout(seconds):
                yield self._looks()
        except TimeoutError:
            seen = [shown.text[:80] for shown in (await self.messages())[-3:]]
            raise AssertionError(f"{problem()} within {seconds} s; last seen: {seen}") from None

    async def _looks(self) -> AsyncIterator[list[Json]]:
        """The bot's messages now, and again at each event."""
        await self._open()
        while True:
            self._news.clear()
            yield list(_from_bot((await self.chat())["messages"]))
            await self._news.wait()

    async def _remember(self) -> None:
        messages = (await self.chat())["messages"]
        self._before = {message["message_id"]: message for message in _from_bot(messages)}

    async def _post(self, what: str, body: Json) -> Json:
        session = await self._open()
        async with session.post(f"{self._chat}/{what}", json=body) as response:
            return await _body(response)

    async def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
            socket = await self._session.ws_connect(f"{self.url}/api/events", max_msg_size=0)
            self._listener = asyncio.create_task(self._listen(socket))
        return self._session

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            event = json.loads(message.data)
            is_here = event["type"] == "answer" or event.get("group") == self.group
            if event["person"] != self.person or not is_here:
                continue
            if event["type"] == "answer":
                answer = event["answer"]
                self._toasts[answer["id"]] = Toast(answer["text"], answer["alert"])
            self._news.set()


def _from_bot(messages: list[Json]) -> Iterator[Json]:
    return (m for m in messages if m["from"] == "bot" and not m["deleted"])


def _is_exact(wanted: str, label: str, data: str) -> bool:
    return wanted in (label, data)


def _is_part(wanted: str, label: str, _data: str) -> bool:
    return wanted in label


def _id(message: Shown | int) -> int:
    return message if isinstance(message, int) else message.message_id


async def _body(response: aiohttp.ClientResponse) -> Json:
    body: Json = await response.json()
    assert response.status == 200, f"{response.status}: {body}"
    return body

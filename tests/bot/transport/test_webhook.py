"""The webhook over real HTTP: who is let in, and when it says 200."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.transport import turns as turns_module
from bot.transport.health import Server
from bot.transport.turns import Turns
from bot.transport.webhook import HEADER, Webhook
from tests.bot.transport.staff import AwayError, Desk, until
from tests.bot.transport.wire import Wire, a_poison, a_tap

SECRET = "made-up_Secret"


class Door:
    """A webhook on a port, and the calls to it."""

    def __init__(self, turns: Turns, **options: float) -> None:
        self.turns = turns
        app = web.Application()
        Webhook(turns, SECRET, **options).add_to(app, "/hook")  # type: ignore[arg-type]
        self.server = Server(app, 0)
        self.session = aiohttp.ClientSession()

    async def post(self, body: object, headers: dict[str, str] | None = None) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if headers is None:
            headers = {HEADER: SECRET}
        url = f"http://127.0.0.1:{self.server.port}/hook"
        async with self.session.post(url, data=data, headers=headers) as response:
            return response.status


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(turns_module, "WAITS", (0.01, 0.02))
    return Desk()


@pytest.fixture
async def door(desk: Desk) -> AsyncIterator[Door]:
    door = Door(desk.turns(capacity=2), body_bytes=2000, settle_seconds=0.1, patience_seconds=0.05)
    await door.server.start()
    yield door
    await door.turns.stop(0)
    await door.session.close()
    await door.server.stop()


async def test_a_handled_update_is_answered_well_and_once(door: Door, desk: Desk) -> None:
    assert await door.post(a_tap(1)) == 200
    assert await door.post(a_tap(1)) == 200
    assert desk.handled == [1]


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: ""}, {HEADER: SECRET + "x"}, {HEADER: SECRET[:-1]}, {HEADER: "密"}]
)
async def test_without_the_secret_nobody_gets_in(
    door: Door, desk: Desk, headers: dict[str, str]
) -> None:
    assert await door.post(a_tap(1), headers) == 403
    assert desk.started == []


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[]", b"{}", b'{"update_id": "1"}', b'{"update_id": true}', b""]
)
async def test_what_is_no_update_is_refused(door: Door, desk: Desk, body: bytes) -> None:
    assert await door.post(body) == 400
    assert desk.started == []


async def test_a_body_too_long_is_refused(door: Door) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b" " * 100

    assert await door.post(b" " * 2001) == 413
    url = f"http://127.0.0.1:{door.server.port}/hook"
    async with door.session.post(url, data=chunks(), headers={HEADER: SECRET}) as response:
        assert response.status == 413


async def test_poison_is_parked_and_answered_well(door: Door, desk: Desk) -> None:
    assert await door.post(a_poison(1)) in (200, 500)
    assert await door.post(a_poison(1)) == 200
    assert desk.parked == [(1, "poll_answer", "TypeError")]


async def test_an_update_not_settled_in_time_is_to_be_sent_again(door: Door, desk: Desk) -> None:
    desk.errors[1] = [AwayError()] * 10_000
    assert await door.post(a_tap(1)) == 500
    desk.errors[1].clear()
    assert await door.post(a_tap(1)) == 200
    assert desk.handled == [1]


async def test_a_committed_update_is_answered_well_while_its_reply_hangs(
    door: Door, desk: Desk
) -> None:
    desk.commits.add(1)
    desk.gate(1)
    assert await door.post(a_tap(1)) == 200


async def test_a_full_house_says_come_again(door: Door, desk: Desk) -> None:
    gates = [desk.gate(i) for i in (1, 2)]
    held = [asyncio.ensure_future(door.post(a_tap(i, i))) for i in (1, 2)]
    await until(lambda: len(desk.started) == 2)
    assert await door.post(a_tap(3, 3)) == 503
    for gate in gates:
        gate.set()
    assert await asyncio.gather(*held) == [200, 200]
    assert await door.post(a_tap(3, 3)) == 200


async def test_a_stopping_bot_takes_nothing(door: Door, desk: Desk) -> None:
    await door.turns.stop()
    assert await door.post(a_tap(1)) == 503
    assert desk.started == []


@pytest.mark.parametrize("secret", ["", "with space", "密码", "x" * 257])
def test_a_secret_telegram_would_not_take_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(None, secret)  # type: ignore[arg-type]


async def test_the_server_is_told_the_address_and_the_secret(wire: Wire, desk: Desk) -> None:
    webhook = Webhook(desk.turns(), SECRET)
    await webhook.register(await wire.api(), "https://example.org/hook")
    [said] = wire.said("setWebhook")
    assert (said["url"], said["secret_token"]) == ("https://example.org/hook", SECRET)

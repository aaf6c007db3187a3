"""`/healthz` over real HTTP."""

from __future__ import annotations

from datetime import datetime

import aiohttp
import pytest
from aiohttp import web

from bot.transport.health import Health, Server
from tests.bot.transport.staff import Desk
from tests.bot.transport.wire import a_tap


@pytest.mark.parametrize("state", ["well", "ill", "broken"])
async def test_health_follows_the_database(state: str) -> None:
    async def is_database_well() -> bool:
        if state == "broken":
            raise ConnectionError
        return state == "well"

    turns = Desk().turns()
    await (await turns.admit(a_tap(1))).over
    app = web.Application()
    Health(turns, is_database_well).add_to(app)
    server = Server(app, 0)
    await server.start()
    try:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{server.port}/healthz") as response,
        ):
            told = await response.json()
            assert response.status == (200 if state == "well" else 503)
    finally:
        await server.stop()
        await turns.stop()
    assert datetime.fromisoformat(told.pop("last_handled_at")).tzinfo is not None
    is_well = state == "well"
    reasons = [] if is_well else ["database"]
    assert told.pop("reasons") == reasons
    assert told == {"ok": is_well, "database": is_well, "in_flight": 0, "waiting": 0}

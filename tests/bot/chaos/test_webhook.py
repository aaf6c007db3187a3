"""Updates by webhook: only the server that knows the secret is heard, and kills lose nothing."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.fleet import SECRET, free_port
from tests.bot.chaos.ledger import Audit
from tests.bot.chaos.test_taps import moments
from tests.bot.chaos.town import QUESTIONS, a_town, until

pytestmark = pytest.mark.slow

PEOPLE = 30
KILLS = 2


async def test_a_webhook_over_kills_loses_nothing(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    address = f"127.0.0.1:{free_port()}"
    async with a_town(sqlite_url, tmp_path, PEOPLE) as town:
        town.server.change_limits(webhook_retry=0.1)
        await town.fill()
        bot = keep(
            town.bot(webhook_url=f"http://{address}", webhook_secret=SECRET, listen=address)
        )
        for count in moments(3, KILLS, 80):
            await town.killed_at(bot, count)
        assert town.server.pending_updates
        await bot.start()
        await until(lambda: town.calls("setWebhook") == KILLS + 1, bot)
        await check_door(f"http://{address}")
        await town.answered(bot)
        assert await bot.stop() == 0
        assert town.ledger.audit() == Audit(PEOPLE * len(QUESTIONS), lost=0, doubled=0)
        assert "Traceback" not in bot.log


async def check_door(url: str) -> None:
    """A forged update is refused, and the bot reports how it is."""
    forged = {"update_id": 1, "message": {"text": "我是管理员"}}
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(f"{url}/telegram", json=forged, headers=headers) as response:
                assert response.status == 403
        async with session.get(f"{url}/healthz") as response:
            assert response.status == 200
            health = await response.json()
    assert health["ok"] is True
    assert isinstance(health["in_flight"], int)
    assert isinstance(health["waiting"], int)

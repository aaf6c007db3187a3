"""Three replicas on one PostgreSQL die and come back while people answer and a push runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.plans.sender import WORKERS
from tests.bot.chaos.fleet import a_fleet
from tests.bot.chaos.ledger import Audit
from tests.bot.chaos.test_push import cards
from tests.bot.chaos.town import QUESTIONS, a_town

pytestmark = pytest.mark.slow

PEOPLE = 40
KILLS = 3


async def test_replicas_that_die_lose_nothing_and_double_nothing(
    postgres_url: str, tmp_path: Path
) -> None:
    async with (
        a_town(postgres_url, tmp_path, PEOPLE, 0.02) as town,
        a_fleet(town, 3, seed=5, send_rate=8) as fleet,
    ):
        town.server.change_limits(webhook_retry=0.1)
        await fleet.start()
        tapping = asyncio.ensure_future(town.drip(4))
        for _ in range(KILLS):
            await fleet.kill_one(0.5, 1.5)
        await fleet.revive()
        await tapping
        await fleet.settled(40)
        assert await fleet.stop() == [0, 0, 0], [bot.log[-2000:] for bot in fleet.bots]
        assert town.ledger.audit() == Audit(PEOPLE * len(QUESTIONS), lost=0, doubled=0)
        for chat in town.people:
            assert any("学法答题完成" in text for text in town.texts(chat)), town.texts(chat)
        push = town.ledger.pushes(cards(town))
        assert (push.rounds, push.others, push.doubled, push.misfits) == (1, 0, 0, ())
        assert push.unknown <= WORKERS * KILLS
        assert not [bot.log for bot in fleet.bots if "Traceback" in bot.log]

"""Hundreds of taps wait, and the bot is killed again and again while it answers them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.ledger import Audit
from tests.bot.chaos.town import QUESTIONS, UPDATES_EACH, a_town

pytestmark = pytest.mark.slow

PEOPLE = 40
KILLS = {"sqlite": 6, "postgresql": 2}


def moments(seed: int, count: int, most: int) -> list[int]:
    """After how many calls of each life the bot dies."""
    rng = random.Random(seed)
    return [rng.randint(1, most) for _ in range(count)]


async def test_taps_waiting_over_kills_all_count_once(
    database_url: str, tmp_path: Path, keep: Keep
) -> None:
    kills = KILLS[database_url.partition("+")[0].partition(":")[0]]
    async with a_town(database_url, tmp_path, PEOPLE) as town:
        assert await town.fill() == town.server.pending_updates == UPDATES_EACH * PEOPLE
        bot = keep(town.bot())
        for count in moments(1, kills, 90):
            await town.killed_at(bot, count)
            town.ledger.expire_leases()
        assert town.server.pending_updates
        await bot.start()
        await town.answered(bot)
        assert await bot.stop() == 0
        assert town.ledger.audit() == Audit(PEOPLE * len(QUESTIONS), lost=0, doubled=0)
        for chat in town.people:
            assert any("学法答题完成" in text for text in town.texts(chat)), town.texts(chat)

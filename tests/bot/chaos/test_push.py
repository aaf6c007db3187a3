"""The bot is killed in the middle of a push: nobody gets the card twice, nobody is forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.plans.sender import WORKERS
from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.test_taps import moments
from tests.bot.chaos.town import Town, a_town

pytestmark = pytest.mark.slow

PEOPLE = 60
KILLS = {"sqlite": 3, "postgresql": 1}
LATENCY = 0.02


def cards(town: Town) -> dict[int, int]:
    """How many cards of the round each chat has got."""
    return {chat: sum("每日学法" in text for text in town.texts(chat)) for chat in town.people}


async def test_a_push_over_kills_reaches_everyone_once_or_is_unknown(
    database_url: str, tmp_path: Path, keep: Keep
) -> None:
    kills = KILLS[database_url.partition("+")[0].partition(":")[0]]
    async with a_town(database_url, tmp_path, PEOPLE, LATENCY) as town:
        bot = keep(town.bot(send_rate=80))  # eight in flight, as at the usual pace
        for count in moments(2, kills, 15):
            await town.killed_at(bot, count, "sendMessage")
            town.ledger.expire_leases()
        await bot.start()
        await town.answered(bot)
        assert await bot.stop() == 0
        push = town.ledger.pushes(cards(town))
        assert push.misfits == ()
        assert (push.rounds, push.others, push.doubled) == (1, 0, 0)
        assert push.sent + push.unknown == PEOPLE
        assert push.unknown <= WORKERS * kills
        assert push.sent >= PEOPLE - WORKERS * kills

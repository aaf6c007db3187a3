"""SIGTERM in the middle of work: what is in flight is finished, and the rest is left to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.faults import Fault, FaultKind
from tests.bot.chaos.conftest import Keep
from tests.bot.chaos.ledger import Audit
from tests.bot.chaos.process import Process
from tests.bot.chaos.test_push import cards
from tests.bot.chaos.town import QUESTIONS, TOKEN, a_town, until

pytestmark = pytest.mark.slow

PEOPLE = 30


async def test_a_stop_in_the_middle_of_taps_and_pushes_loses_nothing(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, PEOPLE, 0.02) as town:
        await town.fill()
        bot = keep(town.bot(send_rate=60))
        await bot.start()
        target = town.calls() + 60
        await until(lambda: town.calls() >= target, bot)
        assert await bot.stop() == 0, bot.log[-2000:]
        assert town.ledger.sending() == 0
        push = town.ledger.pushes(cards(town))
        assert (push.misfits, push.unknown, push.doubled) == ((), 0, 0)
        assert push.others, "the push was over before the stop"
        await bot.start()
        await town.answered(bot)
        assert await bot.stop() == 0
        assert town.ledger.audit() == Audit(PEOPLE * len(QUESTIONS), lost=0, doubled=0)
        push = town.ledger.pushes(cards(town))
        assert (push.sent, push.misfits) == (PEOPLE, ())
        assert "Traceback" not in bot.log


async def test_a_stop_is_quick_while_a_flood_halts_the_push(
    sqlite_url: str, tmp_path: Path, keep: Keep
) -> None:
    async with a_town(sqlite_url, tmp_path, PEOPLE) as town:
        town.server.add_fault(Fault(FaultKind.FLOOD, method="sendMessage", retry_after=300))
        bot = keep(town.bot())
        await bot.start()
        await until(lambda: town.calls("sendMessage") > 0, bot)
        assert await bot.stop() == 0
        assert town.ledger.sending() == 0
        push = town.ledger.pushes(cards(town))
        assert (push.misfits, push.unknown) == ((), 0)


async def test_a_stop_is_quick_while_the_server_is_away(tmp_path: Path, keep: Keep) -> None:
    address = "http://127.0.0.1:9"  # nothing listens there
    bot = keep(Process(tmp_path, token=TOKEN, api_url=address))
    await bot.start()
    await until(lambda: "can't be reached" in bot.log, bot)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.log

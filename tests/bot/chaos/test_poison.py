"""A delivery that our own code can't make must not stop the others."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.screen import Screen
from storage.repositories.deliveries import DueDelivery
from storage.states import DeliveryState
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOAN, XIAOBAI, furnish

UNDER_WAY = {DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.RETRY}


def _ended(unit: Unit) -> dict[DeliveryState, int] | None:
    """How the deliveries of the one open round ended, once all have."""
    states = unit.deliveries.count_by_state(unit.plans.list_answerable(NINE)[0].id)
    return None if states.keys() & UNDER_WAY else states


async def test_a_delivery_that_raises_is_written_off_and_the_rest_go_on(
    street: Street, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await street.database.run(lambda unit: furnish(unit))
    street.server.open_chats()
    app = await street.start()

    def render(delivery: DueDelivery) -> Screen:
        if delivery.chat_id == XIAOAN:
            raise LookupError("a text is missing")
        return Screen("每日学法")

    monkeypatch.setattr(app.sender, "_render", render)
    with caplog.at_level(logging.ERROR):
        await street.tick()
        await (await street.phone(XIAOBAI)).wait_for("每日学法")
        async with asyncio.timeout(5):
            while not (states := await street.database.read(_ended)):
                await asyncio.sleep(0.02)
    assert states == {DeliveryState.SENT: 2, DeliveryState.UNKNOWN: 1}
    assert "written off" in caplog.text

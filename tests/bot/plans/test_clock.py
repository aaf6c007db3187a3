"""Ticks that come late and clocks that jump: a day has one round, and everybody one card."""

from __future__ import annotations

import asyncio

from storage.states import DeliveryState
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOAN, furnish

EVERYBODY = 3


def _rounds(unit: Unit) -> list[dict[DeliveryState, int]]:
    """The deliveries of each round there is."""
    found = [unit.plans.get_round(number) for number in range(1, 9)]
    return [unit.deliveries.count_by_state(one.id) for one in found if one is not None]


async def _pushed(street: Street, rounds: int) -> None:
    """Wait until everybody has the card of each of so many rounds, and no more."""
    wanted = [{DeliveryState.SENT: EVERYBODY}] * rounds
    async with asyncio.timeout(5):
        while await street.database.read(_rounds) != wanted:
            await asyncio.sleep(0.02)
    cards = [
        call.chat for call in street.server.journal.calls("sendMessage") if call.status == 200
    ]
    assert len(cards) == EVERYBODY * rounds


async def test_a_tick_an_hour_late_opens_the_round_and_pushes_it(street: Street) -> None:
    await street.database.run(lambda unit: furnish(unit))
    street.server.open_chats()
    street.clock.forward(hours=1)
    await street.start()
    await street.tick()
    await _pushed(street, 1)


async def test_a_clock_set_back_and_forth_doubles_nothing(street: Street) -> None:
    await street.database.run(lambda unit: furnish(unit))
    street.server.open_chats()
    await street.start()
    await street.tick()
    await _pushed(street, 1)
    for hours in (-1, -24, 25, 1, -1):
        street.clock.forward(hours=hours)
        await street.tick()
    await _pushed(street, 1)
    street.clock.forward(hours=25)
    await street.tick()
    await _pushed(street, 2)


async def test_a_clock_set_back_in_the_middle_of_a_push_holds_up_no_answer(
    street: Street,
) -> None:
    await street.database.run(lambda unit: furnish(unit))
    street.server.open_chats()
    await street.start()
    await street.tick()
    await _pushed(street, 1)
    street.clock.forward(hours=-3)
    phone = await street.phone(XIAOAN)
    await phone.say("/today")
    street.clock.now = NINE
    await phone.say("/today")
    await phone.wait_for("第1/3题")

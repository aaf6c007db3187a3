"""Word in the background: at most once each, whoever can't be reached, whatever fails."""

from __future__ import annotations

import asyncio

from bot.banks.objections import voiding
from bot.daily import service as daily
from bot.demo.faults import Fault, FaultKind
from storage.database import Database
from storage.repositories.notices import Notice
from storage.unit import Unit
from tests.bot.banks.objections.house import open_quiz
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_question


async def test_a_notice_is_known_once_and_told_person_by_person(database: Database) -> None:
    def work(unit: Unit) -> None:
        notices = unit.notices
        assert notices.add("v:1", NINE)
        assert not notices.add("v:1", NINE)
        (due,) = notices.list_due(NINE)
        assert due == Notice("v:1", 0)
        assert notices.advance(due, 7)
        assert not notices.advance(due, 8)  # another replica was first
        assert notices.list_due(NINE) == [Notice("v:1", 7)]
        notices.finish("v:1", NINE)
        assert notices.list_due(NINE) == []
        assert not notices.add("v:1", NINE)
        notices.forget(NINE)
        assert notices.add("v:1", NINE)

    await database.run(work)


async def heard(street: Street, *people: int) -> None:
    for person in people:
        await (await street.phone(person)).wait_for("已作废，您得满分", timeout=9)


async def void(street: Street) -> None:
    def work(unit: Unit) -> None:
        open_quiz(unit, a_question("a"))
        for person in unit.people.list_page(0, 9):
            card = daily.begin(unit, person.chat_id, 1, now=NINE)
            assert isinstance(card, daily.Card)
            daily.give_up(unit, person.chat_id, card.item.sitting.id, 0, now=NINE)
        voiding.void(unit, XIAOCHENG, 1, 1, now=NINE)

    await street.database.run(work)
    street.server.open_chats()


async def test_who_blocked_the_bot_is_passed_over_and_marked(street: Street) -> None:
    await void(street)
    refusal = "Forbidden: bot was blocked by the user"
    street.server.add_fault(
        Fault(FaultKind.ERROR, "sendMessage", chat=XIAOAN, status=403, description=refusal)
    )
    await street.start()
    await heard(street, XIAOBAI, XIAOCHENG)
    person = await street.database.read(lambda unit: unit.people.find_by_chat(XIAOAN))
    assert person is not None
    assert person.unreachable_at is not None


async def test_a_flood_halt_puts_word_off_and_loses_none(street: Street) -> None:
    await void(street)
    street.server.add_fault(
        Fault(FaultKind.FLOOD, method="sendMessage", chat=XIAOBAI, retry_after=1)
    )
    await street.start()
    await heard(street, XIAOAN, XIAOBAI, XIAOCHENG)
    for person in (XIAOAN, XIAOBAI, XIAOCHENG):
        texts = [m.text for m in await (await street.phone(person)).messages()]
        assert len([said for said in texts if "已作废" in said]) == 1


async def test_a_notice_nobody_can_make_sense_of_holds_up_no_other(street: Street) -> None:
    await street.database.run(lambda unit: unit.notices.add("zz:1", NINE))
    await void(street)
    await street.start()
    await heard(street, XIAOAN, XIAOBAI, XIAOCHENG)
    async with asyncio.timeout(5):
        while await street.database.read(lambda unit: unit.notices.list_due(NINE)):
            await asyncio.sleep(0.05)

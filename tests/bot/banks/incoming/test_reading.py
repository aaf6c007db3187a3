"""The reader in the background: restarts, crashes, replicas, faults of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.banks.incoming import keeping
from bot.banks.incoming.parcel import Detail, State
from bot.demo.faults import Fault, FaultKind
from storage.repositories.imports import UploadRow
from storage.unit import Unit
from tests.bot.banks.incoming.files import REPORT, a_row, a_table
from tests.bot.conftest import Street
from tests.cast import XIAOCHENG, furnish
from tests.phone import Phone

PATIENCE = 60.0
LONG = "2025年，全市共查处水事违法案件37件，罚款金额共计128万元。\n" * 30_000


def uploads(unit: Unit) -> list[UploadRow]:
    """All that is kept."""
    rows = [unit.uploads.fetch(number) for number in range(1, 20)]
    return [row for row in rows if row is not None]


async def until(street: Street, holds: Callable[[list[Detail]], bool]) -> list[Detail]:
    """Wait for the uploads to be so."""
    async with asyncio.timeout(PATIENCE):
        while True:
            rows = await street.database.read(uploads)
            details = [Detail.of(row.detail) for row in rows]
            if holds(details):
                return details
            await asyncio.sleep(0.05)


async def cards(phone: Phone) -> int:
    """How many cards a phone shows."""
    return sum("识别" in shown.text for shown in await phone.messages())


async def test_a_stop_in_the_middle_loses_no_file_and_reads_none_twice(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.upload_bytes("长.txt", LONG.encode())
    await admin.upload_bytes("题.xlsx", a_table([a_row(1)]))
    await admin.upload_bytes("题2.xlsx", a_table([a_row(2)]))
    received = await admin.wait_for("题2.xlsx")
    await until(street, lambda found: len(found) == 3 and found[0].tries == 1)

    await street.stop()

    first = (await street.database.read(uploads))[0]
    assert (Detail.of(first.detail).state, Detail.of(first.detail).tries) == (State.WAITING, 0)
    await street.database.run(lambda unit: unit.uploads.drop(first.id))
    await street.start()
    await until(street, lambda found: all(row.state is State.READY for row in found))
    assert await cards(admin) == 2
    card = next(shown for shown in await admin.messages() if "题2.xlsx" in shown.text)
    assert card.message_id == received.message_id


async def test_a_crash_is_survived_and_a_file_that_crashes_the_bot_given_up(
    street: Street,
) -> None:
    """A crash leaves the lease behind, and the tries it has cost."""
    cast = await street.database.run(furnish)
    left = Detail(XIAOCHENG, 77, tries=1)
    worst = Detail(XIAOCHENG, 78, tries=keeping.MOST_TRIES)
    now = street.clock()

    def crash(unit: Unit) -> None:
        table = a_table([a_row(1)])
        for name, detail in (("题.xlsx", left), ("坏.xlsx", worst)):
            unit.uploads.add(cast.xiaocheng, name, "0" * 64, table, detail.to_row(), now)
        assert unit.house.hold_lease(keeping.READER, "dead", now, now + keeping.LEASE)

    await street.database.run(crash)
    admin = await street.phone(XIAOCHENG)
    await admin.say("/help")
    app = await street.start()
    await admin.wait_for("使用说明")
    assert await cards(admin) == 0
    street.clock.forward(seconds=21)
    app.reader.wake()
    await admin.wait_for("识别1行", PATIENCE)
    assert "另存" in (await admin.wait_for("没能读取《坏.xlsx》", PATIENCE)).text
    await until(street, lambda found: [row.state for row in found] == [State.READY])


async def test_two_replicas_read_each_file_once(street: Street) -> None:
    await street.database.run(furnish)
    first = await street.start()
    await street.start(listen=None)
    second = street.app
    admin = await street.phone(XIAOCHENG)
    try:
        for number in range(4):
            await admin.upload_bytes(f"题{number}.xlsx", a_table([a_row(number)]))
        details = await until(
            street, lambda found: [row.state for row in found] == [State.READY] * 4
        )
        assert [row.tries for row in details] == [1] * 4
        assert await cards(admin) == 4
        assert second is not first
    finally:
        await first.close()


async def test_a_server_in_trouble_delays_the_card_and_nothing_more(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    street.server.add_fault(Fault(FaultKind.CUT_BEFORE, method="getFile", times=2))
    street.server.add_fault(Fault(FaultKind.ERROR, method="editMessageText", times=2))
    await admin.upload_bytes("题.xlsx", a_table([a_row(1)]))
    await admin.wait_for("识别1行", PATIENCE)
    assert await cards(admin) == 1


async def test_a_bank_that_is_none_after_all_is_read_as_a_document(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    text = "1. 2025年某市水务局共查处多少件案件？\nA. 37件\nB. 40件\n答案：A\n" + REPORT
    await admin.upload_bytes("题.txt", text.encode())
    card = await admin.wait_for("识别", PATIENCE)
    await admin.tap("按公文出题")
    again = await admin.wait_for("目标题库：新建“", PATIENCE)
    assert again.message_id == card.message_id
    assert "📄" in again.text


async def test_at_most_ten_files_of_one_person_wait(street: Street) -> None:
    cast = await street.database.run(furnish)
    detail = Detail(XIAOCHENG, 5, State.READY).to_row()

    def fill(unit: Unit) -> None:
        for _ in range(10):
            unit.uploads.add(cast.xiaocheng, "题", "0" * 64, b"", detail, street.clock())

    await street.database.run(fill)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.upload_bytes("题.xlsx", a_table([a_row(1)]))
    await admin.wait_for("10 个文件还没有处理")
    street.clock.forward(days=8)
    await street.database.run(lambda unit: keeping.claim(unit, "x", now=street.clock()))
    assert await street.database.read(uploads) == []

"""Reports in chat: a card, files that come by themselves, pictures."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from datetime import timedelta

import aiohttp
import openpyxl
import pytest

from bot.reports.files import parent
from bot.reports.files.clerk import Clerk
from bot.reports.files.parent import FileFault
from storage.repositories.house import AuditRow
from tests.bot.conftest import Street
from tests.browser import PageFactory
from tests.cast import XIAOAN, XIAOBAI, XIAOCHENG
from tests.phone import Phone, Shown
from tests.storage.repositories.office import make_office


async def opened(street: Street, person: int) -> tuple[Phone, Shown]:
    """The card of the month on a person's phone, a day after both rounds."""
    await street.database.run(make_office)
    street.clock.now += timedelta(days=1)
    await street.start()
    phone = await street.phone(person)
    await phone.say("/report")
    return phone, await phone.wait_for("报表")


async def photos(phone: Phone, count: int) -> list[Shown]:
    """So many pictures."""
    async with asyncio.timeout(20):
        while True:
            shown = [one for one in await phone.messages() if one.raw.get("photo")]
            if len(shown) >= count:
                return shown
            await asyncio.sleep(0.05)


async def document(street: Street, shown: Shown, kind: str = "document") -> bytes:
    """The file or picture of a message."""
    found = shown.raw[kind]
    url = found["url"] if isinstance(found, dict) else found
    async with aiohttp.ClientSession() as session, session.get(street.server.url + url) as answer:
        return await answer.read()


async def wait_for_file(phone: Phone, suffix: str) -> Shown:
    await phone.wait_for("已发送", timeout=30)
    files = [shown for shown in await phone.messages() if shown.raw.get("document")]
    assert files[-1].raw["document"]["name"].endswith(suffix)
    return files[-1]


async def test_a_card_says_what_the_period_came_to(street: Street) -> None:
    phone, card = await opened(street, XIAOBAI)

    assert "2026年11月" in card.text
    assert "11月1日至11月24日 · 法规处" in card.text
    assert "参与率 100.0%（2/2人次）" in card.text
    await phone.tap("本周")
    assert "2026年第48周" in (await phone.wait_for("第48周")).text


async def test_staff_are_told_that_it_is_not_for_them(street: Street) -> None:
    await street.database.run(make_office)
    await street.start()
    phone = await street.phone(XIAOAN)
    await phone.say("/report")
    assert "权限" in (await phone.wait_for("权限")).text


async def test_a_workbook_comes_by_itself(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.tap("Excel")
    sent = await wait_for_file(phone, ".xlsx")

    assert sent.raw["document"]["name"] == "学法报表-2026年11月.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(await document(street, sent)))
    assert book.sheetnames == ["说明", "人员", "处室", "各期", "作答", "题目"]
    assert [row[0].value for row in book["人员"].iter_rows(min_row=2)] == [
        "小安", "小白", "小程", "小白菜", "无处可去",
    ]  # fmt: skip
    answers = [[cell.value for cell in row] for row in book["作答"].iter_rows(min_row=2)]
    assert len(answers) == 5
    assert answers[0][1:4] == ["每日学法", "法规处", "小安"]
    assert answers[0][7:] == ["对", 10]
    law = next(row for row in book["处室"].iter_rows(min_row=2, values_only=True))
    assert law[:5] == ("法规处", 3, 2, 2, 1)
    audit: list[AuditRow] = await street.database.read(lambda unit: unit.house.list_audit(limit=1))
    assert audit[0].action == "report.export"


async def test_a_trainer_s_tables_hold_the_own_department_only(street: Street) -> None:
    phone, _ = await opened(street, XIAOBAI)
    await phone.tap("CSV")
    sent = await wait_for_file(phone, ".zip")

    with zipfile.ZipFile(io.BytesIO(await document(street, sent))) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names).decode()
        people = list(csv.reader(io.StringIO(archive.read("人员.csv").decode("utf-8-sig"))))
    assert names == ["说明.csv", "人员.csv", "处室.csv", "各期.csv", "作答.csv", "题目.csv"]
    assert [row[0] for row in people[1:]] == ["小安", "小白", "小程"]
    assert "小白菜" not in everything
    assert "大气处" not in everything


async def test_pictures_come_as_photos(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    for number, button in enumerate(("趋势图", "热力图"), start=1):
        await phone.tap(button)
        assert len(await photos(phone, number)) == number
    await phone.tap("图片用深色")
    card = await phone.wait_for("报表")
    assert "图片用浅色" in card.buttons
    await phone.tap("热力图", card)
    shown = await photos(phone, 3)
    assert len({one.raw["photo"] for one in shown}) == 3
    assert (await document(street, shown[2], "photo")).startswith(b"\x89PNG")


async def test_a_picture_and_a_file_are_seen_on_the_page(
    street: Street, open_page: PageFactory
) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.tap("热力图")
    await photos(phone, 1)
    await phone.tap("CSV")
    await wait_for_file(phone, ".zip")
    page = await open_page(f"{street.server.url}/#person={XIAOCHENG}")
    picture = page.locator(".photo img")
    await picture.wait_for()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    await page.get_by_text("学法报表-2026年11月.zip", exact=True).wait_for()


async def test_a_file_that_fails_says_so_and_can_be_tried_again(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    monkeypatch.setattr(parent, "SECONDS", 0.0)
    await phone.tap("CSV")
    failed = await phone.wait_for("没有生成")
    assert failed.buttons == ["再试一次"]
    monkeypatch.undo()
    await phone.tap("再试一次", failed)
    await wait_for_file(phone, ".zip")


async def test_a_file_too_large_to_send_says_what_to_do(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    monkeypatch.setattr(parent, "LARGEST_BYTES", 10)
    await phone.tap("CSV")
    assert "短一些的时间" in (await phone.wait_for("没有生成", timeout=30)).text


async def test_a_second_file_waits_for_the_first(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    first = await phone.tap("Excel")
    second = await phone.tap("CSV")
    assert "开始生成" in (await phone.toast(first)).text
    assert "还在生成" in (await phone.toast(second)).text
    await wait_for_file(phone, ".xlsx")


async def test_stopping_the_bot_ends_a_file_under_way(street: Street) -> None:
    phone, _ = await opened(street, XIAOCHENG)
    await phone.tap("Excel")
    await phone.wait_for("正在生成")
    await street.stop()  # a process left behind would be a warning, and so an error
    assert not Clerk().is_busy(XIAOCHENG)


def test_a_fault_has_words() -> None:
    assert FileFault().text_key == "reports.file_failed"

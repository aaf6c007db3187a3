"""Bank files through phones: dry run, import, the table of errors, undo."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from questions.formats import FORMATS
from questions.models import Question
from storage.repositories.imports import ImportRow
from storage.repositories.questions import Filter, QuestionRow
from storage.states import PlanId, QuestionStatus, Role
from storage.unit import Unit
from tests.bot.banks.incoming.files import a_row, a_table, mended
from tests.bot.conftest import Street
from tests.cast import MONDAY, XIAOAN, XIAOBAI, XIAOCHENG, a_bank, a_question, furnish
from tests.phone import Phone, Shown

PATIENCE = 60.0


async def bring(phone: Phone, name: str, data: bytes, caption: str = "") -> Shown:
    """Send a bank file and wait for its card."""
    await phone.upload_bytes(name, data, caption)
    return await phone.wait_for("识别", PATIENCE)


def inside(unit: Unit, bank: str) -> list[QuestionRow]:
    """What a bank holds."""
    bank_id = unit.banks.find_by_name(bank)
    assert bank_id is not None
    return unit.questions.search(Filter(bank_id=bank_id), limit=99)


async def held(street: Street, bank: str) -> list[QuestionRow]:
    """The same, from outside."""
    return await street.database.read(lambda unit: inside(unit, bank))


async def content_of(street: Street, shown: Shown) -> bytes:
    """The file of a message."""
    url = street.server.url + shown.raw["document"]["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.read()


async def test_a_table_is_looked_over_imported_mended_and_sent_again(street: Street) -> None:
    cast = await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    rows = [a_row(number) for number in range(1, 13)]
    rows += [a_row(3), a_row(90, 答案="E"), a_row(13, 解析="", 选项C="以上都对")]

    card = await bring(admin, "许可.xlsx", a_table(rows))

    assert "识别15行：可导入13，重复1，错误1" in card.text
    assert "第 15 行“答案”列" in card.text
    assert "有“以上都对”一类的选项 1" in card.text
    assert "新建“许可”" in card.text
    assert "导入并发布12题" in card.buttons

    await admin.tap("预览")
    assert "✔" in (await admin.wait_for("预览 1/13")).text
    await admin.tap("+10")
    last = await admin.wait_for("预览 11/13")
    assert last.message_id == card.message_id
    assert "+10" not in last.buttons
    await admin.tap("返回")
    await admin.wait_for("识别")
    await admin.tap("选择题库")
    assert "题库" in (await admin.wait_for("哪个题库")).buttons
    await admin.tap("输入名字")
    await admin.wait_for("题库的名字")
    await admin.say("一\u202e二")
    await admin.wait_for("用不了")
    await admin.say("许可题库")
    card = await admin.wait_for("新建“许可题库”")

    for _ in range(2):
        await admin.forge(card.data["导入并发布12题"], card)
    done = await admin.wait_for("已导入", PATIENCE)
    assert "新增 13 题" in done.text
    assert "已发布 12 题，待审 1 题" in done.text
    assert "已经导入" in (await admin.toast()).text
    table = await admin.wait_for("没有导入")

    kept = await held(street, "许可题库")
    assert [row.status for row in kept].count(QuestionStatus.PUBLISHED) == 12
    (draft,) = [row for row in kept if row.status is QuestionStatus.DRAFT]
    assert "all_above" in draft.findings
    assert {row.author_id for row in kept} == {cast.xiaocheng}

    def around(unit: Unit) -> tuple[object, object]:
        bank = unit.banks.find(kept[0].bank_id)
        actions = [row.action for row in unit.house.list_audit(limit=5)]
        return bank and bank.owner_id, actions

    assert await street.database.read(around) == (
        cast.xiaocheng,
        ["bank.import", "plan.change"],  # the plan takes the new bank
    )
    plan = await street.database.read(lambda u: u.banks.count_candidates(cast.plan, MONDAY))
    assert plan == 7 + 12

    again = mended(await content_of(street, table), "答案", "A")
    card = await bring(admin, "改好.xlsx", again, "题库：许可题库")
    assert "识别2行：可导入1，重复1，错误0" in card.text
    assert "（现有 13 题）" in card.text
    await admin.tap("导入1题")
    await admin.wait_for("新增 1 题", PATIENCE)
    card = await bring(admin, "改好.xlsx", again, "题库：许可题库")
    assert "可导入0，重复2" in card.text
    assert "11月23日已导入过" in card.text
    assert "预览" in card.buttons
    assert not any("导入" in button for button in card.buttons)
    await admin.tap("取消")
    await admin.wait_for("不导入了")
    assert len(await held(street, "许可题库")) == 14


async def test_an_import_is_taken_back_but_for_what_somebody_changed(street: Street) -> None:
    cast = await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    old = [a_row(number, 题目编号=f"N{number}") for number in range(1, 4)]
    await bring(admin, "甲.xlsx", a_table(old), "题库：许可")
    await admin.tap("导入并发布3题")
    await admin.wait_for("新增 3 题", PATIENCE)
    new = [
        {**old[0], "解析": "新的解析。"},
        {**old[1], "答案": "B"},
        old[2],
        *(a_row(number, 题目编号=f"N{number}") for number in (4, 5, 6)),
    ]
    card = await bring(admin, "乙.xlsx", a_table(new), "题库：许可")
    assert "可导入5，重复1" in card.text
    assert "更新题库已有的 2 题" in card.text
    await admin.tap("导入5题")
    done = await admin.wait_for("新增 3 题，更新 2 题", PATIENCE)
    assert [row.status for row in await held(street, "许可")] == [
        *[QuestionStatus.DRAFT] * 2,
        QuestionStatus.PUBLISHED,
        *[QuestionStatus.DRAFT] * 3,
    ]

    def meanwhile(unit: Unit) -> None:
        rows = {row.question.id: row for row in inside(unit, "许可")}
        _ask(unit, rows["N4"], cast.plan)
        _edit(unit, rows["N5"])
        _edit(unit, rows["N2"])

    await street.database.run(meanwhile)
    await admin.tap("撤销", done)
    sure = await admin.wait_for("新增的 3 题会删去")
    await admin.tap("确定撤销")
    said = await admin.wait_for("已撤销")

    assert "删去 1 题，停用 1 题，恢复 1 题" in said.text
    assert "2 题在导入后有人改过" in said.text
    rows = {row.question.id: row for row in await held(street, "许可")}
    assert set(rows) == {"N1", "N2", "N3", "N4", "N5"}
    assert (rows["N1"].status, rows["N1"].version) == (QuestionStatus.PUBLISHED, 3)
    assert rows["N1"].question.explanation == "见第1号许可证。"
    assert rows["N4"].status is QuestionStatus.RETIRED
    assert rows["N5"].question.stem.startswith("改过：")

    await admin.forge(sure.data["确定撤销"], sure)
    assert "已经撤销过" in (await admin.wait_for("撤销过")).text
    bank = rows["N1"].bank_id
    await admin.forge(f"il:{bank}", sure)
    listing = await admin.wait_for("最近的导入")
    assert "乙.xlsx：新增 3，更新 2 · 小程 · 已撤销" in listing.text
    assert "撤销第2次" in listing.buttons
    card = await bring(admin, "乙.xlsx", a_table(new), "题库：许可")
    assert "可导入3，重复3" in card.text
    assert "更新题库已有的 2 题（有 1 题导入后被人改过" in card.text
    street.clock.forward(hours=25)
    await admin.forge(listing.data["撤销第2次"], listing)
    assert "超过 24 小时" in (await admin.toast()).text
    assert [row.undone_at is None for row in await street.database.read(_imports)] == [
        False,
        True,
    ]


def _ask(unit: Unit, row: QuestionRow, plan: PlanId) -> None:
    assert unit.plans.open_round(
        plan,
        MONDAY + timedelta(days=1),
        opens_at=row.written_at,
        closes_at=row.written_at,
        settles_at=row.written_at,
        version_ids=[row.version_id],
    )


def _edit(unit: Unit, row: QuestionRow) -> None:
    question: Question = replace(row.question, stem="改过：" + row.question.stem)
    assert unit.editions.edit(
        row.id,
        row.version,
        question,
        row.written_at,
        author_id=None,
        findings=(),
        status=row.status,
    )


def _imports(unit: Unit) -> list[ImportRow]:
    return unit.imports.list_recent(9)


async def test_only_those_who_may_bring_something(street: Street) -> None:
    cast = await street.database.run(furnish)
    await street.start()
    staff, trainer, admin = [await street.phone(who) for who in (XIAOAN, XIAOBAI, XIAOCHENG)]
    table = a_table([a_row(1)])
    await staff.upload_bytes("好题.xlsx", table)
    assert "培训员" in (await staff.wait_for("谢谢")).text
    await staff.say("/import")
    await staff.wait_for("没有进行这项操作的权限")
    await trainer.say("/import")
    await trainer.wait_for("没有进行这项操作的权限")
    await trainer.upload_bytes("好题.xlsx", table)
    assert "由管理员导入" in (await trainer.wait_for("没能读取", PATIENCE)).text

    card = await bring(admin, "好题.xlsx", table)
    await trainer.forge(card.data["导入1题"], await trainer.screen())
    assert "重新发送" in (await trainer.toast()).text
    await street.database.run(lambda unit: unit.people.set_role(cast.xiaocheng, Role.TRAINER))
    for label in ("导入1题", "预览", "选择题库"):
        await admin.forge(card.data[label], card)
        assert "没有进行这项操作的权限" in (await admin.toast()).text
    await street.database.run(lambda unit: unit.people.set_role(cast.xiaocheng, Role.STAFF))
    await admin.forge(card.data["取消"], card)
    assert "没有进行这项操作的权限" in (await admin.toast()).text
    assert await street.database.read(_imports) == []


async def test_where_two_approve_nobody_publishes_alone(street: Street) -> None:
    await street.database.run(furnish)
    await street.start(two_person_approval=True)
    admin = await street.phone(XIAOCHENG)
    card = await bring(admin, "好题.xlsx", a_table([a_row(1)]))
    assert not any("发布" in button for button in card.buttons)
    await admin.forge(card.data["导入1题"].replace("draft", "publish"), card)
    await admin.toast()
    assert await street.database.read(_imports) == []
    await admin.tap("导入1题")
    await admin.wait_for("都是待审题", PATIENCE)


async def test_an_export_edited_and_sent_back_keeps_its_source(street: Street) -> None:
    await street.database.run(lambda unit: furnish(unit, a_question("q1"), a_question("q2")))
    await street.start()
    admin = await street.phone(XIAOCHENG)
    table = FORMATS["xlsx"].write(a_bank(a_question("q1"), a_question("q2")))
    card = await bring(admin, "导出.xlsx", table, "题库：题库")
    assert "可导入0，重复2" in card.text
    await admin.tap("取消")
    card = await bring(admin, "改过.xlsx", mended(table, "解析", "改过的解析"), "题库：题库")
    assert "更新题库已有的 2 题" in card.text
    await admin.tap("导入并发布2题")
    await admin.wait_for("更新 2 题", PATIENCE)

    for row in await held(street, "题库"):
        assert row.question.explanation == "改过的解析"
        assert row.question.citation == a_question(row.question.id).citation
        assert row.question.fact == a_question(row.question.id).fact


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("大.txt", b"x" * ((20 << 20) + 1), "20 MB"),
        ("空.txt", b"\n \n", "没能读取"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "没能读取"),
    ],
)
async def test_what_can_not_be_read_is_refused_with_a_remedy(
    street: Street, name: str, data: bytes, said: str
) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.upload_bytes(name, data)
    refusal = await admin.wait_for(said, PATIENCE)
    assert name in refusal.text
    assert await street.database.read(lambda unit: unit.uploads.list_in(["waiting"])) == []


async def test_a_zip_bomb_is_refused_and_the_next_file_is_read(
    street: Street, tmp_path: Path
) -> None:
    bomb = tmp_path / "炸.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(b" " * (1 << 20))
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.upload(bomb)
    await admin.wait_for("没能读取《炸.xlsx》", PATIENCE)
    await bring(admin, "好题.xlsx", a_table([a_row(1)]))

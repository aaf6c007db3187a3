"""Documents through phones: a report, its amended text, a law and its new text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from questions.models import Kind
from storage.repositories.questions import Filter, QuestionRow
from storage.states import Alert, QuestionStatus
from storage.unit import Unit
from tests.bot.banks.incoming.files import AMENDED, REPORT, a_law, a_row, a_table
from tests.bot.conftest import Street
from tests.cast import XIAOBAI, XIAOCHENG, furnish
from tests.phone import Phone, Shown

PATIENCE = 60.0
TITLE = "某市水务局2025年法治政府建设情况报告"
LAW = "中华人民共和国河道清洁法"


async def bring(phone: Phone, name: str, said: str) -> Shown:
    """Send a document and wait for its card."""
    await phone.upload_bytes(name, said.encode())
    return await phone.wait_for("目标题库", PATIENCE)


def inside(unit: Unit, bank: str) -> dict[int, QuestionRow]:
    """What a bank holds, by row."""
    bank_id = unit.banks.find_by_name(bank)
    assert bank_id is not None
    rows = unit.questions.search(Filter(bank_id=bank_id), limit=99)
    return {row.id: row for row in rows}


def flagged(rows: dict[int, QuestionRow]) -> dict[int, Alert]:
    """Which questions are to be looked at, and why."""
    return {row.id: row.alert for row in rows.values() if row.alert is not None}


def _article(row: QuestionRow) -> str | None:
    return row.question.basis.article if row.question.basis is not None else None


async def test_a_report_is_submitted_and_its_amended_text_compared(street: Street) -> None:
    cast = await street.database.run(furnish)
    await street.start()
    trainer = await street.phone(XIAOBAI)
    card = await bring(trainer, "报告.txt", REPORT)
    assert card.text.startswith(f"📄 {TITLE}\n某市水务局 · 2025年")
    assert "数据" in card.text
    assert f"新建“{TITLE}”" in card.text
    assert "与上次比对" not in card.text
    await trainer.tap("预览")
    assert "出处" in (await trainer.wait_for("预览 1/")).text
    await trainer.tap("返回")
    await trainer.wait_for("目标题库")
    await trainer.tap("送审")
    done = await trainer.wait_for("已送审", PATIENCE)
    assert "撤销" not in done.buttons
    assert "去审核" in done.buttons

    def first_look(unit: Unit) -> tuple[dict[int, QuestionRow], list[str]]:
        rows = inside(unit, TITLE)
        texts = {row.question.citation.document for row in rows.values()}
        for row in rows.values():
            cite = row.question.citation
            found = unit.documents.find(cite.document)
            assert found is not None
            assert found[1] is not None
            assert found[1][cite.start : cite.end] == cite.quote
        assert len(texts) == 1
        return rows, [row.action for row in unit.house.list_audit(limit=2)]

    before, actions = await street.database.read(first_look)
    assert actions == ["document.read", "plan.change"]  # the plan takes the new bank
    assert {row.status for row in before.values()} == {QuestionStatus.DRAFT}
    assert {row.author_id for row in before.values()} == {cast.xiaobai}

    card = await bring(trainer, "报告.txt", REPORT)
    assert f"新增 0，修改 0，消失 0，未变 {len(before)}" in card.text
    assert "没有新题或改动" in card.text
    assert not any("送审" in button for button in card.buttons)
    await trainer.tap("取消")
    await trainer.wait_for("不导入了")

    card = await bring(trainer, "新报告.txt", AMENDED)
    assert "与上次比对" in card.text
    assert "消失 0" not in card.text
    assert f"目标题库：{TITLE}" in card.text
    await trainer.tap("送审")
    done = await trainer.wait_for("已送审", PATIENCE)
    assert "已提醒核对" in done.text
    after = await street.database.read(lambda unit: inside(unit, TITLE))
    assert set(before) <= set(after)
    gone = [row for row in after.values() if row.alert is Alert.SOURCE_CHANGED]
    assert gone
    for row in gone:
        assert row.question.citation.quote not in AMENDED
        assert TITLE in (row.alert_detail or "")
    for row in after.values():
        assert row.alert is not None or row.question.citation.quote in AMENDED
    same = [row for row in before.values() if after[row.id] == row]
    assert same
    assert all(row.question.citation.quote in AMENDED for row in same)


async def test_a_title_is_put_right_and_the_document_read_again(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    trainer = await street.phone(XIAOBAI)
    await bring(trainer, "报告.txt", REPORT)
    await trainer.tap("改标题")
    await trainer.wait_for("正确标题")
    await trainer.say("《某市水务局2025年度依法行政报告》")
    card = await trainer.wait_for("目标题库", PATIENCE)
    assert "某市水务局2025年度依法行政报告\n" in card.text
    assert "新建“某市水务局2025年度依法行政报告”" in card.text


async def test_a_new_text_of_a_law_flags_the_questions_it_concerns(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    card = await bring(admin, "河道清洁法.txt", a_law())
    assert f"{LAW}（2020年修订）" in card.text
    assert "2020-09-01起施行" in card.text
    await admin.tap("选择题库")
    await admin.wait_for("哪个题库")
    await admin.tap("题库")
    await admin.wait_for("目标题库：题库")
    await admin.tap("送审")
    done = await admin.wait_for("已送审", PATIENCE)
    assert "撤销" in done.buttons
    row = {**a_row(7), "法律依据": f"《{LAW}》第六条", "题干": "清淤后几日内清理现场？"}
    header = (*row, "条款/原文")
    table = a_table(
        [row, {**row, "题干": "清淤要几日内决定？", "法律依据": f"《{LAW}》第四条"}], header
    )
    await admin.upload_bytes("他库.xlsx", table)
    await admin.wait_for("识别", PATIENCE)
    await admin.tap("导入2题")
    await admin.wait_for("新增 2 题", PATIENCE)

    card = await bring(admin, "新河道清洁法.txt", a_law(2026, "二十"))

    assert "目标题库：题库" in card.text
    assert "法条有变化的题" in card.text
    assert "第四条" in card.text
    await admin.tap("送审")
    await admin.wait_for("已送审", PATIENCE)

    def look(unit: Unit) -> tuple[dict[int, QuestionRow], dict[int, QuestionRow]]:
        return inside(unit, "题库"), inside(unit, "他库")

    own, other = await street.database.read(look)
    for rows in (own, other):
        for row_id, alert in flagged(rows).items():
            basis = rows[row_id].question.basis
            assert alert is Alert.LAW_CHANGED
            assert basis is not None
            assert (basis.article or "").startswith(("第四条", "第七条"))
            assert "第四条" in (rows[row_id].alert_detail or "")
    assert len(flagged(other)) == 1
    (sixth,) = [
        row
        for row in own.values()
        if _article(row) == "第六条" and row.question.kind is Kind.BLANK
    ]
    assert sixth.version == 1
    assert sixth.question.basis is not None
    assert sixth.question.basis.in_force_from == date(2026, 9, 1)
    await admin.tap("撤销")
    await admin.tap("确定撤销", await admin.wait_for("撤销 "))
    await admin.wait_for("已撤销", PATIENCE)
    own, other = await street.database.read(look)
    assert flagged(own) == flagged(other) == {}


async def test_a_reworded_question_is_flagged_and_left_as_it_is(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    trainer = await street.phone(XIAOBAI)
    await bring(trainer, "法.txt", a_law())
    await trainer.tap("送审")
    await trainer.wait_for("已送审", PATIENCE)
    bank = f"{LAW}（2020年修订）"

    def reword(unit: Unit) -> int:
        rows = inside(unit, bank).values()
        row = next(r for r in rows if "十五日" in r.question.citation.quote)
        question = replace(row.question, stem="改过：" + row.question.stem)
        assert unit.editions.edit(
            row.id,
            row.version,
            question,
            row.written_at,
            author_id=None,
            findings=(),
            status=QuestionStatus.PUBLISHED,
        )
        return row.id

    reworded = await street.database.run(reword)
    card = await bring(trainer, "新法.txt", a_law(2020, "二十"))
    assert "与上次比对" in card.text
    await trainer.tap("送审")
    await trainer.wait_for("已送审", PATIENCE)
    row = (await street.database.read(lambda unit: inside(unit, bank)))[reworded]
    assert row.question.stem.startswith("改过：")
    assert row.status is QuestionStatus.PUBLISHED
    assert row.alert is not None

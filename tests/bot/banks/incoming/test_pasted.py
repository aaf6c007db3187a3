"""Text pasted into the chat, in as many messages as Telegram makes of it."""

from __future__ import annotations

from bot.banks.incoming.taking.service import PIECE, join
from tests.bot.banks.incoming.files import REPORT
from tests.bot.conftest import Street
from tests.cast import XIAOBAI, XIAOCHENG, furnish

PATIENCE = 60.0
QUESTION = """{0}. 水资源论证第{0}号报告的有效期是多久？
A. {0}个月
B. 2{0}个月
C. 3{0}个月
答案：B
"""


async def test_pasted_questions_become_a_bank(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    admin = await street.phone(XIAOCHENG)
    await admin.say("/import")
    asked = await admin.wait_for("粘贴题目文字")
    await admin.forge("if", asked)
    assert "还没有收到文字" in (await admin.toast()).text
    await admin.say(QUESTION.format(1) + QUESTION.format(2))
    first = await admin.wait_for("已收到 1 段")
    await admin.say(QUESTION.format(3))
    second = await admin.wait_for("已收到 2 段")
    before = await admin.wait_for("前 1 段已收到")
    assert (before.message_id, before.buttons) == (first.message_id, [])
    for _ in range(2):
        await admin.forge(second.data["完成"], second)
    card = await admin.wait_for("识别3行：可导入3", PATIENCE)
    assert card.message_id == second.message_id
    assert "11月23日粘贴的文字" in card.text
    await admin.say("11")
    assert "已收到" not in (await admin.wait_for("")).text


async def test_a_trainer_pastes_a_document_or_sends_it_as_a_file(street: Street) -> None:
    await street.database.run(furnish)
    await street.start()
    trainer = await street.phone(XIAOBAI)
    await trainer.say("/document")
    await trainer.wait_for("公文或法律全文")
    await trainer.say(REPORT)
    await trainer.wait_for("已收到 1 段")
    await trainer.tap("完成")
    await trainer.wait_for("某市水务局2025年法治政府建设情况报告", PATIENCE)
    await trainer.say("/document")
    await trainer.wait_for("公文或法律全文")
    asked = await trainer.screen()
    await trainer.say("不对")
    await trainer.wait_for("已收到 1 段")
    await trainer.tap("取消")
    await trainer.wait_for("不要了")
    await trainer.forge("if", asked)
    assert "失效" in (await trainer.toast()).text


def test_full_messages_are_joined_where_they_were_cut() -> None:
    whole = "甲" * PIECE
    assert join([whole, "乙", "丙"]) == f"{whole}乙\n丙\n"

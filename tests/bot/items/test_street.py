"""Trainers look at figures in the chat, over HTTP, and act on them."""

from __future__ import annotations

from storage.unit import Unit
from tests.bot.conftest import Street
from tests.bot.items.house import answer_round, knowing, populate
from tests.cast import XIAOAN, XIAOBAI, XIAOCHENG, a_question


def answered(unit: Unit) -> None:
    town = populate(unit, 60, *(a_question(name) for name in "abc"))
    answer_round(unit, town, "abc", knowing(a="reversed"))


async def test_a_trainer_finds_the_weak_question_and_restores_it(street: Street) -> None:
    await street.database.run(answered)
    street.server.open_chats()
    await street.start()
    owner, trainer = await street.phone(XIAOCHENG), await street.phone(XIAOBAI)
    notice = await owner.wait_for("已暂停推送，待复核")
    assert "区分度为负" in notice.text
    await owner.tap("查看清单", notice)
    await owner.wait_for("需要处理的题")

    await trainer.say("/items")
    listed = await trainer.wait_for("题目分析 · 全部")
    assert "区分度为负 1" in listed.buttons
    await trainer.tap("1", listed)
    card = await trainer.wait_for("反而更容易答错")
    await trainer.tap("恢复推送", card)
    restored = await trainer.wait_for("题目分析")
    assert "暂停推送" in restored.buttons
    await trainer.tap("« 列表", restored)
    listed = await trainer.wait_for("题目分析 · 全部")
    assert "已暂停" not in listed.text
    street.clock.forward(minutes=2)
    await trainer.tap("更新统计", listed)
    assert (await trainer.toast()).text == "统计已更新。"
    assert "已暂停" not in (await trainer.screen()).text

    await trainer.tap("1")
    card = await trainer.wait_for("反而更容易答错")
    await trainer.tap("修改", card)
    await trainer.wait_for("修改")
    staff = await street.phone(XIAOAN)
    await staff.say("/items")
    await staff.wait_for("没有进行这项操作的权限")

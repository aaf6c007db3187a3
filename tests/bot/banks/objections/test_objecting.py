"""Who finds a fault says so with one tap, keepers answer, and everybody hears what came of it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import update

from bot.banks.objections import service, settling, voiding
from bot.banks.objections.settling import Settlement
from bot.banks.objections.words import to_objector, to_owners
from bot.errors import NotAllowed, StaleTap
from questions.models import Citation
from storage.database import Database
from storage.states import QuestionStatus
from storage.tables import banks
from storage.unit import Unit
from tests.bot.banks.objections.house import LATER, ZONE, answer_wrong, open_quiz
from tests.bot.conftest import Street
from tests.cast import DOCUMENT, NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_judge, a_question
from tests.phone import Phone

raise_objection = partial(service.raise_objection, timezone=ZONE, now=LATER)
add_note = partial(service.add_note, timezone=ZONE, now=LATER)


async def test_one_objects_once_to_what_one_has_answered(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"), a_judge("b"))
        item = answer_wrong(unit, quiz, XIAOAN)
        sitting = item.sitting.id
        once = raise_objection(unit, XIAOAN, sitting, 0)
        twice = raise_objection(unit, XIAOAN, sitting, 0)
        assert isinstance(once, service.Raised)
        assert isinstance(twice, service.Raised)
        assert (once.is_new, twice.is_new) == (True, False)
        assert once.objection_id == twice.objection_id
        for who, position in ((XIAOAN, 1), (XIAOBAI, 0), (XIAOAN, 9)):
            with pytest.raises(StaleTap):
                raise_objection(unit, who, sitting, position)
        with pytest.raises(StaleTap):
            add_note(unit, XIAOBAI, once.objection_id, "别人的话", update_id=1)
        add_note(unit, XIAOAN, once.objection_id, " 答案应为13件 ", update_id=2)
        add_note(unit, XIAOAN, once.objection_id, "同一条消息再来一次", update_id=2)
        (said,) = unit.objections.list_of(1 if item.question.id == "a" else 2)
        assert said.note == "答案应为13件"

    await database.run(work)


async def test_owners_get_one_message_a_day_and_only_admins_see_names(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"))
        for update_id, who in enumerate((XIAOAN, XIAOBAI), start=1):
            item = answer_wrong(unit, quiz, who)
            raised = raise_objection(unit, who, item.sitting.id, 0)
            assert isinstance(raised, service.Raised)
            add_note(unit, who, raised.objection_id, "单位不对", update_id=update_id)
        due = unit.notices.list_due(LATER)
        assert [notice.name for notice in due] == ["o:1:20261123"]
        (word,) = to_owners(unit, "1:20261123", 0, 9)
        assert word.person_id == quiz.cast.xiaocheng  # no owner: the admin
        assert "2 人反映" in word.screen.text
        assert "小安：单位不对" in word.screen.text
        unit._connection.execute(update(banks).values(owner_id=quiz.cast.xiaobai))
        (word,) = to_owners(unit, "1:20261123", 0, 9)
        assert word.person_id == quiz.cast.xiaobai
        assert "小安" not in word.screen.text
        assert "单位不对" in word.screen.text
        unit.people.set_active(quiz.cast.xiaobai, is_active=False)
        assert [w.person_id for w in to_owners(unit, "1:20261123", 0, 9)] == [quiz.cast.xiaocheng]
        assert to_owners(unit, "1:20261123", quiz.cast.xiaocheng, 9) == []

    await database.run(work)


async def test_the_first_of_two_keepers_settles_and_the_second_is_told(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, a_question("a"))
        item = answer_wrong(unit, quiz, XIAOAN)
        raised = raise_objection(unit, XIAOAN, item.sitting.id, 0)
        assert isinstance(raised, service.Raised)
        settle = partial(settling.settle, unit, question_id=1, now=LATER)

        first = settle(chat_id=XIAOBAI, outcome="kept", reason=" 原文如此 ")
        second = settle(chat_id=XIAOCHENG, outcome="retired")

        assert first.is_mine
        assert not second.is_mine
        assert second.last is not None
        assert (second.last.outcome, second.last.who) == (Settlement.KEPT, "小白")
        assert second.row.status is QuestionStatus.PUBLISHED
        names = {notice.name for notice in unit.notices.list_due(LATER)}
        assert f"s:{raised.objection_id}" in names
        (word,) = to_objector(unit, str(raised.objection_id), 0, 9)
        assert word.person_id == quiz.cast.xiaoan
        assert "没有问题" in word.screen.text
        assert "原文如此" in word.screen.text
        assert to_owners(unit, "1:20261123", 0, 9) == []  # nothing is left to tell them

    await database.run(work)


async def test_open_cases_come_first_and_staff_see_none(database: Database) -> None:
    def work(unit: Unit) -> None:
        quiz = open_quiz(unit, *(a_question(f"q{n}") for n in range(3)))
        for position in range(3):
            item = answer_wrong(unit, quiz, XIAOAN)
            raise_objection(unit, XIAOAN, item.sitting.id, position)
        before = settling.show_list(unit, XIAOBAI, 0)
        first = before.lines[0].row.id
        settling.settle(unit, XIAOBAI, first, "retired", now=LATER)
        after = settling.show_list(unit, XIAOBAI, 7)
        assert (before.waiting, after.waiting, after.page) == (3, 2, 0)
        assert [line.row.id for line in after.lines][-1] == first
        row = unit.questions.find(first)
        assert row is not None
        assert row.status is QuestionStatus.RETIRED
        for forbidden in (
            lambda: settling.show_list(unit, XIAOAN, 0),
            lambda: settling.show_case(unit, XIAOAN, first),
            lambda: settling.settle(unit, XIAOAN, first, "kept", now=LATER),
        ):
            with pytest.raises(NotAllowed):
                forbidden()
        for forged in (
            lambda: settling.settle(unit, XIAOBAI, first, "voided", now=LATER),
            lambda: settling.show_case(unit, XIAOBAI, 99),
        ):
            with pytest.raises(StaleTap):
                forged()

    await database.run(work)


async def reach_verdict(street: Street) -> Phone:
    question = a_question("a", citation=Citation(DOCUMENT.id, 0, 8, "全年办理案件12件", ("执法",)))
    await street.database.run(lambda unit: open_quiz(unit, question))
    street.server.open_chats()
    await street.start()
    for who in (XIAOAN, XIAOBAI, XIAOCHENG):
        phone = await street.phone(who)
        await phone.say("/today")
        await phone.wait_for("第1/1题")
        await phone.tap("A")
        await phone.wait_for("回答错误")
    return await street.phone(XIAOAN)


async def test_an_objection_travels_from_the_verdict_to_full_credit(street: Street) -> None:
    staff = await reach_verdict(street)
    await staff.tap("题目有误")
    assert "已反映" in (await staff.toast()).text
    await staff.wait_for("哪里不对")
    await staff.say("答案应为13件")
    await staff.wait_for("已转给题库负责人")
    await staff.tap("题目有误")
    assert "已经反映过" in (await staff.toast()).text

    admin = await street.phone(XIAOCHENG)
    card = await admin.wait_for("1 人反映题目有误")
    assert "小安：答案应为13件" in card.text
    assert "全年办理案件12件" in card.text
    await admin.tap("作废", card)
    sure = await admin.wait_for("已答的 3 人次都得满分")
    await admin.tap("确认作废", sure)
    await admin.wait_for("3 人次改为满分")

    assert "您反映有误的题已作废" in (await staff.wait_for("您得满分")).text
    other = await street.phone(XIAOBAI)
    await other.wait_for("一道考过您的题有误")
    await staff.say("/me")
    assert "得分 10/10" in (await staff.wait_for("得分")).text
    await other.say("/today")
    summary = await other.wait_for("学法答题完成")
    assert "答对 1/1" in summary.text
    assert "1 题已作废" in summary.text
    await admin.say("/objections")
    listed = await admin.wait_for("0 题待处理")
    await admin.tap("1", listed)
    await admin.wait_for("已作废，得满分")


async def test_a_trainer_answers_that_nothing_is_wrong_and_says_why(street: Street) -> None:
    staff = await reach_verdict(street)
    await staff.tap("题目有误")
    await staff.wait_for("哪里不对")
    await staff.tap("跳过")
    await staff.wait_for("核对后会告诉您结果")
    trainer = await street.phone(XIAOBAI)
    await trainer.say("/objections")
    await trainer.tap("1", await trainer.wait_for("1 题待处理"))
    case = await trainer.wait_for("1 人反映题目有误")
    assert "小安" not in case.text
    await trainer.tap("没有问题", case)
    await trainer.wait_for("可以发一句理由")
    await trainer.say("原文就是12件")
    await trainer.wait_for("反映的人会收到答复")
    answer = await staff.wait_for("没有问题")
    assert "原文就是12件" in answer.text


async def test_word_of_a_voiding_survives_a_restart_and_reaches_everybody_once(
    street: Street,
) -> None:
    await reach_verdict(street)
    await street.stop()
    await street.database.run(lambda unit: voiding.void(unit, XIAOCHENG, 1, 1, now=NINE))
    for _ in range(2):
        await street.start()
        for who in (XIAOAN, XIAOBAI, XIAOCHENG):
            await (await street.phone(who)).wait_for("已作废，您得满分")
        await street.stop()
    for who in (XIAOAN, XIAOBAI, XIAOCHENG):
        said = [m for m in await (await street.phone(who)).messages() if "已作废" in m.text]
        assert len(said) == 1

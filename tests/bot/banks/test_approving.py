"""Drafts become published through a person's hands, once each, whoever else is at it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from bot.banks.approving import service
from bot.banks.approving.service import Beaten, Done, Draft, Published, Returned, Sample
from bot.banks.errors import OwnVersion
from bot.errors import NotAllowed, StaleTap
from questions.proofing import Finding
from storage.database import Database
from storage.states import QuestionStatus
from storage.unit import Unit
from tests.bot.banks.keeping import cited, keep, named
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, a_bank, a_blank, a_judge, a_question

approve = partial(service.approve, is_two_person=False, now=NINE)
review = partial(service.review, is_two_person=False, now=NINE)


async def test_a_draft_is_shown_with_its_passage_and_what_was_found(database: Database) -> None:
    def work(unit: Unit) -> Draft:
        _, bank = keep(unit, cited(a_question("a", explanation="")), a_judge("b"))
        shown = review(unit, XIAOBAI, bank, 0)
        assert isinstance(shown, Draft)
        return shown

    shown = await database.run(work)

    assert shown.waiting == 2
    assert shown.source.before == "一、执法情况。2025年，全厅"
    assert shown.source.after == "，罚款30万元。二、普法情况。"
    assert shown.findings == (Finding.NO_EXPLANATION,)


async def test_a_draft_much_like_another_question_is_shown_with_it(database: Database) -> None:
    def work(unit: Unit) -> Draft:
        first = a_question("a", stem="排污许可证有效期届满多少日前应当提出延续申请？")
        again = replace(first, id=a_question("b").id)
        _, bank = keep(unit, first, again, findings={"b": ("alike",)})
        shown = review(unit, XIAOBAI, bank, named(unit, "a").id)
        assert isinstance(shown, Draft)
        return shown

    shown = await database.run(work)

    assert [twin.question.id for twin in shown.twins] == ["a"]


async def test_approving_publishes_and_goes_on_to_the_next(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, bank = keep(unit, a_question("a"), a_question("b"))
        first = named(unit, "a")

        then = approve(unit, XIAOBAI, first.id, 1)
        end = approve(unit, XIAOBAI, named(unit, "b").id, 1)

        assert isinstance(then, Draft)
        assert then.row.question.id == "b"
        assert end == Done(end.bank, 0)  # type: ignore[union-attr]
        assert named(unit, "a").status is QuestionStatus.PUBLISHED
        (act,) = unit.house.list_audit(limit=9, subjects=[f"question:{first.id}"])
        assert (act.actor, act.action, act.detail) == ("小白", "question.approve", {"version": 1})
        assert isinstance(review(unit, XIAOBAI, bank, 0), Done)

    await database.run(work)


async def test_the_second_of_two_approvers_learns_who_was_first(database: Database) -> None:
    def work(unit: Unit) -> Beaten:
        keep(unit, a_question("a"))
        question = named(unit, "a")
        approve(unit, XIAOBAI, question.id, 1)
        late = service.send_back(
            unit, XIAOCHENG, question.id, 1, "答案有误", is_two_person=False, now=NINE
        )
        assert isinstance(late, Beaten)
        return late

    late = await database.run(work)

    assert (late.who, late.action) == ("小白", "question.approve")
    assert late.row.status is QuestionStatus.PUBLISHED


async def test_a_version_that_was_edited_meanwhile_is_not_published(database: Database) -> None:
    def work(unit: Unit) -> QuestionStatus:
        keep(unit, a_question("a"))
        row = named(unit, "a")
        unit.editions.edit(
            row.id,
            1,
            replace(row.question, stem="改过的题干？"),
            NINE,
            author_id=None,
            findings=(),
            status=QuestionStatus.DRAFT,
        )
        assert isinstance(approve(unit, XIAOBAI, row.id, 1), Beaten)
        return named(unit, "a").status

    assert await database.run(work) is QuestionStatus.DRAFT


async def test_a_returned_draft_leaves_the_queue_and_its_author_hears_why(
    database: Database,
) -> None:
    def work(unit: Unit) -> Returned:
        cast, bank = keep(unit, a_question("a"))
        row = named(unit, "a")
        unit.editions.edit(
            row.id,
            1,
            replace(row.question, stem="小程改的题干？"),
            NINE,
            author_id=cast.xiaocheng,
            findings=(),
            status=QuestionStatus.DRAFT,
        )
        done = service.send_back(
            unit, XIAOBAI, row.id, 2, " 表述不清 ", is_two_person=False, now=NINE
        )
        assert isinstance(done, Returned)
        assert isinstance(review(unit, XIAOBAI, bank, 0), Done)
        return done

    done = await database.run(work)

    assert (done.reason, done.author_chat) == ("表述不清", XIAOCHENG)


async def test_with_two_person_approval_nobody_publishes_their_own_version(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        cast, bank = keep(unit, a_question("a"), a_question("b"))
        for name in ("a", "b"):
            row = named(unit, name)
            unit.editions.edit(
                row.id,
                1,
                replace(row.question, stem=f"小白改的{name}？"),
                NINE,
                author_id=cast.xiaobai,
                findings=(),
                status=QuestionStatus.DRAFT,
            )
        own = named(unit, "a")
        with pytest.raises(OwnVersion):
            service.approve(unit, XIAOBAI, own.id, 2, is_two_person=True, now=NINE)
        assert isinstance(
            service.review(unit, XIAOBAI, bank, 0, is_two_person=True, now=NINE), Done
        )
        none = service.approve_all(unit, XIAOBAI, bank, own.id, is_two_person=True, now=NINE)
        assert none.count == 0
        service.approve(unit, XIAOCHENG, own.id, 2, is_two_person=True, now=NINE)
        assert named(unit, "a").status is QuestionStatus.PUBLISHED

    await database.run(work)


async def test_in_bulk_only_what_passed_every_check_and_was_there_is_published(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[Sample, Published, Published, list[QuestionStatus]]:
        _, bank = keep(
            unit,
            *(a_question(f"d{n}") for n in range(8)),
            a_question("faulty"),
            findings={"faulty": ("broken",)},
        )
        look = partial(service.look_at_sample, unit, XIAOBAI, bank, is_two_person=False)
        first, second = look(0, 0), look(named(unit, "d7").id, 1)
        assert isinstance(first, Sample)
        assert isinstance(second, Sample)
        assert first.row.id != second.row.id
        later = a_question("later")
        unit.editions.put(bank, a_bank(later), QuestionStatus.DRAFT, NINE)
        publish = partial(
            service.approve_all, unit, XIAOBAI, bank, first.upto, is_two_person=False, now=NINE
        )
        once, twice = publish(), publish()
        left = [named(unit, name).status for name in ("faulty", "later", "d0")]
        return first, once, twice, left

    sample, once, twice, left = await database.run(work)

    assert (sample.size, sample.count) == (5, 8)
    assert (once.count, once.left) == (8, 2)
    assert twice.count == 0
    assert left == [QuestionStatus.DRAFT, QuestionStatus.DRAFT, QuestionStatus.PUBLISHED]


async def test_staff_approve_nothing_and_forged_buttons_do_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, bank = keep(unit, a_question("a"))
        question = named(unit, "a").id
        for forbidden in (
            lambda: review(unit, XIAOAN, bank, 0),
            lambda: approve(unit, XIAOAN, question, 1),
            lambda: service.approve_all(
                unit, XIAOAN, bank, question, is_two_person=False, now=NINE
            ),
        ):
            with pytest.raises(NotAllowed):
                forbidden()
        for forged in (
            lambda: review(unit, XIAOBAI, 999, 0),
            lambda: approve(unit, XIAOBAI, 999, 1),
            lambda: service.known_reason("anything"),
        ):
            with pytest.raises(StaleTap):
                forged()
        assert named(unit, "a").status is QuestionStatus.DRAFT

    await database.run(work)


async def test_a_trainer_edits_approves_returns_and_publishes_in_chat(street: Street) -> None:
    drafts = (
        cited(a_question("a", explanation="答案：12件。")),
        a_blank("b"),
        a_judge("c"),
        a_judge("d"),
    )
    await street.database.run(lambda unit: keep(unit, *drafts))
    await street.start()
    phone = await street.phone(XIAOBAI)
    bank = await street.database.read(lambda unit: unit.banks.find_by_name("新题库"))
    await phone.say("/help")
    await phone.forge(f"kn:{bank}:0", await phone.wait_for("/today"))

    card = await phone.wait_for("4 题待审")
    assert "共办理案件12件" in card.text
    assert "上下文" in card.text
    assert [len(row) for row in card.labels] == [3, 2, 2]

    await phone.tap("修改", card)
    await phone.wait_for("要改哪一部分")
    await phone.tap("答案")
    await phone.wait_for("发送正确选项的字母")
    await phone.say("E")
    await phone.wait_for("没有保存：答案超出了选项的范围")
    await phone.say("ａ")
    saved = await phone.wait_for("答案已改好")
    assert "第2版" in saved.text

    await phone.tap("去审核", saved)
    card = await phone.wait_for("4 题待审")
    await phone.tap("通过", card)
    card = await phone.wait_for("3 题待审")
    await phone.tap("退回", card)
    await phone.wait_for("退回这道题的原因")
    await phone.say("数据已经更新")
    card = await phone.wait_for("2 题待审")

    await phone.tap("批量通过", card)
    await phone.wait_for("2 题通过了全部检查")
    await phone.tap("再看一题")
    await phone.wait_for("（2/2）")
    await phone.tap("通过这 2 题")
    await phone.wait_for("已通过 2 题，还有 0 题待审")

    states = await street.database.read(
        lambda unit: {name: named(unit, name).status for name in "abcd"}
    )
    assert states == {
        "a": QuestionStatus.PUBLISHED,
        "b": QuestionStatus.RETURNED,
        "c": QuestionStatus.PUBLISHED,
        "d": QuestionStatus.PUBLISHED,
    }

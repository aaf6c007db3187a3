"""Banks are found, narrowed, retired, restored, exported; what was asked is never deleted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.banks.errors import VoidedVersion
from bot.banks.shelf import browsing, exporting, service
from bot.banks.shelf.service import Gone, InUse, QuestionCard
from bot.errors import NotAllowed, StaleTap
from questions.formats import FORMATS
from questions.models import Basis
from storage.database import Database
from storage.states import QuestionStatus
from storage.unit import Unit
from tests.bot.banks.keeping import keep, named
from tests.bot.conftest import Street
from tests.cast import (
    MONDAY,
    NINE,
    XIAOAN,
    XIAOBAI,
    XIAOCHENG,
    a_blank,
    a_judge,
    a_question,
)

move = partial(service.move, is_two_person=False, now=NINE)
DRAFT, PUBLISHED, RETIRED = (
    QuestionStatus.DRAFT,
    QuestionStatus.PUBLISHED,
    QuestionStatus.RETIRED,
)


async def test_a_list_is_narrowed_by_facets_and_words_together(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, bank = keep(
            unit,
            a_question("a", tags=("蓝天",), stem="优良天数比例是多少？"),
            a_judge("b", tags=("蓝天",), stem="优良天数比例有所提高。"),
            a_judge("c", tags=("碧水",), basis=Basis("水法", "第一条")),
        )
        browse = partial(browsing.browse, unit, XIAOBAI, bank, now=NINE)
        narrow = partial(browsing.narrow, unit, XIAOBAI, bank, now=NINE)
        assert browse(0).total == 3
        tags = browsing.choose(unit, XIAOBAI, bank, "tag")
        assert tags.values == (("蓝天", 2), ("碧水", 1))

        assert [row.question.id for row in narrow("tag", 1).rows] == ["a", "b"]
        assert [row.question.id for row in narrow("kind", 1).rows] == ["b"]
        assert narrow("kind", 0).total == 2
        found = browsing.search(unit, XIAOBAI, {"bank_id": bank}, " 天数 多少 ", now=NINE)
        assert ([row.question.id for row in found.rows], found.wanted.tag) == (["a"], "蓝天")
        assert browse(9).total == 1
        again = browsing.search(unit, XIAOBAI, {"bank_id": bank}, "。", now=NINE)
        assert again.total == 2
        unit.prompts.drop(XIAOBAI)
        assert browse(0).total == 3
        for forged in (
            lambda: narrow("tag", 9),
            lambda: narrow("password", 1),
            lambda: browsing.browse(unit, XIAOBAI, 99, 0, now=NINE),
        ):
            with pytest.raises(StaleTap):
                forged()

    await database.run(work)


async def test_a_question_is_retired_and_comes_back(database: Database) -> None:
    def work(unit: Unit) -> None:
        keep(unit)
        row = named(unit, "q1")
        retired = move(unit, XIAOBAI, row.id, 1, "retire")
        assert isinstance(retired, QuestionCard)
        assert retired.row.status is RETIRED
        assert move(unit, XIAOBAI, row.id, 1, "retire") == retired
        restore = partial(service.move, unit, XIAOBAI, row.id, 1, "restore", now=NINE)
        assert restore(is_two_person=False).row.status is PUBLISHED  # type: ignore[union-attr]
        move(unit, XIAOBAI, row.id, 1, "retire")
        assert restore(is_two_person=True).row.status is DRAFT  # type: ignore[union-attr]
        acts = unit.house.list_audit(limit=9, subjects=[f"question:{row.id}"])
        assert [act.action for act in reversed(acts)] == [
            "question.retire",
            "question.restore",
            "question.retire",
            "question.restore",
        ]

    await database.run(work)


async def test_a_voided_version_comes_back_only_as_another(database: Database) -> None:
    def work(unit: Unit) -> None:
        keep(unit)
        row = named(unit, "q1")
        move(unit, XIAOBAI, row.id, 1, "retire")
        unit.voids.void(row.version_id, NINE)
        with pytest.raises(VoidedVersion):
            move(unit, XIAOBAI, row.id, 1, "restore")
        unit.editions.edit(
            row.id,
            1,
            replace(row.question, stem="改好的题干？"),
            NINE,
            author_id=None,
            findings=(),
            status=RETIRED,
        )
        assert move(unit, XIAOBAI, row.id, 2, "restore").row.status is PUBLISHED  # type: ignore[union-attr]

    await database.run(work)


async def test_what_was_changed_meanwhile_is_shown_not_moved(database: Database) -> None:
    def work(unit: Unit) -> None:
        keep(unit, a_question("a"))
        row = named(unit, "a")
        unit.editions.edit(
            row.id,
            1,
            replace(row.question, stem="新题干？"),
            NINE,
            author_id=None,
            findings=(),
            status=DRAFT,
        )
        shown = move(unit, XIAOBAI, row.id, 1, "delete")
        assert isinstance(shown, QuestionCard)
        assert shown.row.question.stem == "新题干？"
        assert isinstance(move(unit, XIAOBAI, row.id, 2, "delete"), Gone)
        with pytest.raises(StaleTap):
            move(unit, XIAOBAI, row.id, 2, "delete")

    await database.run(work)


async def test_what_was_asked_is_not_deleted(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast, _ = keep(unit)
        row = named(unit, "q1")
        unit.plans.open_round(
            cast.plan,
            MONDAY,
            opens_at=NINE,
            closes_at=NINE,
            settles_at=NINE,
            version_ids=[row.version_id],
        )
        unit.questions.move(row.id, 1, (PUBLISHED,), DRAFT)
        assert isinstance(move(unit, XIAOBAI, row.id, 1, "delete"), InUse)

    await database.run(work)


async def test_only_admins_take_banks_out_of_use_or_out_of_the_house(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, bank = keep(unit)
        move_bank = partial(service.move_bank, now=NINE)
        for forbidden in (
            lambda: service.show_banks(unit, XIAOAN),
            lambda: move_bank(unit, XIAOBAI, bank, is_retired=True),
            lambda: service.take(unit, XIAOBAI, bank),
        ):
            with pytest.raises(NotAllowed):
                forbidden()
        for _ in range(2):
            card = move_bank(unit, XIAOCHENG, bank, is_retired=True)
        assert card.bank.retired_at == NINE
        assert move_bank(unit, XIAOCHENG, bank, is_retired=False).bank.retired_at is None
        acts = unit.house.list_audit(limit=9, subjects=[f"bank:{bank}"])
        assert [act.action for act in acts] == ["bank.restore", "bank.retire"]

    await database.run(work)


@pytest.mark.parametrize("place", range(len(FORMATS)))
async def test_every_format_writes_a_bank_that_it_reads_again(
    database: Database, place: int
) -> None:
    def work(unit: Unit) -> service.Taken:
        keep(unit)
        return service.take(unit, XIAOCHENG, 1)

    taken = await database.run(work)
    wanted = exporting.format_at(place)
    file = exporting.written(taken, wanted)

    assert file is not None
    assert file.name == f"题库{wanted.suffix}"
    assert len(wanted.read(file.content, file.name).bank.questions) == 7


async def test_an_admin_walks_the_shelf(street: Street) -> None:
    drafts: tuple[Any, ...] = (a_judge("a"), a_blank("b"))
    await street.database.run(lambda unit: keep(unit, *drafts))
    await street.start()
    phone = await street.phone(XIAOCHENG)

    await phone.say("/banks")
    await phone.wait_for("新题库：已发布 0 题，待审 2 题")
    await phone.tap("题库")
    card = await phone.wait_for("已发布：7 题")
    assert "单选 7" in card.text
    await phone.tap("浏览和搜索", card)
    await phone.wait_for("共 7 题")
    await phone.say("q3")
    found = await phone.wait_for("共 1 题")
    assert "筛选：“q3”" in found.text
    await phone.tap("1", found)
    question = await phone.wait_for("✔")
    await phone.tap("停用", question)
    await phone.wait_for("已停用")
    await phone.tap("« 列表")
    await phone.wait_for("共 1 题")
    await phone.tap("« 题库")
    await phone.wait_for("已停用：1 题")

    await phone.tap("导出")
    await phone.wait_for("导出“题库”已发布的 6 题")
    await phone.tap("Aiken")
    await phone.wait_for("会丢失")
    await phone.tap("仍要导出")
    sent = await phone.wait_for("题库“题库”，6 题")
    assert sent.raw["document"]["name"].endswith(FORMATS["aiken"].suffix)

    await phone.say("/audit")
    acts = await phone.wait_for("导出题库“题库”（格式 aiken，题数 6）")
    assert "小程停用题目“2025年，某厅办理的案件（q3）有多少件？”（版本 1）" in acts.text
    await phone.tap("题目", acts)
    await phone.wait_for("操作记录 · 题目")
    await phone.tap("下载全部")
    sent = await phone.wait_for()
    assert sent.raw["document"]["name"] == "操作记录-20261123.xlsx"


async def test_a_trainer_reads_no_audit_and_staff_no_banks(street: Street) -> None:
    await street.database.run(keep)
    await street.start()
    for person, command in ((XIAOBAI, "/audit"), (XIAOAN, "/banks")):
        phone = await street.phone(person)
        await phone.say(command)
        await phone.wait_for("没有进行这项操作的权限")

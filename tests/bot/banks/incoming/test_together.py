"""Two admins at once, banks that go away, and what makes two questions the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.banks.incoming.deciding import importing, service
from bot.banks.incoming.deciding.importing import Brought, Plan
from bot.banks.incoming.errors import BankGone, BankMoved, NameRefused
from bot.banks.incoming.parcel import Detail, State, wrap
from bot.banks.incoming.surveying.likeness import asked, carry_over, is_same
from bot.banks.incoming.surveying.target import name_for
from bot.banks.workshop import BankFile
from questions.formats.format import Reading
from questions.models import Basis, Citation
from storage.database import Database
from storage.states import Role, UploadId
from storage.unit import Unit
from tests.cast import DOCUMENT, MONDAY, NINE, XIAOCHENG, a_bank, a_blank, a_question, furnish

OTHER = 1088


def sent(unit: Unit, chat_id: int, bank: str) -> UploadId:
    """A file of two questions, read and ready."""
    person = unit.people.find_by_chat(chat_id)
    assert person is not None
    found = BankFile("json", "学法 JSON", Reading(a_bank(a_question("n1"), a_question("n2"))))
    detail = Detail(chat_id, 1, State.READY, bank_name=bank).to_row()
    return unit.uploads.add(person.id, "题.json", "a" * 64, wrap(found, b""), detail, NINE)


def bring(unit: Unit, chat_id: int, planned: Plan) -> Brought:
    return importing.bring(
        unit, chat_id, planned, timezone="Asia/Shanghai", is_two_person=False, now=NINE
    )


def plan(unit: Unit, chat_id: int, upload: UploadId) -> Plan:
    return importing.plan(unit, chat_id, upload, "draft", today=MONDAY)


@pytest.mark.parametrize("bank", ["题库", "新的"])
async def test_the_second_of_two_admins_is_told_that_the_bank_has_moved(
    database: Database, bank: str
) -> None:
    def work(unit: Unit) -> tuple[UploadId, UploadId, Plan, Plan]:
        cast = furnish(unit)
        unit.people.add(OTHER, "小王", cast.department, Role.ADMIN, NINE)
        one, other = sent(unit, XIAOCHENG, bank), sent(unit, OTHER, bank)
        return one, other, plan(unit, XIAOCHENG, one), plan(unit, OTHER, other)

    _, upload, first, second = await database.run(work)
    done = await database.run(lambda unit: bring(unit, XIAOCHENG, first))
    assert done.added == 2
    with pytest.raises(BankMoved):
        await database.run(lambda unit: bring(unit, OTHER, second))

    card = await database.read(lambda unit: service.show(unit, OTHER, upload, today=MONDAY))
    assert card.survey.bank.questions == ()
    assert card.survey.earlier is not None


async def test_a_bank_retired_meanwhile_takes_nothing(database: Database) -> None:
    def work(unit: Unit) -> Plan:
        furnish(unit)
        planned = plan(unit, XIAOCHENG, sent(unit, XIAOCHENG, "题库"))
        bank = unit.banks.find_by_name("题库")
        assert bank is not None
        unit.banks.retire(bank, NINE)
        with pytest.raises(BankGone):
            service.set_bank(unit, XIAOCHENG, planned.card.upload_id, bank)
        return planned

    planned = await database.run(work)
    for again in (planned, None):
        with pytest.raises(BankGone):
            await database.run(
                lambda unit, again=again: bring(  # type: ignore[misc]
                    unit, XIAOCHENG, again or plan(unit, XIAOCHENG, planned.card.upload_id)
                )
            )


def test_the_same_question_is_known_in_another_order_width_or_spacing() -> None:
    one = a_question("q1")
    other = replace(one, options=one.options[::-1], key=(2,), stem=f" {one.stem} ")
    assert asked(one) == asked(other)
    assert asked(one) != asked(replace(one, key=(0,)))
    assert not is_same(one, other)


def test_what_a_person_reads_decides_and_not_where_it_was_cited_from() -> None:
    one = a_question("q1")
    moved = replace(one, citation=replace(one.citation, document=DOCUMENT.id, start=0, end=0))
    assert is_same(one, moved)
    assert not is_same(one, replace(one, explanation="别的"))
    law = Basis("行政处罚法", "第五条", date(2021, 7, 15))
    assert is_same(replace(one, basis=law), replace(one, basis=Basis("行政处罚法", "第五条")))
    assert not is_same(replace(one, basis=law), one)
    assert not is_same(
        replace(one, basis=law), replace(one, basis=replace(law, in_force_from=MONDAY))
    )


def test_a_table_loses_neither_place_nor_fact() -> None:
    before = a_blank("b1")
    row = replace(before, citation=Citation(before.citation.document, 0, 0, ""), fact={})
    assert carry_over(before, replace(row, answers=("2",))).fact == {}
    row = replace(row, citation=replace(row.citation, quote=before.citation.quote))
    assert carry_over(before, row) == before


def test_banks_are_named_after_files() -> None:
    assert name_for("法规处题库.xlsx") == "法规处题库"
    assert name_for("某厅2025年报告 v1.0 版") == "某厅2025年报告 v1.0 版"
    assert len(name_for("长" * 200)) == 64
    assert name_for("\u202e") == "导入的题库"


def test_a_title_needs_words() -> None:
    assert service.read_title(" 《某报告》\n") == "某报告"
    with pytest.raises(NameRefused):
        service.read_title("《》")

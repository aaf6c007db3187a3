"""Numbers of two files may meet; a question is not overwritten by a wholly other one."""

from __future__ import annotations

from datetime import date

from bot.banks.incoming.surveying.bank_file import BankSurvey, survey
from bot.banks.incoming.surveying.target import Target
from questions.formats.format import Reading
from questions.models import Question
from storage.database import Database
from storage.states import QuestionStatus
from storage.unit import Unit
from tests.cast import NINE, a_bank, a_question

THERE = a_question("Q1", stem="全年办理行政处罚案件多少件？", options=("7件", "9件"), key=(0,))


async def surveyed(database: Database, brought: Question) -> BankSurvey:
    def work(unit: Unit) -> BankSurvey:
        bank = unit.banks.add("题库", NINE)
        unit.editions.put(bank, a_bank(THERE), QuestionStatus.PUBLISHED, NINE)
        reading = Reading(a_bank(brought))
        return survey(
            unit, Target(bank, "题库"), reading, sha256="0" * 64, today=date(2026, 11, 23)
        )

    return await database.run(work)


async def test_another_files_question_of_the_same_number_is_a_new_one(database: Database) -> None:
    other = a_question("Q1", stem="排污许可证由谁核发？", options=("省厅", "市局"), key=(1,))

    found = await surveyed(database, other)

    (new,) = found.bank.questions
    assert found.updated == 0
    assert (new.stem, new.id != "Q1") == (other.stem, True)


async def test_a_corrected_question_is_known_by_its_number(database: Database) -> None:
    mended = a_question(
        "Q1", stem="2025年全年办理行政处罚案件多少件？", options=("7件", "8件"), key=(1,)
    )

    found = await surveyed(database, mended)

    assert (found.updated, [q.id for q in found.bank.questions]) == (1, ["Q1"])

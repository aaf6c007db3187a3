"""An approver is shown what may be wrong, and nothing where nothing is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from questions.models import Basis, Citation
from questions.proofing import Finding, inspect
from tests.cast import DOCUMENT, a_blank, a_judge, a_multiple, a_question

GOOD = (a_question("q"), a_multiple("m"), a_judge("j"), a_blank("b"))


@pytest.mark.parametrize("question", GOOD, ids=lambda question: question.kind)
def test_nothing_is_found_in_a_sound_question(question: Any) -> None:
    assert inspect(question) == ()


@pytest.mark.parametrize(
    ("question", "finding"),
    [
        (a_question(stem="全年办理案件124件，共多少件？", options=("124件", "9件"), key=(0,)),
         Finding.KEY_IN_STEM),
        (a_blank(stem="河长制由河长____负责。", answers=("河长",)), Finding.KEY_IN_STEM),
        (a_question(stem="《水法规定了什么？"), Finding.BROKEN),
        (a_judge(stem="排污单位（含个体应当申领许可证。"), Finding.BROKEN),
        (a_question(stem="长" * 301 + "？"), Finding.TOO_LONG),
        (a_question(explanation="长" * 601), Finding.TOO_LONG),
        (a_question(options=("警告", "由县级以上人民政府生态环境主管部门责令改正"), key=(0,)),
         Finding.UNEVEN),
        (a_question(options=("警告", "责令改正并处二十万元以上一百万元以下罚款"), key=(1,)),
         Finding.LONGEST_KEY),
        (a_multiple(key=(0, 1, 2, 3)), Finding.ALL_RIGHT),
        (a_question(options=("甲项", "乙项", "以上都对"), key=(2,)), Finding.ALL_ABOVE),
        (a_judge(stem="没有单位不需要申领排污许可证。"), Finding.DOUBLE_NEGATIVE),
        (a_question(stem="下列说法不正确的是哪一项？"), Finding.NEGATIVE),
        (a_question(explanation=""), Finding.NO_EXPLANATION),
        (a_question(citation=Citation(DOCUMENT.id, 0, 0, "")), Finding.NO_SOURCE),
    ],
)  # fmt: skip
def test_each_flaw_is_named(question: Any, finding: Finding) -> None:
    assert finding in inspect(question)


def test_the_bracket_of_a_number_needs_no_partner() -> None:
    stem = "下列说法中：1）应当申领许可证；2）不得超标排放（含总量），哪些正确？"
    assert Finding.BROKEN not in inspect(a_multiple(stem=stem))


def test_a_quote_that_the_document_does_not_hold_is_named() -> None:
    text = "某厅全年办理案件5件。"
    there = a_question(citation=Citation(DOCUMENT.id, 4, 10, text[4:10]))
    moved = a_question(citation=Citation(DOCUMENT.id, 3, 9, text[4:10]))

    assert Finding.QUOTE_DIFFERS not in inspect(there, text=text)
    assert Finding.QUOTE_DIFFERS in inspect(moved, text=text)


def test_a_lapsed_basis_is_named_from_the_day_after_its_last() -> None:
    question = a_question(basis=Basis("固废法", "第一条", None, date(2026, 8, 14)))

    assert Finding.LAPSED not in inspect(question, today=date(2026, 8, 14))
    assert Finding.LAPSED in inspect(question, today=date(2026, 8, 15))

"""A bank against an earlier one: ids outlive edits of the source, differences are named."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.banks.comparing import compare, rows
from questions import documents
from questions.generation import generate
from questions.models import Bank, Question, QuestionId
from tests.cast import a_bank, a_blank, a_judge, a_multiple, a_question

REPORT = """滨海市水利局2023年法治政府建设情况报告
一、强化水行政执法
2023年，全市共查处水事违法案件1029起，罚没金额2835.4万元。
全市共开展普法活动560余场，受众达到12.5万人次。
全市共审查规范性文件37件，组织执法人员培训16期。
全市共巡查河道3.2万公里，出动执法人员15600人次。
"""


def bank(text: str) -> Bank:
    return generate([documents.read(text.encode(), name="a.txt")]).bank


def renamed(question: Question, name: str) -> Question:
    return replace(question, id=QuestionId(name))


def test_a_bank_is_no_different_from_itself() -> None:
    one = bank(REPORT)
    assert len(one.questions) > 5
    changes = compare(one, one)
    assert changes.bank == one
    assert changes.unchanged == len(one.questions)
    assert list(rows(changes)) == []


def test_ids_outlive_a_change_elsewhere_in_the_document() -> None:
    old, new = bank(REPORT), bank("　\n" + REPORT)
    assert not {q.id for q in old.questions} & {q.id for q in new.questions}
    changes = compare(old, new)
    assert [q.id for q in changes.bank.questions] == [q.id for q in old.questions]
    assert (changes.new, changes.gone) == ((), ())
    assert changes.bank.documents == new.documents
    start = new.questions[0].citation.start
    assert changes.bank.questions[0].citation.start == start


def test_a_corrected_figure_changes_its_question_and_a_struck_one_takes_it_away() -> None:
    text = REPORT.replace("1029起", "1129起").replace("，出动执法人员15600人次", "")
    changes = compare(bank(REPORT), bank(text))
    corrected = [change for change in changes.changed if "答案" in change.parts]
    assert any("1129" in change.after.explanation for change in corrected)
    assert any("15600" in question.citation.quote for question in changes.gone)
    assert len({q.id for q in changes.bank.questions}) == len(changes.bank.questions)


def test_what_differs_is_named() -> None:
    single = a_question()
    old = a_bank(single, a_judge())
    new = a_bank(replace(single, explanation="另一种解析"), a_blank())
    changes = compare(old, new)
    assert [what for what, _, _ in rows(changes)] == ["新增", "修改", "消失"]
    assert changes.changed[0].parts == ("解析",)


@given(st.permutations(range(4)), st.sets(st.integers(0, 3)), st.booleans())
def test_no_id_is_given_twice_and_nothing_is_lost(
    order: list[int], left: set[int], keeps: bool
) -> None:
    every = [a_question(), a_multiple(), a_judge(), a_blank()]
    later = [every[at] if keeps else renamed(every[at], f"new{at}") for at in order if at in left]
    changes = compare(a_bank(*every), a_bank(*later))
    assert len({q.id for q in changes.bank.questions}) == len(later)
    assert len(changes.new) + len(changes.changed) + changes.unchanged == len(later)
    assert len(changes.gone) == len(every) - len(changes.changed) - changes.unchanged
    assert {q.id for q in changes.bank.questions} <= {q.id for q in every}

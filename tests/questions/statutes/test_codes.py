"""Planted faults: every code of abstention drops what it is there for, and is counted."""

from __future__ import annotations

import pytest

from questions import laws
from tests.questions.statutes.samples import ask, dropped, law

FINE = "处一千元以上五千元以下的罚款。"
ROW = (
    "title,aliases,rank,adopted,published,amended,in_force_from,in_force_to,replaced_by,"
    "articles,source\n"
    "滨海省旧税法,,地方性法规,2001-01-01,,,2001-03-01,2019-12-31,,10,测试\n"
)
PLANTED = {
    "L1": ("前款规定的报告应当自收到之日起三日内提交主管部门。", "前款"),
    "L2": ("行政机关应当在二日内将罚款缴付指定的银行。", "缴付"),
    "L4": ("行政机关可以委托符合本条例第三条规定条件的组织实施检查。", "委托"),
    "L5": (
        "证据应当包括下列材料：\n\n（一）书证；\n\n（二）物证；\n\n（三）笔录。",
        "下列哪些材料",
    ),
    "L6": (
        "单位应当自变更之日起三日内报告。但是，因不可抗力不能按期报告的，可以延期。",
        "多少日内报告",
    ),
    "L7": (
        "违反本条例规定，单位未按照要求报告的，由商务、邮政等主管部门责令改正，"
        "处一千元以上五千元以下的罚款。",
        "哪个部门",
    ),
    "L9": ("禁止在公共门厅、疏散走道停放电动自行车。", "疏散走道"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_a_planted_fault_is_dropped_by_its_code(code: str) -> None:
    rule, words = PLANTED[code]
    text = law(rule)
    assert dropped(text).get(code, 0) >= 1
    assert not [q.stem for q in ask(text) if words in q.stem]


def test_one_condition_with_two_sums_is_dropped_as_l3() -> None:
    text = law(
        "单位逾期不报告的，" + FINE,
        "单位逾期不报告的，处二千元以上一万元以下的罚款。",
    )
    assert dropped(text)["L3"] == 2
    assert not [q for q in ask(text) if "多少罚款" in q.stem]


def test_a_rule_that_sends_to_a_repealed_law_is_dropped_as_l8() -> None:
    rows, issues = laws.read_rows(ROW.encode())
    assert issues == ()
    text = law("单位未报告的，应当依照《滨海省旧税法》的规定，自接到通知之日起三日内提交报告。")
    assert [q for q in ask(text) if "旧税法" in q.stem]
    with laws.using(laws.registry().extended(rows)):
        assert dropped(text)["L8"] >= 1
        assert not [q for q in ask(text) if "旧税法" in q.stem]


def test_an_own_reference_with_a_plain_meaning_is_rewritten() -> None:
    text = law(
        "单位应当依照本条例第二条的规定自变更之日起三日内向审批部门报告。",
        chapter="第二章 申请",
    )
    found = [q.stem for q in ask(text) if "多少日内" in q.stem]
    assert found == ["单位应当依照《滨海省测试条例》规定自变更之日起多少日内向审批部门报告？"]


def test_a_text_without_a_version_gives_drafts_without_basis() -> None:
    text = "第一条 单位应当自变更之日起三日内报告。\n第二条 单位应当登记。\n第三条 有效期为三年。"
    questions = ask(text)
    assert questions
    assert all(question.basis is None for question in questions)

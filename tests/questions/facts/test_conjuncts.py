"""Of two counts under one verb, each is asked alone or not chosen from at all."""

from __future__ import annotations

import pytest

from tests.questions.facts.test_figures import figures, said


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        ("完成10.5万亩林地管护任务、1.29万亩草地管护任务。", "10.5万亩", "完成[]林地管护任务"),
        ("完成10.5万亩林地管护任务、1.29万亩草地管护任务。", "1.29万亩", "完成[]草地管护任务"),
        (
            "将139个山塘、407家渔场纳入水产药物监控范围进行抽测。",
            "139个",
            "将[]山塘纳入水产药物监控",
        ),
        (
            "将139个山塘、407家渔场纳入水产药物监控范围进行抽测。",
            "407家",
            "将[]渔场纳入水产药物监控",
        ),
        ("移送公安机关案件7件11人。", "7件", "移送公安机关案件[]"),
        ("移送公安机关案件7件11人。", "11人", "移送公安机关案件涉及[]"),
        ("举办渔政培训12期、1460人次。", "1460人次", "举办渔政培训[]"),
        ("明确5个方面27项重点水产任务。", "27项", "明确[]重点水产任务"),
        ("组织律师45名走访企业230余家。", "230余家", "组织律师走访企业[]"),
        ("全省14个站、58个点共排查渔船隐患3906处。", "3906处", "全省站、点共排查渔船隐患[]"),
    ],
)
def test_one_count_stands_without_the_other(text: str, printed: str, stem: str) -> None:
    assert stem in said(text, printed)
    assert not figures(text)[printed].is_joint


def test_a_shared_noun_keeps_both_together() -> None:
    found = figures("厅机关18个处室、14家厅属单位主要负责人全部述职。")
    assert found["18个"].is_joint


def test_the_last_member_of_a_row_is_asked_without_the_others() -> None:
    text = "对温州市等5个市、10个渔港进行消防设施核查。"
    assert "对温州市等[]市、10个渔港进行消防设施核查" in said(text, "5个")
    assert "厅对[]渔港进行消防设施核查" in said(text, "10个")


def test_a_pair_of_values_is_no_pair_of_counts() -> None:
    text = "申请材料由6个压减到3个。"
    assert said(text, "3个").endswith("申请材料由6个压减到[]")

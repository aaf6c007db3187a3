"""Turns of law texts met in statutes of other trades: what may not be asked of them."""

from __future__ import annotations

from questions import documents
from questions.generation import generate
from questions.models import Question


def ask(*articles: str, seed: int = 0) -> tuple[Question, ...]:
    """Questions on a made-up regulation of these articles."""
    numbered = "\n".join(
        f"第{number}条　{article}"
        for number, article in zip("一二三四五六七八九", articles, strict=False)
    )
    text = f"某某市示例管理条例\n（2023年5月1日公布）\n第一章　总则\n{numbered}\n"
    document = documents.read(text.encode(), name="law.txt")
    return generate([document], seed=seed).bank.questions


PURPOSE = "为了规范示例管理，根据有关法律，制定本条例。"
KEEPING = "档案管理单位应当自收到材料之日起三十日内办结移交手续。"


def test_a_day_of_the_calendar_is_no_length_of_time() -> None:
    text = "主管部门应当在每年3月31日前向社会公布上一年度报告。"
    found = ask(PURPOSE, text, KEEPING)
    assert found
    assert not [question for question in found if "月多少日" in question.stem]
    assert not [question for question in found if "月____日" in question.stem]


def test_nobody_is_told_that_he_may_slander() -> None:
    text = "工作人员提出申诉、控告，不得捏造事实，诬告、陷害他人。"
    for seed in range(4):
        found = ask(PURPOSE, text, KEEPING, seed=seed)
        assert not [question for question in found if "可以捏造" in question.stem]


def test_a_way_with_an_alternative_behind_it_is_not_put_as_the_only_one() -> None:
    text = (
        "申请人申请获取信息的，应当采用书面形式向主管部门提出；"
        "采用书面形式确有困难的，申请人可以口头提出。"
    )
    found = ask(PURPOSE, text, KEEPING)
    assert not [question for question in found if question.stem.endswith("向主管部门提出。")]


def test_a_rule_that_repeats_its_condition_is_asked_only_where_it_is_told_wrong() -> None:
    text = "单独收集的有害垃圾，属于危险废物的，应当按照危险废物管理。"
    for seed in range(4):
        found = [q for q in ask(PURPOSE, text, KEEPING, seed=seed) if "有害垃圾" in q.stem]
        assert all(question.key == (1,) for question in found)


def test_a_range_of_shares_is_asked_as_a_range() -> None:
    text = "建设单位违反规定施工的，由主管部门责令改正，处合同价款百分之二以上百分之四以下的罚款。"
    found = [question for question in ask(PURPOSE, text, KEEPING) if "百分之" in question.stem]
    assert not [question for question in found if "百分之多少以下" in question.stem]


def test_what_a_graver_case_brings_names_the_case() -> None:
    text = (
        "生产经营单位未保存监测记录的，由主管部门责令改正，处二万元以上二十万元以下的罚款；"
        "拒不改正的，责令停产整治。"
    )
    found = [question for question in ask(PURPOSE, text, KEEPING) if "还可能给予" in question.stem]
    assert not [question for question in found if "视情节" in question.stem]

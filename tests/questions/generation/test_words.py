"""Questions on places, bodies, terms and modes."""

from __future__ import annotations

import pytest

from questions.generation import generate
from questions.models import Kind, Question
from tests.questions.generation.samples import ask, report


def singles(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.kind is Kind.SINGLE]


def key(question: Question) -> str:
    return question.options[question.key[0]]


@pytest.mark.parametrize(
    ("text", "stem", "answer"),
    [
        (
            "会同省公安厅开展打击非法采砂专项行动。",
            "2023年，浙江省水利厅会同下列哪个省级部门开展打击非法采砂专项行动？",
            "公安厅",
        ),
        (
            "丽水市成功列入全国水系连通建设试点范围。",
            "2023年，下列哪个城市成功列入全国水系连通建设试点范围？",
            "丽水市",
        ),
        (
            "将水土保持登记表项目改为备案制。",
            "2023年，浙江省水利厅将水土保持登记表项目改为____。横线处应填下列哪种管理方式？",
            "备案制",
        ),
    ],
)
def test_a_word_is_asked_for_in_place(text: str, stem: str, answer: str) -> None:
    (question,) = singles(text)
    assert question.stem == stem
    assert key(question) == answer


def test_wrong_places_are_of_the_same_province() -> None:
    for seed in range(6):
        (question,) = singles("丽水市成功列入全国水系连通建设试点范围。", seed=seed)
        assert all(option.endswith("市") for option in question.options)
        assert not {"苏州市", "合肥市"} & set(question.options)


def test_a_place_of_which_the_same_is_said_is_no_wrong_option() -> None:
    text = (
        "丽水市成功列入全国水系连通建设试点范围。"
        "宁波市、温州市成功列入全国水系连通建设试点范围名单。"
    )
    for seed in range(8):
        for question in singles(text, seed=seed):
            if key(question) == "丽水市":
                assert not {"宁波市", "温州市"} & set(question.options)


def test_a_term_of_numbers_is_chosen_and_not_written() -> None:
    questions = ask("建成全省“三线一单”数据应用平台，服务项目准入。")
    assert Kind.BLANK not in {question.kind for question in questions}
    (question,) = [q for q in questions if q.kind is Kind.SINGLE]
    assert key(question) == "“三线一单”"


def test_a_term_is_accepted_with_and_without_its_marks() -> None:
    made = generate([report("推动水库移民后期扶持事项“跨省通办”。")], kinds={Kind.BLANK})
    (blank,) = made.bank.questions
    assert {"跨省通办", "“跨省通办”"} <= set(blank.answers)


def test_only_what_excludes_the_printed_is_judged_false() -> None:
    text = (
        "将水土保持登记表项目改为备案制。会同省公安厅开展打击非法采砂专项行动。"
        "丽水市成功列入全国水系连通建设试点范围。"
    )
    for seed in range(8):
        for question in ask(text, seed=seed):
            if question.kind is Kind.JUDGE:
                assert "登记表项目" in question.stem


def test_a_title_is_asked_by_its_passage() -> None:
    text = (
        "将水行政执法监督内容纳入《浙江省水利厅工作规则》。"
        "制定《农村供水管理办法》，统一水质检测标准。制定《水库调度规程》，明确调度权限。"
        "制定《河道采砂许可办法》，规范许可程序。制定《水土保持监测细则》，细化监测要求。"
    )
    questions = [q for q in ask(text) if q.fact["kind"] == "title"]
    assert questions
    for question in questions:
        if question.kind is Kind.JUDGE and question.key == (1,):
            assert "原文" in question.explanation or "应为" in question.explanation


def test_two_names_of_one_text_in_a_sentence_are_not_asked() -> None:
    text = (
        "按照《浙江省节水行动实施方案》，指导各市严格按照《浙江省节水行动方案》制定年度任务清单。"
    )
    assert not [q for q in ask(text) if q.fact["kind"] == "title"]


def blanks(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.kind is Kind.BLANK]


def test_a_county_may_be_written_with_or_without_its_class() -> None:
    (question,) = blanks("组织丽水市缙云县申报全国水土保持示范县。")
    assert question.stem.endswith("（填县级行政区名称）")
    assert {"缙云县", "缙云"} <= set(question.answers)


def test_a_blank_says_what_sort_of_word_it_takes() -> None:
    (question,) = blanks("组织渔政船艇开展“守护清水”联合巡查行动。")
    assert question.stem.endswith("（填行动名称，4个字）")


def test_one_name_of_several_and_an_award_are_no_blanks() -> None:
    assert not blanks("举办“守护清水”“清河行动”主题宣传活动。")
    assert not blanks("2名教师获“优秀指导教师”称号，受到好评。")


def test_a_term_the_report_prints_elsewhere_is_no_wrong_option() -> None:
    text = "推动取水许可事项“跨省通办”，方便群众。深化政务服务“全程网办”。"
    for seed in range(8):
        for question in singles(text, seed=seed):
            if key(question) == "“跨省通办”":
                assert "“全程网办”" not in question.options


def test_a_body_that_the_stem_names_half_is_not_asked() -> None:
    assert not [
        q for q in singles("联合省检察院建立“河长+检察长”协作机制。") if key(q) == "检察院"
    ]


def test_what_excludes_others_is_asked_once() -> None:
    found = [q for q in ask("将水土保持登记表项目改为备案制。") if q.fact["kind"] == "entity"]
    assert len(found) == 1

"""Questions on places, bodies, terms and modes."""

from __future__ import annotations

import re

import pytest

from questions.data import words
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
            "2023年，浙江省水利厅将水土保持登记表项目改为下列哪种管理方式？",
            "备案制",
        ),
        (
            "推动取水许可事项“跨省通办”，方便群众。",
            "2023年，浙江省水利厅推动取水许可事项实行下列哪种办理方式？",
            "跨省通办",
        ),
        (
            "建立水库安全评估专家库。",
            "2023年，浙江省水利厅在水库安全评估方面建立下列哪种库？",
            "专家库",
        ),
        (
            "对首次轻微违法行为不予行政处罚。",
            "2023年，浙江省水利厅对首次轻微违法行为作出下列哪种处理？",
            "不予行政处罚",
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


def test_a_term_is_written_where_what_follows_says_what_it_names() -> None:
    for text, term in (
        ("建成全省“互联监管”数据应用平台，服务项目准入。", "互联监管"),
        ("加强建设单位执行水土保持“告知承诺”制度的指导。", "告知承诺"),
    ):
        (blank,) = blanks(text)
        assert {term, f"“{term}”"} <= set(blank.answers)
        assert blank.stem.endswith(f"{len(term)}个字）")
        assert not singles(text)


def test_a_term_for_which_others_would_do_as_well_is_not_asked() -> None:
    assert not blanks("加强建设单位执行水土保持“三同时”制度的指导。")
    assert not ask("以“世界水日”为契机，开展普法宣传。")
    assert not ask("推行“扫码入企”和“综合查一次”。")
    assert not blanks("推动取水许可事项“跨省通办”，方便群众。")
    assert not ask("“放管服”改革持续深化，办理更加便捷。")


def test_wrong_rivers_are_of_the_province_and_no_part_of_the_right_one() -> None:
    for seed in range(8):
        (question,) = singles("瓯江入围全国美丽河湖优秀案例名单。", seed=seed)
        assert set(question.options) <= set(words("waters")["浙江"].split())
        for other in singles("钱塘江入围全国美丽河湖优秀案例名单。", seed=seed):
            assert not {"富春江", "新安江", "曹娥江"} & set(other.options)


def test_wrong_bodies_could_have_joined_in() -> None:
    for seed in range(8):
        (question,) = singles("会同省住建厅对城镇污水处理设施开展现场复核。", seed=seed)
        assert not {"民政厅", "教育厅", "商务厅"} & set(question.options)


@pytest.mark.parametrize(
    "text",
    [
        "联合省科技厅完成4家国家级科普基地的综合评估工作。",
        "联合省教育厅对2150所学校开展节水抽检。",
        "会同省财政厅开展专项资金联合检查。",
        "我厅河长制工作经验被水利部评为全国典型。",
    ],
)
def test_a_body_that_the_stem_points_to_is_not_asked(text: str) -> None:
    assert not [q for q in singles(text) if q.fact["kind"] == "entity"]


def test_the_level_of_an_asked_body_is_told_in_a_region_too() -> None:
    title = "内蒙古自治区水利厅2023年法治政府建设情况报告"
    text = "会同自治区住建厅对城镇污水处理设施开展现场复核。"
    made = generate([report(text, title)], kinds={Kind.SINGLE}).bank.questions
    (question,) = [q for q in made if q.fact["kind"] == "entity"]
    assert question.stem.startswith("2023年，内蒙古自治区水利厅会同下列哪个自治区级部门对")


def test_only_what_excludes_the_printed_is_judged_false() -> None:
    text = (
        "将水土保持登记表项目改为备案制。会同省公安厅开展打击非法采砂专项行动。"
        "丽水市成功列入全国水系连通建设试点范围。"
    )
    for seed in range(8):
        for question in ask(text, seed=seed):
            if question.kind is Kind.JUDGE:
                assert "登记表项目" in question.stem
                assert question.key == (0,) or re.search("审批制|告知承诺制", question.stem)


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
    (question,) = blanks("组织渔政船艇在禁渔水域开展“守护清水”联合巡查行动。")
    assert question.stem.endswith("（填行动名称，4个字）")


def test_one_name_of_several_and_an_award_are_no_blanks() -> None:
    assert not blanks("举办“守护清水”“清河行动”主题宣传活动。")
    assert not blanks("2名教师获“优秀指导教师”称号，受到好评。")


def test_a_body_that_the_stem_names_half_is_not_asked() -> None:
    assert not [
        q for q in singles("联合省检察院建立“河长+检察长”协作机制。") if key(q) == "检察院"
    ]


def test_what_excludes_others_is_asked_once() -> None:
    found = [q for q in ask("将水土保持登记表项目改为备案制。") if q.fact["kind"] == "entity"]
    assert len(found) == 1


def test_what_a_title_beside_it_says_already_is_not_judged() -> None:
    text = "依据《水土保持轻微违法行为不予处罚清单》对违规企业不予处罚。"
    for seed in range(6):
        found = [q for q in ask(text, seed=seed) if q.fact["kind"] == "entity"]
        assert not [q for q in found if q.kind is Kind.JUDGE]


def test_a_stem_in_which_nobody_acts_says_where() -> None:
    (question,) = singles("废矿物油集中收集和跨区域转运工作纳入国家试点。")
    assert question.stem == (
        "2023年，浙江省下列哪种危险废物的集中收集和跨区域转运工作纳入国家试点？"
    )


def test_what_the_agency_did_in_its_checks_is_asked_as_people_say_it() -> None:
    (question,) = singles("实行水行政监督执法正面清单管理制度。")
    assert "在水行政监督执法中实行下列哪种清单管理制度" in question.stem

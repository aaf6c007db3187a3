"""Where such texts trip a generator: one test for each known trap."""

from __future__ import annotations

import re

import pytest

from questions import documents
from questions.data import read_report
from questions.generation import generate
from questions.models import Kind, Question
from tests.questions.generation.samples import ask

REPORT = generate([documents.read(read_report(), name="report.txt")]).bank.questions


def asked(word: str) -> list[Question]:
    """Questions of the bundled report whose passage holds a phrase."""
    return [q for q in REPORT if word in re.sub(r"\s", "", q.citation.quote)]


def stems(text: str) -> str:
    return "\n".join(question.stem for question in ask(text))


def keys(questions: list[Question] | tuple[Question, ...]) -> set[str]:
    return {q.options[at] for q in questions if q.kind is Kind.SINGLE for at in q.key}


def test_a_doubled_body_is_asked_once() -> None:
    singles = [q.stem for q in REPORT if q.kind is Kind.SINGLE]
    assert len(singles) == len(set(singles))


def test_time_stamps_and_buttons_are_no_facts() -> None:
    assert not any(re.search("发布时间|字体|扫一扫|11:39", q.citation.quote) for q in REPORT)


def test_a_missing_stop_after_a_figure_does_not_run_on() -> None:
    for question in asked("行政权力事项59项"):
        if question.fact["kind"] == "figure":
            assert "印发实施" not in question.stem


def test_a_missing_stop_before_a_scope_does_not_run_on() -> None:
    for question in asked("新闻发布会5次"):
        assert "行动体系" not in question.stem
        assert "颁布实施以来" in question.stem


def test_blanks_inside_a_figure_are_bridged() -> None:
    assert "453件（套）" in keys(asked("制作推广宣传产品453"))


def test_a_heading_with_a_stop_is_no_statement() -> None:
    assert not any("攻坚战。" in q.stem and q.kind is Kind.JUDGE for q in REPORT)


@pytest.mark.parametrize(("passage", "tail"), [("80%左右", "左右"), ("材料20余项", "余项")])
def test_approximations_stay_on_every_option(passage: str, tail: str) -> None:
    singles = [q for q in asked(passage) if q.kind is Kind.SINGLE and q.fact["kind"] == "figure"]
    assert singles
    for question in singles:
        assert all(tail in option for option in question.options)
        assert all(re.match(r"\d0\D", option) for option in question.options)


def test_a_sum_that_could_be_derived_is_neither_key_nor_claim() -> None:
    for question in asked("较2020年减少10026个"):
        assert "12550个" not in question.options
        assert "2020年春耕" not in question.stem


def test_a_sum_names_what_it_is_the_sum_of() -> None:
    for question in asked("处罚金额1.91亿元"):
        if question.kind is Kind.SINGLE:
            assert "行政处罚案件" in question.stem


def test_sibling_sums_are_told_apart_by_their_cases() -> None:
    assert all("逃避监管" in q.stem for q in asked("罚金2327.8876万元"))
    assert all(
        "危险废物" in q.stem for q in asked("合计处罚金额2103.62万元") if q.kind is Kind.SINGLE
    )


def test_a_full_hundred_is_judged_not_chosen() -> None:
    for question in ask("全省排污许可证审核率达100%，共核查企业350家。"):
        if question.fact["value"] == "100":
            assert question.kind is Kind.JUDGE
        assert not any("%" in option for option in question.options)


def test_a_change_belongs_to_its_own_item() -> None:
    for question in asked("同比下降14.8%"):
        if "14.8%" in (question.options or question.answers) or "下降" in question.stem:
            assert "PM2.5" in question.stem


def test_a_range_of_months_is_the_period() -> None:
    found = [q for q in asked("优良天数比例88.7%") if q.fact["kind"] == "figure"]
    assert found
    assert all("2021年1-11月" in q.stem for q in found)


@pytest.mark.parametrize(
    "text",
    [
        "制定《流域应急工作方案(2021—2025年)》，推进各项工作。",
        "组织开展了12.4《宪法》系列宣传活动，营造氛围。",
        "进一步强化“党政同责”“一岗双责”等责任，落实三重一大制度。",
        "该案入选“第二批十大典型案例”，受到好评。",
        "开展六溴环十二烷淘汰工作，落实双随机一公开。",
        "制作COP15专题宣传片，开展宣传。",
        "发现问题第一时间整改，落实第一责任人职责。",
    ],
)
def test_numbers_in_names_and_terms_are_not_asked(text: str) -> None:
    assert not [q for q in ask(text) if q.fact["kind"] == "figure"]


def test_an_open_list_with_its_total_asks_for_the_total() -> None:
    questions = asked("等15项制度")
    assert "15项" in keys([q for q in questions if q.fact["kind"] == "figure"])
    assert not any(option == "7项" for q in questions for option in q.options if q.key)


def test_like_counts_of_one_noun_are_never_each_others_wrong_answers() -> None:
    for question in asked("新闻发布会11次"):
        if question.kind is Kind.SINGLE and "11次" in keys([question]):
            assert "5次" not in question.options
            assert question.stem.startswith("2021年，")


def test_scale_words_stay_in_the_unit() -> None:
    found = [q for q in asked("遥感监测1402万台次") if q.fact["kind"] == "figure"]
    assert found
    assert all("万台次" in q.stem for q in found)
    singles = [q for q in found if q.kind is Kind.SINGLE]
    assert all(option.endswith("万台次") for q in singles for option in q.options)


def test_measure_words_are_those_of_the_source() -> None:
    found = [q for q in asked("780家矿区尾矿库") if q.fact["value"] == "780"]
    assert found
    assert all(q.fact["unit"] == "家" for q in found)


def test_films_are_no_documents() -> None:
    assert not any("亮丽内蒙古》" in option for q in REPORT for option in q.options)


def test_a_listed_bill_is_not_in_force_and_a_repealed_rule_is_repealed() -> None:
    about = [q for q in REPORT if "污染防治条例》" in q.stem and q.fact["kind"] == "title"]
    assert about
    for question in about:
        if re.search("公布施行|废止", question.stem):
            assert question.key == (1,)
    repealed = [q for q in REPORT if q.kind is Kind.SINGLE and "饮食娱乐" in q.stem]
    assert keys(repealed) == {"报请政府废止"}


def test_titles_issued_by_others_are_not_the_issuers() -> None:
    assert not any("分区管控实施意见" in q.stem for q in REPORT if "印发了" in q.stem)


def test_nested_titles_stay_whole() -> None:
    for question in REPORT:
        for option in question.options:
            assert option.count("《") == option.count("》")
            assert option.count("〈") == option.count("〉")


def test_a_short_law_name_is_written_out() -> None:
    assert not any("《固废法》" in q.stem for q in REPORT)


def test_two_names_of_one_text_are_not_options_together() -> None:
    for question in REPORT:
        both = [option for option in question.options if "损害赔偿制度改革" in option]
        assert len(both) <= 1


def test_a_blank_is_not_filled_by_its_own_stem() -> None:
    for question in REPORT:
        if question.kind is Kind.BLANK:
            assert not any(len(a) > 1 and a in question.stem for a in question.answers)


def test_no_false_statement_touches_leaders_party_or_constitution() -> None:
    text = "组织学习习近平法治思想12次，开展宪法宣誓活动15场，向党中央报送材料18份。"
    for seed in range(8):
        assert not any(q.kind is Kind.JUDGE and q.key == (1,) for q in ask(text, seed=seed))


def test_distributed_numbers_are_not_asked() -> None:
    assert not ask("查处案件、收缴罚款和结案率分别为120件、35万元和98.5%。")


def test_targets_are_not_asked() -> None:
    assert not ask("力争到2025年底新建节水型企业300家，预计压减用水500万立方米。")


def test_a_coarser_headline_is_no_wrong_answer() -> None:
    text = "安排教育专项资金116.87亿元。\n全年实际安排教育专项资金1168659.84万元，改善学校350所。"
    for question in ask(text):
        assert not {"1168659.84万元", "116.87亿元"} <= set(question.options)


def test_a_pair_is_asked_for_its_second_value() -> None:
    text = "将申请材料由6个压减到3个。"
    singles = [q for q in ask(text) if q.kind is Kind.SINGLE]
    assert keys(tuple(singles)) == {"3个"}
    assert all(int(option[:-1]) < 6 for option in singles[0].options)

"""Turns of phrase met in reports of other trades: what is asked of them, and what is not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from questions.documents import read
from questions.facts import setting
from questions.generation import generate
from questions.models import Question
from tests.questions.generation.samples import ask, report, run


def stems(text: str) -> list[str]:
    return [question.stem for question in ask(text)]


def about(words: str, text: str) -> list[Question]:
    return [question for question in ask(text) if words in question.stem]


@pytest.mark.parametrize(
    ("text", "adrift"),
    [
        ("对2018年以来印发的文件开展全面清理，宣布失效17件，废止9件。", "宣布失效"),
        ("取消占用水源审批等行政许可事项3项，下放区级实施5项。", "下放区级"),
        ("直接起诉的行政诉讼案件12件，结果维持9件，尚未审结3件。", "水利厅结果维持"),
        ("收到信息公开申请1046件。公民个人提出申请1030件，占比98.5%。", "公民个人"),
        ("收到信息公开申请1046件。法人或其他组织提出申请16件。", "其他组织"),
        ("全省发生生产安全事故17起，同比下降19.01%；死亡20人，同比下降4.76%。", "死亡同比"),
        ("紧盯矿山、工贸等重点领域，整改率99.6%。", "整改率"),
        ("新开工项目参保率99%，去年全年有206万人享受工伤保险待遇。", "206"),
    ],
)
def test_a_count_whose_object_is_not_told_is_not_asked(text: str, adrift: str) -> None:
    assert not [stem for stem in stems(text) if adrift in stem]


def test_a_noun_lends_no_verb_to_the_next_measure() -> None:
    text = "农作物受灾面积30692.13公顷、绝收面积1390.87公顷，林地受灾面积1352.3公顷。"
    assert not about("绝收林地", text)


def test_names_that_a_number_counts_are_not_asked_by_it() -> None:
    text = "建设高标准农田3.15万亩，涉及上坪、藻林、万田、固江、横龙5个乡镇29个行政村。"
    assert not about("横龙", text)


def test_heads_of_cattle_dosed_are_counted_by_their_own_unit() -> None:
    text = "全年免疫猪瘟29.4万头次、口蹄疫35.1万头次、禽流感412万羽次。"
    found = ask(text)
    assert found
    assert not [question for question in found if "瘟次" in question.stem]


def test_people_of_a_crew_are_counted_and_not_concerned() -> None:
    found = about("救援队伍", "全省现有综合性消防救援队伍9支312人。")
    assert [question for question in found if "队伍共" in question.stem]
    assert not [question for question in found if "涉及" in question.stem]


def test_a_label_before_a_colon_is_no_part_of_a_stem() -> None:
    text = "自然灾害形势：今年我省遭受干旱灾害，全省共有340223人受灾。"
    assert stems(text)
    assert not [stem for stem in stems(text) if "形势：" in stem]


def test_the_speaker_is_named_in_full_once() -> None:
    found = about("党组会", "厅主要负责人主持召开20余次厅党组会，开展执法检查32次。")
    assert found
    assert all(question.stem.count("浙江省水利厅") == 1 for question in found)


def test_a_title_is_not_cut_inside_discretion() -> None:
    found = about(
        "裁量权基准", "制定《浙江省水行政处罚自由裁量权基准》，对12种轻微违法行为免予处罚。"
    )
    assert not [question for question in found if "____裁量权" in question.stem]


def test_a_dateline_of_a_newspaper_is_not_asked() -> None:
    text = (
        "中新网4月25日电 浙江省水利厅4月25日发布《浙江省水资源公报》，全省供水总量166.9亿立方米。"
    )
    assert not [stem for stem in stems(text) if "日电" in stem]


def test_offices_of_a_level_are_not_taken_for_provinces() -> None:
    text = "北京、上海、海南3个省级检察院设立独立的水利检察部门。"
    assert not [stem for stem in stems(text) if "的级" in stem or "3个省级" in stem]


def test_what_a_county_has_is_not_its_bureaus() -> None:
    text = "全年粮食播种面积67.14万亩，农民合作社769个。"
    made = generate([report(text, title="县农业农村局2020年工作总结")]).bank.questions
    assert made
    assert all("全县" in question.stem for question in made)


def test_a_title_of_several_years_gives_no_year_to_its_figures() -> None:
    text = "2023年批准逮捕4279件，全国29个省级检察院成立知识产权检察部门。"
    made = generate([report(text, title="浙江省水利厅水资源白皮书(2021-2023年)")]).bank.questions
    assert not [question.stem for question in made if "2021年" in question.stem]


def test_options_of_a_rough_number_lie_well_apart() -> None:
    for seed in range(6):
        for question in run(
            "全年适用轻微免罚2.3万件，免罚金额约1.15亿元。", seed=seed
        ).bank.questions:
            if not any("约" in option for option in question.options):
                continue
            values = sorted(float(option[1:].removesuffix("亿元")) for option in question.options)
            assert all(b >= 1.1 * a for a, b in pairwise(values))


def test_whoever_gives_a_document_without_its_issuer_is_told_how_to_help() -> None:
    text = "2024年，我局开展培训12次。".encode()
    nameless = read(text, name="a.txt")
    named = read(text, name="a.txt", title="某某市水务局2024年法治政府建设情况报告")
    assert "--title" in setting.advice(nameless)
    assert setting.advice(named) == ""
    (account,) = generate([nameless]).stats.documents
    assert account.advice == setting.advice(nameless)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021年末，城镇登记失业率为3.96%，城镇调查失业率为5.1%。", "2021年末"),
        ("安全生产形势：截至12月13日，全省共发生安全事故17起。", "截至2023年12月13日"),
        ("全国就业人员中，第一产业就业人员占22.9%。", "全国就业人员中"),
        ("2021年末基本养老保险基金累计结存63970亿元。", "2021年末"),
    ],
)
def test_a_figure_keeps_the_day_and_the_crowd_it_is_of(text: str, said: str) -> None:
    found = stems(text)
    assert found
    assert all(said in stem for stem in found)


def test_a_fine_is_of_the_cases_and_not_of_what_was_inspected() -> None:
    text = (
        "检查排水户4.6万户，立案查处水事违法案件1528宗，其中非法采砂案件63宗、"
        "违法取水案件97宗，罚款金额6354.21万元。"
    )
    found = about("罚款金额", text)
    assert found
    assert all("案件1528宗，罚款金额" in question.stem for question in found)


def test_the_level_of_a_lists_first_item_is_that_of_its_like() -> None:
    found = stems("创建省级美丽宜居乡镇3个、美丽宜居村庄12个、节水型企业50家。")
    assert [stem for stem in found if "省级美丽宜居村庄" in stem]
    assert not [stem for stem in found if "省级节水型企业" in stem]


def test_a_campaign_against_salient_problems_is_no_list_of_shortcomings() -> None:
    text = "开展河道采砂领域突出问题专项整治，排查问题173个，清退违规罚款118.2万元。"
    assert about("排查问题", text)


def test_what_is_done_a_day_has_its_own_unit() -> None:
    assert about("万吨/日", "新增污水处理能力76万吨/日，新建污水管网8127公里。")


def test_a_formula_of_loyalty_to_rules_is_not_asked() -> None:
    text = "认真落实中央和省法治政府建设实施纲要、《浙江省水资源条例》等法规文件要求。"
    assert not about("水资源条例", text)


def test_a_branch_does_not_speak_for_its_city() -> None:
    title = "宿迁市自然资源局宿城分局2024年法治政府建设情况报告"
    alone = generate([report("土地出让成交价款27.65亿元。", title=title)]).bank.questions
    assert not [question.stem for question in alone if "宿迁市土地" in question.stem]
    text = "宿城区土地出让成交价款27.65亿元，全区新增耕地1240亩。"
    placed = setting.of(report(text, title=title))
    assert placed.place == "宿城区"


def test_a_title_within_a_title_keeps_its_marks() -> None:
    document = report("检查企业32家。", title="浙江省水利厅发布《水资源保护工作白皮书》")
    assert document.title == "浙江省水利厅发布《水资源保护工作白皮书》"


def test_a_newspapers_account_is_titled_by_what_it_tells_of() -> None:
    text = "本报北京6月7日电 人力资源部发布《2021年度人力资源统计公报》，全国就业人员74652万人。"
    document = read(text.encode(), name="renshe.txt")
    assert document.title == "2021年度人力资源统计公报"
    assert document.year == 2021


def test_a_ministry_speaks_of_the_whole_country() -> None:
    title = "水利部2023年法治政府建设情况报告"
    made = generate([report("水库除险加固率为93.4%。", title=title)]).bank.questions
    assert made
    assert all("全国水库" in question.stem for question in made)


def test_the_name_of_a_region_is_not_doubled() -> None:
    title = "朔漠自治区水利厅2023年法治政府建设情况报告"
    text = "朔漠自治区建成水库12座，自治区水利厅官方网站发布信息320条。"
    made = generate([report(text, title=title)]).bank.questions
    assert made
    assert not [question.stem for question in made if "朔漠朔漠" in question.stem]

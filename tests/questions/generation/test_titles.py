"""Questions on titles: nothing wrong that might be right, nothing told by its form."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from questions.facts.titles import Title, kind_of
from questions.generation.titles import are_kin
from questions.generation.titles.blanks import parts
from questions.generation.titles.families import are_peers, level
from questions.models import Kind, Question
from tests.questions.generation.samples import ask

SEEDS = range(8)
BILLS = (
    "将《浙江省海塘条例》和《浙江省滩涂条例》列为2024年地方立法项目。"
    "推动出台《浙江省水文条例》《浙江省灌区条例》。报请省政府废止《浙江省采砂条例》。"
)
KEPT = (
    "全年制定文件3件，分别为《浙江省取水计量办法》《浙江省水库巡查办法》《浙江省堤防维修办法》。"
    "修订《浙江省水工程验收办法》。废止《浙江省河道收费办法》《浙江省水电站登记办法》。"
)


def title(text: str) -> Title:
    return Title(text, 0, len(text), kind_of(text), ())


def of_titles(text: str, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.fact["kind"] == "title"]


def judged(text: str) -> list[Question]:
    """Every statement that any of the seeds makes."""
    return [q for seed in SEEDS for q in of_titles(text, seed) if q.kind is Kind.JUDGE]


def chosen(question: Question) -> set[str]:
    return {question.options[at] for at in question.key}


def others(question: Question) -> set[str]:
    return set(question.options) - chosen(question)


def test_a_title_is_picked_from_titles_the_document_says_the_contrary_of() -> None:
    made = {"《浙江省取水计量办法》", "《浙江省水库巡查办法》", "《浙江省堤防维修办法》"}
    asked = [q for seed in SEEDS for q in of_titles(KEPT, seed) if q.options[0].startswith("《")]
    assert {q.kind for q in asked} == {Kind.SINGLE, Kind.MULTIPLE}
    for question in asked:
        if "制定" in question.stem:
            assert chosen(question) <= made
            assert not others(question) & made


def test_a_title_only_carried_out_is_no_wrong_option_for_what_was_listed() -> None:
    text = BILLS.replace("推动出台", "贯彻落实")
    for seed in SEEDS:
        for question in of_titles(text, seed):
            if "立法项目" in question.stem:
                assert not {"《浙江省水文条例》", "《浙江省灌区条例》"} & set(question.options)


def test_a_text_of_another_body_is_no_text_the_issuer_issued() -> None:
    text = (
        "印发《关于加强冬修工作的通知》《关于开展清淤工作的通知》。"
        "落实省政府办公厅《关于推进节水工作的通知》。落实省发展改革委《关于调整水价的通知》。"
    )
    asked = [q for q in of_titles(text) if q.kind is Kind.MULTIPLE]
    assert asked
    for question in asked:
        assert chosen(question) == {"《关于加强冬修工作的通知》", "《关于开展清淤工作的通知》"}


def test_options_are_of_one_class() -> None:
    assert are_kin(title("甲市节水办法"), title("甲市供水规定"))
    assert not are_kin(title("甲市节水条例"), title("甲市供水办法"))
    assert not are_kin(title("关于节水的意见"), title("关于节水的通知"))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("中华人民共和国防洪法", "nation"),
        ("国务院关于印发节水规划的通知", "nation"),
        ("甲州市供水条例", "place"),
        ("甲江省节水条例", "place"),
        ("农村地区供水办法", ""),
        ("供水应急预案", ""),
    ],
)
def test_whose_text_a_title_is_shows_in_how_it_opens(text: str, whose: str) -> None:
    assert level(title(text)) == whose


def test_a_key_that_alone_is_of_its_kind_or_place_is_told_by_its_form() -> None:
    own = [title("甲州市供水办法")]
    assert not are_peers(own, [title("供水办法"), title("排水办法")])
    assert not are_peers(own, [title("甲州市节水规定"), title("甲州市排水规定")])
    assert not are_peers(own, [title("甲州市节水办法"), title("中华人民共和国水库办法")])
    assert are_peers(own, [title("甲州市节水办法"), title("甲州市排水规定")])


def test_a_deed_is_chosen_among_deeds_that_rule_each_other_out() -> None:
    text = "报请省政府废止了《浙江省采砂办法》。"
    (deed,) = [q for q in of_titles(text) if q.kind is Kind.SINGLE]
    assert "废止" not in deed.stem
    assert len(deed.options) == 4
    assert all("废止" in option for option in chosen(deed))
    assert not any("废止" in option for option in others(deed))


def test_a_deed_the_title_itself_tells_is_not_asked() -> None:
    text = "《浙江省节水条例(草案)》已报省人民政府审议。"
    assert not [q for q in of_titles(text) if q.kind is Kind.SINGLE]
    for question in judged(text):
        assert "公布施行" not in question.stem


def test_a_bill_that_was_listed_and_drafted_has_no_deed_of_the_other_as_wrong_option() -> None:
    text = "将《浙江省海塘条例》列为2024年地方立法项目。完成《浙江省海塘条例》初稿起草工作。"
    for seed in SEEDS:
        for question in of_titles(text, seed):
            if question.kind is Kind.SINGLE:
                wrong = "".join(others(question))
                assert not re.search("起草|立法项目|立法计划", wrong)


@pytest.mark.parametrize(
    "text",
    [
        "新修订的《浙江省灌区条例》自2023年9月1日起施行。",
        "《浙江省灌区条例》于2023年9月1日起施行。",
        "配合省人大常委会制定《浙江省灌区条例》，该条例经省人大常委会审议通过，"
        "自2023年9月1日起施行。",
    ],
)
def test_the_day_a_text_is_in_force_is_asked_among_days_in_order(text: str) -> None:
    (question,) = [q for q in of_titles(text) if "哪一天" in q.stem]
    assert chosen(question) == {"2023年9月1日"}
    days = [tuple(map(int, re.findall(r"\d+", option))) for option in question.options]
    assert days == sorted(set(days))
    assert "灌区条例" in question.stem


def test_a_day_the_document_prints_is_no_wrong_day() -> None:
    text = "《浙江省灌区条例》于2023年9月1日起施行。《浙江省水文条例》于2023年10月1日起施行。"
    for seed in SEEDS:
        for question in of_titles(text, seed):
            if "灌区" in question.stem and question.kind is Kind.SINGLE:
                assert "2023年10月1日" not in question.options


def test_a_false_statement_has_many_forms() -> None:
    text = KEPT + BILLS + "印发《浙江省水闸调度规程》。印发《关于加强冬修工作的通知》。"
    false = [q.stem for q in judged(text) if q.key == (1,)]
    forms = Counter(
        next(
            (word for word in ("修订", "首次", "立法项目", "制定计划", "公布施行") if word in s),
            "",
        )
        for s in false
    )
    assert len(forms) >= 3
    assert max(forms.values()) <= 0.65 * len(false)


def test_what_was_issued_is_never_said_to_be_repealed() -> None:
    for question in judged(KEPT + BILLS + "印发《浙江省水闸调度规程》。"):
        assert question.key == (0,) or "废止" not in question.stem


def test_a_false_statement_is_ruled_out_by_what_the_document_says() -> None:
    for question in judged("修订《浙江省水工程验收办法》。"):
        if question.key == (1,):
            assert "修订了" not in question.stem
            assert "修订" in question.explanation
    for question in judged("制定《浙江省水闸调度规程》。"):
        assert "尚未正式" not in question.stem  # 制定 does not say that it is out


def test_a_plan_of_the_year_is_neither_repealed_nor_revised() -> None:
    for question in judged("印发《浙江省水利厅2023年普法工作要点》。"):
        assert not re.search("废止|修订|下一年度", question.stem)


def test_bare_repeal_of_a_regulation_goes_through_the_government() -> None:
    for question in judged("推动出台《浙江省灌区条例》。"):
        if "废止" in question.stem:
            assert "报请政府废止" in question.stem


def test_who_took_part_is_told_and_its_denial_is_false() -> None:
    made = judged("会同省公安厅印发《关于加强采砂联合执法的意见》。")
    assert made
    for question in made:
        if "独自" in question.stem:
            assert question.key == (1,)
        elif question.key == (0,):
            assert "会同" in question.stem
            assert "省公安厅" in question.stem


def test_titles_others_issued_are_not_said_to_be_the_issuers() -> None:
    for question in judged("督促指导各市印发《浙江省河湖管护意见》，压实基层责任。"):
        assert "督促指导" in question.stem


def test_national_laws_carried_out_are_no_telling_fact() -> None:
    assert not judged("认真执行《中华人民共和国防洪法》。")


def test_titles_of_a_list_are_each_judged_once() -> None:
    text = "印发《浙江省水闸调度规程》《水文测报方案》《浙江省水利厅关于加强冬修工作的通知》。"
    for seed in SEEDS:
        about = [q.stem for q in of_titles(text, seed) if q.kind is Kind.JUDGE]
        named = Counter(name for stem in about for name in re.findall("《([^》]*)》", stem))
        assert set(named.values()) == {1}


def test_a_draft_is_no_wrong_option_beside_finished_texts() -> None:
    text = KEPT + "起草《浙江省灌区管护办法(草案)》。"
    for seed in SEEDS:
        assert not any("草案" in option for q in of_titles(text, seed) for option in others(q))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲州市行政执法公示办法", ("甲州市", "行政执法公示", "办法")),
        (
            "甲州市水务局2023年度法治政府建设工作要点",
            ("甲州市水务局2023年度", "法治政府建设", "工作要点"),
        ),
        ("甲江省水行政处罚裁量权基准(试行)", ("甲江省", "水行政处罚", "裁量权基准(试行)")),
        ("关于加强甲州市供水管理的通知", ("关于加强甲州市供水管理的通知", "", "")),
        ("甲州市供水办法", ("甲州市供水办法", "", "")),
    ],
)
def test_the_subject_of_a_title_is_what_a_blank_leaves_out(
    text: str, told: tuple[str, str, str]
) -> None:
    assert parts(title(text)) == told


def test_a_blank_says_how_much_to_write_and_has_one_answer() -> None:
    text = "修订《浙江省重大行政决策程序规定》，完善论证环节。"
    (blank,) = [q for q in of_titles(text) if q.kind is Kind.BLANK]
    assert blank.answers == ("重大行政决策",)
    assert "填6个字" in blank.stem
    twins = "印发《浙江省农村供水水质管理办法》。印发《浙江省灌溉用水计量管理办法》。"
    assert not [q for q in of_titles(twins) if q.kind is Kind.BLANK]


def test_the_measure_a_title_is_on_is_chosen_among_measures_of_its_sort() -> None:
    text = "印发《浙江省重大水事案件挂牌督办制度》。"
    (term,) = [q for q in of_titles(text) if "横线处" in q.stem and q.kind is Kind.SINGLE]
    assert chosen(term) == {"挂牌督办"}
    assert not any(
        "横线处" in q.stem for q in of_titles(text.replace("制度》", "制度》等3项制度"))
    )


def test_films_and_leaflets_are_no_documents() -> None:
    assert not of_titles("拍摄普法短视频《老王说水》，《一滴水的旅程》获评优秀作品。")


def test_a_point_typed_for_a_stop_ends_the_sentence() -> None:
    for question in of_titles("全员提交述法报告.制定《浙江省水闸调度规程》，明确调度权限。"):
        assert "述法报告" not in question.stem


@pytest.mark.parametrize(
    "text",
    [
        "组织开展了12.4《宪法》系列宣传活动和水法规专题宣传活动。",
        "理论学习中心组学习《中国共产党纪律处分条例》等7次。",
    ],
)
def test_a_title_its_passage_gives_away_or_only_counts_is_not_asked(text: str) -> None:
    assert not of_titles(text)


def test_whose_text_a_title_is_may_be_judged() -> None:
    text = "按照省政府办公厅《关于推进节水工作的意见》，指导各市县编制方案。"
    made = [q for q in judged(text) if "发布的" in q.stem]
    assert made
    for question in made:
        owner = "省政府办公厅" if question.key == (0,) else "浙江省水利厅"
        assert owner in question.stem

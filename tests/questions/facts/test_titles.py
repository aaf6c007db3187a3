"""Titles with what was done to them, and by whom."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import TitleFact
from questions.facts.titles import Relation, kind_of


def titles(text: str) -> list[TitleFact]:
    head = "吉林省司法厅2023年度工作总结\n一、立法\n"
    document = documents.read((head + text).encode(), name="a.txt")
    return [fact for fact in facts.extract(document) if isinstance(fact, TitleFact)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("印发《甲方案》。", Relation.ISSUED),
        ("制定出台了《甲办法》。", Relation.ISSUED),
        ("研究制定《甲办法》和《乙方案》。", Relation.MADE),
        ("报请政府废止了《甲办法》。", Relation.REPEALED),
        ("将《甲条例》和《乙条例》列为2024年地方立法项目。", Relation.LISTED),
        ("完成《甲条例》《乙条例》初稿起草工作。", Relation.DRAFTED),
        ("深入贯彻落实《甲规定》。", Relation.CARRIED),
        ("按照省委办公厅《关于印发甲方案的通知》要求推进工作。", Relation.CARRIED),
        ("配合完成《甲法》执法检查。", Relation.OTHER),
    ],
)
def test_the_predicate_of_a_title_is_read(text: str, relation: Relation) -> None:
    assert titles(text)[0].relation is relation


def test_one_verb_governs_all_titles_of_its_list() -> None:
    (fact,) = titles("研究制定《甲办法》和《乙方案》、《丙规则》。")
    assert [title.text for title in fact.titles] == ["甲办法", "乙方案", "丙规则"]


@pytest.mark.parametrize("marks", ["〈〉", "<>", "《》"])
def test_a_title_within_a_title_stays_whole(marks: str) -> None:
    inner = f"{marks[0]}甲实施方案{marks[1]}"
    (fact,) = titles(f"印发《关于印发{inner}的通知》,推进工作。")
    assert fact.titles[0].text == f"关于印发{inner}的通知"
    assert fact.titles[0].inner == ("甲实施方案",)


def test_others_who_issue_are_not_the_issuer() -> None:
    (fact,) = titles("督促指导各市全部印发《甲意见》。")
    assert fact.actor is None


def test_an_open_list_is_known() -> None:
    (fact,) = titles("印发《甲方案》《乙办法》等制度。")
    assert fact.is_open


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("行政处罚裁量基准规定(试行)", "规定"),
        ("建设项目环境影响评价分类管理名录(2021年版)", "名录"),
        ("优化营商环境若干措施", "若干措施"),
        ("亮丽江山", ""),
    ],
)
def test_a_kind_is_the_last_word(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_films_are_faulty() -> None:
    (fact,) = titles("制作专题宣传片《亮丽江山》。")
    assert "V9" in fact.faults


@pytest.mark.parametrize(
    ("text", "relation", "said"),
    [
        ("修订《甲办法》。", Relation.REVISED, "修订"),
        ("配套修订印发《甲办法》。", Relation.REVISED, "修订印发"),
        ("完成《甲条例》修订工作。", Relation.REVISED, "修订工作"),
        ("完成《甲条例》修订草案起草工作。", Relation.DRAFTED, "修订草案起草工作"),
        ("《甲条例》已报省人民政府审议。", Relation.SUBMITTED, "已报省人民政府审议"),
        ("提请省人大常委会审议《甲条例》。", Relation.SUBMITTED, "提请省人大常委会审议"),
        ("《甲条例》列入2024年立法调研项目。", Relation.LISTED, "列入2024年立法调研项目"),
        ("推动《甲条例》列入立法计划。", Relation.LISTED, "列入立法计划"),
        ("《甲条例》于2023年9月1日起施行。", Relation.PASSED, "于2023年9月1日起施行"),
        (
            "新修订的《甲法》自2023年9月1日起施行以来，收到申请15件。",
            Relation.PASSED,
            "自2023年9月1日起施行",
        ),
        ("就《甲办法》公开征求意见。", Relation.CONSULTED, "公开征求意见"),
        ("开展《甲条例》立法后评估。", Relation.STUDIED, "立法后评估"),
        ("完善《甲办法》。", Relation.OTHER, ""),
    ],
)
def test_each_stage_of_a_text_is_told_apart(text: str, relation: Relation, said: str) -> None:
    fact = titles(text)[0]
    assert fact.relation is relation
    assert said in (fact.verb, fact.object)


def test_a_text_that_is_its_own_subject_needs_no_actor() -> None:
    (fact,) = titles("《甲条例》已报省人民政府审议。")
    assert fact.actor == ""


def test_bodies_one_acted_with_stay_in_the_predicate() -> None:
    (fact,) = titles("联合省公安厅印发《甲意见》。")
    assert fact.verb == "联合吉林省公安厅印发"
    assert fact.actor == "吉林省司法厅"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("落实省政府办公厅《甲通知》。", "省政府办公厅"),
        ("按照省政府办公厅 、省司法厅《甲通知》推进工作。", "省政府办公厅、省司法厅"),
        ("印发《甲通知》。", ""),
        ("深入学习贯彻《甲意见》。", ""),
    ],
)
def test_the_body_before_a_title_is_whose_text_it_is(text: str, issuer: str) -> None:
    assert titles(text)[0].issuer == issuer


def test_a_year_named_in_the_clause_is_not_said_twice() -> None:
    (fact,) = titles("2022年印发《甲方案》。")
    assert fact.period == ""
    (fact,) = titles("印发《甲方案》。")
    assert fact.period == "2023年"


@pytest.mark.parametrize("text", ["拍摄普法短视频《老王说法》。", "《一条河的旅程》获得好评。"])
def test_what_is_no_document_is_faulty(text: str) -> None:
    (fact,) = titles(text)
    assert "V9" in fact.faults


@pytest.mark.parametrize(
    ("text", "verb", "names"),
    [
        ("制定文件2件，分别为《甲办法》《乙规定》。", "制定", ["甲办法", "乙规定"]),
        ("制定印发规范性文件2件，即《甲办法》、《乙规定》。", "制定印发", ["甲办法", "乙规定"]),
        ("清理文件，废止2件(《甲办法》《乙规定》)。", "废止", ["甲办法", "乙规定"]),
    ],
)
def test_titles_that_spell_out_a_count_have_its_verb(
    text: str, verb: str, names: list[str]
) -> None:
    (fact,) = titles(text)
    assert fact.verb == verb
    assert [title.text for title in fact.titles] == names
    assert not fact.is_open


def test_a_later_clause_says_from_when_a_text_is_in_force() -> None:
    made, passed = titles(
        "制定《甲条例》，该条例于2023年6月2日经省人大常委会表决通过，自2023年9月1日起施行。"
    )
    assert made.relation is Relation.MADE
    assert passed.relation is Relation.PASSED
    assert passed.object == "自2023年9月1日起施行"
    assert passed.end > made.end


def test_a_day_behind_two_titles_is_neithers() -> None:
    found = titles("制定《甲条例》《乙条例》，自2023年9月1日起施行。")
    assert [fact.relation for fact in found] == [Relation.MADE]


def test_a_point_typed_for_a_stop_parts_two_sentences() -> None:
    (fact,) = titles("全员提交述法报告.制定《甲规程》。")
    assert fact.verb == "制定"
    assert fact.actor == "吉林省司法厅"

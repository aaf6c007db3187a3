"""Several right titles beside wrong ones: what a wrong one is, and what must not tell the key."""

from __future__ import annotations

import re

from questions.facts.titles import Title, kind_of
from questions.generation.titles.families import (
    are_matched,
    are_peers,
    stands_out,
    without_place,
)
from questions.models import Kind, Question
from tests.questions.generation.samples import ask

SEEDS = range(6)
BILLS = "将《浙江省海塘建设条例》和《浙江省滩涂围垦条例》列为2024年地方立法项目。"
TAUGHT = "邀请专家对《浙江省水文管理条例》进行了专题讲座。"
GONE = "报请省政府废止了《浙江省河道采砂管理办法》。"


def title(text: str) -> Title:
    return Title(text, 0, len(text), kind_of(text), ())


def several(text: str) -> list[Question]:
    """The 多选 on titles that any of the seeds makes."""
    return [
        q
        for seed in SEEDS
        for q in ask(text, seed=seed)
        if q.kind is Kind.MULTIPLE and q.fact["kind"] == "title"
    ]


def chosen(question: Question) -> set[str]:
    return {question.options[at] for at in question.key}


def others(question: Question) -> set[str]:
    return set(question.options) - chosen(question)


def test_bills_on_the_list_stand_beside_a_repealed_and_a_taught_text() -> None:
    asked = several(BILLS + TAUGHT + GONE)
    assert asked
    for question in asked:
        assert "2024年地方立法项目" in question.stem
        assert chosen(question) == {"《浙江省海塘建设条例》", "《浙江省滩涂围垦条例》"}
        assert others(question) == {"《浙江省水文管理条例》", "《浙江省河道采砂管理办法》"}


def test_an_open_list_of_bills_may_hold_what_was_only_taught() -> None:
    assert not several(BILLS.replace("条例》列", "条例》等列") + TAUGHT + GONE)


def test_texts_only_named_elsewhere_are_no_wrong_titles() -> None:
    text = (
        "印发《关于加强冬修工作的通知》《关于开展清淤工作的通知》。"
        "将水价内容纳入《关于调整水价的通知》。按照《关于推进节水工作的通知》安排任务。"
    )
    assert not several(text)


def test_a_notice_that_names_another_body_is_wrong_only_where_the_stem_names_the_issuer() -> None:
    text = (
        "印发《关于加强冬修工作的通知》《关于开展清淤工作的通知》。"
        "落实《水利部关于推进节水工作的通知》《水利部关于做好测报工作的通知》。"
        "落实省政府办公厅《关于推进节水工作的通知》。落实省发展改革委《关于调整水价的通知》。"
    )
    asked = several(text)
    assert asked
    for question in asked:
        assert "浙江省水利厅" in question.stem
        assert chosen(question) == {"《关于加强冬修工作的通知》", "《关于开展清淤工作的通知》"}


def test_the_right_titles_are_shown_whole_in_the_feedback() -> None:
    for question in several(BILLS + TAUGHT + GONE):
        for option in chosen(question):
            assert option in question.explanation
        assert len(question.explanation) <= 200


def test_two_lists_of_one_verb_are_asked_in_different_words() -> None:
    text = (
        "印发《关于加强冬修工作的通知》《关于开展清淤工作的通知》。"
        "落实省政府办公厅《关于推进节水工作的通知》。落实省发展改革委《关于调整水价的通知》。"
        "印发《关于做好防汛值守的通知》《关于强化水库调度的通知》。"
    )
    for seed in SEEDS:
        asked = [q for q in ask(text, seed=seed) if q.kind is Kind.MULTIPLE]
        assert len({q.stem for q in asked}) == len(asked) == 2


def test_each_right_title_has_a_wrong_one_of_its_length() -> None:
    short, long = title("甲州市供水办法"), title("甲州市水利工程建设质量终身责任制实施办法")
    assert are_matched(
        [short, long], [title("甲州市排水办法"), title("甲州市水库大坝安全鉴定管理实施办法")]
    )
    assert not are_matched([short, long], [title("甲州市排水办法"), title("甲州市节水办法")])


def test_a_pair_of_its_own_kind_needs_a_pair_of_another_beside_it() -> None:
    plans = [title("防汛应急预案"), title("抗旱应急预案")]
    assert not are_peers(plans, [title("水文管理条例"), title("河道采砂办法")])
    assert are_peers(plans, [title("水文管理条例"), title("海塘管理条例")])


def test_a_place_is_left_off_wrong_titles_where_no_right_one_names_it() -> None:
    assert without_place(title("浙江省水文条例"), "浙江省").text == "水文条例"
    assert without_place(title("浙江省人民政府关于节水的通知"), "浙江省").text.startswith("浙江省")
    text = (
        "印发《防汛应急预案》《抗旱应急预案》。"
        "将《浙江省海塘条例》和《浙江省滩涂条例》列为2024年地方立法项目。"
    )
    asked = [q for q in several(text) if "印发" in q.stem]
    assert asked
    for question in asked:
        assert chosen(question) == {"《防汛应急预案》", "《抗旱应急预案》"}
        assert others(question) == {"《海塘条例》", "《滩涂条例》"}


def test_a_title_that_opens_with_another_body_is_not_said_to_be_the_issuers() -> None:
    text = "制定《中共浙江省水文局党组关于印发六条纪律要求的通知》，抓好落实。"
    assert not [q for q in ask(text) if q.fact["kind"] == "title" and "制定了" in q.stem]


def test_false_issuers_and_true_ones_are_told_in_the_same_words() -> None:
    notices = "".join(
        f"我厅印发《关于加强{what}的通知》。"
        for what in ("冬修工作", "河道清淤", "水库调度", "取水计量", "水文测报", "堤防巡查")
    )
    stems = [
        (q.key, q.stem)
        for seed in SEEDS
        for q in ask(notices, seed=seed)
        if q.kind is Kind.JUDGE and "是由" in q.stem
    ]
    assert {key for key, _ in stems} == {(0,), (1,)}
    for key, stem in stems:
        assert ("浙江省水利厅" in stem) is (key == (0,))
        assert "尚未正式" not in stem


def test_no_other_issuer_is_claimed_where_the_words_name_none() -> None:
    text = "印发《关于加强冬修工作的通知》《关于加强清淤工作的通知》。制定《浙江省取水办法》。"
    for seed in SEEDS:
        assert not [q for q in ask(text, seed=seed) if "浙江省人民政府" in q.stem]


def test_what_belongs_to_one_title_does_not_go_with_another() -> None:
    text = (
        "以宣传《取水法》《水库条例》《堤防条例》（2023年6月1日起施行）《海塘条例》《灌区条例》为重点。"
        "对《浙江省灌区规划》、《浙江省海塘规划》、《水价调整方案》三项重大行政决策开展评估论证工作。"
        "起草并由省政府印发《浙江省采砂办法》、《浙江省水闸办法》、《浙江省清淤办法》三个规范性文件。"
        "深入落实中共中央、国务院《水利改革纲要》和《中共浙江省委关于治水的实施意见》。"
    )
    for seed in SEEDS:
        for q in ask(text, seed=seed):
            assert "起施行" not in q.stem
            assert not re.search("三[个项](?:规范|重大)", q.stem)
            assert "国务院《中共" not in q.stem
            assert "水利厅印发" not in q.stem


def test_that_a_rule_is_kept_is_no_statement_to_judge() -> None:
    text = "严格执行《浙江省取水计量办法》。认真落实《浙江省水利厅巡查规定》。坚持《水闸规程》。"
    for seed in SEEDS:
        assert not [q for q in ask(text, seed=seed) if q.kind is Kind.JUDGE]


def test_a_title_left_out_stands_behind_its_verb_and_tells_its_form() -> None:
    text = "《浙江省灌区条例》完成立法调研和论证。将“科学调度”内容纳入《水闸调度规程》。"
    for seed in SEEDS:
        blanks = [q.stem for q in ask(text, seed=seed) if q.kind is Kind.BLANK]
        assert blanks
        for stem in blanks:
            assert "浙江省水利厅《" not in stem
            assert "（填" in stem


def test_texts_of_a_body_that_is_no_more_are_no_wrong_options() -> None:
    text = (
        "印发《关于加强冬修工作的通知》《关于开展清淤工作的通知》。"
        "落实省政府办公厅《关于推进节水工作的通知》。落实省委办公厅《关于保障供水工作的通知》。"
        "落实《浙江省国土资源厅关于岸线管理的通知》。"
    )
    for seed in SEEDS:
        assert not [q for q in ask(text, seed=seed) if "国土资源厅" in "".join(q.options)]


def test_one_title_alone_does_not_open_as_the_others() -> None:
    notices = [title(f"关于印发{what}方案的通知") for what in ("供水", "节水", "清淤")]
    assert stands_out([title("取水许可办理流程的通知")], notices)
    assert not stands_out(notices[:1], notices[1:])


def test_what_another_body_issued_is_not_said_of_the_issuer() -> None:
    text = "上报市政府废止《某河管理办法》。起草并由省政府印发《浙江省采砂办法》。"
    for seed in SEEDS:
        for q in ask(text, seed=seed):
            assert "水利厅废止" not in q.stem
            assert "水利厅印发" not in q.stem


def test_a_stage_is_claimed_only_in_words_the_document_has() -> None:
    alone = "制定《浙江省取水计量办法》。印发《浙江省水库巡查办法》。"
    for seed in SEEDS:
        for q in ask(alone, seed=seed):
            assert "立法" not in q.stem
            assert "征求意见" not in q.stem
            assert "初稿" not in q.stem


def test_a_stage_told_twice_is_judged_once() -> None:
    text = (
        "就《浙江省取水计量办法》公开征求意见。"
        "完善制度，就《浙江省取水计量办法》公开征求意见，收到建议9条。"
    )
    for seed in SEEDS:
        judged = [q for q in ask(text, seed=seed) if q.kind is Kind.JUDGE and "征求" in q.stem]
        assert len([q for q in judged if q.fact["kind"] == "title"]) <= 1


def test_one_of_four_counted_titles_is_not_said_to_be_the_four() -> None:
    text = "将《甲河规划》《乙湖方案》《丙库方案》《丁渠规划》4项纳入重大决策目录管理。"
    for seed in SEEDS:
        for q in ask(text, seed=seed):
            if q.kind is Kind.JUDGE and "4项" in q.stem:
                assert q.stem.count("《") == 4


def test_what_the_whole_staff_studies_of_doctrine_is_not_judged() -> None:
    text = "中心组学习党内法规、《中华人民共和国水法》和会议精神内容。"
    for seed in SEEDS:
        assert not [q for q in ask(text, seed=seed) if q.kind is Kind.JUDGE]

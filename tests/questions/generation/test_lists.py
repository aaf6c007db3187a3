"""Questions on lists: what may stand beside the members."""

from __future__ import annotations

from questions.models import Kind, Question
from tests.questions.generation.samples import ask, run


def multiples(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if q.kind is Kind.MULTIPLE]


def keys(question: Question) -> set[str]:
    return {question.options[at] for at in question.key}


def wrong(question: Question) -> set[str]:
    return set(question.options) - keys(question)


TWO = (
    "与江苏省、安徽省、福建省签订流域水量调度协议。"
    "与上海市、江西省、湖北省建立水库联合应急演练机制。"
)


def test_wrong_members_come_first_from_the_other_list() -> None:
    for seed in range(4):
        for question in multiples(TWO, seed=seed):
            mine = {"江苏省", "安徽省", "福建省"}
            other = {"上海市", "江西省", "湖北省"}
            if "机制" in question.stem:
                mine, other = other, mine
            assert keys(question) <= mine
            assert wrong(question) <= other
            assert 2 <= len(keys(question)) <= 4


def test_a_list_that_says_the_same_lends_no_wrong_members() -> None:
    text = "与江苏省、安徽省、福建省签订流域水量调度协议。与上海市、江西省签订流域水量调度协议书。"
    for seed in range(4):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {
                "江苏省", "安徽省", "福建省", "上海市", "江西省"
            }  # fmt: skip


def test_the_issuers_own_place_and_body_are_no_wrong_members() -> None:
    text = "与江苏省、安徽省签订调度协议。联合公安厅、司法厅、财政厅开展河道采砂联合执法。"
    for seed in range(12):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {"浙江省", "水利厅"}


def test_an_open_list_is_not_asked_beside_the_tables() -> None:
    assert not multiples("联合公安厅、司法厅、财政厅等单位开展河道采砂联合执法。")
    assert not multiples("聚焦食品、药品、计量等领域开展监督检查工作。")


def test_open_lists_are_told_from_each_other_and_say_so() -> None:
    text = (
        "通过视频监控、遥感、无人机等方式巡查河道岸线。"
        "通过电话、网络、现场帮扶等途径为企业解决难题，开展水权交易。"
    )
    found = multiples(text)
    assert found
    assert all(q.stem.startswith("据报告列举") for q in found)
    assert all(len(keys(q)) < len(q.options) for q in found)


def test_two_names_of_one_body_are_not_options_together() -> None:
    text = "受到住房和城乡建设部、农业农村部、人社部联合表扬并在全国推广。"
    for seed in range(8):
        for question in multiples(text, seed=seed):
            assert not wrong(question) & {"住建部", "住房城乡建设部", "人力资源社会保障部"}


def test_figures_that_stand_together_are_told_from_altered_ones() -> None:
    text = (
        "加强水利工程建设，完成堤防加固工程94处、病险水库除险加固38座、"
        "山塘整治126座、河道清淤疏浚512公里。"
    )
    (question,) = [q for q in multiples(text) if "数据" in q.stem]
    assert question.stem.startswith("2023年，浙江省水利厅加强水利工程建设，")
    assert 2 <= len(question.key) <= 3
    printed = question.citation.quote
    for at, option in enumerate(question.options):
        assert (option.removeprefix("完成") in printed) is (at in question.key)


def test_lists_in_what_is_sensitive_are_dropped() -> None:
    made = run("在机关、社区、学校宣讲习近平法治思想和宪法知识。")
    assert not made.bank.questions


def test_a_member_left_out_is_asked_where_no_others_stand_beside() -> None:
    text = "对泾河、渭河、无定河开展生态流量调度监测。"
    kinds = {q.kind for q in ask(text)}
    assert kinds & {Kind.MULTIPLE, Kind.BLANK}

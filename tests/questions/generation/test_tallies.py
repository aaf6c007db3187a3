"""One count given by kinds: which kinds have the number the document gives."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from questions.models import Kind, Question
from tests.questions.generation.samples import ask, run

CASES = (
    "全年办结水事违法案件236件，"
    "其中采砂类87件、侵占河道类64件、取水类41件、水土保持类29件、其他类15件。"
)


def tallies(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if "下列哪些数据" in q.stem]


def test_the_stem_says_what_the_parts_are_of() -> None:
    (question,) = tallies(CASES)
    assert question.kind is Kind.MULTIPLE
    assert question.stem == (
        "2023年，浙江省水利厅办结水事违法案件236件，其中下列哪些数据与报告一致？"
    )


def test_two_numbers_are_exchanged_and_the_others_stand_as_printed() -> None:
    for seed in range(8):
        (question,) = tallies(CASES, seed=seed)
        printed = [option in CASES for option in question.options]
        assert [at for at, is_true in enumerate(printed) if is_true] == list(question.key)
        assert printed.count(False) == 2
        numbers = sorted(re.findall(r"\d+", "".join(question.options)))
        assert numbers == sorted(["87", "64", "41", "29"])


def test_feedback_says_which_numbers_were_exchanged() -> None:
    (question,) = tallies(CASES)
    wrong = set(range(len(question.options))) - set(question.key)
    for place in wrong:
        label = question.options[place].partition("类")[0]
        (number,) = re.findall(rf"{label}类(\d+)件", CASES)
        assert f"{label}类应为{number}件" in question.explanation
    assert len(question.explanation) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "完成堤防加固工程94处、病险水库除险加固38座、山塘整治126座、河道清淤疏浚512公里。",
        "巡查河道岸线4870公里，下达处罚决定书128份，拆除违法建筑312处，收到群众举报227件。",
        "办结水事违法案件236件，其中采砂类87件、侵占河道类64件。",
        "办理复议案件63件，审结46件，其中维持28件、驳回11件、终止7件。",
        "办结水事违法案件236件，其中采砂类87.5件、侵占河道类64件、取水类约41件。",
        "收到复议申请63件，受理51件，审结46件，维持28件。",
    ],
)
def test_what_is_no_one_count_by_kinds_is_not_put_together(text: str) -> None:
    assert not tallies(text)


THREE = "全年受理涉水许可申请1286件，其中取水类604件、河道类391件、水保类203件。"


def test_three_kinds_are_shown_beside_their_whole() -> None:
    (question,) = tallies(THREE)
    assert question.stem == "2023年，浙江省水利厅受理涉水许可申请，下列哪些数据与报告一致？"
    labels = [re.sub(r"[\d,]+件", "", option) for option in question.options]
    assert labels == ["合计", "取水类", "河道类", "水保类"]
    assert len(question.key) == 2


def test_beside_a_whole_no_sum_tells_what_is_wrong() -> None:
    moved = set()
    for seed in range(12):
        (question,) = tallies(THREE, seed=seed)
        whole, *parts = (int(re.findall(r"\d+", option)[0]) for option in question.options)
        assert whole - sum(parts) == 1286 - (604 + 391 + 203)
        moved.add(whole != 1286)
    assert moved == {True, False}


def test_numbers_too_far_apart_are_not_exchanged() -> None:
    assert not tallies("办结案件1263件，其中采砂类1000件、侵占类200件、取水类40件、水保类8件。")


def test_a_figure_asked_among_others_is_asked_but_once_more() -> None:
    found = ask(CASES)
    (group,) = [q for q in found if "下列哪些数据" in q.stem]
    alone = Counter(str(q.fact["value"]) for q in found if q.fact["kind"] == "figure")
    shown = re.findall(r"\d+", "".join(group.options))
    assert all(alone[number] <= 1 for number in shown)


def test_counts_of_publicity_are_not_asked_together() -> None:
    text = (
        "开展宣传活动236场，其中进机关宣讲87场、进社区宣讲64场、进学校宣讲41场、进企业宣讲29场。"
    )
    assert not tallies(text)


def test_two_runs_exchange_the_same_numbers() -> None:
    assert run(CASES) == run(CASES)

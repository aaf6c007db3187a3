"""Questions on several figures: what opens them, what their options say, what feedback shows."""

from __future__ import annotations

import re

from questions.models import Question
from tests.questions.generation.samples import ask

WORKS = (
    "加强水利工程建设，完成堤防加固工程94处、病险水库除险加固38座、"
    "山塘整治126座、河道清淤疏浚512公里。"
)


def tallies(text: str, *, seed: int = 0) -> list[Question]:
    return [q for q in ask(text, seed=seed) if "下列哪些数据" in q.stem]


def test_feedback_shows_every_number_as_printed() -> None:
    for seed in range(6):
        (question,) = tallies(WORKS, seed=seed)
        shown = question.explanation.splitlines()[-1]
        assert all(number in shown for number in ("94处", "38座", "126座", "512公里"))
        assert len(question.explanation) <= 200


def test_the_stem_says_what_all_figures_are_of() -> None:
    text = (
        "加强河湖管理，巡查河道岸线4870公里、水域面积512平方公里。"
        "规范水行政执法，下达处罚决定书128份，拆除违法建筑312处。"
    )
    (question,) = tallies(text)
    assert "加强河湖管理、规范水行政执法方面" in question.stem


def test_a_heading_that_says_nothing_opens_no_stem() -> None:
    text = "巡查河道岸线4870公里，下达处罚决定书128份，拆除违法建筑312处，收到群众举报227件。"
    (question,) = tallies(text)
    assert question.stem.startswith("关于浙江省水利厅2023年的工作，")


def test_a_short_sentence_before_names_the_field() -> None:
    text = (
        "一是抓整治。巡查河道岸线4870公里，下达处罚决定书128份，拆除违法建筑312处，"
        "收到群众举报227件。"
    )
    (question,) = tallies(text)
    assert "在抓整治方面" in question.stem


def test_what_all_options_open_with_goes_into_the_stem() -> None:
    text = (
        "全省各级水行政主管部门共出动执法人员9.86万人次、车辆2.31万辆次，"
        "巡查河道长度46.7万公里、水域面积5318平方公里。"
    )
    (question,) = tallies(text)
    assert "全省各级水行政主管部门的下列哪些数据" in question.stem
    assert not any("主管部门" in option for option in question.options)


def test_a_figure_asked_among_others_is_asked_but_once_more() -> None:
    found = ask(WORKS)
    (group,) = [q for q in found if "下列哪些数据" in q.stem]
    alone = [q for q in found if q.fact["kind"] == "figure"]
    assert len(group.options) == 4
    assert len(alone) == len({str(q.fact["value"]) for q in alone})


def test_a_figure_that_leans_on_another_stands_only_beside_it() -> None:
    text = (
        "受理群众举报案件1156件，责令整改683家，约谈217人，问责84人，建成水情教育基地58座。"
        "新增公职律师71名，审核各类合同218份。"
    )
    said = [{re.sub(r"\d", "", option) for option in q.options} for q in tallies(text)]
    assert said
    assert all("约谈人" in options for options in said if "问责人" in options)


def test_a_total_is_not_altered_beside_its_parts() -> None:
    text = "收到复议申请63件，受理51件，审结46件，维持28件。"
    found = [q for seed in range(12) for q in tallies(text, seed=seed)]
    assert found
    for question in found:
        options = set(question.options)
        assert {"收到复议申请63件", "受理51件", "审结46件"} <= options
        assert "维持28件" not in options


def test_counts_of_publicity_are_not_asked_together() -> None:
    text = "发放宣传册8600份，推送微信712条，播放宣传片126场，制作海报512张，刊发稿件38篇。"
    assert not tallies(text)


def test_words_that_belong_to_a_body_stay_with_it() -> None:
    text = (
        "省级涉水行政许可事项压减至19项，受理行政许可申请1846件，"
        "新增取水许可电子证照512套，查处水事违法案件237件。"
    )
    (question,) = tallies(text)
    assert not any(option.startswith("级") for option in question.options)

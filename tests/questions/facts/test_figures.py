"""Figures carry their scope, their antecedent and their speaker."""

from __future__ import annotations

import pytest

from questions import documents, facts
from questions.facts import FigureFact
from questions.facts.phrases import Direction

HEAD = "乙省生态环境厅2021年法治建设情况报告\n一、主要工作\n(一)加强执法监管。"


def figures(text: str) -> dict[str, FigureFact]:
    """Figures of a one-paragraph report, by how they are printed."""
    document = documents.read((HEAD.replace("乙省", "浙江省") + text).encode(), name="a.txt")
    found = facts.extract(document)
    return {f.quantity.printed(): f for f in found if isinstance(f, FigureFact)}


def said(text: str, printed: str) -> str:
    fact = figures(text)[printed]
    return f"{fact.left}[]{fact.right}"


@pytest.mark.parametrize(
    ("text", "printed", "stem"),
    [
        # the unspoken subject is the agency, the period the report's year
        ("印发整改通知10份。", "10份", "2021年,浙江省生态环境厅印发整改通知[]"),
        # what comes about in the whole area is not said of the agency
        ("推进实施企业改造10家。", "10家", "2021年,浙江省推进实施企业改造[]"),
        # form B: the counted thing follows
        (
            "将1525家企业纳入正面清单。",
            "1525家",
            "2021年,浙江省生态环境厅将[]企业纳入正面清单",
        ),
        # 全省 becomes a name
        (
            "全省共办理生态环境行政处罚案件1982件,处罚金额1.91亿元。",
            "1982件",
            "2021年,浙江全省共办理生态环境行政处罚案件[]",
        ),
        # a sum leans on the clause before it
        (
            "全省共办理生态环境行政处罚案件1982件,处罚金额1.91亿元。",
            "1.91亿元",
            "2021年,浙江全省共办理生态环境行政处罚案件1982件,处罚金额[]",
        ),
        # a scope clause reaches all that follow
        (
            "今年春耕期间,全省共观测到秸秆焚烧火点2524个,较2020年减少10026个。",
            "10026个",
            "2021年春耕期间,浙江全省观测到秸秆焚烧火点较2020年减少[]",
        ),
        (
            "1-11月,全省优良天数比例88.7%,PM2.5平均浓度23微克/立方米、同比下降14.8%。",
            "88.7%",
            "2021年1-11月,浙江全省优良天数比例[]",
        ),
        # items of a 、 list share the first one's verb
        (
            "完成工业窑炉综合整治81台、挥发性有机物专项治理42项。",
            "42项",
            "2021年,浙江省完成挥发性有机物专项治理[]",
        ),
        # what follows 并 is another matter
        (
            "全面梳理行政权力事项59项并在门户网站公开。",
            "59项",
            "2021年,浙江省生态环境厅全面梳理行政权力事项[]",
        ),
        # a foreign subject is carried with its clause
        (
            "温州市成功列入国家清洁取暖改造城市范围,三年争取中央财政资金9亿元。",
            "9亿元",
            "2021年,温州市成功列入国家清洁取暖改造城市范围,三年争取中央财政资金[]",
        ),
        # a part keeps its whole
        (
            "清理行政规范性文件86件,其中废止12件、修改5件、继续有效69件。",
            "69件",
            "2021年,浙江省生态环境厅清理行政规范性文件86件,其中继续有效[]",
        ),
        # a long list of titles keeps its first
        (
            "印发《监管工作指引》《执法检查制度》《专案查办制度》等15项制度。",
            "15项",
            "2021年,浙江省生态环境厅印发《监管工作指引》等[]制度",
        ),
        # a law in force since: the scope has its own time
        (
            "新《固废法》颁布实施以来,先后举办新闻发布会5次。",
            "5次",
            "新《固体废物污染环境防治法》颁布实施以来,浙江省生态环境厅先后举办新闻发布会[]",
        ),
    ],
)
def test_a_figure_is_said_so_that_it_stands_alone(text: str, printed: str, stem: str) -> None:
    assert said(text, printed) == stem


def test_subjects_are_told_apart() -> None:
    text = "省本级刊播新闻报道200余篇(条);各市、县刊播新闻报道3500余篇(条)。"
    assert "各市、县" in said(text, "3500余篇(条)")
    assert "各市、县" not in said(text, "200余篇(条)")


def test_a_thin_number_takes_its_heading() -> None:
    assert said("发现问题45个。", "45个") == (
        "2021年,在加强执法监管方面,浙江省生态环境厅发现问题[]"
    )


def test_the_direction_of_a_change_is_known() -> None:
    found = figures("共发生自然灾害23起,同比下降17.9%,救助人数增长3.5%。")
    assert found["17.9%"].direction is Direction.DOWN


def test_a_pair_asks_for_its_second_value_below_the_first() -> None:
    found = figures("将审批时限由20个工作日压缩至5个工作日。")
    ceiling = found["5个工作日"].ceiling
    assert ceiling is not None
    assert ceiling.value == 20
    assert "V3" in found["20个工作日"].faults


@pytest.mark.parametrize(
    ("text", "printed", "code"),
    [
        ("力争全年完成水库除险加固200座。", "200座", "V3"),
        ("罚款和没收金额分别增长12.3%和8.5%。", "12.3%", "V3"),
        ("去年同期为280宗。", "280宗", "V3"),
        ("印发《关于加强监管的通知等15项制度。", "15项", "V5"),
        ("对拟发规范性文件进行合法性和公平竞争审查做好规范性文件备案30件。", "30件", "V11"),
    ],
)
def test_what_must_not_be_asked_is_marked(text: str, printed: str, code: str) -> None:
    assert code in figures(text)[printed].faults


def test_plans_are_no_results() -> None:
    document = documents.read(
        "浙江省水利厅2023年工作总结\n一、2024年工作计划\n完成除险加固200座。\n".encode(), name="a"
    )
    (fact,) = facts.extract(document)
    assert "V3" in fact.faults

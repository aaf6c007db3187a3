"""Local rules, orders of the State Council, texts with appendices: all are read."""

from __future__ import annotations

from datetime import date

from questions.statutes import basis_days, display_title
from tests.questions.statutes.samples import statute

ARTICLES = "第一条 为了规范，制定本办法。\n第二条 单位应当在五日内报告。\n第三条 有效期为三年。\n"


def test_an_appendix_is_no_paragraph_of_the_last_article() -> None:
    found = statute(
        "滨海市测试办法\n2020年1月2日 滨海市人民政府令第3号公布\n"
        + ARTICLES
        + "第四条 本办法自2020年3月1日起施行。\n附件：处罚裁量基准表\n"
        "1.取水 处二万元罚款\n附表2\n甲 乙\n"
    )
    assert len(found.articles) == 4
    assert [len(a.paragraphs) for a in found.articles] == [1, 1, 1, 1]
    assert basis_days(found) == (date(2020, 3, 1), None)


def test_an_order_that_publishes_a_regulation_is_its_block() -> None:
    found = statute(
        "中华人民共和国国务院令\n第736号\n《测试管理条例》已经2020年12月9日国务院第117次常务会议通过，"
        "现予公布，自2021年3月1日起施行。\n测试管理条例\n" + ARTICLES.replace("办法", "条例")
    )
    assert found.title == "测试管理条例"
    assert [(e.day, e.verb) for e in found.events] == [
        (date(2020, 12, 9), "通过"),
        (date(2021, 3, 1), "施行"),
    ]
    assert basis_days(found) == (date(2021, 3, 1), None)


def test_a_printed_and_distributed_document_begins_when_it_was_issued() -> None:
    found = statute(
        "滨海省实施《中华人民共和国水法》办法实施细则（试行）\n滨海省水利厅\n2022年6月1日印发\n"
        + ARTICLES
        + "第四条 本细则自发布之日起施行。\n"
    )
    assert display_title(found) == "滨海省实施《中华人民共和国水法》办法实施细则（试行）"
    assert basis_days(found) == (date(2022, 6, 1), None)


def test_parts_chapters_and_branches_nest() -> None:
    found = statute(
        "测试法典\n（2020年5月28日全国人民代表大会通过）\n第一编　总则\n第一分编　通则\n"
        "第一章　范围\n"
        "第一节　主体\n第一条 为了保护权益，制定本法。\n第一条之一 单位应当登记。\n第二编　附则\n"
        "第二条 单位应当在三日内申报。\n第三条 本法自2021年1月1日起施行。\n"
    )
    assert [a.label for a in found.articles] == ["第一条", "第一条之一", "第二条", "第三条"]
    assert found.articles[1].headings == (
        "第一编 总则",
        "第一分编 通则",
        "第一章 范围",
        "第一节 主体",
    )
    assert found.articles[2].headings == ("第二编 附则",)


def test_a_day_in_force_before_the_text_was_made_is_anothers() -> None:
    text = "滨海省测试条例\n（2021年4月29日滨海省人民代表大会常务委员会通过）\n"
    found = statute(text + ARTICLES + "第四条 本条例自2009年5月1日起施行。\n")
    assert basis_days(found) == (None, None)

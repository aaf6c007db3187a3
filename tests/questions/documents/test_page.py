"""Web pages: the text that is read out of them, and what they say of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.documents import Document, page
from questions.generation import generate

HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>年度报告_政府信息公开_乙江市应急管理局</title>
<meta name="SiteName" content="乙江市应急管理局门户网站">
<meta name="ArticleTitle" content="关于2022年法治政府建设情况的报告">
<meta name="ContentSource" content="乙江市应急管理局"></head><body>"""


def read(body: str, head: str = HEAD, *, name: str = "doc0017.html") -> Document:
    return documents.read(f"{head}{body}</body></html>".encode(), name=name)


def told(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


@pytest.mark.parametrize(
    "body",
    [
        "<p>全市共查处案件<span>312</span>件。</p>",
        "<p><b>全市</b>共查处<font color=red>案件</font><st1:x>312</st1:x>件。</p>",
        "<div><div>&#20840;&#24066;&#20849;查处案件312件。</div></div>",
        "甲<br>全市共查处案件312件。<br/>乙",
        "<p>全市共查处\n  案件312件。",
        "<table><tr><td><p>全市共查处案件312件。</p></td></tr></table>",
        "<div style='display:none'>共查处案件99件。</div>全市共查处案件312件。",
        "<nav>首页<p>全市共查处案件312件。</p>",
    ],
)
def test_words_are_read_whatever_tags_they_stand_in(body: str) -> None:
    assert told(read(body)) == ["全市共查处案件312件"]


def test_hidden_parts_and_data_tables_are_not_asked() -> None:
    document = read(
        "<script>var a='共办理案件99件。';</script><p>全市共查处案件312件。</p>"
        "<table><tr><td>行政许可</td><td>2315件</td></tr></table><!-- 处罚88件。 -->"
    )
    assert told(document) == ["全市共查处案件312件"]
    assert "行政许可\t2315件" in document.text


def test_a_question_of_a_page_cites_its_text() -> None:
    document = read(
        "<p>全市共检查化工企业<span>18526</span>家次，发现火灾隐患<b>412</b>37&nbsp;项。</p>"
    )
    questions = generate([document]).bank.questions
    assert {question.fact["value"] for question in questions} >= {"18526", "41237"}
    for question in questions:
        cite = question.citation
        assert document.text[cite.start : cite.end] == cite.quote
        assert "<" not in cite.quote
        assert "&" not in cite.quote


def test_a_page_says_its_title_and_issuer_in_its_head() -> None:
    document = read("<p>全市共查处案件312件。</p>")
    assert document.title == "关于2022年法治政府建设情况的报告"
    assert (document.issuer, document.year) == ("乙江市应急管理局", 2022)


@pytest.mark.parametrize(
    ("head", "body", "title", "issuer"),
    [
        (
            "<html><head><title>乙江市水务局2021年工作总结-乙江市人民政府门户网站</title></head><body>",
            "",
            "乙江市水务局2021年工作总结",
            "乙江市水务局",
        ),
        (
            "<html><head><title>乙江市人民政府网</title></head><body>",
            "<h1>乙江市水务局2021年法治政府建设年度报告</h1>",
            "乙江市水务局2021年法治政府建设年度报告",
            "乙江市水务局",
        ),
        (
            "<html><body>",
            "<table><tr><td>名  称：</td><td>2021年度法治政府建设报告</td>"
            "<td>发布机构：</td><td>乙江市水务局</td></tr></table>",
            "2021年度法治政府建设报告",
            "乙江市水务局",
        ),
    ],
)
def test_failing_that_title_and_issuer_come_from_headlines_and_tables(
    head: str, body: str, title: str, issuer: str
) -> None:
    document = read(body + "<p>全市共查处案件312件。</p>", head)
    assert (document.title, document.issuer) == (title, issuer)


def test_headings_of_a_page_are_sections() -> None:
    (sentence,) = read("<h1>年度报告</h1><h2>执法监管</h2><p>全市共查处案件312件。</p>").sentences
    assert sentence.section == ("执法监管",)


def test_text_with_tags_is_no_page() -> None:
    assert not page.is_page("一、概况<p>全市共查处案件312件。</p><html>")
    assert page.is_page("\ufeff <!-- saved --> <!doctype HTML><p>甲")


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "甲", "乙。", "&amp;", "<td>", "<tr>", "</tr>", "</td>", "\n",
             "<h1>", "</h1>", "<nav>", "</nav>", "<title>", "<!--", "-->", "<", "<br>", "&nbsp;"]
        )
    )
)  # fmt: skip
def test_no_page_is_too_broken(parts: list[str]) -> None:
    found = page.read("<html>" + "".join(parts))
    assert len(found.visible) == len(found.offsets)
    assert list(found.offsets) == sorted(found.offsets)
    assert all(found.text[at] == c for at, c in zip(found.offsets, found.visible, strict=True))

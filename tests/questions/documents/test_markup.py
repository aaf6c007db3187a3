"""Pages in HTML: tags and hidden parts vanish, offsets still lead into the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.documents import markup

PAGE = """<!DOCTYPE html><html><head><title>乙市应急管理局2022年法治政府建设年度报告</title>
<style>p{color:red}</style><script>var a="共办理案件99件。";</script></head><body>
<nav><a href="/">首页</a> &gt; 年度报告</nav>
<p>&nbsp;&nbsp;2022年，全市共检查企业18526家次，发现隐患<b>41237</b>项。</p>
<table><tr><td>行政许可</td><td>2315件</td></tr></table><!-- 处罚88件。 -->
<footer>版权所有：乙市应急管理局 备案12345678号</footer></body></html>"""


def test_only_what_a_reader_sees_is_read() -> None:
    document = documents.read(PAGE.encode(), name="a.html")
    assert [sentence.text for sentence in document.sentences] == [
        "2022年,全市共检查企业18526家次,发现隐患41237项"
    ]
    assert document.title == "乙市应急管理局2022年法治政府建设年度报告"


def test_a_passage_with_a_tag_inside_is_known() -> None:
    document = documents.read(PAGE.encode(), name="a.html")
    clean, tagged = document.sentences[0].clauses[1:]
    assert document.is_verbatim(clean.start, clean.end)
    assert not document.is_verbatim(tagged.start, tagged.end)


def test_angle_brackets_of_nested_titles_are_no_tags() -> None:
    text = "制定《关于<落实讲话精神分工方案>的举措》。"
    assert markup.strip(text)[0] == text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "甲", "，", "&amp;", "<!--", "-->", "<"])))
def test_offsets_rise_and_stay_inside(parts: list[str]) -> None:
    text = "".join(parts)
    visible, offsets = markup.strip(text)
    assert len(visible) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(place < len(text) for place in offsets)

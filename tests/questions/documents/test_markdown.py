"""Markdown: marks vanish from view, headings stay headings, offsets lead into the source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.data import report_path
from questions.documents import markdown

PAGE = """---
title: 旧题
---

# 甲省水利厅2023年法治政府建设情况报告

<!-- 处罚88件。 -->
[[toc]]

## 主要做法

2023年，全省共查处**水事违法案件**1029起，详见[公报](http://example.cn/a_(1))。

| 指标 | 数值 |
| --- | --- |
| 行政处罚，含简易程序在内的全部案件数 | 1,982 |

> - 开展普法活动*560*场。

```
共办理案件99件。
```

下一步打算
------

检查企业90家。
"""


def test_only_what_a_reader_sees_is_read() -> None:
    document = documents.read(PAGE.encode(), name="a.txt")
    assert document.title == "甲省水利厅2023年法治政府建设情况报告"
    assert [(s.text, s.section) for s in document.sentences] == [
        ("2023年,全省共查处水事违法案件1029起,详见公报", ("主要做法",)),
        ("开展普法活动560场", ("主要做法",)),
        ("检查企业90家", ("下一步打算",)),
    ]
    assert [s.is_plan for s in document.sentences] == [False, False, True]


def test_quotes_are_slices_of_the_file() -> None:
    document = documents.read(PAGE.replace("\n", "\r\n").encode("utf-8-sig"), name="a.md")
    assert document.text == PAGE.replace("\n", "\r\n")
    for sentence in document.sentences:
        for clause in sentence.clauses:
            cite = document.cite(clause.start, clause.end)
            assert document.text[cite.start : cite.end] == cite.quote
    clean, marked, _ = document.sentences[0].clauses
    assert document.is_verbatim(clean.start, clean.end)
    assert not document.is_verbatim(marked.start, marked.end)
    assert document.raw(marked.start, marked.end) == "全省共查处**水事违法案件**1029起"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 题\n内容。", True),
        ("**第一条** 甲。\n\n**第二条** 乙。\n", True),
        ("---\nsidebar: auto\n---\n内容。", True),
        ("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", True),
        ("1.电梯方面，全市在用电梯500台。\n#1 号楼", False),
        ("张**、李**两名当事人", False),
        ("<html><body><h1># 题</h1>\n# 题\n</body></html>", False),
        ("一、工作\n----------\n内容。", False),
    ],
)
def test_markdown_is_told_by_its_marks(text: str, said: bool) -> None:
    assert markdown.is_markdown(text) is said


def test_the_bundled_report_is_plain_text() -> None:
    assert not markdown.is_markdown(report_path().read_bytes().decode("utf-8-sig"))


PIECES = st.sampled_from(
    [
        *"#*_`~[]()|>-=\\! \n\r甲乙1。，",
        "**",
        "---\n",
        "```\n",
        "<b>",
        "&amp;",
        "<!--",
        "-->",
        "](a)",
    ]
)


@given(st.lists(PIECES, max_size=120).map("".join))
def test_offsets_rise_and_lead_to_the_same_characters(text: str) -> None:
    reading = markdown.read(text)
    offsets = list(reading.offsets)
    assert reading.text == text
    assert len(offsets) == len(reading.visible)
    assert offsets == sorted(offsets)
    for seen, place in zip(reading.visible, offsets, strict=True):
        assert text[place] == seen or text[place] in "<&"
    assert all(0 <= place <= len(reading.visible) for place in reading.headings)


@pytest.mark.parametrize(
    "part",
    ["[a](", "![a](", "**", "-", "- ", "* ", "|", "`a", "[", "~~甲", "(", "\\", "> ", "__甲"],
)
def test_no_line_however_odd_takes_long(part: str) -> None:
    text = "# 题\n" + part * (200_000 // len(part)) + "x\n"
    start = time.process_time()
    assert markdown.is_markdown(text)
    markdown.read(text)
    assert time.process_time() - start < 3

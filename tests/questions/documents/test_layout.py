"""Pages become headings, sentences and clauses whose offsets always slice the raw text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import brackets, documents
from questions.data import read_report
from questions.documents import Document
from questions.errors import DocumentError


def read(text: str) -> Document:
    return documents.read(text.encode(), name="甲市某局报告.txt")


def texts(document: Document) -> list[str]:
    return [sentence.text for sentence in document.sentences]


def test_a_doubled_body_is_read_once() -> None:
    document = documents.read(read_report(), name="report.txt")
    half = document.text.rindex("一、切实加强党对法治建设的领导")
    assert all(sentence.start < half for sentence in document.sentences)
    prints = [text.replace(" ", "") for text in texts(document)]
    assert len(prints) == len(set(prints))


@pytest.mark.parametrize(
    "line",
    [
        "发布时间:2022-01-13 11:39",
        "【字体大小:",
        "扫一扫在手机打开当前页",
        "来源: 自治区某某厅",
        "当前位置:\u00a0首页\u00a0>\u00a0法治政府建设",
        "您的位置：首页 > 政务公开 > 通知",
        "打印本页　关闭窗口",
        "主办单位：某省某厅　联系电话：0571-87826655　浙ICP备05000215号",
        "浏览次数：1286",
        "附件：1.某某统计表.docx",
        "上一篇：关于举办考试的公告",
        "索引号：002482189/2024-00012",
        "2024-01-19 09:30:00",
        "版权所有：某某厅。技术支持：某公司|京公网安备11010202000001号。",
    ],
)
def test_page_furniture_is_no_sentence(line: str) -> None:
    document = read(f"{line}\n全市共办理行政处罚案件120件，罚款35万元。\n{line}\n")
    assert texts(document) == ["全市共办理行政处罚案件120件,罚款35万元"]


def test_furniture_glued_to_a_sentence_is_cut_off() -> None:
    document = read("【打印】【关闭】 2023年，全市共办理案件120件。责任编辑：小王 浏览次数：33\n")
    assert texts(document) == ["2023年,全市共办理案件120件"]


def test_a_line_end_ends_a_sentence_without_a_stop() -> None:
    document = read(
        "落实年度述法制度\n与法治建设报告制度，推进各项工作落地见效\n二、下一节\n结束了。\n"
    )
    assert all("二、" not in text for text in texts(document))


def test_headings_of_all_levels_stand_over_their_sentences() -> None:
    document = read(
        "一、深入打好攻坚战。\n(一)蓝天保卫战方面。完成窑炉整治81台。\n（二）碧水方面。封堵排污口149个。\n"
        "1.监管。检查企业30家。\n"
    )
    sections = [sentence.section for sentence in document.sentences]
    assert sections == [
        ("一、深入打好攻坚战", "(一)蓝天保卫战方面"),
        ("一、深入打好攻坚战", "(二)碧水方面"),
        ("一、深入打好攻坚战", "(二)碧水方面", "1.监管"),
    ]


def test_sections_of_chapters_stand_above_what_is_numbered_in_them() -> None:
    document = read(
        "第一章 主要做法\n第一节 重点执法\n一、市容环境。整治占道经营30起。\n"
        "第二节 规范执法\n配备执法记录仪40台。\n"
    )
    assert [sentence.section for sentence in document.sentences] == [
        ("第一章 主要做法", "第一节 重点执法", "一、市容环境"),
        ("第一章 主要做法", "第二节 规范执法"),
    ]


def test_leading_numbering_is_no_figure_and_a_decimal_is_no_numbering() -> None:
    document = read("2.电梯方面，全市在用电梯500台。\n3.5万户群众受益于改造工程，反响良好。\n")
    assert texts(document)[1].startswith("3.5万户")


def test_clauses_split_outside_brackets_only() -> None:
    document = read("印发《关于甲,乙的通知》,开展“一条,两款”活动(甲,乙),共查处案件1,982件。\n")
    clauses = [clause.text for clause in document.sentences[0].clauses]
    assert clauses == [
        "印发《关于甲,乙的通知》",
        "开展“一条,两款”活动(甲,乙)",
        "共查处案件1,982件",
    ]


def test_a_title_without_its_second_bracket_breaks_only_its_clause() -> None:
    document = read("印发《关于加强监管的通知，查处案件15件。\n")
    first, second = document.sentences[0].clauses
    assert first.is_broken
    assert not second.is_broken


def test_a_cut_off_tail_is_dropped() -> None:
    document = read("全市共办理案件120件。开展检查30次，培训执法人员1")
    assert [c.text for s in document.sentences for c in s.clauses] == [
        "全市共办理案件120件",
        "开展检查30次",
    ]


def test_plans_are_known_by_their_heading() -> None:
    document = read("一、主要做法\n检查企业30家。\n二、2024年工作打算\n检查企业90家。\n")
    assert [sentence.is_plan for sentence in document.sentences] == [False, True]


PIECES = st.sampled_from(
    list("一二（）()《》<>“”，。；;、1234 \r\n\t\u3000年案件办理甲乙<p></p>&amp;:：【】")
)


@given(st.lists(PIECES, max_size=160).map("".join))
def test_offsets_always_slice_the_decoded_text(text: str) -> None:
    try:
        document = read(text)
    except DocumentError:
        return
    for sentence in document.sentences:
        for clause in sentence.clauses:
            assert document.plain[clause.start : clause.end] == clause.text
            cite = document.cite(clause.start, clause.end)
            assert document.text[cite.start : cite.end] == cite.quote


@given(st.lists(PIECES, max_size=120).map("".join))
def test_paired_brackets_never_overlap(text: str) -> None:
    spans, lonely = brackets.pair(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert all(text[place] in "《》<>“”()〔〕【】[]" for place in lonely)

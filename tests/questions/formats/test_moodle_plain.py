"""Markup reduced to what a message can show."""

from __future__ import annotations

import time

import pytest

from questions.formats.assembly import Unusable
from questions.formats.moodle.plain import LONGEST_MARKED, Markup, reduce


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("甲<br>乙<BR/>丙", "甲\n乙\n丙"),
        ("甲\n  乙", "甲 乙"),
        ("a&nbsp;&lt;b&gt;&#10;c&amp;lt;", "a <b>\nc&lt;"),
        ("<ol><li>甲</li><li>乙</li></ol><ul><li>丙</li></ul>", "1. 甲\n2. 乙\n· 丙"),
        ("<table><tr><th>年</th><th>件</th></tr><tr><td>1</td></tr></table>", "年 | 件\n1"),
        ("10<sup>-3</sup> x<sup>a b</sup> H<sub>2</sub>O", "10⁻³ x^a b H₂O"),
        ("甲<script>if (a<b) alert('</p>')</script>乙", "甲乙"),
        ("甲<style>p{}</style><!-- 注 <b> -->乙", "甲乙"),
        ("甲<!--[if gte mso 9]><xml><o:p>x</o:p></xml><![endif]-->乙", "甲乙"),
        ("甲<script>没有结尾", "甲"),
        ("a<5 且 b>3", "a<5 且 b>3"),
        ("<方案>与<foo>", "<方案>与<foo>"),
        ("<span onclick='x()' style=\"a\">甲</span><o:p></o:p>", "甲"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<![CDATA[甲]]>", "甲"),
        ("甲 --> 乙", "甲 --> 乙"),
    ],
)
def test_html_becomes_the_text_a_reader_sees(source: str, text: str) -> None:
    assert reduce(source, Markup.HTML).text == text


def test_media_are_told_of_but_not_shown() -> None:
    for source in ("<img src=a>", "<video></video>", "<IFRAME src=x></IFRAME>", "<svg><p/></svg>"):
        assert reduce(f"甲{source}乙", Markup.HTML).has_media
    assert reduce("![图](a.png)甲", Markup.MARKDOWN).has_media
    assert not reduce("<b>甲</b>", Markup.HTML).has_media


def test_moodles_own_format_keeps_line_breaks_and_plain_keeps_everything() -> None:
    assert reduce("甲\n<b>乙</b>", Markup.MOODLE).text == "甲\n乙"
    assert reduce("甲\n<b>乙</b>&amp;", Markup.PLAIN).text == "甲\n<b>乙</b>&amp;"


def test_markdown_loses_its_marks() -> None:
    source = "# 标题\n**重**`码`[链](http://x) 2*3*4 a_b"
    assert reduce(source, Markup.MARKDOWN).text == "标题\n重码链 2*3*4 a_b"


@pytest.mark.parametrize(
    "sign", ["<a ", "<!--", "<b", "&", "<sup>", "<ul><li>", "[", "![](", "**"]
)
@pytest.mark.parametrize("markup", list(Markup))
def test_work_stays_in_proportion_to_the_text(sign: str, markup: Markup) -> None:
    started = time.perf_counter()
    reduce(sign * (LONGEST_MARKED // len(sign)), markup)
    assert time.perf_counter() - started < 2


def test_a_text_too_long_for_any_question_is_refused_unread() -> None:
    with pytest.raises(Unusable):
        reduce("甲" * (LONGEST_MARKED + 1), Markup.HTML)

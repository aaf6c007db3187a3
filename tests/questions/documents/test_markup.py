"""Tags left in a text: they vanish from sight, offsets still lead into the source."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.documents import markup

LEFT = "一、执法监管\n<p>2022年，全市共检查企业18526家次，发现重大<b>火灾隐患</b>237项。</p>\n"


def test_tags_left_in_a_text_are_not_read_but_stay_in_it() -> None:
    document = documents.read(LEFT.encode(), name="a.txt")
    assert document.text == LEFT
    assert [sentence.text for sentence in document.sentences] == [
        "2022年,全市共检查企业18526家次,发现重大火灾隐患237项"
    ]


def test_a_passage_with_a_tag_inside_is_known_and_shown_without() -> None:
    document = documents.read(LEFT.encode(), name="a.txt")
    clean, tagged = document.sentences[0].clauses[1:]
    assert document.is_verbatim(clean.start, clean.end)
    assert not document.is_verbatim(tagged.start, tagged.end)
    assert document.seen(tagged.start, tagged.end) == "发现重大火灾隐患237项"


def test_the_stretch_around_a_number_ends_at_a_tag() -> None:
    document = documents.read(LEFT.encode(), name="a.txt")
    tagged = document.sentences[0].clauses[2]
    start, end = document.untagged(tagged.start, tagged.end, tagged.end - 2)
    assert document.plain[start:end] == "237项"


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

"""HTML as Telegram reads it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.demo.entities import FormattedText, detect, finish, utf16_length
from bot.demo.errors import ApiError
from bot.demo.markup import parse_html


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("<b>题</b>", "题", ["bold"]),
        ("<strong>题</strong>", "题", ["bold"]),
        ("<i>题</i><em>目</em>", "题目", ["italic", "italic"]),
        ("<u>题</u><ins>目</ins>", "题目", ["underline", "underline"]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", ["strikethrough"] * 3),
        ("<code>x</code>", "x", ["code"]),
        ("<pre>x</pre>", "x", ["pre"]),
        ("<tg-spoiler>答案</tg-spoiler>", "答案", ["spoiler"]),
        ('<span class="tg-spoiler">答案</span>', "答案", ["spoiler"]),
        ("<blockquote>原文</blockquote>", "原文", ["blockquote"]),
        ("<blockquote expandable>原文</blockquote>", "原文", ["expandable_blockquote"]),
        ("<B>题</B>", "题", ["bold"]),
        ("<b></b>空", "空", []),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&#39;&#x4E2D;", "'中", []),
        ("R&D &nbsp;", "R&D &nbsp;", []),
    ],
)
def test_known_tags_and_references(source: str, text: str, kinds: list[str]) -> None:
    formatted = parse_html(source)
    assert formatted.text == text
    assert [entity["type"] for entity in formatted.entities] == kinds


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("题<br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("姓名 <3", "Unclosed start tag"),
        ("a < b > c", 'Unsupported start tag ""'),
        ("<b 'x>y</b>", "Unclosed start tag"),
    ],
)
def test_anything_else_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description.startswith("Bad Request: can't parse entities: ")
    assert reason in refusal.value.description


def test_offsets_count_utf16_units() -> None:
    formatted = parse_html("😀<b>𠮷题</b>")
    assert formatted.entities == [{"type": "bold", "offset": 2, "length": 3}]


def test_nested_tags_give_nested_entities() -> None:
    formatted = parse_html("<b>甲<i>乙</i></b>")
    assert [(e["type"], e["offset"], e["length"]) for e in formatted.entities] == [
        ("bold", 0, 2),
        ("italic", 1, 1),
    ]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://example.org/a?b=1&amp;c=2", {"url": "https://example.org/a?b=1&c=2"}),
        ("https://example.org", {"url": "https://example.org/"}),
        ("javascript://x", None),
        ("http://localhost/x", None),
    ],
)
def test_links_keep_only_real_addresses(href: str, expected: dict[str, Any] | None) -> None:
    entities = parse_html(f'<a href="{href}">原文</a>').entities
    assert [{"url": e["url"]} for e in entities] == ([expected] if expected else [])


def test_a_user_link_is_a_mention() -> None:
    (entity,) = parse_html('<a href="tg://user?id=7">小安</a>').entities
    assert (entity["type"], entity["user"]["id"]) == ("text_mention", 7)


def test_code_with_a_language_is_one_block() -> None:
    formatted = parse_html('<pre><code class="language-python">x</code></pre>')
    assert formatted.entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_code_holds_no_other_entities() -> None:
    assert [e["type"] for e in parse_html("<code>a<b>b</b></code>").entities] == ["code"]


def test_texts_are_trimmed_with_their_entities() -> None:
    formatted = finish(parse_html("\n <b> 题 </b> \n"))
    assert formatted.text == "题"
    assert formatted.entities == [{"type": "bold", "offset": 0, "length": 1}]


def test_commands_and_links_are_found() -> None:
    text = "😀 /today 看https://example.org/a，或 a/b /榜"
    found = [(e["type"], e["offset"], e["length"]) for e in detect(text)]
    assert found == [("url", 11, 21), ("bot_command", 3, 6)]


def test_only_a_hundred_entities_are_kept() -> None:
    assert len(finish(parse_html("<b>a</b> " * 120)).entities) == 100


@given(st.text(alphabet="<>&/b i\"'=题😀;#", max_size=40))
def test_any_source_is_parsed_or_refused(source: str) -> None:
    try:
        formatted = parse_html(source)
    except ApiError:
        return
    total = utf16_length(formatted.text)
    ends = [entity["offset"] + entity["length"] for entity in formatted.entities]
    assert all(0 < end <= total for end in ends)


@given(st.text(max_size=60))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == FormattedText(text, [])


def test_the_library_cuts_out_what_the_offsets_say() -> None:
    formatted = parse_html("😀<b>粗</b>")
    entity = MessageEntity.de_json(formatted.entities[0], None)
    raw = formatted.text.encode("utf-16-le")
    assert raw[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le") == "粗"

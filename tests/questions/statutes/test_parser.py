"""Lines become 条款项, however the law was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from questions.errors import DocumentError
from questions.statutes import recognise
from tests.questions.statutes import retyping
from tests.questions.statutes.samples import (
    HEAD,
    NAMES,
    OURS,
    read,
    real,
    statute,
    text_document,
    tree,
)

COUNTS = {
    "行政处罚法": (86, 141, 61),
    "行政处罚法-justlaws": (86, 141, 61),
    "排污许可管理条例": (51, 82, 61),
    "固体废物污染环境防治法": (126, 221, 58),
}
TEXTS = [*(str(path) for path in OURS), *NAMES]


def source(name: str) -> str:
    path = Path(name) if name.startswith("/") else real(name)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_real_laws_have_all_their_articles_paragraphs_and_items(name: str) -> None:
    found = recognise(read(real(name)))
    assert found is not None
    paragraphs = [p for article in found.articles for p in article.paragraphs]
    items = sum(len(p.items) for p in paragraphs)
    assert (len(found.articles), len(paragraphs), items) == COUNTS[name]
    assert found.warnings == ()


def test_two_layouts_of_one_law_give_one_tree() -> None:
    one, other = (recognise(read(real(name))) for name in NAMES[:2])
    assert one is not None
    assert other is not None
    assert tree(one) == tree(other)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("how", retyping.SAME_TREE)
def test_a_retyped_law_keeps_its_tree(name: str, how: str) -> None:
    text = source(name)
    expected = tree(statute("\n\n".join(retyping.bare(text))))
    assert tree(statute(retyping.SAME_TREE[how](text))) == expected


@pytest.mark.parametrize("name", TEXTS)
def test_a_law_on_one_line_keeps_every_article_and_item(name: str) -> None:
    text = source(name)
    whole = statute("\n\n".join(retyping.bare(text)))
    found = statute(retyping.one_line(text))
    assert [a.label for a in found.articles] == [a.label for a in whole.articles]
    for mine, theirs in zip(found.articles, whole.articles, strict=True):
        items = [i.number for p in mine.paragraphs for i in p.items]
        assert items == [i.number for p in theirs.paragraphs for i in p.items], mine.label
        assert mine.place(0) == mine.label, "款 are lost, so the article is cited"


@pytest.mark.parametrize("columns", [30, 37, 44, 50])
@pytest.mark.parametrize("name", TEXTS)
def test_a_hard_wrapped_law_mistakes_few_paragraphs(name: str, columns: int) -> None:
    text = source(name)
    whole = tree(statute("\n\n".join(retyping.bare(text))))
    found = tree(statute(retyping.wrapped(columns)(text)))
    assert [article[0] for article in found] == [article[0] for article in whole]
    wrong = [mine[0] for mine, theirs in zip(found, whole, strict=True) if mine[2] != theirs[2]]
    items = [
        mine[0]
        for mine, theirs in zip(found, whole, strict=True)
        if [len(p[1]) for p in mine[2] if p[1]] != [len(p[1]) for p in theirs[2] if p[1]]
    ]
    assert items == []
    assert len(wrong) <= 4, wrong


def test_the_paragraph_after_the_last_item_is_the_next_one() -> None:
    found = statute(
        HEAD + "第一条 证据包括：\n（一）书证；\n（二）物证。\n证据必须经查证属实。\n"
        "第二条 单位应当登记。\n第三条 登记有效期为三年。\n第四条 本条例自公布之日起施行。"
    )
    first = found.articles[0]
    assert [len(p.items) for p in first.paragraphs] == [2, 0]
    assert first.place(1) == "第一条第二款"
    assert first.place(0, 2) == "第一条第一款第二项"
    assert found.articles[1].place(0) == "第二条"


def test_a_wrapped_reference_is_no_article() -> None:
    found = statute(
        HEAD + "第一条 当事人应当依照本条例\n第二条至第三条的规定履行。\n"
        "第二条 单位应当登记。\n第三条 登记有效期为三年。\n第四条 本条例自公布之日起施行。"
    )
    assert [a.label for a in found.articles] == ["第一条", "第二条", "第三条", "第四条"]
    assert found.articles[0].paragraphs[0].passage.text.endswith("第二条至第三条的规定履行。")


def test_an_article_may_begin_with_an_ordinal_and_have_a_branch() -> None:
    found = statute(
        HEAD + "第一条 第一审法院管辖。\n第二条 第三人可以参加。\n第二条之一 单位应当登记。\n"
        "第三条 第二条所称单位包括企业。\n第四条 本条例自公布之日起施行。"
    )
    labels = [a.label for a in found.articles]
    assert labels == ["第一条", "第二条", "第二条之一", "第三条", "第四条"]


def test_a_caption_a_gap_and_a_code_part_are_read() -> None:
    found = statute(
        "第七编 侵权责任\n第一章 一般规定\n第一千一百六十四条【范围】 本编调整民事关系。\n"
        "第一千一百六十五条 行为人应当承担侵权责任。\n"
        "第一千一百六十七条 被侵权人有权请求停止侵害。"
    )
    assert found.articles[0].caption == "范围"
    assert found.articles[0].headings == ("第七编 侵权责任", "第一章 一般规定")
    assert len(found.warnings) == 1


def test_digits_mark_items_and_parts() -> None:
    found = statute(
        HEAD + "第一条 不得生产下列食品：\n1.乳制品；\n2.罐头制品。\n"
        "第二条 应当提交下列材料：\n（一）证明，包括：\n1.身份证明；\n2.健康证明；\n"
        "（二）申请书。\n"
        "第三条 单位应当登记。\n第四条 本条例自公布之日起施行。"
    )
    assert [i.number for i in found.articles[0].paragraphs[0].items] == [1, 2]
    one, two = found.articles[1].paragraphs[0].items
    assert len(one.parts) == 2
    assert two.passage.text == "申请书。"


def test_passages_point_into_the_file() -> None:
    document = read(OURS[0])
    found = recognise(document)
    assert found is not None
    for article in found.articles:
        for paragraph in article.paragraphs:
            cite = document.cite(*paragraph.passage.span(0, len(paragraph.passage.text)))
            assert document.text[cite.start : cite.end] == cite.quote
            assert cite.quote[:2] == paragraph.passage.text[:2]


@pytest.mark.parametrize(
    "title",
    [
        "全国人民代表大会常务委员会关于修改《中华人民共和国测试法》的决定",
        "中华人民共和国刑法修正案（十二）",
    ],
)
def test_decisions_and_amendments_are_refused_in_chinese(title: str) -> None:
    text = f"{title}\n一、将第十条修改为：“第十条 单位应当登记。”\n二、删去第十一条。\n"
    with pytest.raises(DocumentError, match="不是法律全文"):
        recognise(text_document(text))


def test_a_report_that_mentions_articles_is_no_law() -> None:
    report = (
        "某省生态环境厅2021年法治建设情况报告\n一、主要工作\n"
        + "全省共办理行政处罚案件1982件。" * 20
        + "\n第一条 是学习。\n第二条 是落实。\n第三条 是检查。\n"
    )
    assert recognise(text_document(report)) is None

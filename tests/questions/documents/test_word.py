"""Word documents: what a reader of the page sees, and refusals that say what to do."""

from __future__ import annotations

import time
import tracemalloc

import docx
import pytest

from questions import documents
from questions.data import report_path
from questions.documents import word
from questions.errors import DocumentError
from questions.generation import generate
from tests.questions.documents import files

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def texts(data: bytes) -> list[str]:
    return [sentence.text for sentence in documents.read(data, name="x").sentences]


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        documents.read(data, name="甲.docx")
    assert "请" in str(caught.value)
    return str(caught.value)


def test_a_word_document_reads_as_its_text_does() -> None:
    data = files.word()
    plain = documents.read("\n".join(files.LINES).encode(), name="a.txt")
    document = documents.read(data, name="无后缀")
    assert document.title == files.TITLE
    assert document.text == "\n".join(files.LINES)
    assert document.sentences == plain.sentences
    cite = document.cite(document.sentences[0].start, document.sentences[0].end)
    assert document.text[cite.start : cite.end] == cite.quote


def test_a_report_in_word_gives_the_same_questions() -> None:
    text = report_path().read_bytes().decode("utf-8-sig")
    lines = [line for line in text.splitlines() if line.strip() and "\x0c" not in line]
    made = [
        generate([documents.read(data, name="a")]).bank
        for data in ("\n".join(lines).encode(), files.word(lines))
    ]
    assert len(made[0].questions) > 60
    assert [q.stem for q in made[0].questions] == [q.stem for q in made[1].questions]


def test_numbers_that_word_counts_itself_are_there() -> None:
    rows = [
        (None, files.TITLE),
        (0, "强化水行政执法"),
        (1, "执法检查。检查河道12条。"),
        (1, "执法监督。评查案卷130件。"),
        (1, ""),
        (1, "普法。开展活动9场。"),
        (0, "下一步工作打算"),
        (1, "继续检查企业90家。"),
        (2, "为了什么，制定本办法。"),
        (2, "本办法适用于各处室。"),
    ]
    document = documents.read(files.numbered_word(rows), name="a")
    assert document.text.split("\n")[1:] == [
        "一、强化水行政执法",
        "（一）执法检查。检查河道12条。",
        "（二）执法监督。评查案卷130件。",
        "（四）普法。开展活动9场。",
        "二、下一步工作打算",
        "（一）继续检查企业90家。",
        "第九条 为了什么，制定本办法。",
        "第十条 本办法适用于各处室。",
    ]
    assert document.sentences[0].section == ("一、强化水行政执法", "(一)执法检查")
    assert [s.is_plan for s in document.sentences[:4]] == [False, False, False, True]


def test_headings_without_numbers_are_known_by_their_style() -> None:
    page = docx.Document()
    page.add_heading(files.TITLE, level=0)
    page.add_heading("主要做法", level=1)
    page.add_heading("执法检查", level=2)
    page.add_paragraph("检查企业30家。")
    page.add_heading("下一步打算", level=1)
    page.add_paragraph("检查企业90家。")
    document = documents.read(files.saved(page), name="a")
    assert document.title == files.TITLE
    assert [(s.section, s.is_plan) for s in document.sentences] == [
        (("主要做法", "执法检查"), False),
        (("下一步打算",), True),
    ]


def test_a_table_of_figures_is_kept_but_not_read_as_sentences() -> None:
    page = docx.Document()
    page.add_paragraph("全省共查处水事违法案件1029起。")
    table = page.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        [
            "指标名称及其计量单位说明，单列",
            "数值",
            "全省行政处罚决定的总件数，含简易程序",
            "1,982",
        ],
        strict=True,
    ):
        cell.text = text
    page.add_paragraph("全省开展普法活动560场。")
    document = documents.read(files.saved(page), name="a")
    assert [s.text for s in document.sentences] == [
        "全省共查处水事违法案件1029起",
        "全省开展普法活动560场",
    ]
    assert "\t1,982\n" in document.text
    cite = document.cite(document.sentences[1].start, document.sentences[1].end)
    assert cite.quote == "全省开展普法活动560场"
    assert document.text[cite.start : cite.end] == cite.quote


def test_a_page_laid_out_in_a_table_is_read() -> None:
    page = docx.Document()
    table = page.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "工作情况"
    table.rows[0].cells[1].text = "全省共查处水事违法案件1029起。\n开展普法活动560场。"
    assert texts(files.saved(page)) == [
        "全省共查处水事违法案件1029起",
        "开展普法活动560场",
    ]


def test_the_body_may_go_by_another_name_and_namespace() -> None:
    body = """<d:document xmlns:d="http://purl.oclc.org/ooxml/wordprocessingml/main"><d:body>
      <d:p><d:r><d:t>全省共查处案件120件。</d:t></d:r></d:p></d:body></d:document>"""
    assert texts(files.zipped({"word/document2.xml": body.encode()})) == ["全省共查处案件120件"]


def test_deleted_text_contents_pages_and_second_copies_are_left_out() -> None:
    body = f"""<w:document xmlns:w="{NS}"
      xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
      <w:p><w:r><w:t>全省共查处案件</w:t></w:r><w:del><w:r><w:delText>99</w:delText></w:r></w:del>
      <w:moveFrom><w:r><w:t>搬走的</w:t></w:r></w:moveFrom>
      <w:ins><w:r><w:t>120</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>
      <w:p><mc:AlternateContent><mc:Choice><w:r><w:t>培训执法人员30人。</w:t></w:r></mc:Choice>
      <mc:Fallback><w:r><w:t>培训执法人员30人。</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
      </w:body></w:document>"""
    assert texts(files.with_body(body)) == ["全省共查处案件120件", "培训执法人员30人"]


@pytest.mark.parametrize(
    ("data", "word_"),
    [
        (files.word()[:-900], "损坏"),
        (files.word()[:300], "损坏"),
        (b"PK\x03\x04" + b"\0" * 200, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "图片"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (files.zipped({"xl/workbook.xml": b"<a/>"}), "Excel"),
        (files.zipped({"ppt/presentation.xml": b"<a/>"}), "PPT"),
        (files.zipped({"a.txt": b"abc"}), "压缩文件"),
        (files.word(["", " "]), "没有文字"),
        (files.with_body("<w:p>"), "损坏"),
    ],
    ids=[
        "cut", "cut short", "empty zip", "doc", "locked", "picture", "rtf", "xlsx", "pptx",
        "zip", "no text", "broken xml",
    ],
)  # fmt: skip
def test_what_is_no_word_document_is_refused_with_what_to_do(data: bytes, word_: str) -> None:
    assert word_ in refusal(data)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    big = "<a>" + " " * (200 << 20) + "</a>"
    bomb = files.with_body(big)
    assert len(bomb) < 1 << 20
    del big
    tracemalloc.start()
    start = time.perf_counter()
    assert "大得异常" in refusal(bomb)
    assert time.perf_counter() - start < 2
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(files.with_body("<a>" + " " * (3 << 20) + "</a>"))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the unpacked size it declares
    assert "损坏" in refusal(bytes(data))


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
    ],
)
def test_entities_are_refused(head: str) -> None:
    body = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{NS}"><w:p>&a;</w:p></w:document>'
    assert "不安全" in refusal(files.with_body(body))


def test_deep_nesting_is_refused() -> None:
    assert "损坏" in refusal(files.with_body("<a>" * 5000 + "</a>" * 5000))


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    start = time.perf_counter()
    assert "文件太大（100 MB）" in refusal(bytes(100 << 20))
    assert time.perf_counter() - start < 1


def test_a_thousand_pages_are_read_in_seconds() -> None:
    lines = [f"第{n}次检查共发现隐患{n}处，整改完成{n}处。" * 20 for n in range(1, 1500)]
    data = files.word(lines)
    start = time.perf_counter()
    assert len(word.read(data).text) > 600_000
    assert time.perf_counter() - start < 5

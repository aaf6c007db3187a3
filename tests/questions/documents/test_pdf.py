"""PDF files: wrapped lines become sentences again, furniture goes, scans are refused."""

from __future__ import annotations

import contextlib
import io
import time

import pypdf
import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from questions import documents
from questions.data import report_path
from questions.documents import lines, pdf
from questions.errors import DocumentError
from questions.generation import generate
from tests.questions.documents import files

LONG = [
    f"第{n}项检查共出动执法人员{n}00人次，发现问题{n}7个，全部完成整改。" for n in range(1, 90)
]


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        documents.read(data, name="甲.pdf")
    assert "请" in str(caught.value)
    return str(caught.value)


def test_wrapped_lines_are_joined_into_the_sentences_they_were() -> None:
    document = documents.read(files.printed(head="甲省水利厅文件"), name="a")
    plain = documents.read("\n".join(files.LINES).encode(), name="a.txt")
    assert document.title == files.TITLE
    assert [s.text for s in document.sentences] == [s.text for s in plain.sentences]
    assert [s.section for s in document.sentences] == [s.section for s in plain.sentences]
    for sentence in document.sentences:
        cite = document.cite(sentence.start, sentence.end)
        assert document.text[cite.start : cite.end] == cite.quote


def test_running_heads_and_page_numbers_are_dropped() -> None:
    text = pdf.read(files.printed(LONG, head="甲省水利厅文件（第3版）", per_page=17)).text
    assert "水利厅文件" not in text
    assert "—" not in text
    assert text.split("\n") == LONG


def test_sentences_go_on_over_the_page() -> None:
    lines_ = ["甲" * 33 + "，" + "乙" * 33 + "，" + "丙" * 20 + "。"] * 9
    assert pdf.read(files.printed(lines_, per_page=4)).text.split("\n") == lines_


@pytest.mark.parametrize("width", [30, 34, 40])
def test_a_report_in_pdf_gives_nearly_the_same_questions(width: int) -> None:
    text = report_path().read_bytes().decode("utf-8-sig")
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    rows = rows[: len(rows) // 2]
    plain, print_ = (
        {q.stem for q in generate([documents.read(data, name="a")]).bank.questions}
        for data in ("\n".join(rows).encode(), files.printed(rows, width=width))
    )
    assert len(plain) > 50
    assert len(plain & print_) > 0.6 * len(plain)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ([["全省共查处案件", "1029起。"]], ["全省共查处案件", "1029起。"]),
        ([["全省共查处案件数，", "1029起。"]], ["全省共查处案件数，1029起。"]),
        ([["一、工作", "检查企业30家。", "- 1 -"]], ["一、工作", "检查企业30家。"]),
        ([["检 查 企 业 30 家 。"]], ["检查企业30家。"]),
        ([["第一章 总则", "第一条 为了"]], ["第一章 总则", "第一条 为了"]),
        ([["第 3 页 共 9 页", "正文。"], ["第 4 页 共 9 页", "后文。"]], ["正文。", "后文。"]),
        ([[], ["", " "], ["正文。"]], ["正文。"]),
        ([["一" * 25, "(一)执法检查。"]], ["一" * 25, "(一)执法检查。"]),
        ([["一" * 25, "第六十七条至"]], ["一" * 25 + "第六十七条至"]),
        ([["金额为" + "一" * 25 + "2835.", "4万元。"]], ["金额为" + "一" * 25 + "2835.4万元。"]),
        ([["使用 Word"], ["2 / 3"]], ["使用 Word"]),
    ],
)  # fmt: skip
def test_lines_become_paragraphs(printed: list[list[str]], read: list[str]) -> None:
    assert list(lines.paragraphs(printed)) == read


def test_a_scan_is_told_from_a_text() -> None:
    assert "扫描" in refusal(files.scan())


def test_a_password_is_asked_for_by_name_and_an_empty_one_is_none() -> None:
    locked = pdfencrypt.StandardEncryption("user", "owner", strength=128)
    assert "密码" in refusal(files.printed(encrypted=locked))
    limited = pdfencrypt.StandardEncryption("", "owner", canPrint=0, strength=128)
    assert documents.read(files.printed(encrypted=limited), name="a").title == files.TITLE


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"%PDF-1.4\n" + b"\0" * 400])
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert "PDF" in refusal(data)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_cut_file_is_read_as_far_as_it_goes_or_refused(share: float) -> None:
    data = files.printed(LONG)
    text = ""
    with contextlib.suppress(DocumentError):
        text = documents.read(data[: int(len(data) * share)], name="a").text
    assert text == "" or text.split("\n")[0] == LONG[0]


def test_a_page_that_unpacks_into_a_flood_is_passed_over() -> None:
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(files.printed(["正文。"])))
    writer.append(io.BytesIO(files.printed()))
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(b"BT (a) Tj ET\n" * (3 << 20))
    writer.pages[0][pypdf.generic.NameObject("/Contents")] = writer._add_object(
        stream.flate_encode()
    )
    data = io.BytesIO()
    writer.write(data)
    assert len(data.getvalue()) < 1 << 20
    start = time.perf_counter()
    assert documents.read(data.getvalue(), name="a").text == "\n".join(files.LINES)
    assert time.perf_counter() - start < 3


def test_a_page_drawn_for_ever_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_STEPS", 400)
    assert "拆" in refusal(files.printed(LONG))


def test_pictures_between_the_pages_do_not_matter() -> None:
    data = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(files.scan()))
    writer.append(io.BytesIO(files.printed()))
    writer.write(data)
    assert documents.read(data.getvalue(), name="a").title == files.TITLE


def test_letters_without_a_meaning_are_refused() -> None:
    data = io.BytesIO()
    sheet = canvas.Canvas(data)
    sheet.drawString(72, 700, "(cid:12)(cid:13)(cid:14)")
    sheet.save()
    assert "乱码" in refusal(data.getvalue())

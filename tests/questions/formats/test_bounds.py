"""What is too large, locked or made to burst is refused early, with a sentence and in bounds."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest

from questions.errors import FormatError
from questions.formats import FORMATS
from questions.formats.assembly import Parts, Unusable, assemble, file_document
from questions.formats.format import Place
from questions.models import JUDGE_OPTIONS, Kind
from questions.numerals import normalize
from tests.questions.formats.files.workbooks import changed, read, xlsx

ROW = ("判断题", "甲。", None, None, None, None, "对")
SHEET = "xl/worksheets/sheet1.xml"


def refused(data: bytes, name: str = "xlsx") -> str:
    """What the reader says; it takes neither long nor much memory to say it."""
    tracemalloc.start()
    start = time.process_time()
    try:
        with pytest.raises(FormatError) as caught:
            FORMATS[name].read(data, "x")
        assert time.process_time() - start < 5
        assert tracemalloc.get_traced_memory()[1] < 250 << 20
    finally:
        tracemalloc.stop()
    return str(caught.value)


def many_rows(count: int) -> bytes:
    """A sheet of so many rows; the largest are alike, which takes less time to zip."""
    row = b'<row spans="1:7"><c t="inlineStr"><is><t>%d</t></is></c></row>'
    rows = row * count if count > 100_000 else b"".join(row % at for at in range(count))
    end = rows + b"</sheetData>"
    return changed(xlsx(ROW), {SHEET: lambda part: part.replace(b"</sheetData>", end)})


def test_a_million_rows_are_refused_before_they_are_read() -> None:
    assert "50,000 行" in refused(many_rows(1_000_000))


def test_sixty_thousand_rows_are_refused_with_the_remedy() -> None:
    assert "拆成几个文件" in refused(many_rows(60_000))
    lines = "题型,题干,答案\n" + "判断题,甲。,对\n" * 60_000
    assert "拆成几个文件" in refused(lines.encode(), "csv")


def test_a_million_empty_but_coloured_rows_do_no_harm() -> None:
    rows = b"".join(b'<row r="%d" s="1"/>' % at for at in range(3, 200_000))
    data = changed(
        xlsx(ROW), {SHEET: lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")}
    )
    assert len(read(data).bank.questions) == 1


def test_a_row_number_beyond_all_sheets_does_not_hang() -> None:
    row = b'<row r="999999999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    data = changed(xlsx(ROW), {SHEET: lambda part: part.replace(b"</sheetData>", row)})
    start = time.process_time()
    assert len(read(data).bank.questions) == 1
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", ["xlsx", "docx"])
def test_a_zip_bomb_is_refused(name: str) -> None:
    part = "xl/sharedStrings.xml" if name == "xlsx" else "word/document.xml"
    data = changed(xlsx(ROW), {part: b"<a>" + bytes(40 << 20)})
    assert "大得异常" in refused(data, name)


def test_entities_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    )
    assert "实体" in refused(changed(xlsx(ROW), {"xl/sharedStrings.xml": bomb}))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-7", "cp037"])
def test_entities_are_not_smuggled_in_by_an_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'
    body = text.encode(encoding) if encoding != "cp037" else text.encode()
    assert "实体" in refused(changed(xlsx(ROW), {"xl/sharedStrings.xml": body}))


@pytest.mark.parametrize("name", ["xlsx", "csv", "text", "docx"])
def test_a_hundred_megabytes_are_refused(name: str) -> None:
    assert "100 MB" in refused(bytes(100 << 20), name)


def test_a_file_under_a_password_says_so() -> None:
    data = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert FORMATS["xlsx"].knows(data)
    assert "取消密码" in refused(data)


def test_an_old_workbook_renamed_says_how_to_save_it() -> None:
    assert "另存为 .xlsx" in refused(b"\xd0\xcf\x11\xe0" + bytes(600))


def test_a_binary_workbook_says_how_to_save_it() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert ".xlsb" in refused(target.getvalue())


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04broken", b"\x89PNG\r\n", b"%PDF-1.7", b"\x00" * 99]
)
@pytest.mark.parametrize("name", ["xlsx", "csv", "text", "docx"])
def test_whatever_is_no_bank_is_refused_in_chinese(name: str, data: bytes) -> None:
    assert any("\u4e00" <= char <= "\u9fff" for char in refused(data, name))


@pytest.mark.parametrize(
    "text",
    [
        "1. 办了。（√）" + " " * 200_000 + "x",
        "1. " + "（" * 200_000,
        "1. " + "（A" * 100_000,
        "1. 谁？\n答案：" + "A、" * 200_000,
        "1. 谁？\n" + "A.甲 " * 100_000,
        "参考答案\n" + "1-99999 ABCD " * 20_000,
        "1. 谁？\n来源：" + "/" * 200_000 + "\n答案：" + "对" * 200_000,
        "一、" * 200_000,
        "【单选题】" * 100_000,
        "第" * 300_000 + "题",
        "1. 谁（）" + " " * 200_000 + "x\nA. 甲" + " " * 200_000 + "x\nB. 乙\n答案：A",
        "1. 谁（" + "2" * 200_000 + "分\n> " + "> " * 100_000,
        "我的答案" + " " * 200_000 + "\n" + "**" * 100_000 + "\n答" + " " * 200_000 + "案",
    ],
)
def test_no_text_makes_a_reader_wait(text: str) -> None:
    start = time.process_time()
    for name in ("text", "csv"):
        data = text if name == "text" else "题型,题干,答案,来源\n" + text.replace("\n", ",")
        try:
            FORMATS[name].read(data.encode(), "x")
        except FormatError:
            continue
    assert time.process_time() - start < 5


def test_every_accepted_answer_counts_towards_the_bound() -> None:
    document = file_document(b"x", "x", 0)
    long = Parts(Kind.BLANK, "办了____件", answers=("1", *("甲" * 50 + str(n) for n in range(80))))
    with pytest.raises(Unusable, match="合计超过"):
        assemble(long, document, Place(1))


def test_what_is_too_long_is_refused_before_anything_remembers_it() -> None:
    document = file_document(b"x", "x", 0)
    before = normalize.cache_info().currsize
    with pytest.raises(Unusable, match="合计超过"):
        assemble(Parts(Kind.JUDGE, "甲" * 100_001, JUDGE_OPTIONS, (0,)), document, Place(1))
    assert normalize.cache_info().currsize == before

"""What is no bank is named, with what to send instead."""

from __future__ import annotations

import io
import zipfile

import pytest

from questions.errors import FormatError
from questions.formats import recognise
from tests.questions.formats.files.workbooks import xlsx


def packed(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


SHEET_2003 = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


@pytest.mark.parametrize(
    ("data", "what", "remedy"),
    [
        (b"%PDF-1.7\n", "PDF", ".docx"),
        (b"\x89PNG\r\n\x1a\n\x00", "图片", "Excel"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "图片", "Excel"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "图片", "Excel"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "图片", "Excel"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", "音像", "文本"),
        (b"Rar!\x1a\x07\x00", "压缩包", "解压"),
        (packed("一.xlsx", "二.xlsx"), "压缩包", "解压"),
        (packed("ppt/presentation.xml"), "演示文稿", "Word"),
        (packed("content.xml", "styles.xml"), ".ods", ".xlsx"),
        (rb"{\rtf1\ansi x}", "RTF", ".docx"),
        (b"<!DOCTYPE html>\n<html><body>x</body></html>", "网页", "复制"),
        (b"<!-- a --><!-- b --><table><tr><td>x</td></tr></table>", "网页", "复制"),
        (SHEET_2003.encode(), "XML 表格 2003", ".xlsx"),
        (b'<?xml version="1.0"?><questions><q/></questions>', "不是 Moodle", "重新导出"),
        (b'{"questions": [{"stem": "x"}]}', "JSON", "CSV"),
        (b'[{"title": "x"}]', "JSON", "CSV"),
        (b"  \n", "空", "换一份"),
        (bytes(range(256)) * 8, "认不出", ".xlsx"),
    ],
)
def test_a_file_that_is_no_bank_is_told_what_it_is(data: bytes, what: str, remedy: str) -> None:
    with pytest.raises(FormatError) as refusal:
        recognise(data)
    assert what in str(refusal.value)
    assert remedy in str(refusal.value)


def test_an_old_workbook_under_a_new_name_is_told_to_be_saved_anew() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    with pytest.raises(FormatError, match="另存为"):
        recognise(data).read(data, "题库.xlsx")


def test_no_opening_comment_makes_it_wait() -> None:
    data = b"<!---->" * 500 + b"x"
    with pytest.raises(FormatError):
        recognise(data).read(data, "x")


def test_banks_are_still_known() -> None:
    assert recognise(xlsx(("判断题", "甲。", *[None] * 4, "对"))).name == "xlsx"
    assert recognise("1. 甲？\nA. 一\nB. 二\n答案：A".encode()).name == "text"
    assert recognise("[注]甲。\n1. 甲。\n答案：对".encode()).name == "text"

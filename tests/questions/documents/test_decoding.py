"""Bytes of all kinds become text, or a sentence that says what to do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import documents
from questions.errors import DocumentError

REPORT = (
    "甲省水利厅2023年法治政府建设情况报告\r\n"
    "一、强化水行政执法\r\n"
    "2023年，全省共查处水事违法案件1029起，罚没金额2835.4万元。\r\n"
    "印发《甲省水利厅行政规范性文件管理办法》，开展普法活动560余场。\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_text_reads_the_same_in_every_encoding(encoding: str) -> None:
    document = documents.read(REPORT.encode(encoding), name="a.txt")
    assert document.text == REPORT


def test_line_ends_stay_as_they_are() -> None:
    document = documents.read(REPORT.encode("utf-8-sig"), name="a.txt")
    assert "\r\n" in document.text
    assert not document.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b" \r\n\t ", "空"),
        (b"\xef\xbb\xbf", "空"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Office"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (bytes(range(256)) * 40, "UTF-8"),
    ],
)
def test_what_can_not_be_read_is_said_in_chinese_with_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(DocumentError) as caught:
        documents.read(data, name="a.bin")
    assert word in str(caught.value)
    assert "请" in str(caught.value)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    document = None
    with contextlib.suppress(DocumentError):
        document = documents.read(data, name="x")
    assert document is None or document.info.chars == len(document.text)

"""Workbooks as people's programs write them, row by row or part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from questions.formats import FORMATS, Reading
from questions.models import Question

OURS = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案")

Rows = Iterable[Sequence[Any]]


def workbook(sheets: Mapping[str, Rows]) -> openpyxl.Workbook:
    """A workbook with these sheets; None leaves a cell empty."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xlsx(*rows: Sequence[Any], header: Sequence[Any] = OURS) -> bytes:
    """One sheet under a header."""
    return saved(workbook({"题库": [header, *rows]}))


def read(data: bytes, name: str = "题库.xlsx") -> Reading:
    return FORMATS["xlsx"].read(data, name)


def read_rows(*rows: Sequence[Any], header: Sequence[Any] = OURS) -> Reading:
    return read(xlsx(*rows, header=header))


def one(*row: Any, header: Sequence[Any] = OURS) -> Question:
    """The one question of the one row."""
    reading = read_rows(row, header=header)
    assert [str(skip.place) + skip.reason for skip in reading.skips] == []
    (question,) = reading.bank.questions
    return question


def refusal(*row: Any, header: Sequence[Any] = OURS) -> str:
    """Where and why the one row was not taken."""
    reading = read_rows(row, header=header)
    assert reading.bank.questions == ()
    (skip,) = reading.skips
    return f"{skip.place}：{skip.reason}"


def changed(data: bytes, parts: Mapping[str, Any]) -> bytes:
    """The same archive with parts replaced: bytes, or a function of the old bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = parts.get(name, old.read(name))
            new.writestr(name, part(old.read(name)) if callable(part) else part)
        for name in set(parts) - set(old.namelist()):
            new.writestr(name, parts[name])
    return target.getvalue()

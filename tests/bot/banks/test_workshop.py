"""Files are read in a process of their own; whatever they do to it, the bot goes on."""

from __future__ import annotations

import asyncio
import io
import os
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from bot.banks.workshop import BankFile, Busy, DocumentFile, Workshop
from questions.data import read_report
from questions.documents import DocumentError
from questions.formats import FORMATS
from tests.cast import a_bank, a_question

REPORT = (
    "某市水务局2025年法治政府建设情况报告\n一、执法情况\n2025年，全市共查处水事违法案件37件。\n"
)


def readers() -> list[int]:
    """This process's own readers that run now; another test process has others."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while being looked at
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if (
                int(parent) == os.getpid()
                and b"workshop.child" in (folder / "cmdline").read_bytes()
            ):
                found.append(int(folder.name))
    return found


async def test_a_document_gives_its_questions_and_the_text_they_cite() -> None:
    heard: list[str] = []

    async def told(what: str) -> None:
        heard.append(what)

    found = await Workshop().read(REPORT.encode(), "报告.txt", told=told)

    assert isinstance(found, DocumentFile)
    assert (found.info.year, found.is_law) == (2025, False)
    for question in found.bank.questions:
        cite = question.citation
        assert found.text[cite.start : cite.end] == cite.quote
    assert found.bank.questions
    assert len(heard) == 2


async def test_a_bank_file_is_known_by_its_content() -> None:
    data = FORMATS["json"].write(a_bank(a_question()))

    found = await Workshop().read(data, "报告.docx")

    assert isinstance(found, BankFile)
    assert (found.format, found.reading.bank) == ("json", a_bank(a_question()))


async def test_what_a_library_prints_does_not_mix_with_the_result() -> None:
    written = FORMATS["xlsx"].write(a_bank(a_question()))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename.endswith("styles.xml"):
                data = data.replace(b'xfId="0"', b'xfId="99"')  # openpyxl says so on stdout
            new.writestr(entry, data)

    with pytest.raises(DocumentError, match="损坏"):
        await Workshop().read(target.getvalue(), "题.xlsx")


async def test_what_can_not_be_read_is_refused_in_words() -> None:
    with pytest.raises(DocumentError, match="另存为"):
        await Workshop().read(b"\x00\x01" * 999, "图.jpg")


async def test_a_file_that_takes_too_much_memory_or_time_breaks_only_its_own_process() -> None:
    with pytest.raises(DocumentError, match="拆成"):
        await Workshop(memory=120 << 20).read("水".encode() * (2 << 20), "大.txt")
    with pytest.raises(DocumentError, match="拆成"):
        await Workshop(seconds=1).read(read_report() * 60, "长.txt")


async def test_more_files_than_may_wait_are_refused_at_once() -> None:
    shop = Workshop(side_by_side=1, waiting=0)
    first = asyncio.ensure_future(shop.read(REPORT.encode(), "甲.txt"))
    await asyncio.sleep(0)

    with pytest.raises(Busy):
        await shop.read(REPORT.encode(), "乙.txt")

    assert isinstance(await first, DocumentFile)
    assert isinstance(await shop.read(REPORT.encode(), "乙.txt"), DocumentFile)


async def test_a_reader_no_longer_waited_for_is_ended() -> None:
    shop = Workshop()
    reading = asyncio.ensure_future(shop.read(read_report() * 200, "长.txt"))
    while not readers():
        await asyncio.sleep(0.05)

    reading.cancel()

    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not readers()

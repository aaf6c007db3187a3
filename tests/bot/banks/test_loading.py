"""`xuefa import`: every format, drafts, what was not taken, and documents refused."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from questions.formats import FORMATS
from storage.database import Database
from storage.repositories.banks import BankRow
from storage.repositories.imports import ImportRow
from storage.states import ImportSource
from storage.unit import Unit
from tests.bot.banks.incoming.files import REPORT, a_law, a_row, a_table, mended
from tests.cast import a_bank, a_judge, a_question


@pytest.fixture
def home(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database to import into."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XUEFA_DATABASE_URL", sqlite_url)
    return tmp_path


def xuefa(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def kept(home: Path) -> tuple[list[BankRow], list[ImportRow]]:
    """All banks and imports."""

    async def look() -> tuple[list[BankRow], list[ImportRow]]:
        database = Database.open(f"sqlite:///{home / 'xuefa.db'}")
        try:
            return await database.read(_all)
        finally:
            await database.close()

    return asyncio.run(look())


def _all(unit: Unit) -> tuple[list[BankRow], list[ImportRow]]:
    return unit.banks.list_all(), unit.imports.list_recent(99)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "aiken"])
def test_every_format_is_known_by_its_content(home: Path, name: str) -> None:
    bank = a_bank(a_question("q1"), a_judge("j1"))
    (home / "file.bin").write_bytes(FORMATS[name].write(bank))

    result = xuefa("import", "file.bin", "--bank", "题库")

    assert result.exit_code == 0, result.output
    assert "新增 2 题" in result.stdout
    banks, (import_,) = kept(home)
    assert [(bank.published, bank.drafts) for bank in banks] == [(2, 0)]
    assert (import_.source, import_.added, import_.name) == (ImportSource.COMMAND, 2, "file.bin")


def test_drafts_wait_and_skips_are_listed_and_written(home: Path) -> None:
    rows = [a_row(1), *(a_row(number, 答案="E") for number in range(2, 27))]
    (home / "file.xlsx").write_bytes(a_table(rows))

    result = xuefa("import", "file.xlsx", "--bank", "题库", "--draft", "--skips", "错误.xlsx")

    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert lines[0] == "没有导入 25 处："
    assert "第 3 行“答案”列：" in lines[1]
    assert len(lines) == 22
    assert "还有 5 处" in lines[-1]
    assert [(bank.published, bank.drafts) for bank in kept(home)[0]] == [(0, 1)]
    (home / "再来.xlsx").write_bytes(mended((home / "错误.xlsx").read_bytes(), "答案", "A"))
    again = xuefa("import", "再来.xlsx", "--bank", "题库")
    assert "新增 25 题" in again.stdout
    assert again.stderr == ""


@pytest.mark.parametrize("text", [REPORT, a_law()])
def test_a_document_is_refused_with_the_way_to_go(home: Path, text: str) -> None:
    (home / "报告.txt").write_text(text, encoding="utf-8")

    result = xuefa("import", "报告.txt", "--bank", "题库")

    assert result.exit_code == 1
    assert "xuefa generate" in result.stderr
    assert kept(home) == ([], [])


def test_a_file_whose_every_row_is_wrong_changes_nothing(home: Path) -> None:
    (home / "file.xlsx").write_bytes(a_table([a_row(1, 答案="E")]))

    result = xuefa("import", "file.xlsx", "--bank", "题库")

    assert result.exit_code == 1
    assert "第 2 行" in result.stderr
    assert kept(home) == ([], [])

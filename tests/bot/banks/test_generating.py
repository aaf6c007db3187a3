"""`xuefa generate` over many files: progress, a registry of one's own, an earlier bank."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from questions.formats import FORMATS
from tests.bot.banks.test_comparing import REPORT
from tests.questions.documents import files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a report to work in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


def xuefa(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["generate", *arguments])


def test_files_of_all_kinds_make_one_bank(home: Path) -> None:
    (home / "b.docx").write_bytes(files.word())
    (home / "c.pdf").write_bytes(
        files.printed([line.replace("1029", "2031") for line in files.LINES])
    )
    (home / "d.md").write_text(
        "# 云溪县水利局2022年法治政府建设情况报告\n\n共检查企业30家。", "utf-8"
    )
    result = xuefa("a.txt", "b.docx", "c.pdf", "d.md")
    assert result.exit_code == 0, result.stderr
    bank = FORMATS["json"].read(result.stdout_bytes, "").bank
    assert len(bank.documents) == 4
    assert len({q.citation.document for q in bank.questions}) >= 3
    assert result.stderr == ""


def test_a_file_given_twice_is_asked_once(home: Path) -> None:
    (home / "copy.txt").write_bytes((home / "a.txt").read_bytes())
    assert xuefa("a.txt", "copy.txt").stdout == xuefa("a.txt").stdout


def test_one_bad_file_among_many_is_named_and_nothing_is_written(home: Path) -> None:
    (home / "bad.pdf").write_bytes(files.scan())
    result = xuefa("a.txt", "bad.pdf", "--output", "out.json")
    assert result.exit_code == 1
    assert result.stderr.startswith("bad.pdf：")
    assert "扫描" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (home / "out.json").exists()


def test_progress_is_shown_on_a_terminal_only(home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from bot.cli import main; main()", "generate", "a.txt"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "TERM": "xterm"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True, timeout=60
    )
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert "a.txt" in shown
    assert "出题" in shown
    assert json.loads(done.stdout)["format"] == "xuefa-bank/1"


def test_an_earlier_bank_is_compared_and_its_ids_are_kept(home: Path) -> None:
    assert xuefa("a.txt", "--output", "old.json").exit_code == 0
    same = xuefa("a.txt", "--since", "old.json")
    assert same.stdout == ""
    assert "新增 0 题，修改 0 题，消失 0 题" in same.stderr
    (home / "a.txt").write_text("\n" + REPORT.replace("1029起", "1129起"), encoding="utf-8")
    result = xuefa("a.txt", "--since", "old.json", "--output", "new.json")
    assert result.exit_code == 0, result.stderr
    assert "修改" in result.stderr
    old, new = (
        FORMATS["json"].read((home / name).read_bytes(), name).bank
        for name in ("old.json", "new.json")
    )
    kept = {q.id for q in old.questions} & {q.id for q in new.questions}
    assert len(kept) > len(old.questions) // 2
    assert new.documents != old.documents


@pytest.mark.parametrize(("content", "word"), [(b"{}", "old.json"), (None, "没有这个文件")])
def test_what_is_no_earlier_bank_is_refused_in_one_line(
    home: Path, content: bytes | None, word: str
) -> None:
    if content is not None:
        (home / "old.json").write_bytes(content)
    result = xuefa("a.txt", "--since", "old.json", "--output", "new.json")
    assert result.exit_code == 1
    assert word in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (home / "new.json").exists()


def test_rows_of_an_own_registry_name_a_law_s_aliases(home: Path) -> None:
    """A regulation under its short name is no wrong option beside its full name."""
    titles = "".join(
        f"报请省政府废止了《甲省{name}管理办法》。\n" for name in ("河道采砂", "取水计量")
    )
    head = "滨海市水利局2023年法治政府建设情况报告\n一、立法\n"
    text = f"{head}印发《甲省水利工程管理办法》。\n{titles}"
    text += "报请省政府废止了《甲省水工程办法》。\n"
    (home / "b.txt").write_text(text, encoding="utf-8")
    (home / "laws.csv").write_text(
        "标题,简称,效力位阶,来源\n甲省水利工程管理办法,甲省水工程办法,地方政府规章,公报\n", "utf-8"
    )
    names = {"《甲省水利工程管理办法》", "《甲省水工程办法》"}
    alone, known = (
        json.loads(xuefa("b.txt", "--kinds", "single", *more).stdout)["questions"]
        for more in ((), ("--laws", "laws.csv"))
    )
    assert any(names <= set(question["options"]) for question in alone)
    assert not any(names <= set(question["options"]) for question in known)


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ("标题,效力位阶,来源\n某法,无,甲\n某规,无,乙\n", "laws.csv：第2行：效力位阶“无”"),
        ("标题,简称,效力位阶,来源\n某法,环保法,法律,甲\n", "laws.csv：“环保法”既指"),
        ("甲,乙\n", "laws.csv：第1行：缺少列"),
    ],
)
def test_a_wrong_table_of_laws_is_refused_with_its_line(home: Path, table: str, word: str) -> None:
    (home / "laws.csv").write_text(table, encoding="utf-8")
    result = xuefa("a.txt", "--laws", "laws.csv", "--output", "out.json")
    assert result.exit_code == 1
    assert word in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (home / "out.json").exists()

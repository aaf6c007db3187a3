"""The command line: what it writes, and what it says when it can't."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from questions.data import report_path
from questions.formats import FORMATS
from questions.models import Bank
from storage.database import Database
from storage.states import Role
from storage.upgrade import prepare
from tests.cast import NINE, a_bank, a_blank, a_judge, a_multiple, a_question


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XUEFA_DATABASE_URL", f"sqlite:///{tmp_path / 'xuefa.db'}")
    return tmp_path


def xuefa(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_generate_writes_the_same_bank_twice(home: Path) -> None:
    for name in ("one.json", "two.json"):
        assert xuefa("generate", str(report_path()), "--output", name).exit_code == 0
    assert (home / "one.json").read_bytes() == (home / "two.json").read_bytes()
    bank = FORMATS["json"].read((home / "one.json").read_bytes(), "one.json").bank
    assert len(bank.questions) >= 60
    text = report_path().read_bytes().decode("utf-8-sig")
    for question in bank.questions:
        cite = question.citation
        assert text[cite.start : cite.end] == cite.quote


def test_generate_can_be_narrowed(home: Path) -> None:
    result = xuefa("generate", str(report_path()), "--kinds", "judge,blank", "--limit", "7")
    bank = json.loads(result.stdout)
    assert len(bank["questions"]) == 7
    assert {q["kind"] for q in bank["questions"]} <= {"judge", "blank"}
    assert xuefa("generate", str(report_path()), "--kinds", "essay").exit_code == 2


def test_generate_says_what_was_found_and_dropped(home: Path) -> None:
    result = xuefa("generate", str(report_path()), "--output", "bank.json", "--stats")
    assert "找到的事实" in result.stderr
    assert "舍弃" in result.stderr


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (bytes(range(256)) * 40, ""),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, ""),
        (None, "没有这个文件"),
    ],
    ids=["empty", "binary", "picture", "missing"],
)
def test_a_file_that_cannot_be_read_leaves_no_output(
    home: Path, content: bytes | None, word: str
) -> None:
    if content is not None:
        (home / "in.txt").write_bytes(content)
    result = xuefa("generate", "in.txt", "--output", "out.json")
    assert result.exit_code == 1
    assert "in.txt" in result.stderr
    assert word in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (home / "out.json").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "\ufeff某县水利局2023年工作报告\r\n\r\n全县共查处非法取水案件29起。\r\n"),
        ("a.md", "# 某县水利局2023年工作报告\n\n全县共查处**非法取水案件**29起。\n"),
        (
            "a.html",
            "<html><body><h1>某县水利局2023年工作报告</h1><p>全县查处非法取水案件<b>29</b>起。</p>",
        ),
    ],
)
def test_the_text_that_citations_count_in_can_be_seen(home: Path, name: str, content: str) -> None:
    (home / name).write_text(content, encoding="utf-8", newline="")
    assert xuefa("text", name, "--output", "seen.txt").exit_code == 0
    text = (home / "seen.txt").read_bytes().decode()
    assert xuefa("text", name).stdout_bytes.decode() == text
    bank = json.loads(xuefa("generate", name).stdout)
    assert bank["documents"][0]["chars"] == len(text)
    assert bank["questions"]
    for question in bank["questions"]:
        cite = question["citation"]
        assert text[cite["start"] : cite["end"]] == cite["quote"]


def test_no_text_is_shown_of_what_is_no_document(home: Path) -> None:
    (home / "in.txt").write_bytes(bytes(range(256)) * 40)
    for name in ("in.txt", "missing.txt"):
        result = xuefa("text", name, "--output", "out.txt")
        assert (result.exit_code, result.stderr.count(name)) == (1, 1)
    assert not (home / "out.txt").exists()


def test_a_folder_or_an_unwritable_place_is_refused_in_one_line(home: Path) -> None:
    folder = xuefa("generate", str(home))
    assert (folder.exit_code, len(folder.stderr.strip().splitlines())) == (1, 1)
    nowhere = xuefa("generate", str(report_path()), "--output", "no/such/folder/bank.json")
    assert (nowhere.exit_code, len(nowhere.stderr.strip().splitlines())) == (1, 1)


def test_a_bank_goes_in_and_comes_out_equal(home: Path) -> None:
    bank = a_bank(a_question(), a_multiple(), a_judge(), a_blank())
    (home / "in.json").write_bytes(FORMATS["json"].write(bank))
    first = xuefa("import", "in.json", "--bank", "题库")
    assert "新增 4 题" in first.stdout
    again = xuefa("import", "in.json", "--bank", "题库")
    assert "未变 4 题" in again.stdout
    assert xuefa("export", "--bank", "题库", "--output", "out.json").exit_code == 0
    assert (home / "out.json").read_bytes() == (home / "in.json").read_bytes()


def test_a_changed_question_becomes_a_new_version(home: Path) -> None:
    for stem in ("旧题干是什么？", "新题干是什么？"):
        bank = a_bank(a_question(stem=stem), a_judge())
        (home / "in.json").write_bytes(FORMATS["json"].write(bank))
        result = xuefa("import", "in.json", "--bank", "题库")
    assert "更新 1 题，未变 1 题" in result.stdout
    xuefa("export", "--bank", "题库", "--output", "out.json")
    stems = [
        q.stem
        for q in FORMATS["json"].read((home / "out.json").read_bytes(), "out.json").bank.questions
    ]
    assert "新题干是什么？" in stems
    assert "旧题干是什么？" not in stems


def _broken(**changes: object) -> bytes:
    content = json.loads(FORMATS["json"].write(a_bank(a_question())))
    content["questions"][0].update(changes)
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"format": "other"}',
        b'{"format": "xuefa-bank/1"}',
        _broken(key=[9]),
        _broken(key=[]),
        _broken(key=["x"]),
        _broken(kind="essay"),
        _broken(options=["A"]),
        _broken(kind="judge", options=["错", "对"], key=[0]),
        _broken(kind="blank", options=[], key=[], answers=["。"]),
        _broken(answers=["多余"]),
        _broken(tags=[1]),
        _broken(tags=["长" * 101]),
        _broken(id="x" * 65),
        _broken(difficulty=float("nan")),
        _broken(stem=""),
        _broken(stem="长" * 4000),
        _broken(citation=None),
        _broken(citation={"document": "other", "start": 0, "end": 1, "quote": "x"}),
    ],
)
def test_a_faulty_bank_changes_nothing(home: Path, data: bytes) -> None:
    (home / "in.json").write_bytes(data)
    result = xuefa("import", "in.json", "--bank", "题库")
    assert result.exit_code == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert "in.json" in result.stderr
    assert xuefa("export", "--bank", "题库", "--output", "out.json").exit_code == 1
    assert not (home / "out.json").exists()


def test_backup_and_restore_bring_a_bank_back(home: Path) -> None:
    bank = Bank(a_bank(a_question()).documents, (a_question(),))
    (home / "in.json").write_bytes(FORMATS["json"].write(bank))
    xuefa("import", "in.json", "--bank", "题库")
    assert xuefa("backup", "copy.db").exit_code == 0
    xuefa("import", "in.json", "--bank", "另一个")
    assert "已恢复" in xuefa("restore", "copy.db").stdout
    assert xuefa("export", "--bank", "另一个", "--output", "out.json").exit_code == 1
    assert xuefa("export", "--bank", "题库", "--output", "out.json").exit_code == 0


def test_migrate_tells_the_version(home: Path) -> None:
    assert "已升级到" in xuefa("migrate").stdout
    assert "已是最新版" in xuefa("migrate").stdout


def test_run_without_a_token_names_the_variable(home: Path) -> None:
    result = xuefa("run")
    assert result.exit_code == 2
    assert "XUEFA_TOKEN" in result.stderr


def test_a_demo_on_a_taken_port_says_so(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = xuefa("demo", "--no-open", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_a_demo_is_refused_in_a_house_in_use(home: Path) -> None:
    async def move_in() -> None:
        prepare(f"sqlite:///{home / 'xuefa.db'}")
        database = Database.open(f"sqlite:///{home / 'xuefa.db'}")
        await database.run(lambda unit: unit.people.add(42, "小王", None, Role.STAFF, NINE))
        await database.close()

    asyncio.run(move_in())
    result = xuefa(
        "demo", "--no-open", "--port", "0", "--database", f"sqlite:///{home / 'xuefa.db'}"
    )
    assert result.exit_code == 2
    assert "真实人员" in result.stderr

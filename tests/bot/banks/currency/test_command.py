"""`xuefa laws`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.bot.banks.currency.test_laws import TABLE


def test_laws_are_added_and_counted_on_the_command_line(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUEFA_DATABASE_URL", sqlite_url)
    table = tmp_path / "表.csv"
    table.write_bytes(TABLE + "丙,什么,某处,,,\n".encode())
    bad = tmp_path / "别的.csv"
    bad.write_bytes("题干,答案\n".encode())

    done = CliRunner().invoke(main, ["laws", str(table)])
    listed = CliRunner().invoke(main, ["laws"])
    refused = CliRunner().invoke(main, ["laws", str(bad)])

    assert done.exit_code == 0
    assert "已采用 2 部法规" in done.output
    assert "第4行" in done.output
    assert "其中本单位补充 2 部" in listed.output
    assert refused.exit_code == 1
    assert "不是法规表" in refused.output

"""A folder with a report, a server that words its questions, and the command to run there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.bot.writer.standin import StandIn, serving

REPORT = """云溪县水利局2023年法治政府建设情况报告
一、主要工作
全县共查处水事违法案件1029起，罚没金额2835.4万元。
完成堤防加固工程94处，修复水毁渠道37处，新建小型泵站28座。
全县共清理河道垃圾6.3万吨，拆除违法建筑1187处。
对15种轻微违法行为不予行政处罚。
组织开展节水培训58场，受理群众来电312件。
"""
KEY = "sk-a-made-up-secret-key-0123456789"

Run = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[StandIn]:
    """A server that changes nothing until told to."""
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a report to work in, and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("URL", "MODEL", "KEY", "TIMEOUT"):
        monkeypatch.delenv(f"XUEFA_WRITER_{name}", raising=False)
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def xuefa(home: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`xuefa generate` with the server in its settings."""
    monkeypatch.setenv("XUEFA_WRITER_URL", server.url)
    monkeypatch.setenv("XUEFA_WRITER_MODEL", "a-model")
    monkeypatch.setenv("XUEFA_WRITER_KEY", KEY)
    monkeypatch.setenv("XUEFA_WRITER_TIMEOUT", "5")
    return lambda *arguments: CliRunner().invoke(main, ["generate", *arguments])

"""The house keeps its own rules: sizes, arrows, texts, settings, commands."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from bot.texts import catalogue

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "questions", "storage")
FILE_LINES, FUNCTION_LINES, HANDLER_LINES = 400, 40, 20
TEXT_KEY = re.compile(r"\b([a-z_]+\.[a-z][a-z0-9_]*)\b")


def sources(*rooms: str) -> list[Path]:
    """Our modules; generated migration scripts are data."""
    found = [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_too_long_to_read() -> None:
    lengths = {
        p: len(p.read_text(encoding="utf-8").splitlines()) for p in sources(*ROOMS, "tests")
    }
    assert {str(p): n for p, n in lengths.items() if n > FILE_LINES} == {}
    product = sorted(n for p, n in lengths.items() if "tests" not in p.relative_to(ROOT).parts)
    assert product[len(product) // 2] <= 130


def test_no_function_is_too_long_to_grasp() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.name}": length(node)
        for path in sources(*ROOMS)
        for node in functions(path)
        if length(node) > (HANDLER_LINES if path.name == "handlers.py" else FUNCTION_LINES)
    }
    assert long == {}


def test_the_top_level_holds_what_it_should_and_nothing_else() -> None:
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    allowed = {*ROOMS, "tests", "pyproject.toml", "README.md"}
    assert {name for name in top if not name.startswith(".")} == allowed


def test_every_text_key_used_exists_and_every_text_is_used() -> None:
    written = "\n".join(p.read_text(encoding="utf-8") for p in sources("bot"))
    screens = {key.split(".")[0] for key in catalogue()}
    used = {key for key in TEXT_KEY.findall(written) if key.split(".")[0] in screens}
    literal = set(re.findall(r"\"([a-z_]+\.[a-z][a-z0-9_]*)\"", written))
    missing = {key for key in literal if key.split(".")[0] in screens} - set(catalogue())
    assert {key for key in missing if not re.search(r"\.(toml|py|html|db)$", key)} == set()
    everything = "\n".join(p.read_text(encoding="utf-8") for p in sources(*ROOMS))
    words = set(re.findall(r"[a-z0-9_]+", everything))
    unused = {
        key
        for key in catalogue()
        if key not in used and not _is_composed(key.split(".")[1], words)
    }
    assert unused == set()


def _is_composed(name: str, words: set[str]) -> bool:
    """Whether a name is put together from words of the code, as in f"daily.kind_{kind}"."""
    parts = name.split("_")
    return name in words or any(
        {"_".join(parts[:cut]) + "_", "_".join(parts[:cut])} & words
        and ("_".join(parts[cut:]) in words or words.issuperset(parts[cut:]))
        for cut in range(1, len(parts))
    )


def test_texts_have_no_broken_placeholders() -> None:
    for key, value in catalogue().items():
        for _, name, _, _ in string.Formatter().parse(value):
            assert name is None or name.isidentifier(), key


def test_every_setting_is_explained_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^XUEFA_([A-Z_]+)=", example, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


def test_every_command_is_in_the_readme_and_has_help() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"xuefa {name}" in readme, name
        assert command.help, name


def test_services_know_neither_telegram_nor_sql() -> None:
    for path in sources("bot"):
        if path.name != "service.py":
            continue
        assert not re.search(
            r"^\s*(from|import) (telegram|sqlalchemy)\b", path.read_text(encoding="utf-8"), re.M
        ), path


def test_the_demo_knows_nothing_of_the_bot() -> None:
    for path in sources("bot/demo"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) (bot\.(?!demo)|questions|storage)", text, re.M), (
            path
        )


def test_running_the_bot_loads_nothing_that_only_other_commands_need() -> None:
    code = "import sys, bot.running; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"alembic", "holidays", "rjieba", "pypdf", "PIL"} & set(loaded)

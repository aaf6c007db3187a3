"""`xuefa generate`: documents in, a bank out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from questions.documents import read
from questions.errors import DocumentError
from questions.generation import Generated, generate
from questions.models import Kind

LARGEST_FILE_BYTES = 64 << 20
_COLUMNS = {
    "found": "找到的事实",
    "asked": "出题",
    "dropped": "舍弃（按检查项）",
    "by_section": "各节题数",
}


def generate_bank(
    files: Sequence[Path],
    *,
    kinds: Sequence[str],
    limit: int | None,
    seed: int,
    title: str | None,
) -> Generated:
    """The bank of these files; raises DocumentError with the file's name in the message."""
    documents = []
    for path in files:
        try:
            documents.append(read(_bytes(path), name=path.name, title=title))
        except DocumentError as error:
            raise DocumentError(f"{path}：{error}") from error
    return generate(documents, seed=seed, kinds=[Kind(kind) for kind in kinds], limit=limit)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise DocumentError("这是一个文件夹，请给出文件。")
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            limit = LARGEST_FILE_BYTES >> 20
            raise DocumentError(f"文件太大（{size >> 20} MB），请拆成不超过 {limit} MB 的文件。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("没有这个文件，请检查路径。") from error
    except PermissionError as error:
        raise DocumentError("没有读取这个文件的权限。") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        scratch.chmod(0o644)
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def print_stats(generated: Generated) -> None:
    """Tables of what was found, asked, and dropped by which check, on stderr."""
    from rich.console import Console
    from rich.table import Table

    console = Console(stderr=True)
    for column, name in _COLUMNS.items():
        table = Table(name, "数目", title_justify="left")
        for row, count in generated.stats.total(column).items():
            table.add_row(str(row), str(count))
        console.print(table)

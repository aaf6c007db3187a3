"""`xuefa generate`: documents in, a bank out."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from bot.banks.comparing import Changes, compare, rows
from questions import laws
from questions.documents import LARGEST_BYTES, Document, read
from questions.errors import DocumentError, FormatError
from questions.formats import FORMATS
from questions.generation import Generated, generate
from questions.models import Kind
from questions.writing import Writer, reword

_COLUMNS = {
    "found": "找到的事实",
    "asked": "出题",
    "dropped": "舍弃（按检查项）",
    "by_section": "各节题数",
}
_KINDS = {"single": "单选", "multiple": "多选", "judge": "判断", "blank": "填空"}


class _Told(Protocol):
    """Is told what is under way."""

    def __call__(self, what: str, /) -> None:
        """One step begins."""


def generate_bank(
    files: Sequence[Path],
    kinds: Sequence[str],
    *,
    limit: int | None,
    seed: int,
    title: str | None,
    laws_file: Path | None = None,
    writer: Writer | None = None,
) -> Generated:
    """The bank of these files, each document once, with the rows of `laws_file` in the registry.

    Where there is a `writer`, its wordings of stems are taken as far as they pass the checks.
    Raises DocumentError and LawError with the file's name in the message.
    """
    registry = laws.registry() if laws_file is None else _registry(laws_file)
    documents: dict[str, Document] = {}
    with laws.using(registry), _progress(len(files) + 1 + (writer is not None)) as told:
        for path in files:
            told(path.name)
            document = read_file(path, title)
            documents.setdefault(document.id, document)
        told("出题")
        wanted = [Kind(kind) for kind in kinds]
        made = generate(list(documents.values()), seed=seed, kinds=wanted, limit=limit)
        if writer is None:
            return made
        told("改写")
        return reword(made, writer)


def read_file(path: Path, title: str | None = None) -> Document:
    """The document in a file; DocumentError with the file's name in the message."""
    try:
        return read(_bytes(path), name=path.name, title=title)
    except DocumentError as error:
        raise DocumentError(f"{path}：{error}") from error


@contextmanager
def writer(*, is_wanted: bool) -> Iterator[Writer | None]:
    """The writer of the settings, None where it isn't wanted; its trouble goes to stderr.

    Raises SettingsError.
    """
    if not is_wanted:
        yield None
        return
    from bot.settings import load
    from bot.writer import open_writer

    opened = open_writer(load())
    yield opened
    if opened.trouble:
        sys.stderr.write(f"{opened.trouble}\n")


def _registry(path: Path) -> laws.Registry:
    added, issues = laws.read_rows(_bytes(path))
    if issues:
        more = f"（共 {len(issues)} 处问题）" if len(issues) > 1 else ""
        raise laws.LawError(f"{path}：{issues[0]}{more}")
    try:
        return laws.registry().extended(added)
    except laws.LawError as error:
        raise laws.LawError(f"{path}：{error}") from error


@contextmanager
def _progress(steps: int) -> Iterator[_Told]:
    """A bar on stderr where it is a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda what, /: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=steps)
        done = itertools.count()
        yield lambda what, /: bar.update(
            task, completed=next(done), description=escape(what), refresh=True
        )


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise DocumentError("这是一个文件夹，请给出文件。")
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            limit = LARGEST_BYTES >> 20
            raise DocumentError(f"文件太大（{size >> 20} MB），请拆成不超过 {limit} MB 的文件。")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentError("没有这个文件，请检查路径。") from error
    except PermissionError as error:
        raise DocumentError("没有读取这个文件的权限。") from error


def compare_with(path: Path, generated: Generated) -> Changes:
    """The new bank against the bank file at `path`; FormatError where that is none."""
    try:
        return compare(FORMATS["json"].read(_bytes(path), path.name).bank, generated.bank)
    except (FormatError, DocumentError) as error:
        raise FormatError(f"{path}：{error}") from error


def print_advice(generated: Generated) -> None:
    """What could be told of a document that it doesn't tell itself, on stderr."""
    for account in generated.stats.documents:
        if account.advice:
            print(f"{account.title}：{account.advice}", file=sys.stderr)  # noqa: T201


def print_account(generated: Generated | None, changes: Changes | None) -> None:
    """What changed, and the tables, on stderr; each where it is asked for."""
    if changes is not None:
        print_changes(changes)
    if generated is not None:
        print_stats(generated)


def print_changes(changes: Changes) -> None:
    """Every new, changed and vanished question on stderr."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    console = Console(stderr=True)
    table = Table("", "题型", Column("题目", overflow="fold"), "改了什么")
    for what, question, parts in rows(changes):
        table.add_row(what, _KINDS[question.kind], escape(question.stem), parts)
    if table.row_count:
        console.print(table)
    console.print(
        f"新增 {len(changes.new)} 题，修改 {len(changes.changed)} 题，"
        f"消失 {len(changes.gone)} 题，未变 {changes.unchanged} 题。",
        highlight=False,
    )


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
    wordings = generated.stats.wordings
    if wordings is not None:
        table = Table("题干改写", "数目", title_justify="left")
        rows = {"送改": wordings.asked, "提出": wordings.proposed, "采用": wordings.taken}
        rows["未改动"] = wordings.same
        rows |= {f"舍弃 {code}": count for code, count in wordings.dropped.items()}
        for name, count in rows.items():
            table.add_row(name, str(count))
        console.print(table)

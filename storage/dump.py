"""PostgreSQL's own backup tools, run so that no password stands on a command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import URL, text

from storage.errors import BackupError
from storage.postgres import engine_of
from storage.schema import check_not_newer, version_of
from storage.tables import metadata

_PATIENCE = timedelta(seconds=5)
_VERSION_TABLE = "alembic_version"


def dump(address: URL, target: Path) -> None:
    """Write the database into `target`, an archive of pg_dump's custom format, and check it."""
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", address=address)
    if _VERSION_TABLE not in _run("pg_restore", "--list", str(target)):
        raise BackupError("数据库里没有学法的表，请检查 XUEFA_DATABASE_URL。")


def undump(address: URL, source: Path, kept: Path) -> bool:
    """Replace the database's tables by those of `source`, in one transaction.

    What was there is dumped to `kept` first; False where there was nothing to keep.
    """
    with tempfile.TemporaryDirectory(prefix="xuefa-restore-") as folder:
        script = Path(folder) / "restore.sql"
        # Spelling the archive out as SQL reads all of it, so a damaged one fails here.
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        check_not_newer(_version(source))
        is_kept = _is_ours_and_idle(address)
        if is_kept:
            if kept.exists():
                raise BackupError(f"{kept} 已经存在，请稍后再试。")
            dump(address, kept)
        tables = ", ".join([*metadata.tables, _VERSION_TABLE])
        drop = f"--command=DROP TABLE IF EXISTS {tables} CASCADE"
        strict = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
        _run("psql", *strict, drop, f"--file={script}", address=address)
    return is_kept


def _version(source: Path) -> str:
    """The schema's version inside an archive."""
    lines = _run(
        "pg_restore", "--data-only", f"--table={_VERSION_TABLE}", "--file=-", str(source)
    ).splitlines()
    heads = [at for at, line in enumerate(lines) if line.startswith("COPY ")]
    if not heads:
        raise BackupError(f"{source.name} 不是学法的备份。")
    return lines[heads[0] + 1]


def _is_ours_and_idle(address: URL) -> bool:
    """Whether there are tables of ours; raises BackupError while the bot works with them."""
    engine = engine_of(address, patience=_PATIENCE, connections=1)
    try:
        with engine.connect() as connection:
            others = connection.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'xuefa'"
                    " AND datname = current_database() AND pid <> pg_backend_pid()"
                )
            ).scalar_one()
            if others:
                raise BackupError("数据库正在使用，请先停止机器人再恢复。")
            return version_of(connection) is not None
    finally:
        engine.dispose()


def _run(program: str, *arguments: str, address: URL | None = None) -> str:
    """What the program printed; raises BackupError with its last word where it fails."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"没有找到 {program}，请先安装 PostgreSQL 客户端工具。")
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10", "PGAPPNAME": "xuefa-backup"}
    command = [path, *arguments]
    if address is not None:
        command[1:1] = ["--no-password", f"--dbname={_conninfo(address)}"]
        if address.password:
            environment["PGPASSWORD"] = str(address.password)
    done = subprocess.run(  # noqa: S603  (a fixed program; its arguments are never a shell's)
        command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        words = [line for line in done.stderr.splitlines() if line.strip()] or ["原因不明"]
        raise BackupError(f"{program} 失败：{words[0].strip()}")
    return done.stdout


def _conninfo(address: URL) -> str:
    from psycopg.conninfo import make_conninfo

    named = address.translate_connect_args(username="user", database="dbname")
    values = {**named, **address.query}
    values.pop("password", None)
    return make_conninfo(
        "", **{k: ",".join(v) if isinstance(v, tuple) else v for k, v in values.items()}
    )

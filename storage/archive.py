"""Backups: one file that holds everything, made while the bot runs, and checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from storage.address import parse
from storage.dump import dump, undump
from storage.errors import BackupError, Damaged, StorageError
from storage.faults import translate
from storage.schema import check_not_newer
from storage.sqlite import file_of


def backup(url: str, path: Path) -> None:
    """Write the whole database at `url` into the new file `path`, while it may be in use.

    The file appears only when complete and checked. SQLite: a database file; PostgreSQL: a
    pg_dump archive. Raises BackupError where `path` exists or can't be written, or the tools
    of PostgreSQL are missing.
    """
    address = parse(url)
    with _reported("备份没有完成"), _new_file(path) as scratch:
        if address.get_backend_name() == "sqlite":
            _copy(_existing(file_of(address)), scratch)
            _check(scratch)
        else:
            dump(address, scratch)


def restore(url: str, path: Path, *, now: datetime) -> Path | None:
    """Put the backup `path` in place of the database at `url`; stop the bot first.

    The backup is checked (whole, and not newer than this program) before anything is replaced.
    Gives where the previous database is kept: beside the present one (SQLite) or beside the
    backup (PostgreSQL), under a name dated `now`; None where there was none. An older backup
    needs `xuefa migrate` afterwards.
    """
    address = parse(url)
    with _reported("恢复没有完成，原来的数据库没有改动"):
        _existing(path)
        if address.get_backend_name() == "sqlite":
            return _replace(file_of(address), path, now)
        kept = dated(path.with_name(f"{address.database}.dump"), now)
        return kept if undump(address, path, kept) else None


def dated(path: Path, now: datetime) -> Path:
    """The name under which the previous database is kept: name, day and time, its suffix."""
    return path.with_name(f"{path.stem}-{now:%Y%m%d-%H%M%S}{path.suffix}")


@contextmanager
def _reported(what: str) -> Iterator[None]:
    """Turn whatever the file system or SQLite says into one line."""
    try:
        yield
    except StorageError as error:
        raise BackupError(f"{what}：{error}") from error
    except sqlite3.Error as error:
        raise BackupError(f"{what}：{translate(error) or error}") from error
    except OSError as error:
        name = f" {error.filename}" if error.filename else ""
        raise BackupError(f"{what}：读写文件{name} 失败（{error.strerror}）。") from error


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise BackupError(f"没有文件 {path}，请检查路径。")
    return path


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A scratch file in the same folder that becomes `path` when all went well."""
    if path.exists():
        raise BackupError(f"{path} 已经存在，为免覆盖，请换一个文件名。")
    scratch = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        scratch.touch(mode=0o600, exist_ok=False)
        yield scratch
        _sync(scratch)
        try:
            os.link(scratch, path)  # unlike a rename, it never replaces a file that just came
        except FileExistsError:
            raise BackupError(f"{path} 已经存在，为免覆盖，请换一个文件名。") from None
        except OSError:  # a file system without links
            scratch.rename(path)
        _sync(path.parent)
    finally:
        scratch.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)  # in one step: a copy in parts starts over whenever the bot writes
        new.execute("PRAGMA journal_mode = DELETE")  # one file, without a WAL beside it


def _check(path: Path) -> None:
    """Raise unless the file is a whole database of ours, not newer than this program."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Damaged("备份文件已损坏。")
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            row = None
        if row is None:
            raise BackupError(f"{path.name} 不是学法的数据库。")
        check_not_newer(row[0])


def _replace(database: Path, path: Path, now: datetime) -> Path | None:
    kept = dated(database, now)
    with _scratch_copy(path, database) as scratch:
        if kept.exists():
            raise BackupError(f"{kept} 已经存在，请稍后再试。")
        is_kept = database.exists()
        if is_kept:
            _fold(database)
            _resemble(scratch, database)
            _keep(database, kept)
        # A log left by a crash would be played into whatever file stands here.
        for log in (Path(f"{database}-wal"), Path(f"{database}-shm")):
            if log.exists():
                log.rename(f"{kept}{log.name[-4:]}")
        scratch.rename(database)
        _sync(database.parent)
        return kept if is_kept else None


def _keep(database: Path, kept: Path) -> None:
    try:
        os.link(database, kept)  # so that there is a database at every moment
    except OSError:  # a file system without links
        database.rename(kept)


def _resemble(scratch: Path, database: Path) -> None:
    """Give the new file the owner and the rights of the old one: the bot must open it."""
    status = database.stat()
    scratch.chmod(status.st_mode & 0o777)
    if hasattr(os, "chown"):  # Windows has none
        os.chown(scratch, status.st_uid, status.st_gid)


@contextmanager
def _scratch_copy(path: Path, database: Path) -> Iterator[Path]:
    """A checked copy of the backup in the database's own folder, ready to be renamed."""
    scratch = database.with_name(f".{database.name}.{os.getpid()}.part")
    try:
        scratch.touch(mode=0o600, exist_ok=False)
        _check(path)
        _copy(path, scratch)
        _check(scratch)
        _sync(scratch)
        yield scratch
    finally:
        scratch.unlink(missing_ok=True)


def _fold(database: Path) -> None:
    """Fold the WAL into the file, so that the file alone is the database.

    SQLite leaves WAL mode only for a sole user, which also tells whether the bot still runs.
    """
    with closing(sqlite3.connect(database, timeout=0.2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            raise BackupError("数据库正在使用，请先停止机器人再恢复。") from error
        except sqlite3.DatabaseError:
            return  # the present file is damaged: the very reason to restore


def _sync(path: Path) -> None:
    """Make a file's contents, or a folder's names, outlive a power cut."""
    if path.is_dir() and os.name == "nt":  # Windows keeps names by itself
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

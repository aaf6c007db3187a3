"""SQLite: its file, its pragmas, one writing connection and a few reading ones."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import BadAddress, NotMigrated, Unavailable
from storage.faults import translated
from storage.schema import check_schema
from storage.unit import Unit
from storage.writer import Writer

T = TypeVar("T")

READERS = 4
PATIENCE = timedelta(seconds=5)
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # an answer confirmed outlives a power cut
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -16000",
    "PRAGMA mmap_size = 134217728",
    "PRAGMA journal_size_limit = 67108864",
)


def file_of(url: URL) -> Path:
    """The database file an address names; raises BadAddress where it names none."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise BadAddress("SQLite 数据库要放在文件里，例如 sqlite:///xuefa.db。")
    return Path(url.database)


def _existing(path: Path) -> Path:
    if not path.parent.is_dir():
        raise Unavailable(f"没有文件夹 {path.parent}，请先建好，或检查 XUEFA_DATABASE_URL。")
    if not path.exists():  # SQLite would leave an empty file behind a mistyped address
        raise NotMigrated(f"没有数据库 {path}，请先运行 xuefa migrate。")
    return path


def engine_of(url: URL, *, patience: timedelta = PATIENCE) -> Engine:
    """An engine whose connections are set up and leave BEGIN and COMMIT to us.

    `patience` is how long a statement waits for another process's lock.
    """
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",  # else the driver would begin transactions by itself
        poolclass=NullPool,
        hide_parameters=True,  # errors must not carry names and answers
        connect_args={"check_same_thread": False, "timeout": patience.total_seconds()},
    )
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(raw: sqlite3.Connection, _record: object) -> None:
    for statement in _SETTINGS:
        raw.execute(statement)


def raw_of(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under SQLAlchemy's."""
    return cast(sqlite3.Connection, connection.connection.dbapi_connection)


class SqliteBackend:
    """One writer with group commit, and readers that see only what is committed."""

    dialect: Literal["sqlite"] = "sqlite"

    def __init__(self, url: URL, *, patience: timedelta = PATIENCE) -> None:
        self._path = _existing(file_of(url).absolute())
        # Readers connect later, perhaps from another working directory.
        self._engine = engine_of(url.set(database=str(self._path)), patience=patience)
        self._idle: list[Connection] = []
        with translated():
            connection = self._engine.connect()
            try:
                self._begin_wal(connection)
                check_schema(connection)
                self._identity = self._look()
            except BaseException:
                connection.close()
                raise
        self._writer = Writer(connection, self._guard)
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="xuefa-reader")

    async def run(self, work: Callable[[Unit], T]) -> T:
        """One write unit, committed when this returns."""
        return await self._writer.run(work)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """One read unit on a single snapshot; writing in it is refused by SQLite."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read, work)

    async def close(self) -> None:
        """Finish what is queued and close every connection; the last one empties the WAL."""
        await asyncio.to_thread(self._threads.shutdown)
        for connection in self._idle:
            connection.close()
        self._idle.clear()
        await self._writer.close()
        self._engine.dispose()

    def _read(self, work: Callable[[Unit], T]) -> T:
        with translated():
            self._guard()
            connection = self._reader()
            try:
                raw_of(connection).execute("BEGIN")
                value = work(Unit(connection))
            except (SQLAlchemyError, sqlite3.Error):
                connection.close()  # whatever ails it, the next reader gets a new one
                raise
            except BaseException:
                self._give_back(connection)
                raise
            self._give_back(connection)
            return value

    def _reader(self) -> Connection:
        try:
            return self._idle.pop()
        except IndexError:
            connection = self._engine.connect()
            raw_of(connection).execute("PRAGMA query_only = ON")
            return connection

    def _give_back(self, connection: Connection) -> None:
        raw_of(connection).execute("ROLLBACK")
        self._idle.append(connection)

    @staticmethod
    def _begin_wal(connection: Connection) -> None:
        mode: Any = raw_of(connection).execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != ("wal",):
            raise Unavailable(
                "数据库所在的文件系统不支持 WAL，请把数据库放到本机磁盘上。", is_transient=False
            )

    def _look(self) -> tuple[int, int]:
        status = self._path.stat()
        return status.st_dev, status.st_ino

    def _guard(self) -> None:
        """Raise where the path no longer leads to the file we hold.

        SQLite would go on writing into the removed file, and confirm answers nobody keeps.
        """
        try:
            is_ours = self._look() == self._identity
        except OSError:
            is_ours = False
        if not is_ours:
            raise Unavailable("数据库文件被移走或替换了，请放回原处并重启程序。")

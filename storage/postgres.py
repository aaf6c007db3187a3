"""PostgreSQL: a small pool of connections, one thread and one transaction for each unit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Literal, TypeVar

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from storage.errors import BadAddress, Unavailable
from storage.faults import is_retryable, translated
from storage.schema import check_schema
from storage.unit import Unit

T = TypeVar("T")

CONNECTIONS = 8
TRIES = 4
_PAUSE = 0.01  # seconds before the second try, and as much longer before each next


def engine_of(url: URL, *, patience: timedelta, connections: int = CONNECTIONS) -> Engine:
    """An engine with a fixed pool; `patience` bounds waits for locks and for connecting."""
    milliseconds = int(patience.total_seconds() * 1000)
    options = f"-c timezone=UTC -c lock_timeout={milliseconds}"
    arguments = {
        "application_name": "xuefa",
        "connect_timeout": str(max(2, int(patience.total_seconds()))),
        "options": options,
    }
    try:
        return create_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            hide_parameters=True,  # errors must not carry names and answers
            connect_args={k: v for k, v in arguments.items() if k not in url.query},
        )
    except ImportError:
        raise BadAddress('使用 PostgreSQL 请先安装驱动：pip install "xuefa[postgres]"。') from None


class PostgresBackend:
    """As many units at once as there are connections; the others wait for a thread."""

    dialect: Literal["postgresql"] = "postgresql"

    def __init__(
        self, url: URL, *, patience: timedelta = timedelta(seconds=5), connections: int = 8
    ) -> None:
        self._engine = engine_of(url, patience=patience, connections=connections)
        self._reads = self._engine.execution_options(
            isolation_level="REPEATABLE READ",  # one snapshot for the whole unit, as on SQLite
            postgresql_readonly=True,
        )
        try:
            with translated(), self._engine.connect() as connection:
                check_schema(connection)
        except BaseException:
            self._engine.dispose()
            raise
        self._threads = ThreadPoolExecutor(connections, thread_name_prefix="xuefa-database")

    async def run(self, work: Callable[[Unit], T]) -> T:
        """One write unit, committed when this returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._perform, self._engine, work)

    async def read(self, work: Callable[[Unit], T]) -> T:
        """One read unit on a single snapshot; writing in it is refused by PostgreSQL."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._perform, self._reads, work)

    async def close(self) -> None:
        """Finish what is queued and close every connection."""
        await asyncio.to_thread(self._threads.shutdown)
        self._engine.dispose()

    def _perform(self, engine: Engine, work: Callable[[Unit], T]) -> T:
        with translated():
            for attempt in range(1, TRIES):
                try:
                    return _transact(engine, work)
                except DBAPIError as error:
                    if not is_retryable(error):
                        raise
                    time.sleep(_PAUSE * attempt)
            return _transact(engine, work)


def _transact(engine: Engine, work: Callable[[Unit], T]) -> T:
    with engine.connect() as connection:
        transaction = connection.begin()
        value = work(Unit(connection))
        if connection.in_nested_transaction():
            raise RuntimeError("a unit of work left a nested transaction open")
        try:
            transaction.commit()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise Unavailable(
                "提交时与数据库断开，不确定数据是否已写入，请核对后再试。",
                is_transient=False,
            ) from error
        return value

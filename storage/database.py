"""The door to storage: one unit of work, one transaction, in a worker thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Literal, Protocol, Self, TypeVar

from sqlalchemy import URL

from storage.address import parse, resolved
from storage.errors import Closed
from storage.unit import Unit

T = TypeVar("T")

Dialect = Literal["sqlite", "postgresql"]


class Backend(Protocol):
    """What SQLite and PostgreSQL each do in their own way."""

    @property
    def dialect(self) -> Dialect: ...

    async def run(self, work: Callable[[Unit], T]) -> T: ...

    async def read(self, work: Callable[[Unit], T]) -> T: ...

    async def close(self) -> None: ...


class Database:
    """An open database with the schema this version works with; it belongs to one event loop."""

    def __init__(self, backend: Backend, address: str = "") -> None:
        self._backend = backend
        self._address = address
        self._inside = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_closed = False

    @classmethod
    def open(cls, url: str, *, patience: timedelta = timedelta(seconds=5)) -> Self:
        """Open the database at `url`; `patience` bounds the wait for another process's lock.

        Raises BadAddress, Unavailable or Damaged where it can't be opened, and NotMigrated,
        SchemaTooOld or SchemaTooNew where its tables are not ours: see `storage.schema.prepare`.
        """
        address = resolved(parse(url))
        backend = _backend(address, patience)
        return cls(backend, address.render_as_string(hide_password=False))

    @property
    def dialect(self) -> Dialect:
        """Which database this is."""
        return self._backend.dialect

    @property
    def address(self) -> str:
        """How another process of ours opens it; with its secrets, so never for a log."""
        return self._address

    async def run(self, work: Callable[[Unit], T]) -> T:
        """Do one write unit and give its result, after the commit that contains it.

        A unit that raises leaves nothing behind, and its error comes out here. On PostgreSQL
        `work` may run up to four times (serialization, deadlock), so it must only touch its
        unit. Raises Unavailable where the database can't serve, Conflict on a taken value.
        """
        self._enter()
        try:
            return await self._backend.run(work)
        finally:
            self._leave()

    async def read(self, work: Callable[[Unit], T]) -> T:
        """Do one read-only unit, on one snapshot of what is committed, beside the writer."""
        self._enter()
        try:
            return await self._backend.read(work)
        finally:
            self._leave()

    async def close(self) -> None:
        """Refuse new work, finish what is queued, and close; closing twice is harmless."""
        if self._is_closed:
            return
        self._is_closed = True
        await self._idle.wait()
        await self._backend.close()

    def _enter(self) -> None:
        if self._is_closed:
            raise Closed
        self._inside += 1
        if self._inside == 1:
            self._idle.clear()

    def _leave(self) -> None:
        self._inside -= 1
        if not self._inside:
            self._idle.set()


def _backend(url: URL, patience: timedelta) -> Backend:
    if url.get_backend_name() == "sqlite":
        from storage.sqlite import SqliteBackend

        return SqliteBackend(url, patience=patience)
    from storage.postgres import PostgresBackend

    return PostgresBackend(url, patience=patience)

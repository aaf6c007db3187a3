"""Database addresses: which are ours, and how each is spelled for its driver."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import BadAddress

_HINT = "例如 sqlite:///xuefa.db 或 postgresql+psycopg://用户:密码@主机/库名。"
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def parse(url: str) -> URL:
    """The address with its driver named; raises BadAddress, which never shows the address."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadAddress(f"数据库地址写得不对，请检查 XUEFA_DATABASE_URL，{_HINT}") from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise BadAddress(f"不支持 {parsed.drivername} 数据库，请检查 XUEFA_DATABASE_URL，{_HINT}")
    return parsed.set(drivername=driver)


def resolved(url: URL) -> URL:
    """The address as it reads from any working directory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        return url
    if url.database == ":memory:":
        return url
    return url.set(database=str(Path(url.database).absolute()))

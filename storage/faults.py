"""The one place where a driver's error becomes one of ours."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from storage.errors import Conflict, Damaged, StorageError, Unavailable

# Primary result codes, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY: "数据库正被另一个程序占用，请稍后再试；若一直如此，请关闭占用它的程序。",
    sqlite3.SQLITE_LOCKED: "数据库正被另一个程序占用，请稍后再试。",
    sqlite3.SQLITE_FULL: "磁盘已满，数据没有写入，请清理磁盘空间。",
    sqlite3.SQLITE_READONLY: "数据库是只读的，请检查文件和所在文件夹的写权限。",
    sqlite3.SQLITE_PERM: "没有权限读写数据库，请检查文件和所在文件夹的权限。",
    sqlite3.SQLITE_CANTOPEN: "打不开数据库文件，请检查路径是否存在、是否有读写权限。",
    sqlite3.SQLITE_IOERR: "读写数据库文件时磁盘出错，请检查磁盘。",
    sqlite3.SQLITE_PROTOCOL: "数据库正忙，请稍后再试。",
    sqlite3.SQLITE_NOMEM: "内存不足，数据没有写入，请稍后再试。",
}
_SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SQLITE_UNIQUE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}

# SQLSTATE codes or their two-character classes, the longer one first asked.
_POSTGRES = {
    "08": "连不上数据库，请检查数据库是否已启动、地址是否正确。",
    "25006": "数据库是只读的，请检查是否连到了备库。",
    "28": "数据库拒绝登录，请检查 XUEFA_DATABASE_URL 里的用户名和密码。",
    "3D": "数据库不存在，请先创建它，或检查 XUEFA_DATABASE_URL。",
    "40": "数据库繁忙，多次重试仍有冲突，请稍后再试。",
    "53": "数据库资源不足（磁盘、内存或连接数），请清理或扩容后再试。",
    "55P03": "数据库正被另一个程序占用，请稍后再试。",
    "57": "数据库正在停止或重启，请稍后再试。",
    "58": "数据库所在机器读写出错，请检查磁盘。",
}
_RETRYABLE = {"40001", "40P01"}  # serialization failure, deadlock: run the same work again


def translate(error: BaseException) -> StorageError | None:
    """Our error for a driver's operational fault; None for anything else, a bug above all."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    state = sqlstate(error)
    if state is not None:
        return _of_sqlstate(state)
    if type(cause).__module__.startswith("psycopg") and type(cause).__name__ in _NO_STATE:
        return Unavailable(_POSTGRES["08"])
    return None


# psycopg reports a refused or cut connection without any SQLSTATE.
_NO_STATE = {"OperationalError", "ConnectionTimeout", "InterfaceError"}


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE behind an error of PostgreSQL, where the server gave one."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    return state if isinstance(state, str) else None


def is_retryable(error: DBAPIError) -> bool:
    """Whether the transaction surely left nothing behind and the same work may run again."""
    return error.connection_invalidated or sqlstate(error) in _RETRYABLE


def _of_sqlite(cause: sqlite3.Error) -> StorageError | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:  # raised by the sqlite3 module itself: misuse
        return None
    if code in _SQLITE_UNIQUE:
        return Conflict("已经有相同的记录，请换一个再试。")
    primary = code & 0xFF
    if primary in _SQLITE_DAMAGED:
        return Damaged("数据库文件已损坏，或者不是数据库，请用 xuefa restore 恢复备份。")
    message = _SQLITE.get(primary)
    return Unavailable(message) if message is not None else None


def _of_sqlstate(state: str) -> StorageError | None:
    if state == "23505":
        return Conflict("已经有相同的记录，请换一个再试。")
    message = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
    return Unavailable(message) if message is not None else None


class translated:  # noqa: N801  (used as a statement)
    """Within it, a driver's operational fault is raised as our error."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise ours in place of `error`."""
        if error is not None and (shown := presentable(error)) is not error:
            raise shown from error


def presentable(error: BaseException) -> BaseException:
    """What a caller gets: our error for a driver's, and nothing a future would refuse."""
    ours = translate(error)
    if ours is None and isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    shown = ours or RuntimeError(f"a unit of work raised {type(error).__name__}")
    shown.__cause__ = error
    return shown

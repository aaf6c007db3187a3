"""Errors of storage/; each message is one Chinese line that says what to do.

StorageError
├── BadAddress         the database address can't be used
├── Unavailable        the database can't serve now: locked, gone, full, read-only, refused
│   └── Closed         the program is stopping and takes no more work
├── Damaged            the file is not a database, or is corrupt
├── SchemaError        the tables are not those this version of xuefa works with
│   ├── NotMigrated    there are no tables yet
│   ├── SchemaTooOld   the tables were made by an older xuefa
│   └── SchemaTooNew   the tables were made by a newer xuefa
├── Missing            the row asked for is not there
├── Conflict           a value that must be unique is taken
├── SeasonClosed       totals of a closed season would move without a correction
└── BackupError        a backup can't be written, or a restore can't go on
"""

from __future__ import annotations


class StorageError(Exception):
    """Root of every error raised by storage/; its message is Chinese and fit to be shown."""

    is_transient: bool = False


class BadAddress(StorageError):
    """The database address can't be used."""


class Unavailable(StorageError):
    """The database can't serve now; nothing of the unit was kept, so it may be tried again.

    The one exception, a PostgreSQL connection cut during COMMIT, has `is_transient` False:
    whether the unit was kept is not known.
    """

    def __init__(self, message: str, *, is_transient: bool = True) -> None:
        super().__init__(message)
        self.is_transient = is_transient


class Closed(Unavailable):
    """The program is stopping and takes no more work."""

    def __init__(self, message: str = "程序正在退出，请稍后再试。") -> None:
        super().__init__(message, is_transient=False)


class Damaged(StorageError):
    """The file is not a database, or is corrupt."""


class SchemaError(StorageError):
    """The tables are not those this version of xuefa works with."""


class NotMigrated(SchemaError):
    """There are no tables yet."""


class SchemaTooOld(SchemaError):
    """The tables were made by an older xuefa."""


class SchemaTooNew(SchemaError):
    """The tables were made by a newer xuefa."""


class Missing(StorageError):
    """The row asked for is not there."""


class Conflict(StorageError):
    """A value that must be unique is taken."""


class SeasonClosed(StorageError):
    """Totals of a closed season would move without a correction."""


class BackupError(StorageError):
    """A backup can't be written, or a restore can't go on."""

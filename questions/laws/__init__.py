"""The law registry: what laws and rules are called, how they rank, and when they are in force.

The rows lie in questions/data/laws.csv; an admin adds more with a file of the same columns.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from questions.data import read_laws
from questions.laws.law import Event, Law, Rank, Version
from questions.laws.registry import LawError, Registry
from questions.laws.renewing import renewed
from questions.laws.rows import Issue, is_law_table, read_rows, row_of, write_rows

__all__ = [
    "Event",
    "Issue",
    "Law",
    "LawError",
    "Rank",
    "Registry",
    "Version",
    "is_law_table",
    "read_rows",
    "registry",
    "renewed",
    "row_of",
    "using",
    "write_rows",
]

_IN_USE: ContextVar[Registry | None] = ContextVar("registry", default=None)


def registry() -> Registry:
    """The registry in use: the bundled one, or the one a caller put in its place."""
    return _IN_USE.get() or _bundled()


@contextmanager
def using(laws: Registry) -> Iterator[None]:
    """Put another registry in the bundled one's place while the block runs."""
    token = _IN_USE.set(laws)
    try:
        yield
    finally:
        _IN_USE.reset(token)


@functools.cache
def _bundled() -> Registry:
    laws, issues = read_rows(read_laws())
    if issues:
        raise LawError(f"内置法规库有误：{issues[0]}")
    return Registry.of(laws)

"""Bundled data: the demonstration bank's report, the extractors' word tables, the law registry."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def report_path() -> Path:
    """Where the bundled report lies."""
    return _HERE / "report.txt"


def read_report() -> bytes:
    """The bundled report, byte for byte as published."""
    return report_path().read_bytes()


def read_laws() -> bytes:
    """The rows of the law registry, as a CSV file."""
    return (_HERE / "laws.csv").read_bytes()


def read_wordings() -> bytes:
    """Digests of law texts' articles, as a CSV file."""
    return (_HERE / "wordings.csv").read_bytes()


@functools.cache
def about_report() -> dict[str, Any]:
    """Title, issuer, day of publication and origin of the bundled report."""
    return tomllib.loads((_HERE / "report.toml").read_text(encoding="utf-8"))


@functools.cache
def words(table: str) -> Any:
    """One table of words.toml or names.toml: words, or maps from a word to its meaning."""
    return _tables()[table]


@functools.cache
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name in ("words.toml", "names.toml"):
        tables |= tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
    return tables

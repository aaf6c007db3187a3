"""Taps given to a running bot, and what came of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from tests.bench.figures import quantile
from tests.bench.stage import House, Process, Server, Tap

_ANSWERED = """SELECT chat_id, count(*) FROM answers JOIN sittings ON sittings.id = sitting_id
    JOIN people ON people.id = person_id WHERE answered_at IS NOT NULL GROUP BY chat_id"""
_TOTALS = """SELECT chat_id, answered FROM person_totals
    JOIN people ON people.id = person_id WHERE period = 'all'"""
_POSITIONS = """SELECT chat_id, position FROM sittings
    JOIN people ON people.id = person_id WHERE position > 0"""

_GRADED = """SELECT chat_id, answers.position, chosen || outcome || points FROM answers
    JOIN sittings ON sittings.id = sitting_id JOIN people ON people.id = person_id
    WHERE answered_at IS NOT NULL"""


@dataclass(frozen=True)
class Load:
    """One measured load: taps a second, seconds of CPU a tap, and the server's report."""

    rate: float
    cpu: float
    report: dict[str, Any]

    @property
    def p50(self) -> float:
        """Milliseconds from a tap to its answer."""
        return quantile(self.report["waits"], 0.5) * 1e3

    @property
    def p99(self) -> float:
        """The same for the slowest hundredth."""
        return quantile(self.report["waits"], 0.99) * 1e3


class Bot:
    """A running bot with the taps it has still to get."""

    def __init__(self, server: Server, token: str, process: Process, house: House) -> None:
        self._server, self._token, self._process = server, token, process
        self.house = house
        self.given = 0
        self.faults: list[str] = []

    def take(self, count: int, delay: float, rate: float = 0.0) -> Load:
        """Give it the next taps and wait until it is done with them."""
        taps: list[Tap] = self.house.taps[self.given : self.given + count]
        assert len(taps) == count, "the house is too small"
        self.given += count
        patience = 60 + (count / rate if rate else 0)
        before = self._process.cpu
        report = self._server.order(
            self._token, "tap", taps=taps, rate=rate, delay=delay, patience=patience
        )
        self._check(report)
        return Load(count / report["seconds"], (self._process.cpu - before) / count, report)

    def said(self) -> dict[str, list[str]]:
        """All texts it has edited messages to, by chat."""
        texts: dict[str, list[str]] = self._server.order(self._token, "said")
        return texts

    def _check(self, report: dict[str, Any]) -> None:
        count = report["taps"]
        if (report["answered"], report["edited"], report["repeated"]) != (count, count, 0):
            self.faults.append(
                f"{self._token}: {count} taps, {report['answered']} answered, "
                f"{report['repeated']} twice, {report['edited']} edits"
            )
        if report["unconfirmed"]:
            self.faults.append(f"{self._token}: {report['unconfirmed']} taps unconfirmed")
        if report["unknown"]:
            self.faults.append(f"{self._token}: the server knows no {set(report['unknown'])}")

    def miscounted(self) -> list[str]:
        """What the database holds other than one answer per tap, of a bot that has stopped."""
        given: dict[int, int] = {}
        for chat, _, _ in self.house.taps[: self.given]:
            given[chat] = given.get(chat, 0) + 1
        with closing(sqlite3.connect(self.house.path)) as connection:
            answered = dict(connection.execute(_ANSWERED).fetchall())
            totals = dict(connection.execute(_TOTALS).fetchall())
            positions = dict(connection.execute(_POSITIONS).fetchall())
        return [
            f"{self._token}: {name} are not one per tap"
            for name, counted in (
                ("answers", answered),
                ("totals", totals),
                ("positions", positions),
            )
            if counted != given
        ]

    def graded(self) -> dict[tuple[int, int], str]:
        """Every answer in the database with its grade, by chat and position."""
        with closing(sqlite3.connect(self.house.path)) as connection:
            return {row[:2]: row[2] for row in connection.execute(_GRADED)}

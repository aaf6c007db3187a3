"""A handler that keeps a diary, and fails as told."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from telegram import Update

from bot.transport.turns import Turns, current_turn


class AwayError(Exception):
    """The database is away: this passes."""


class Desk:
    """Handles updates for tests: `handled` in order of ending, `parked` as (id, kind, error)."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.handled: list[int] = []
        self.parked: list[tuple[int, str, str]] = []
        self.errors: dict[int, list[Exception]] = defaultdict(list)
        self.gates: dict[int, asyncio.Event] = {}
        self.commits: set[int] = set()
        self.now = 0
        self.most = 0

    def gate(self, update_id: int) -> asyncio.Event:
        """Hold an update until the event is set."""
        return self.gates.setdefault(update_id, asyncio.Event())

    async def handle(self, update: Update) -> None:
        self.started.append(update.update_id)
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            if self.errors[update.update_id]:
                raise self.errors[update.update_id].pop(0)
            if update.update_id in self.commits:
                turn = current_turn()
                assert turn is not None
                turn.committed()
            if update.update_id in self.gates:
                await self.gates[update.update_id].wait()
            self.handled.append(update.update_id)
        finally:
            self.now -= 1

    async def park(self, update_id: int, kind: str, error: str) -> None:
        self.parked.append((update_id, kind, error))

    def turns(self, **options: float) -> Turns:
        return Turns(
            self.handle,
            self.park,
            lambda error: isinstance(error, AwayError),
            **options,  # type: ignore[arg-type]
        )


async def until(condition: object, seconds: float = 5.0) -> None:
    """Wait until `condition()` holds; fails after some seconds."""
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)

"""Databases for real processes, and the rule that none of them is left running."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from tests.bot.chaos.process import Process

Keep = Callable[[Process], Process]


@pytest.fixture
async def keep() -> AsyncIterator[Keep]:
    """Remember a process, to end it whatever happens in the test."""
    kept: list[Process] = []

    def remember(process: Process) -> Process:
        kept.append(process)
        return process

    yield remember
    for process in kept:
        await process.clear()

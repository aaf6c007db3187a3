"""One misbehaving server per test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.transport.wire import Wire


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with Wire() as running:
        yield running

"""One use case on the database from the command line, with no bot running."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.settings import Settings
from storage.database import Database
from storage.unit import Unit
from storage.upgrade import prepare

T = TypeVar("T")


def once(settings: Settings, work: Callable[[Unit], T]) -> T:
    """Do one transaction on the database of the settings, which is made where there is none."""

    async def run() -> T:
        prepare(settings.database_url)
        database = Database.open(settings.database_url)
        try:
            return await database.run(work)
        finally:
            await database.close()

    return asyncio.run(run())

"""kill -9 in the middle of writing: every unit that was confirmed is there afterwards."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from storage.database import Database

NOW = datetime(2026, 3, 3, tzinfo=UTC)

_WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from storage.database import Database

async def main():
    database = Database.open(sys.argv[1])
    now = datetime(2026, 3, 2, tzinfo=UTC)

    async def write(lane):
        number = 0
        while True:
            name = f"{lane}-{number}"
            await database.run(lambda unit: unit.people.add_department(name, now))
            sys.stdout.write(name + "\\n")
            sys.stdout.flush()
            number += 1

    await asyncio.gather(*(write(lane) for lane in range(16)))

asyncio.run(main())
"""


def confirmed_before_a_kill(url: str, seconds: float) -> list[str]:
    """What a process writing without pause had confirmed when it was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.kill()
        # The last line may be cut; those before it count.
        return (first + process.stdout.read()).rpartition("\n")[0].splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.5])
async def test_every_confirmed_unit_outlives_a_kill(database_url: str, seconds: float) -> None:
    confirmed = await asyncio.to_thread(confirmed_before_a_kill, database_url, seconds)
    assert len(confirmed) > 1

    database = Database.open(database_url)
    kept = {row.name for row in await database.read(lambda unit: unit.people.list_departments())}
    assert not set(confirmed) - kept
    await database.run(lambda unit: unit.people.add_department("后来", NOW))
    await database.close()

"""The process that makes one file: job on stdin, progress and verdict on stdout."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, Final

from bot.reports.files.csv_zip import CsvSink
from bot.reports.files.excel import ExcelSink
from bot.reports.files.gathering import Gathering
from bot.reports.files.order import FileFormat, Order
from bot.reports.files.tables import Sink
from storage.database import Database
from storage.errors import StorageError

MEMORY: Final = 2 << 30  # address space, which is more than what is held
_EVERY_SECONDS: Final = 0.5


def main() -> None:
    """Do the job on stdin: a line of JSON."""
    out, sys.stdout = sys.stdout, sys.stderr  # libraries print; no verdict mixes with it
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    job = json.loads(sys.stdin.readline())
    told_at = 0.0

    def say(**what: Any) -> None:
        print(json.dumps(what), file=out, flush=True)

    async def told(table: str, done: int, of: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at > _EVERY_SECONDS:
            told_at = time.monotonic()
            say(table=table, done=done, of=of)

    async def make() -> None:
        database = Database.open(job["address"])
        try:
            order = Order.unpack(job["order"])
            sink = sink_of(Path(job["path"]), order)
            await Gathering(database, order, sink, told).run()
            sink.close()
        finally:
            await database.close()

    try:
        asyncio.run(make())
    except StorageError as error:
        say(refused=str(error))
    except MemoryError:
        say(refused="memory")
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        say(ok=True, bytes=Path(job["path"]).stat().st_size, peak_kilobytes=peak)


def sink_of(path: Path, order: Order) -> Sink:
    """What writes the file that was ordered."""
    return ExcelSink(path, order) if order.format is FileFormat.XLSX else CsvSink(path)


if __name__ == "__main__":
    main()

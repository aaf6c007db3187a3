"""The bot's side of making a file: starts the process, listens, and ends it where it must."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from bot.errors import BotError
from bot.reports.files.order import Order
from storage.database import Database

SECONDS: Final = 900
LARGEST_BYTES: Final = 50 << 20  # what a bot may send

log = logging.getLogger(__name__)

Told = Callable[[str, int, int], Awaitable[None]]


class FileFault(BotError):
    """The file could not be made."""

    text_key = "reports.file_failed"


class FileTooLarge(BotError):
    """The file is larger than a bot may send."""

    text_key = "reports.file_too_large"


async def make(database: Database, order: Order, path: Path, told: Told) -> dict[str, Any]:
    """Make the file at `path`; what the process says of itself. Cancelled, it leaves no process.

    `told` hears how far it is. Raises FileFault, or FileTooLarge over what may be sent.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.reports.files.child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SECONDS):
            job = {"address": database.address, "path": str(path), "order": order.pack()}
            await _hand_over(process, json.dumps(job).encode() + b"\n")
            verdict = await _listen(process, told)
            await process.wait()
    except TimeoutError as error:
        raise FileFault from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if "ok" not in verdict:
        log.error("a report was not made: %s", verdict.get("refused", process.returncode))
        raise FileFault
    if verdict["bytes"] > LARGEST_BYTES:
        raise FileTooLarge
    return verdict


async def _hand_over(process: asyncio.subprocess.Process, job: bytes) -> None:
    assert process.stdin is not None  # noqa: S101  (asked for above)
    process.stdin.write(job)
    await process.stdin.drain()
    process.stdin.close()


async def _listen(process: asyncio.subprocess.Process, told: Told) -> dict[str, Any]:
    assert process.stdout is not None  # noqa: S101  (asked for above)
    async for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        if "table" not in said:
            return said
        await told(said["table"], said["done"], said["of"])
    return {}

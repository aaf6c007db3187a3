"""The bot's side of the workshop: starts the process, listens, and ends it where it must."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.banks.workshop.found import (
    OK,
    PROGRESS,
    REFUSED,
    BankFile,
    DocumentFile,
    unpack,
)
from questions.errors import DocumentError

MEMORY = 2 << 30  # address space, which is more than what is held
SECONDS = 120
SIDE_BY_SIDE = 2
WAITING = 8
LARGEST_RESULT = 128 << 20
LONGEST_LINE = 300

log = logging.getLogger(__name__)

Told = Callable[[str], Awaitable[None]]


class Busy(DocumentError):
    """Too many files wait to be read."""


async def _nobody(what: str) -> None:
    """Tell nobody."""


class Workshop:
    """Reads files, a few at a time; the rest wait their turn."""

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        seconds: int = SECONDS,
        side_by_side: int = SIDE_BY_SIDE,
        waiting: int = WAITING,
    ) -> None:
        self._memory, self._seconds = memory, seconds
        self._places = asyncio.Semaphore(side_by_side)
        self._room = side_by_side + waiting

    async def read(
        self,
        data: bytes,
        name: str,
        *,
        title: str | None = None,
        laws: str = "",
        is_document: bool = False,
        told: Told = _nobody,
    ) -> BankFile | DocumentFile:
        """What a file holds: a bank where its content is one, else a document and its questions.

        `laws` are rows for the registry (CSV); `is_document` asks for a document whatever it
        looks like; `told` hears what is under way. Raises DocumentError, in Chinese.
        """
        if self._room == 0:
            raise Busy("正在处理的文件太多，请过几分钟再发。")
        self._room -= 1
        try:
            async with self._places:
                job = {
                    "name": name,
                    "title": title,
                    "laws": laws,
                    "is_document": is_document,
                    "memory": self._memory,
                    "seconds": self._seconds,
                }
                return await self._work(json.dumps(job).encode() + b"\n" + data, told)
        finally:
            self._room += 1

    async def _work(self, job: bytes, told: Told) -> BankFile | DocumentFile:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.banks.workshop.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(self._seconds * 2):
                said, _, _ = await asyncio.gather(
                    _all_of(process), _feed(process, job), _listen(process, told)
                )
                await process.wait()
        except TimeoutError as error:
            raise DocumentError("文件读取超时，请拆成几份再发。") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        verdict, _, body = said.partition(b"\n")
        if verdict == OK.encode():
            return unpack(body)
        if verdict == REFUSED.encode():
            raise DocumentError(body.decode())
        raise DocumentError("读取这个文件用时或内存超出了限制，请拆成几份再发。")


async def _feed(process: asyncio.subprocess.Process, job: bytes) -> None:
    assert process.stdin is not None  # noqa: S101  (asked for above)
    with suppress(BrokenPipeError, ConnectionResetError):  # it ended early and says why itself
        process.stdin.write(job)
        await process.stdin.drain()
    process.stdin.close()


async def _all_of(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None  # noqa: S101  (asked for above)
    parts: list[bytes] = []
    size = 0
    while part := await process.stdout.read(1 << 16):
        size += len(part)
        if size > LARGEST_RESULT:
            raise DocumentError("文件里的内容太多，请拆成几份再发。")
        parts.append(part)
    return b"".join(parts)


async def _listen(process: asyncio.subprocess.Process, told: Told) -> None:
    assert process.stderr is not None  # noqa: S101  (asked for above)
    async for line in process.stderr:
        said = line.decode(errors="replace").strip()
        word, _, what = said.partition(" ")
        if word == PROGRESS:
            await told(what)
        elif said:
            log.warning("the workshop says: %s", said[:LONGEST_LINE])

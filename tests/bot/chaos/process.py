"""`xuefa run` as a real process: started, killed, stopped, starved."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("xuefa")
STOP_SECONDS = 10.0
UNLIMITED = resource.RLIM_INFINITY


class Process:
    """One bot; `start` may be called again after a kill. Its log is kept across starts."""

    def __init__(self, folder: Path, **settings: object) -> None:
        """`settings` are those of XUEFA_*, in lower case; `folder` becomes where it runs."""
        self.folder = folder
        self._environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
            **{f"XUEFA_{key.upper()}": str(value) for key, value in settings.items()},
        }
        self._running: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._said = bytearray()

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        assert self._running is None
        self._running = await asyncio.create_subprocess_exec(
            COMMAND,
            "run",
            cwd=self.folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,  # no file: those may be made to fail
            stderr=asyncio.subprocess.STDOUT,
        )
        self._reading = asyncio.create_task(self._read())

    @property
    def log(self) -> str:
        """All it has written so far."""
        return self._said.decode("utf-8", "replace")

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._running is not None and self._running.returncode is None

    async def kill(self) -> None:
        """End it as a power cut would."""
        assert self.is_running, self.log[-2000:]
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to end, as a service manager does; its exit status."""
        assert self.is_running, self.log[-2000:]
        async with asyncio.timeout(STOP_SECONDS):
            return await self._end(signal.SIGTERM)

    async def status(self) -> int:
        """Wait until it ends by itself; its exit status."""
        assert self._running is not None
        async with asyncio.timeout(30):
            return await self._ended()

    async def clear(self) -> None:
        """Leave nothing running."""
        if self.is_running:
            await self._end(signal.SIGKILL)

    def fill_disk(self, is_full: bool = True) -> None:
        """Let every write into a file fail, or succeed again."""
        assert self._running is not None
        soft = 0 if is_full else UNLIMITED
        resource.prlimit(self._running.pid, resource.RLIMIT_FSIZE, (soft, UNLIMITED))

    async def _end(self, how: signal.Signals) -> int:
        assert self._running is not None
        self._running.send_signal(how)
        return await self._ended()

    async def _ended(self) -> int:
        assert self._running is not None
        assert self._reading is not None
        status = await self._running.wait()
        await self._reading
        self._running = None
        return status

    async def _read(self) -> None:
        assert self._running is not None
        assert self._running.stdout is not None
        while chunk := await self._running.stdout.read(65536):
            self._said += chunk


async def run_once(folder: Path, **settings: object) -> tuple[int, str]:
    """Run it until it ends by itself; its exit status and what it wrote."""
    process = Process(folder, **settings)
    await process.start()
    try:
        return await process.status(), process.log
    finally:
        await process.clear()

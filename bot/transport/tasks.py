"""The one place that starts background tasks: none is lost, none fails unseen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Keeps every task it starts until it ends, logs failures, and can wait for all of them."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run `work` in the background; a failure is logged with its traceback."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251  (the one permitted place)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def __len__(self) -> int:
        return len(self._running)

    async def stop(self, timeout: float) -> bool:  # noqa: ASYNC109  (what is left is cancelled)
        """Let tasks end for `timeout` seconds, then cancel; whether all ended by themselves."""
        others = self._running - {asyncio.current_task()}
        if not others:
            return True
        _, late = await asyncio.wait(others, timeout=timeout)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return not late

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task %s failed", task.get_name(), exc_info=error)

"""What happens in the chats, told to every open page at once."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.demo.people import Json

MAX_BEHIND = 5_000


class Events:
    """Fans each event out to bounded queues; a page too far behind is cut off and reconnects."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[str | None]] = set()

    @property
    def has_listeners(self) -> bool:
        """Whether telling is worth the trouble."""
        return bool(self._queues)

    def tell(self, person: int, kind: str, **fields: Any) -> None:
        """Send one event of this person's chat to every page."""
        if not self._queues:
            return
        event: Json = {"person": person, "type": kind, **fields}
        text = json.dumps(event)
        for queue in tuple(self._queues):
            if queue.qsize() >= MAX_BEHIND:
                self._queues.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(text)

    @contextmanager
    def listen(self) -> Iterator[asyncio.Queue[str | None]]:
        """A queue of events as JSON; None ends it."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def close(self) -> None:
        """End every queue."""
        for queue in self._queues:
            queue.put_nowait(None)
        self._queues.clear()

"""What several replicas agree on before one of them handles an update."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol


class Entry(Enum):
    """The gate's answer."""

    GO = auto()
    """Handle it now."""
    WAIT = auto()
    """Ask again soon: it, or an earlier one of its person, is in another replica's hands."""
    DONE = auto()
    """A replica has handled it."""


class Gate(Protocol):
    """Lets each update pass once over all replicas, one person's in the order of their ids."""

    async def enter(self, update_id: int, person: int | None, *, is_next: bool) -> Entry:
        """Take the update, and begin it where `is_next`; asking again is harmless."""
        ...

    async def finish(self, update_id: int) -> None:
        """It is handled or parked; the others know when this returns."""
        ...

    def leave(self, update_id: int) -> None:
        """It was not handled: another replica may."""
        ...

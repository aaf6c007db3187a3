"""Faults to inject on purpose, and the journal of every call."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.demo.people import Json


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    FLOOD = "flood"  # 429 with retry_after, not processed
    ERROR = "error"  # `status` and `description`, not processed
    GARBAGE = "garbage"  # processed, but the answer is a gateway's HTML page with `status`
    CUT_BEFORE = "cut_before"  # connection cut, not processed
    CUT_AFTER = "cut_after"  # processed, connection cut instead of the answer
    DELAY = "delay"  # processed after `seconds`
    DELAY_AFTER = "delay_after"  # processed at once, answered after `seconds`


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next `times` calls of a method, of one chat or of all.

    The method "*" is any but getUpdates, which would use every fault up.
    """

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int = 1
    retry_after: int = 1
    status: int = 500
    description: str = "Internal Server Error"
    seconds: float = 0.0

    @classmethod
    def parse(cls, given: Json) -> "Fault":
        """A fault from its JSON form; raises TypeError or ValueError on anything odd."""
        return cls(**{**given, "kind": FaultKind(given["kind"])})


class Faults:
    """The faults still to happen, in the order they were added."""

    def __init__(self) -> None:
        self._left: list[tuple[Fault, int]] = []

    def add(self, fault: Fault) -> None:
        """Let it happen to the next matching calls."""
        self._left.append((fault, fault.times))

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._left.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits this call, counted down."""
        for place, (fault, left) in enumerate(self._left):
            is_method = (
                method != "getUpdates"
                if fault.method == "*"
                else fault.method.lower() == method.lower()
            )
            if is_method and fault.chat in {None, chat}:
                if left > 1:
                    self._left[place] = (fault, left - 1)
                else:
                    del self._left[place]
                return fault
        return None


@dataclass(slots=True)
class Call:
    """One call of the bot; `at` and `ended_at` are the event loop's seconds, status 0 is a cut.

    `is_early` marks a message sent although a 429 had told to wait longer.
    """

    at: float
    method: str
    chat: int | None
    params: dict[str, Any]
    status: int = 0
    description: str = ""
    ended_at: float = 0.0
    is_early: bool = False

    def to_json(self) -> Json:
        """The call for the control API."""
        return {
            "at": self.at,
            "ended_at": self.ended_at,
            "method": self.method,
            "chat": self.chat,
            "params": self.params,
            "status": self.status,
            "description": self.description,
            "is_early": self.is_early,
        }


class Journal:
    """The last calls, oldest first; getUpdates is left out."""

    def __init__(self, size: int) -> None:
        self._calls: deque[Call] = deque(maxlen=size)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)

    def __len__(self) -> int:
        return len(self._calls)

    def add(self, call: Call) -> None:
        """Write one call down."""
        self._calls.append(call)

    def clear(self) -> None:
        """Start a new page."""
        self._calls.clear()

    def calls(self, method: str | None = None, chat: int | None = None) -> list[Call]:
        """The calls of one method, one chat, or all."""
        return [
            call
            for call in self._calls
            if (method is None or call.method == method) and (chat is None or call.chat == chat)
        ]

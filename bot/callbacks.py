"""What buttons carry: a verb and ids, nothing a forger could profit from.

A button already in someone's chat is a public contract: verbs are never reused, and fields are
only ever added at the end, with a default.
"""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, fields
from typing import ClassVar, TypeVar

_FIELD = re.compile(r"[0-9]{1,10}|[a-z][a-z0-9_]{0,15}", re.ASCII)
LARGEST = 2**31 - 1  # what a column of either database takes


@dataclass(frozen=True, slots=True)
class Tap:
    """Base of all button payloads; fields are ints or short lower-case words."""

    VERB: ClassVar[str]


TapT = TypeVar("TapT", bound=Tap)


def pack(tap: Tap) -> str:
    """The callback data of a button, at most 64 bytes."""
    data = ":".join([tap.VERB, *(str(value) for value in astuple(tap))])
    if len(data.encode()) > 64:
        raise ValueError(f"callback data too long: {data}")
    return data


def pattern(kind: type[Tap]) -> str:
    """The regular expression that routes a button to its handler."""
    return rf"^{kind.VERB}(?::|$)"


def parse(data: str | None, kind: type[TapT]) -> TapT | None:
    """The payload of a tap, or None where it was not made by `pack`."""
    verb, *values = (data or "").split(":")
    wanted = fields(kind)
    if verb != kind.VERB or len(values) != len(wanted):
        return None
    parsed: list[int | str] = []
    for value, field in zip(values, wanted, strict=True):
        if not _FIELD.fullmatch(value) or value.isdigit() is not (field.type in ("int", int)):
            return None
        if value.isdigit() and int(value) > LARGEST:
            return None
        parsed.append(int(value) if value.isdigit() else value)
    return kind(*parsed)

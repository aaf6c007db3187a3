"""What a view hands to the chat: a text with its buttons, free of any Telegram type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button; `data` is callback data of at most 64 bytes, ids only."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A message: `text` is Telegram HTML, already escaped; `keyboard` is rows of buttons."""

    text: str
    keyboard: tuple[tuple[Button, ...], ...] = ()

"""A language model at a configured address as the writer of stems (`xuefa generate --writer`).

It speaks the chat-completions shape that local servers and vendors share. Whatever goes wrong
there, the wordings that rules made stay.
"""

from __future__ import annotations

from bot.writer.client import ChatWriter
from bot.writer.opening import open_writer

__all__ = ["ChatWriter", "open_writer"]

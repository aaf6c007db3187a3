"""GIFT, Moodle's bank as a plain text: read as Moodle reads it, written so that it takes it."""

from __future__ import annotations

from questions.formats.format import Format
from questions.formats.gift.reader import knows, read
from questions.formats.gift.writer import losses, write

__all__ = ["GIFT"]

GIFT = Format("gift", "Moodle GIFT", ".txt", read, write, losses, knows)

"""Moodle XML: the bank as Moodle itself exports it, the richest of its formats."""

from __future__ import annotations

from questions.formats.format import Format
from questions.formats.moodle_xml.reader import knows, read
from questions.formats.moodle_xml.writer import losses, write

__all__ = ["MOODLE_XML"]

MOODLE_XML = Format("moodle-xml", "Moodle XML", ".xml", read, write, losses, knows)

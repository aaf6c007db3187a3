"""Bank formats: one module each with `read()` and `write()`, and the table of them."""

from __future__ import annotations

from collections.abc import Mapping

from questions.errors import FormatError
from questions.formats.format import Format, Place, Reading, Skip
from questions.formats.xuefa_json import XUEFA_JSON

__all__ = ["FORMATS", "Format", "Place", "Reading", "Skip", "recognise"]

# In the order in which a file's content is tried; the loosest come last.
FORMATS: Mapping[str, Format] = {each.name: each for each in (XUEFA_JSON,)}


def recognise(data: bytes) -> Format:
    """The format of a file, by its content alone; raises FormatError where none knows it."""
    for each in FORMATS.values():
        if each.knows(data):
            return each
    raise FormatError("认不出这是哪种题库文件。")

"""The lines of a text file as an editor counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> Iterator[str]:
    """One line after the other, by any system's line end; the last may be empty."""
    start = 0
    for end in _END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]

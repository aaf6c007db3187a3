"""Bank formats: one module each with `read()` and `write()`, and the table of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from questions.formats import xuefa_json
from questions.models import Bank


@dataclass(frozen=True, slots=True)
class Format:
    """How to read and write one kind of bank file."""

    read: Callable[[bytes], Bank]
    write: Callable[[Bank], bytes]


FORMATS: Mapping[str, Format] = {
    "json": Format(xuefa_json.read, xuefa_json.write),
}

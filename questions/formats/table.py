"""The table of formats; each module is loaded when its row is first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from questions.formats.format import Format


class Table(Mapping[str, Format]):
    """Formats by name, in order, from the places that hold them ("module:NAME")."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = dict(places)
        self._loaded: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._loaded:
            module, _, attribute = self._places[name].partition(":")
            found = getattr(import_module(module), attribute)
            if not isinstance(found, Format):
                raise TypeError(f"{self._places[name]} is no Format")
            self._loaded[name] = found
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

"""XML read as a stream of events: no tree, no entities, no document type."""

from __future__ import annotations

from typing import Final, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from questions.documents.archive import DAMAGED
from questions.errors import DocumentError

DEEPEST: Final = 400  # elements inside one another
_UNSAFE: Final = (
    "文件里有不安全的内容（XML 实体），不予读取。请在 Word 或 WPS 中另存为新文件后再试。"
)
_CHUNK: Final = 1 << 16


class Listener(Protocol):
    """Hears what stands in a part; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A stretch of text."""


class _Target:
    """Strips namespaces and watches the depth."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._depth = 0
        self.data = listener.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise DocumentError(DAMAGED)
        self._listener.start(_bare(tag), {_bare(key): value for key, value in attributes.items()})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._listener.end(_bare(tag))

    def close(self) -> None:
        pass


def listen(data: bytes, listener: Listener) -> None:
    """Tell `listener` all of an XML part; DocumentError where it is broken or unsafe."""
    parser = DefusedXMLParser(target=_Target(listener), forbid_dtd=True)
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
        parser.close()
    except DefusedXmlException as error:
        raise DocumentError(_UNSAFE) from error
    except (ParseError, ValueError, LookupError) as error:
        raise DocumentError(DAMAGED) from error


def _bare(name: str) -> str:
    return name.rpartition("}")[2]

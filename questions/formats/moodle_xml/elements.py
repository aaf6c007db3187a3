"""A quiz file as a stream of its questions: one small tree at a time, no entities, no DTD."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from questions.errors import FormatError

DEEPEST: Final = 200  # elements inside one another
_CHUNK: Final = 1 << 16
_RAW: Final = 100_000  # bytes
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNSAFE: Final = "文件里有 XML 实体或文档类型声明，不安全，不予读取。请从 Moodle 重新导出。"


class BrokenAt(Exception):
    """The file is no well-formed XML from this line on."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


@dataclass(slots=True)
class Element:
    """One element with its attributes; `words` are its own text."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    words: str = ""

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    def every(self, name: str) -> list[Element]:
        """All children of that name."""
        return [child for child in self.children if child.name == name]

    def value(self, name: str, default: str = "") -> str:
        """The text of a child, or of the <text> within it."""
        child = self.child(name)
        if child is None:
            return default
        inner = child.child("text")
        return (child if inner is None else inner).words.strip()


@dataclass(frozen=True, slots=True)
class Item:
    """A <question> element, the line it begins on, and where its bytes stand in the file."""

    element: Element
    row: int
    data: bytes
    start: int
    end: int

    @property
    def raw(self) -> str:
        """How the element reads in the file; the beginning of a very long one."""
        return self.data[self.start : min(self.end, self.start + _RAW)].decode(errors="ignore")


def items(text: str) -> Iterator[Item]:
    """The questions of a quiz, in order.

    Raises FormatError for another root or anything unsafe, BrokenAt where the XML breaks off.
    """
    # What was decoded is UTF-8 from here on, whatever the file declares itself to be.
    data = _UNFIT.sub("", text).lstrip("\ufeff \t\r\n").encode("utf-8", "replace")
    skipped = text[: len(text) - len(text.lstrip("\ufeff \t\r\n"))].count("\n")
    target = _Target(data, skipped)
    parser = DefusedXMLParser(target=target, encoding="utf-8", forbid_dtd=True)
    target.expat = parser.parser
    try:
        for at in range(0, len(data), _CHUNK):
            parser.feed(data[at : at + _CHUNK])
            yield from target.take()
        parser.close()
    except DefusedXmlException as error:
        raise FormatError(_UNSAFE) from error
    except (ParseError, ValueError, LookupError) as error:
        yield from target.take()
        raise BrokenAt(target.row()) from error
    yield from target.take()


class _Position(Protocol):
    """What is asked of the parser underneath."""

    @property
    def CurrentLineNumber(self) -> int: ...  # noqa: N802 - expat's names
    @property
    def CurrentByteIndex(self) -> int: ...  # noqa: N802


class _Target:
    """Builds the tree of the question that is open, and nothing else."""

    def __init__(self, data: bytes, skipped: int) -> None:
        self.expat: _Position
        self._data = data
        self._skipped = skipped
        self._depth = 0
        self._open: list[Element] = []
        self._words: list[list[str]] = []
        self._markup = 0  # depth of unescaped tags within a <text>
        self._row = self._start = 0
        self._done: list[Item] = []

    def take(self) -> list[Item]:
        """The questions that were finished since the last time."""
        done, self._done = self._done, []
        return done

    def row(self) -> int:
        """The line the parser stands on."""
        return self.expat.CurrentLineNumber + self._skipped

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        name = tag.rpartition("}")[2]
        if self._depth > DEEPEST:
            raise FormatError("文件里的元素套得太深，不像 Moodle 导出的题库。")
        if self._depth == 1 and name != "quiz":
            raise FormatError("这个 XML 文件不是 Moodle 题库：最外层不是 <quiz>。")
        if self._depth == 2 and name == "question":
            self._row, self._start = self.row(), self.expat.CurrentByteIndex
        elif not self._open:
            return
        if self._markup or (self._open and self._open[-1].name == "text"):
            # Markup that should have been escaped: put back as text, to be reduced like the rest.
            self._markup += 1
            told = "".join(f' {key}="{html.escape(value)}"' for key, value in attributes.items())
            self._words[-1].append(f"<{name}{told}>")
            return
        self._open.append(Element(name, attributes))
        self._words.append([])

    def data(self, words: str) -> None:
        if self._open and self._open[-1].name != "file":
            self._words[-1].append(words)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        if self._markup:
            self._markup -= 1
            self._words[-1].append(f"</{tag.rpartition('}')[2]}>")
            return
        element = self._open.pop()
        element.words = "".join(self._words.pop())
        if self._open:
            self._open[-1].children.append(element)
        else:
            end = self.expat.CurrentByteIndex + len("</question>")
            self._done.append(Item(element, self._row, self._data, self._start, end))

    def close(self) -> None:
        pass

"""Damaged files: whatever bytes are changed, a file is read or refused, and soon."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from questions import documents
from questions.errors import DocumentError
from tests.questions.documents import files

ROUNDS = 200
SECONDS = 5.0
PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The data with a few bytes changed, cut out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(changed))
        match rng.randrange(4):
            case 0:
                changed[at] = rng.randrange(256)
            case 1:
                changed[at] ^= 1 << rng.randrange(8)
            case 2:
                del changed[at : at + rng.choice((1, 4, 40))]
            case _:
                changed[at:at] = changed[at : at + rng.choice((1, 8, 200))]
        if len(changed) < 40:
            break
    return bytes(changed[: rng.randrange(len(changed))] if rng.random() < 0.1 else changed)


def damaged_inside(data: bytes, rng: random.Random) -> bytes:
    """A Word document with its XML damaged, packed again so that sums are right."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in PARTS}
    name = rng.choice(PARTS)
    parts[name] = damaged(parts[name], rng)
    return files.zipped(parts)


MARKDOWN = "\n".join(f"## {line}\n\n**{line}**\n\n| {line} |\n|---|" for line in files.LINES)
TEXT = "\r\n".join(files.LINES)
NUMBERED = files.numbered_word([(level, line) for level, line in enumerate(files.LINES[1:4])])
SAMPLES: dict[str, tuple[bytes, Callable[[bytes, random.Random], bytes]]] = {
    "docx": (NUMBERED, damaged),
    "docx inside": (NUMBERED, damaged_inside),
    "pdf": (files.printed(), damaged),
    "markdown": (MARKDOWN.encode(), damaged),
    "utf-16": (TEXT.encode("utf-16"), damaged),
    "gb18030": (TEXT.encode("gb18030"), damaged),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_damaged_files_are_read_or_refused_and_soon(kind: str) -> None:
    data, damage = SAMPLES[kind]
    rng = random.Random(kind)
    read, told = 0, list[str]()
    for _ in range(ROUNDS):
        sample = damage(data, rng)
        start = time.perf_counter()
        try:
            document = documents.read(sample, name="a")
        except DocumentError as error:
            told.append(str(error))
        else:
            read += 1
            for sentence in document.sentences:
                cite = document.cite(sentence.start, sentence.end)
                assert document.text[cite.start : cite.end] == cite.quote
        assert time.perf_counter() - start < SECONDS
    assert read > 0
    assert all("请" in message for message in told)

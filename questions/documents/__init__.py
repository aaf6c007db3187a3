"""Files become documents: decoded text, cleaned of page chrome, cut into sections and clauses.

A file's kind is read from its content, never from its name. A further kind joins as one more
row of READERS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from questions.documents import decoding, identity, layout, markdown, pdf, reading, word
from questions.documents.document import Clause, Document, Place, Sentence
from questions.documents.reading import Reading
from questions.errors import DocumentError
from questions.models import DocumentId

__all__ = ["Clause", "Document", "DocumentError", "Place", "Sentence", "read"]

Reader = Callable[[bytes], Reading]

LARGEST_BYTES: Final = 64 << 20


def _read_text(data: bytes) -> Reading:
    text = decoding.decode(data)
    return markdown.read(text) if markdown.is_markdown(text) else reading.of_text(text)


# Recogniser and reader of every kind of file; the first that recognises the bytes reads them.
READERS: Final[tuple[tuple[Callable[[bytes], bool], Reader], ...]] = (
    (word.is_word, word.read),
    (word.is_old, word.refuse_old),
    (word.is_rich, word.refuse_rich),
    (pdf.is_pdf, pdf.read),
    (decoding.is_text, _read_text),
)


def read(data: bytes, *, name: str, title: str | None = None) -> Document:
    """The document in a file's bytes; `name` only helps where the text has no title.

    Raises DocumentError, in Chinese and with what to do, for anything unreadable.
    """
    found = _reading(data)
    plain = layout.fold(found.visible)
    blocks = layout.blocks(plain, found.headings)
    who = identity.identify(plain, blocks, name=name, title=title)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=DocumentId(digest[:12]),
        text=found.text,
        plain=plain,
        offsets=found.offsets,
        title=who.title,
        issuer=who.issuer,
        year=who.year,
        place=who.place,
        sha256=digest,
        sentences=layout.sentences(plain, blocks),
    )


def _reading(data: bytes) -> Reading:
    if len(data) > LARGEST_BYTES:
        limit = LARGEST_BYTES >> 20
        raise DocumentError(f"文件太大（{len(data) >> 20} MB），请拆成不超过 {limit} MB 的文件。")
    for recognises, reader in READERS:
        if recognises(data):
            return reader(data)
    raise DocumentError(decoding.complaint(data))

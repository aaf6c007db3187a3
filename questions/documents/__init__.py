"""Files become documents: decoded text, cleaned of page chrome, cut into sections and clauses.

A file's kind is read from its content, never from its name. Further kinds (docx, pdf, markdown)
join as one more row of READERS.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

from questions.documents import decoding, identity, layout, markup
from questions.documents.document import Clause, Document, Place, Sentence
from questions.errors import DocumentError
from questions.models import DocumentId

__all__ = ["Clause", "Document", "DocumentError", "Place", "Sentence", "read"]

Reader = Callable[[bytes], str]

# Recogniser and reader of every kind of file; the first that recognises the bytes reads them.
READERS: Final[tuple[tuple[Callable[[bytes], bool], Reader], ...]] = (
    (decoding.is_text, decoding.decode),
)


def read(data: bytes, *, name: str, title: str | None = None) -> Document:
    """The document in a file's bytes; `name` only helps where the text has no title.

    Raises DocumentError, in Chinese and with what to do, for anything unreadable.
    """
    text = _decode(data)
    visible, offsets = markup.strip(text)
    plain = layout.fold(visible)
    blocks = layout.blocks(plain)
    who = identity.identify(plain, blocks, name=name, title=title)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=DocumentId(digest[:12]),
        text=text,
        plain=plain,
        offsets=offsets,
        title=who.title,
        issuer=who.issuer,
        year=who.year,
        place=who.place,
        sha256=digest,
        sentences=layout.sentences(plain, blocks),
    )


def _decode(data: bytes) -> str:
    for recognises, reader in READERS:
        if recognises(data):
            return reader(data)
    raise DocumentError(decoding.complaint(data))

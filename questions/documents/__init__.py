"""Files become documents: decoded text, cleaned of page chrome, cut into sections and clauses.

A file's kind is read from its content, never from its name. A further kind joins as one more
row of READERS.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Final

from questions.documents import decoding, identity, layout, markdown, page, pdf, reading, word
from questions.documents.document import Clause, Document, Place, Sentence
from questions.documents.reading import Reading
from questions.errors import DocumentError
from questions.models import DocumentId

__all__ = ["Clause", "Document", "DocumentError", "Place", "Sentence", "read"]

Reader = Callable[[bytes], Reading]

LARGEST_BYTES: Final = 64 << 20


def _read_text(data: bytes) -> Reading:
    text = decoding.decode(data)
    if page.is_page(text):
        return page.read(text)
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
    seen = layout.fold(found.visible)
    plain, places = reading.conceal(seen, layout.gaps(seen))
    headings = {bisect_left(places, place): level for place, level in found.headings.items()}
    blocks = layout.blocks(plain, headings)
    who = identity.identify(
        plain, blocks, name=name, title=title, titles=found.titles, sources=found.sources
    )
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=DocumentId(digest[:12]),
        text=found.text,
        plain=plain,
        offsets=_through(places, found.offsets),
        title=who.title,
        issuer=who.issuer,
        year=who.year,
        place=who.place,
        sha256=digest,
        sentences=layout.sentences(plain, blocks),
    )


def _through(places: Sequence[int], offsets: Sequence[int]) -> Sequence[int]:
    """Where characters stand in the text, of which `places` tells where they stand in sight."""
    if len(places) == len(offsets):
        return offsets
    return [offsets[place] for place in places]


def _reading(data: bytes) -> Reading:
    if len(data) > LARGEST_BYTES:
        limit = LARGEST_BYTES >> 20
        raise DocumentError(f"文件太大（{len(data) >> 20} MB），请拆成不超过 {limit} MB 的文件。")
    for recognises, reader in READERS:
        if recognises(data):
            return reader(data)
    raise DocumentError(decoding.complaint(data))

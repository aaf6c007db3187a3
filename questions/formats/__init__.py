"""Bank formats: one module each with `read()` and `write()`, and the table of them."""

from __future__ import annotations

from questions.errors import FormatError
from questions.formats.format import Format, Place, Reading, Skip
from questions.formats.table import Table

__all__ = ["FORMATS", "Format", "Place", "Reading", "Skip", "recognise"]

# In the order in which a file's content is tried; the loosest come last.
FORMATS = Table(
    {
        "json": "questions.formats.xuefa_json:XUEFA_JSON",
        "xlsx": "questions.formats.xlsx:XLSX",
        "docx": "questions.formats.word:DOCX",
        "moodle-xml": "questions.formats.moodle_xml:MOODLE_XML",
        "gift": "questions.formats.gift:GIFT",
        "aiken": "questions.formats.aiken:AIKEN",
        "csv": "questions.formats.table_csv:CSV",
        "text": "questions.formats.text:TEXT",
    }
)


def recognise(data: bytes) -> Format:
    """The format of a file, by its content alone; raises FormatError that says what it is."""
    known = next((each for each in FORMATS.values() if each.knows(data)), None)
    if known is not None and known.name != "text":
        return known
    from questions.formats.foreign import UNKNOWN, foreign  # loads every reader of documents

    what = foreign(data)  # text takes whatever is legible
    if what:
        raise FormatError(what)
    if known is None:
        raise FormatError(UNKNOWN)
    return known

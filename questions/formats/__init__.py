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
    """The format of a file, by its content alone; raises FormatError where none knows it."""
    for each in FORMATS.values():
        if each.knows(data):
            return each
    raise FormatError("认不出这是哪种题库文件。")

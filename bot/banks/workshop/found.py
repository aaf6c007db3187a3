"""What the workshop finds in a file, and its form between the two processes (JSON)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from questions.accounts import DocumentStats
from questions.formats.format import Place, Reading, Skip
from questions.formats.xuefa_json import read as bank_of
from questions.formats.xuefa_json import write as bytes_of
from questions.models import Bank, DocumentInfo

# How a result, or its lack, begins; and what is under way on the other channel.
OK, REFUSED, PROGRESS = "ok", "refused", "progress"


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file of questions: its format's name and label, and what was read."""

    format: str
    label: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document: what it is, the text citations count in, the questions made of it."""

    info: DocumentInfo
    text: str
    is_law: bool
    bank: Bank
    stats: DocumentStats


def pack(found: BankFile | DocumentFile) -> bytes:
    """The form in which a result leaves the workshop."""
    body: dict[str, Any]
    if isinstance(found, BankFile):
        reading = found.reading
        body = {
            "format": found.format,
            "label": found.label,
            "skips": [asdict(skip) for skip in reading.skips],
            "header": reading.header,
            "notes": reading.notes,
            "bank": bytes_of(reading.bank).decode(),
        }
    else:
        body = {
            "text": found.text,
            "is_law": found.is_law,
            "stats": asdict(found.stats),
            "bank": bytes_of(found.bank).decode(),
        }
    return json.dumps(body, ensure_ascii=False).encode()


def unpack(data: bytes) -> BankFile | DocumentFile:
    """The result again."""
    body = json.loads(data)
    bank = bank_of(body["bank"].encode()).bank
    if "format" not in body:
        stats = DocumentStats(**body["stats"])
        return DocumentFile(bank.documents[0], body["text"], body["is_law"], bank, stats)
    skips = tuple(
        Skip(Place(**skip["place"]), skip["reason"], tuple(skip["cells"]))
        for skip in body["skips"]
    )
    reading = Reading(bank, skips, tuple(body["header"]), tuple(body["notes"]))
    return BankFile(body["format"], body["label"], reading)

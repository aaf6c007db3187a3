"""The bank a file is to go into."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.banks.incoming.parcel import Detail
from bot.people.names import clean_name
from storage.repositories.imports import UploadRow
from storage.states import BankId
from storage.unit import Unit

LONGEST_NAME = 64
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Target:
    """A bank with its size; without an id it is yet to be made."""

    id: BankId | None
    name: str
    published: int = 0
    drafts: int = 0


def bank_name(typed: str) -> str | None:
    """The name as a bank can have it, None where it can't."""
    return clean_name(typed, LONGEST_NAME)


def name_for(said: str) -> str:
    """A bank's name out of a file's name or a document's title."""
    stem = _SUFFIX.sub("", said)
    for name in (stem, stem[:LONGEST_NAME]):
        if (found := bank_name(name)) is not None:
            return found
    return "导入的题库"


def target_of(unit: Unit, upload: UploadRow, detail: Detail) -> Target:
    """Where an upload would go now; a bank of the wanted name is that bank."""
    bank_id = upload.bank_id or unit.banks.find_by_name(detail.bank_name)
    bank = unit.banks.find(bank_id) if bank_id is not None else None
    if bank is None or bank.retired_at is not None:
        return Target(None, detail.bank_name)
    return Target(bank.id, bank.name, bank.published, bank.drafts)

"""Who may do what with an upload: its sender alone, as far as the role reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.banks.incoming.errors import StillReading, UploadGone
from bot.banks.incoming.parcel import Detail, Parcel, State, unwrap
from bot.banks.workshop import BankFile
from bot.errors import NotAllowed
from bot.guards import may, require
from storage.repositories.imports import UploadRow
from storage.repositories.people import PersonRow
from storage.states import BankId, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """An upload in its sender's hands."""

    person: PersonRow
    row: UploadRow
    detail: Detail

    @property
    def parcel(self) -> Parcel:
        """What was found in it."""
        return unwrap(self.row.content)


def hold(unit: Unit, chat_id: int, upload_id: int) -> Held:
    """The upload, once it was read; raises NotAllowed, UploadGone, StillReading."""
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.uploads.find(upload_id, person.id)
    if row is None:
        raise UploadGone
    detail = Detail.of(row.detail)
    if detail.state not in (State.READY, State.FOUND):
        raise StillReading
    return Held(person, row, detail)


def check(held: Held) -> Parcel:
    """What was found, if its sender's role reaches as far as that; raises NotAllowed."""
    parcel = held.parcel
    if isinstance(parcel.found, BankFile) and not may(held.person, Role.ADMIN):
        raise NotAllowed
    return parcel


def note(unit: Unit, held: Held, *, bank_id: BankId | None, **changes: object) -> None:
    """Write down where the file is to go or what is to become of it."""
    detail = replace(held.detail, **changes)  # type: ignore[arg-type]
    unit.uploads.change(held.row.id, bank_id=bank_id, detail=detail.to_row())

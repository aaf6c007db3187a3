"""What the reader writes down: files taken up, what was found, what was refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.banks.incoming.access import Held
from bot.banks.incoming.deciding.service import Card, card_of
from bot.banks.incoming.parcel import TO_DO, Detail, State
from bot.banks.incoming.surveying import document
from bot.banks.incoming.surveying.target import name_for
from bot.banks.registry import laws_csv, registry_of
from bot.banks.workshop import BankFile, DocumentFile
from bot.guards import may
from bot.texts import label
from questions import laws
from storage.repositories.imports import UploadRow
from storage.repositories.people import PersonRow
from storage.states import Role, UploadId
from storage.unit import Unit

READER = "reader"
LEASE = timedelta(seconds=15)
MOST_TRIES = 3
KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Job:
    """A file that was taken up; `laws` are the registry rows admins added, as CSV."""

    row: UploadRow
    detail: Detail
    laws: str = ""


def pending(unit: Unit) -> list[UploadId]:
    """Files the reader has yet to do something about."""
    return unit.uploads.list_in([state.value for state in TO_DO])


def claim(unit: Unit, holder: str, *, now: datetime) -> list[UploadId]:
    """The same, for the one replica that reads; nothing for the others."""
    if not unit.house.hold_lease(READER, holder, now, now + LEASE):
        return []
    unit.uploads.forget(now - KEPT)
    return pending(unit)


def take_over(unit: Unit, holder: str, *, now: datetime) -> None:
    """Take the lease from whoever has it: no other process reads this database."""
    unit.house.hold_lease(READER, holder, now + 2 * LEASE, now + LEASE)


def begin(unit: Unit, holder: str, upload_id: UploadId, *, now: datetime) -> Job | None:
    """Take a file up, counting the tries; None where it is gone or another replica's.

    A file that was taken up too often is refused: it may be what stopped the bot.
    """
    if not unit.house.hold_lease(READER, holder, now, now + LEASE):
        return None
    row = unit.uploads.fetch(upload_id)
    if row is None:
        return None
    detail = Detail.of(row.detail)
    if detail.state not in TO_DO:
        return None
    if detail.state is State.WAITING:
        if not may(unit.people.get(row.person_id), Role.TRAINER):
            detail = refused(detail, label("incoming.refused_role"))
        elif detail.tries >= MOST_TRIES:
            detail = refused(detail, label("incoming.refused_tries"))
        else:
            detail = replace(detail, tries=detail.tries + 1)
        unit.uploads.change(row.id, bank_id=row.bank_id, detail=detail.to_row())
    return Job(row, detail, _laws(unit) if detail.state is State.WAITING else "")


def give_back(unit: Unit, upload_id: UploadId) -> None:
    """The bot is stopping: this try doesn't count."""
    row = unit.uploads.fetch(upload_id)
    if row is not None:
        detail = Detail.of(row.detail)
        detail = replace(detail, tries=max(0, detail.tries - 1))
        unit.uploads.change(row.id, bank_id=row.bank_id, detail=detail.to_row())


def fetched(unit: Unit, job: Job, content: bytes) -> None:
    """Keep the file's bytes, so that a restart need not fetch them again."""
    unit.uploads.store(job.row.id, content, hashlib.sha256(content).hexdigest())


def found(
    unit: Unit, holder: str, job: Job, thing: BankFile | DocumentFile, packed: bytes, *,
    now: datetime,
) -> None:  # fmt: skip
    """Keep what was found, and where it would go; a trainer's bank file is refused."""
    row = _held(unit, holder, job, now)
    if row is None:
        return
    detail, bank_id = Detail.of(row.detail), row.bank_id
    is_bank = isinstance(thing, BankFile)
    if is_bank and not may(unit.people.get(row.person_id), Role.ADMIN):
        refuse(unit, holder, job, label("incoming.refused_bank"), now=now)
        return
    if isinstance(thing, DocumentFile):
        name = name_for(thing.info.title)
        bank_id = bank_id or (None if detail.is_chosen else document.home(unit, thing.info))
    else:
        name = name_for(row.name)
    detail = replace(detail, state=State.FOUND, bank_name=detail.bank_name or name)
    unit.uploads.store(row.id, packed, row.sha256)
    unit.uploads.change(row.id, bank_id=bank_id, detail=detail.to_row())


def refuse(unit: Unit, holder: str, job: Job, words: str, *, now: datetime) -> None:
    """Note why a file can't be taken, to be told."""
    row = _held(unit, holder, job, now)
    if row is not None:
        detail = refused(Detail.of(row.detail), words)
        unit.uploads.change(row.id, bank_id=row.bank_id, detail=detail.to_row())


def refused(detail: Detail, words: str) -> Detail:
    """The detail of a file that can't be taken."""
    return replace(detail, state=State.REFUSED, words=words)


def card(unit: Unit, upload_id: UploadId, *, today: date) -> Card | None:
    """The card to be shown for what was found; None where it is gone or not permitted."""
    row = unit.uploads.fetch(upload_id)
    if row is None:
        return None
    person: PersonRow = unit.people.get(row.person_id)
    if not may(person, Role.TRAINER):
        return None
    return card_of(unit, Held(person, row, Detail.of(row.detail)), today=today)


def shown(unit: Unit, upload_id: UploadId, message_id: int) -> None:
    """The person has seen it: a card waits for a decision, a refusal is over."""
    row = unit.uploads.fetch(upload_id)
    if row is None:
        return
    detail = Detail.of(row.detail)
    if detail.state is State.REFUSED:
        unit.uploads.drop(row.id)
    elif detail.state is State.FOUND:
        detail = replace(detail, state=State.READY, message_id=message_id)
        unit.uploads.change(row.id, bank_id=row.bank_id, detail=detail.to_row())


def give_up(unit: Unit, upload_id: UploadId) -> None:
    """What was found can't be shown, by a fault of ours: the file is refused instead."""
    row = unit.uploads.fetch(upload_id)
    if row is None:
        return
    detail = Detail.of(row.detail)
    if detail.state is State.REFUSED:
        unit.uploads.drop(row.id)
    elif detail.state is State.FOUND:
        detail = refused(detail, label("incoming.refused_tries"))
        unit.uploads.change(row.id, bank_id=row.bank_id, detail=detail.to_row())


def _held(unit: Unit, holder: str, job: Job, now: datetime) -> UploadRow | None:
    """The row, if it is still this replica's to write and still waits."""
    if not unit.house.hold_lease(READER, holder, now, now + LEASE):
        return None
    row = unit.uploads.fetch(job.row.id)
    if row is None or Detail.of(row.detail).state is not State.WAITING:
        return None
    return row


def _laws(unit: Unit) -> str:
    """The registry rows admins added, where they can be used with the shipped ones."""
    is_usable = registry_of(unit).registry is not laws.registry()
    return laws_csv(unit) if is_usable else ""

"""The import itself: thought out beforehand, done in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.banks.errors import OwnVersion
from bot.banks.incoming.access import Held, check, hold
from bot.banks.incoming.deciding.service import Card, Table, card_of, table_of
from bot.banks.incoming.errors import BankGone, BankMoved, NothingLeft, UploadGone
from bot.banks.incoming.surveying.document import DocumentSurvey
from bot.banks.incoming.surveying.statute import Affected
from bot.banks.incoming.writing import open_bank, write
from bot.banks.workshop import BankFile
from bot.errors import NotAllowed
from bot.guards import may
from bot.texts import label
from storage.repositories.editions import Put
from storage.states import Alert, BankId, ImportId, ImportSource, QuestionRowId, Role
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Plan:
    """An import as thought out, the table of errors with it where nobody has it yet.

    `latest` is the bank's newest import at that time.
    """

    card: Card
    is_published: bool
    table: Table | None
    latest: ImportId | None

    @property
    def size(self) -> int:
        """How many questions would be written."""
        return len(self.card.survey.bank.questions)


@dataclass(frozen=True, slots=True)
class Brought:
    """An import that was done; `flagged` are questions their owners should look at."""

    import_id: ImportId
    bank_id: BankId
    bank: str
    added: int
    changed: int
    published: int
    flagged: int
    is_document: bool
    may_undo: bool


def plan(unit: Unit, chat_id: int, upload_id: int, way: str, *, today: date) -> Plan:
    """Think the import out, so that the transaction is short; raises NothingLeft."""
    held = hold(unit, chat_id, upload_id)
    card = card_of(unit, held, today=today)
    is_flagging = isinstance(card.survey, DocumentSurvey) and card.survey.notes
    if not card.survey.bank.questions and not is_flagging:
        raise NothingLeft
    found = held.parcel.found
    table = None
    if isinstance(found, BankFile) and found.reading.skips and not held.detail.is_table_sent:
        table = table_of(held.row.name, found)
    return Plan(card, way == "publish", table, _latest(unit, card.survey.target.id))


def _latest(unit: Unit, bank_id: BankId | None) -> ImportId | None:
    rows = unit.imports.list_recent(1, bank_id) if bank_id is not None else []
    return rows[0].id if rows else None


def bring(
    unit: Unit,
    chat_id: int,
    planned: Plan,
    *,
    timezone: str,
    is_two_person: bool,
    now: datetime,
) -> Brought:
    """Do what was thought out, once; raises NotAllowed, OwnVersion, UploadGone, BankGone,
    BankMoved.
    """
    held = hold(unit, chat_id, planned.card.upload_id)
    survey = planned.card.survey
    _check(held, planned, is_two_person=is_two_person)
    if not unit.uploads.drop(held.row.id):
        raise UploadGone
    bank_id = _bank(unit, held, planned, timezone, now)
    written = write(
        unit,
        bank_id,
        survey.bank,
        survey.findings,
        is_published=planned.is_published,
        author_id=held.person.id,
        now=now,
    )
    put, is_document = written.put, isinstance(survey, DocumentSurvey)
    flagged = _flag(unit, survey) if isinstance(survey, DocumentSurvey) else ()
    return Brought(
        _note(unit, held, bank_id, put, flagged, is_document=is_document, now=now),
        bank_id,
        survey.target.name,
        added=len(put.added),
        changed=len(put.changed),
        published=written.published,
        flagged=len(flagged),
        is_document=is_document,
        may_undo=may(held.person, Role.ADMIN),
    )


def _check(held: Held, planned: Plan, *, is_two_person: bool) -> None:
    is_document = isinstance(planned.card.survey, DocumentSurvey)
    if not may(held.person, Role.ADMIN) and (planned.is_published or not is_document):
        raise NotAllowed
    if planned.is_published and is_two_person:
        raise OwnVersion


def _bank(unit: Unit, held: Held, planned: Plan, timezone: str, now: datetime) -> BankId:
    check(held)
    target = planned.card.survey.target
    if target.id is None:
        named = unit.banks.find(unit.banks.find_by_name(target.name) or 0)
        if named is not None:
            raise BankMoved if named.retired_at is None else BankGone
        owner = held.person.id if may(held.person, Role.ADMIN) else None
        return open_bank(unit, target.name, timezone, owner_id=owner, now=now)
    bank = unit.banks.find(target.id)
    if bank is None or bank.retired_at is not None:
        raise BankGone
    if _latest(unit, bank.id) != planned.latest:
        raise BankMoved
    return bank.id


def _note(
    unit: Unit,
    held: Held,
    bank_id: BankId,
    put: Put,
    flagged: Sequence[int],
    *,
    is_document: bool,
    now: datetime,
) -> ImportId:
    import_id = unit.imports.add(
        bank_id,
        put,
        source=ImportSource.DOCUMENT if is_document else ImportSource.FILE,
        name=held.row.name,
        sha256=held.row.sha256,
        now=now,
        person_id=held.person.id,
    )
    detail: dict[str, object] = {
        "file": held.row.name,
        "import": import_id,
        "added": len(put.added),
        "changed": len(put.changed),
    }
    if flagged:
        detail["flagged"] = list(flagged)
    action = "document.read" if is_document else "bank.import"
    unit.house.record(held.person.id, action, f"bank:{bank_id}", detail, now)
    return import_id


def _flag(unit: Unit, survey: DocumentSurvey) -> list[int]:
    """Keep the text, and have owners look at what it concerns; which questions that are."""
    unit.documents.put(survey.file.info, survey.file.text)
    for question_id, question in survey.renewed:
        unit.editions.set_force(question_id, question)
    flagged = list(_alerts(survey))
    for question_id, alert, sentence in flagged:
        unit.questions.set_alert(question_id, alert, sentence)
    return [question_id for question_id, _, _ in flagged]


def _alerts(survey: DocumentSurvey) -> Iterator[tuple[QuestionRowId, Alert, str]]:
    title = survey.file.info.title
    for question_id in survey.gone:
        yield question_id, Alert.SOURCE_CHANGED, label("incoming.alert_gone", title=title)
    for question_id in survey.edited:
        yield question_id, Alert.SOURCE_CHANGED, label("incoming.alert_edited", title=title)
    for hit in survey.affected:
        yield hit.question_id, Alert.LAW_CHANGED, _law_changed(hit, title)


def _law_changed(hit: Affected, title: str) -> str:
    key = "incoming.alert_article_gone" if hit.is_gone else "incoming.alert_article"
    return label(key, law=hit.law, article=hit.article, title=title)

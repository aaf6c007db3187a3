"""Use cases of alerts: questions whose law lapsed or whose source changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.banks.currency.review import lapse_of
from bot.banks.registry import registry_of
from bot.errors import StaleTap
from bot.guards import require
from bot.items import pausing
from bot.keyboards import page_count
from storage.repositories.people import PersonRow
from storage.repositories.questions import Filter, QuestionRow
from storage.states import Alert, BankId, QuestionStatus, Role
from storage.unit import Unit

A_PAGE = 3
LIVE = (QuestionStatus.PUBLISHED, QuestionStatus.DRAFT, QuestionStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Alerts:
    """A page of questions to look at; bank 0 is every bank; `lapsed` counts those of all pages.

    `overtaken` where the question that was tapped had changed before.
    """

    bank_id: int
    rows: tuple[QuestionRow, ...]
    count: int
    lapsed: int
    page: int
    pages: int
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class RetiringAll:
    """All lapsed questions of a bank, about to leave use: how many, up to which one."""

    bank_id: int
    count: int
    upto: int


@dataclass(frozen=True, slots=True)
class Lapses:
    """Laws that ended under a bank's questions: what to say of each, and how many questions."""

    bank_id: BankId
    bank: str
    laws: Mapping[str, int]


def show_alerts(unit: Unit, chat_id: int, bank_id: int, page: int) -> Alerts:
    """Questions of a bank (0: of all) that their keepers should look at."""
    require(unit, chat_id, Role.TRAINER)
    return _alerts(unit, bank_id, page)


def retire_one(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    bank_id: int,
    page: int,
    *,
    now: datetime,
) -> Alerts:
    """Take one question out of use."""
    person, row = _row(unit, chat_id, question_id)
    if row.status is QuestionStatus.RETIRED:
        return _alerts(unit, bank_id, page)
    if not unit.questions.move(row.id, version, LIVE, QuestionStatus.RETIRED):
        return _alerts(unit, bank_id, page, overtaken=True)
    _record(unit, person, row.id, {"version": version, "reason": row.alert_detail or ""}, now)
    return _alerts(unit, bank_id, page)


def dismiss(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    bank_id: int,
    page: int,
    *,
    now: datetime,
) -> Alerts:
    """Take the alert off a question; a weak one is asked again, a lapsed one keeps it."""
    person, row = _row(unit, chat_id, question_id)
    if row.version != version or row.alert is Alert.LAPSED:
        return _alerts(unit, bank_id, page, overtaken=True)
    if row.alert is Alert.WEAK:
        pausing.resume(unit, person, row, version, now)
    else:
        unit.questions.set_alert(row.id, None)
    return _alerts(unit, bank_id, page)


def ask_retire_all(unit: Unit, chat_id: int, bank_id: int) -> RetiringAll:
    """How many lapsed questions would leave use."""
    require(unit, chat_id, Role.TRAINER)
    ids = unit.questions.list_ids(_wanted(bank_id, Alert.LAPSED))
    return RetiringAll(bank_id, len(ids), max(ids, default=0))


def retire_all(unit: Unit, chat_id: int, bank_id: int, upto: int, *, now: datetime) -> RetiringAll:
    """Take all lapsed questions up to one out of use; a repeat finds none left."""
    person = require(unit, chat_id, Role.TRAINER)
    retired = unit.currency.retire_lapsed(bank_id, upto)
    rows = [
        ("question.retire", f"question:{found}", {"version": version, "bulk": len(retired)})
        for found, version in retired
    ]
    unit.house.record_all(person.id, rows, now)
    return RetiringAll(bank_id, len(retired), upto)


def lapses(unit: Unit, bank_id: int, *, since: date | None, until: date) -> Lapses | None:
    """Laws under a bank's live questions that end from `since` on and before `until`."""
    bank = unit.banks.find(bank_id)
    if bank is None:
        return None
    registry = registry_of(unit).registry
    laws: dict[str, int] = {}
    for end in unit.currency.list_ends(until):
        if end.bank_id == bank.id and (since is None or end.in_force_to >= since):
            said = lapse_of(registry, end)
            laws[said] = laws.get(said, 0) + end.count
    return Lapses(bank.id, bank.name, laws) if laws else None


def _alerts(unit: Unit, bank_id: int, page: int, *, overtaken: bool = False) -> Alerts:
    wanted = _wanted(bank_id)
    count = unit.questions.count(wanted)
    pages = page_count(count, A_PAGE)
    page = min(page, pages - 1)
    rows = unit.questions.search(wanted, limit=A_PAGE, offset=page * A_PAGE)
    lapsed = unit.questions.count(_wanted(bank_id, Alert.LAPSED))
    return Alerts(bank_id, tuple(rows), count, lapsed, page, pages, overtaken)


def _wanted(bank_id: int, alert: Alert | None = None) -> Filter:
    return Filter(
        bank_id=BankId(bank_id) if bank_id else None, statuses=LIVE, has_alert=True, alert=alert
    )


def _record(
    unit: Unit, person: PersonRow, question_id: int, detail: dict[str, object], now: datetime
) -> None:
    unit.house.record(person.id, "question.retire", f"question:{question_id}", detail, now)


def _row(unit: Unit, chat_id: int, question_id: int) -> tuple[PersonRow, QuestionRow]:
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return person, row

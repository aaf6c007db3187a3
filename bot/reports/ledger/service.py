"""Use cases of the ledger: take a typed line, confirm it, list, strike out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from bot.callbacks import LARGEST
from bot.errors import NotAllowed, StaleTap
from bot.guards import require
from bot.keyboards import page_count
from bot.reports.ledger.amounts import Amount
from bot.reports.ledger.reading import Entry, LedgerKind, Unread, read_entry
from bot.reports.service import NothingToSee
from bot.reports.stretches import Stretch, read_word
from bot.scope import scope_of
from storage.repositories.ledger import LedgerRow
from storage.repositories.people import DepartmentRow, PersonRow
from storage.repositories.windows import Departments
from storage.states import DepartmentId, Role
from storage.unit import Unit

PROMPT: Final = "ledger"
A_PAGE: Final = 8
ALL: Final = "all"
ADDED, REMOVED = "ledger_add", "ledger_remove"


@dataclass(frozen=True, slots=True)
class Draft:
    """A typed line as it was understood; no department: the whole house."""

    token: int
    entry: Entry
    department_id: DepartmentId | None
    department: str | None
    may_choose: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of entries; pages count from 0. `saved`: the one just written down."""

    stretch: Stretch
    today: date
    entries: tuple[LedgerRow, ...]
    total: int
    page: int
    pages: int
    kind: str
    saved: LedgerRow | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The departments a typed line may belong to; an admin's also to the whole house."""

    token: int
    departments: tuple[DepartmentRow, ...]
    page: int
    may_be_all: bool


def amount_of(row: LedgerRow) -> Amount | None:
    """An entry's amount."""
    return None if row.amount is None else Amount(row.amount, row.unit, row.qualifier)


def show(
    unit: Unit, chat_id: int, word: str, page: int = 0, kind: str = ALL, *, today: date
) -> Listing:
    """A page of entries; whoever looks at the list is no longer writing one."""
    _, among = _trainer(unit, chat_id)
    unit.prompts.drop(chat_id, PROMPT)
    return _listing(unit, among, _stretch(word), page, kind, today)


def ask(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for a typed line."""
    _trainer(unit, chat_id)
    unit.prompts.put(chat_id, PROMPT, {}, now)


def take(
    unit: Unit, chat_id: int, said: str, update_id: int, *, today: date, now: datetime
) -> Draft | Unread | None:
    """What is understood of a line, to be confirmed; None where this update came before."""
    person, among = _trainer(unit, chat_id)
    if not unit.house.is_first(update_id, now):
        return None
    entry = read_entry(said, today)
    if isinstance(entry, Unread):
        return entry
    department = _usual(person, among)
    draft = _draft(unit, update_id % LARGEST, entry, department, among)
    unit.prompts.put(chat_id, PROMPT, _packed(draft), now)
    return draft


def set_kind(unit: Unit, chat_id: int, token: int, kind: str, *, now: datetime) -> Draft:
    """Take the line for another kind; raises StaleTap where another line has come since."""
    _, among = _trainer(unit, chat_id)
    draft = _waiting(unit, chat_id, token, among)
    if kind not in tuple(LedgerKind):
        raise StaleTap
    draft = replace(draft, entry=replace(draft.entry, kind=LedgerKind(kind)))
    unit.prompts.put(chat_id, PROMPT, _packed(draft), now)
    return draft


def choose_department(unit: Unit, chat_id: int, token: int, page: int) -> Choice:
    """The departments the line may belong to."""
    _, among = _trainer(unit, chat_id)
    _waiting(unit, chat_id, token, among)
    rows = unit.people.list_departments()
    seen = tuple(row for row in rows if among is None or row.id in among)
    return Choice(token, seen, page, among is None)


def set_department(
    unit: Unit, chat_id: int, token: int, department: int, *, now: datetime
) -> Draft:
    """Have the line belong to a department; raises NotAllowed for one out of scope."""
    _, among = _trainer(unit, chat_id)
    draft = _waiting(unit, chat_id, token, among)
    if among is not None and department not in among:
        raise NotAllowed
    if department and unit.people.find_department(department) is None:
        raise StaleTap
    chosen = DepartmentId(department) if department else None
    draft = _draft(unit, token, draft.entry, chosen, among)
    unit.prompts.put(chat_id, PROMPT, _packed(draft), now)
    return draft


def save(unit: Unit, chat_id: int, token: int, *, today: date, now: datetime) -> Listing:
    """Write the line down, once; a second tap shows the list as it is."""
    person, among = _trainer(unit, chat_id)
    prompt = unit.prompts.find(chat_id)
    this_year = _stretch(f"y{today.year}")
    if prompt is None or prompt.kind != PROMPT or prompt.payload.get("token") != token:
        return _listing(unit, among, this_year, 0, ALL, today)
    draft = _waiting(unit, chat_id, token, among)
    entry, amount = draft.entry, draft.entry.amount
    entry_id = unit.ledger.add(
        entry.held_on,
        entry.kind.value,
        entry.title,
        amount.number if amount is not None else None,
        amount.unit if amount is not None else "",
        amount.qualifier if amount is not None else "",
        draft.department_id,
        person.id,
        now,
    )
    unit.prompts.drop(chat_id)
    said = f"{entry.held_on.isoformat()} {entry.title} {amount or ''}".strip()
    unit.house.record(person.id, ADDED, f"ledger:{entry_id}", {"entry": said}, now)
    year = _stretch(f"y{entry.held_on.year}")
    return replace(_listing(unit, among, year, 0, ALL, today), saved=unit.ledger.find(entry_id))


def find(unit: Unit, chat_id: int, entry_id: int) -> LedgerRow:
    """One entry; raises StaleTap where it is gone, NotAllowed where it is another's."""
    _, among = _trainer(unit, chat_id)
    row = unit.ledger.find(entry_id)
    if row is None:
        raise StaleTap
    if among is not None and row.department_id not in among:
        raise NotAllowed
    return row


def remove(unit: Unit, chat_id: int, entry_id: int, *, today: date, now: datetime) -> Listing:
    """Strike an entry out; where it was before, the list is shown all the same."""
    person, among = _trainer(unit, chat_id)
    row = unit.ledger.find(entry_id)
    if row is None:
        return _listing(unit, among, _stretch(f"y{today.year}"), 0, ALL, today)
    find(unit, chat_id, entry_id)
    if unit.ledger.remove(row.id, now):
        said = f"{row.held_on.isoformat()} {row.title} {amount_of(row) or ''}".strip()
        unit.house.record(person.id, REMOVED, f"ledger:{row.id}", {"entry": said}, now)
    return _listing(unit, among, _stretch(f"y{row.held_on.year}"), 0, ALL, today)


def _trainer(unit: Unit, chat_id: int) -> tuple[PersonRow, Departments]:
    person = require(unit, chat_id, Role.TRAINER)
    among = scope_of(unit, person).departments
    if among is not None and not among:
        raise NothingToSee
    return person, among


def _stretch(word: str) -> Stretch:
    stretch = read_word(word)
    if stretch is None:
        raise StaleTap
    return stretch


def _listing(
    unit: Unit, among: Departments, stretch: Stretch, page: int, kind: str, today: date
) -> Listing:
    if kind != ALL and kind not in tuple(LedgerKind):
        raise StaleTap
    rows = unit.ledger.list_entries(stretch.days, among)
    rows = [row for row in rows if kind in (ALL, row.kind)]
    pages = page_count(len(rows), A_PAGE)
    page = min(page, pages - 1)
    shown = tuple(rows[page * A_PAGE : (page + 1) * A_PAGE])
    return Listing(stretch, today, shown, len(rows), page, pages, kind)


def _usual(person: PersonRow, among: Departments) -> DepartmentId | None:
    """Whose entry it is unless somebody says otherwise."""
    if among is None:
        return None
    if person.department_id in among:
        return person.department_id
    return min(among)


def _draft(
    unit: Unit, token: int, entry: Entry, department: DepartmentId | None, among: Departments
) -> Draft:
    found = unit.people.find_department(department) if department is not None else None
    name = found.name if found is not None else None
    return Draft(token, entry, department, name, among is None or len(among) > 1)


def _packed(draft: Draft) -> dict[str, object]:
    entry, amount = draft.entry, draft.entry.amount
    return {
        "token": draft.token,
        "held_on": entry.held_on.isoformat(),
        "kind": entry.kind.value,
        "title": entry.title,
        "amount": [amount.number, amount.unit, amount.qualifier] if amount else None,
        "is_dated": entry.is_dated,
        "has_loose": entry.has_loose,
        "department": draft.department_id,
    }


def _waiting(unit: Unit, chat_id: int, token: int, among: Departments) -> Draft:
    """The line that waits, if it is the one the button is about and still within the scope."""
    prompt = unit.prompts.find(chat_id)
    if prompt is None or prompt.kind != PROMPT or prompt.payload.get("token") != token:
        raise StaleTap
    kept: Mapping[str, Any] = prompt.payload
    if among is not None and kept["department"] not in among:
        raise NotAllowed
    amount = Amount(*kept["amount"]) if kept["amount"] else None
    entry = Entry(
        date.fromisoformat(kept["held_on"]),
        LedgerKind(kept["kind"]),
        kept["title"],
        amount,
        kept["is_dated"],
        kept["has_loose"],
    )
    return _draft(unit, token, entry, kept["department"], among)

"""Use cases of the law registry: look, add a table after a dry run, take a row away."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.banks.currency.laws.errors import BadTable, StillNeeded
from bot.banks.currency.review import changes, has_lapsed, review
from bot.banks.currency.service import LIVE
from bot.banks.registry import registry_of
from bot.errors import StaleTap
from bot.guards import require
from bot.keyboards import page_count
from bot.plans.calendar import local_day
from questions import laws
from questions.laws import Issue, Law, Registry, names
from questions.models import Basis
from storage.repositories.people import PersonRow
from storage.repositories.questions import Filter
from storage.states import Role, UploadId
from storage.unit import Unit

ROWS = "law_rows"
A_PAGE = 5
STATE = "laws"  # an upload whose detail says so is a table of laws


@dataclass(frozen=True, slots=True)
class Ending:
    """A law that has ended or will, what takes its place, and how many questions stand on it."""

    law: Law
    successor: str | None
    questions: int


@dataclass(frozen=True, slots=True)
class Overview:
    """How many laws are known; those that end, the latest first; a page of added titles."""

    shipped: int
    trouble: str
    endings: tuple[Ending, ...]
    added: int
    titles: tuple[str, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A dry run: titles that are new or change, how many stay, and what is wrong line by line.

    `trouble` is what keeps all of it out. `touched` questions would get other days; of them
    `lapsing` would be out of force.
    """

    upload_id: UploadId | None
    name: str
    fresh: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    issues: tuple[Issue, ...]
    trouble: str
    touched: int
    lapsing: int

    @property
    def count(self) -> int:
        """How many rows there are to take."""
        return len(self.fresh) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many rows were taken, and how many questions got other days."""

    count: int
    touched: int


def number_of(title: str) -> int:
    """The number by which buttons name an added row."""
    return zlib.crc32(title.encode()) & 0x7FFFFFFF


def check(unit: Unit, chat_id: int) -> None:
    """Raises NotAllowed where the person may not change the registry."""
    require(unit, chat_id, Role.ADMIN)


def show(unit: Unit, chat_id: int, page: int) -> Overview:
    """What the registry holds."""
    require(unit, chat_id, Role.ADMIN)
    unit.prompts.drop(chat_id, ROWS)
    known = registry_of(unit)
    titles = [row["title"] for row in unit.laws.list_all()]
    pages = page_count(len(titles), A_PAGE)
    page = min(page, pages - 1)
    return Overview(
        len(laws.registry().laws),
        known.trouble,
        tuple(_endings(unit, known.registry)),
        len(titles),
        tuple(titles[page * A_PAGE : (page + 1) * A_PAGE]),
        page,
        pages,
    )


def _endings(unit: Unit, registry: Registry) -> list[Ending]:
    standing: dict[str, int] = {}
    for name, count in unit.questions.count_by("law", Filter(statuses=LIVE)).items():
        title = registry.name(name)
        standing[title] = standing.get(title, 0) + count
    ended = [law for law in registry.laws if law.in_force_to is not None]
    ended.sort(key=lambda law: (law.in_force_to or date.min, law.title), reverse=True)
    return [
        Ending(
            law,
            registry.name(law.replaced_by) if law.replaced_by else None,
            standing.get(law.short, 0),
        )
        for law in ended
    ]


def template(unit: Unit, chat_id: int) -> bytes:
    """The table to fill in: the rows added so far, or else one of the shipped as an example."""
    require(unit, chat_id, Role.ADMIN)
    rows: Sequence[Mapping[str, str]] = unit.laws.list_all()
    return laws.write_rows(rows or [laws.row_of(laws.registry().laws[1])])


def ask_rows(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for a pasted table."""
    require(unit, chat_id, Role.ADMIN)
    unit.prompts.put(chat_id, ROWS, {}, now)


def take(
    unit: Unit,
    chat_id: int,
    name: str,
    data: bytes,
    *,
    update_id: int,
    timezone: str,
    now: datetime,
) -> Survey | None:
    """Keep a table and say what taking it would do; None where this update was taken before."""
    person = require(unit, chat_id, Role.ADMIN)
    if not unit.house.is_first(update_id, now):
        return None
    unit.prompts.drop(chat_id, ROWS)
    digest = hashlib.sha256(data).hexdigest()
    upload_id = unit.uploads.add(person.id, name, digest, data, {"state": STATE}, now)
    found = survey(unit, upload_id, name, data, timezone=timezone, now=now)
    if not found.count or found.trouble:
        unit.uploads.drop(upload_id)
    return found


def survey(
    unit: Unit, upload_id: UploadId | None, name: str, data: bytes, *, timezone: str, now: datetime
) -> Survey:
    """What taking a table would do."""
    rows, issues = laws.read_rows(data)
    before = registry_of(unit).registry
    known = _by_key(before)
    fresh = tuple(law.title for law in rows if names.key(law.title) not in known)
    changed = tuple(law.title for law in rows if known.get(names.key(law.title), law) != law)
    touched = lapsing = 0
    trouble = ""
    try:
        after = before.extended(rows) if rows else before
    except laws.LawError as error:
        trouble = str(error)
    else:
        today = local_day(now, timezone)
        for force, basis in changes(unit, after, before):
            was = Basis(force.law, None, force.in_force_from, force.in_force_to)
            touched += force.count
            is_lapsing = has_lapsed(basis, today) and not has_lapsed(was, today)
            lapsing += force.count if is_lapsing else 0
    same = len(rows) - len(fresh) - len(changed)
    return Survey(upload_id, name, fresh, changed, same, issues, trouble, touched, lapsing)


def adopt(unit: Unit, chat_id: int, upload_id: int, *, timezone: str, now: datetime) -> Adopted:
    """Take a table's rows into the registry; questions get their days at once.

    Raises StaleTap where the table was taken or forgotten before.
    """
    person = require(unit, chat_id, Role.ADMIN)
    upload = unit.uploads.find(upload_id, person.id)
    if upload is None or upload.detail.get("state") != STATE or not unit.uploads.drop(upload_id):
        raise StaleTap
    return add(unit, person, upload.content, timezone=timezone, now=now)


def add(
    unit: Unit, person: PersonRow | None, data: bytes, *, timezone: str, now: datetime
) -> Adopted:
    """Put a table's good rows into the registry; raises BadTable where they contradict it."""
    rows, _ = laws.read_rows(data)
    before = registry_of(unit).registry
    try:
        after = before.extended(rows)
    except laws.LawError as error:
        raise BadTable(str(error)) from error
    known = _by_key(before)
    taken = [law for law in rows if known.get(names.key(law.title)) != law]
    actor = person.id if person is not None else None
    titles = {names.key(row["title"]): row["title"] for row in unit.laws.list_all()}
    for law in taken:
        former = titles.get(names.key(law.title), law.title)
        if former != law.title:  # the same law under a fuller name
            unit.laws.drop(former)
        unit.laws.put(law.title, laws.row_of(law), actor, now)
    acts = [("law.add", _subject(law.title), {"title": law.title}) for law in taken]
    unit.house.record_all(actor, acts, now)
    touched = sum(force.count for force, _ in changes(unit, after, before))
    review(unit, timezone, now=now, former=before)
    return Adopted(len(taken), touched)


def refuse(unit: Unit, chat_id: int, upload_id: int) -> None:
    """Forget a table."""
    person = require(unit, chat_id, Role.ADMIN)
    upload = unit.uploads.find(upload_id, person.id)
    if upload is not None and upload.detail.get("state") == STATE:
        unit.uploads.drop(upload_id)


def find_added(unit: Unit, chat_id: int, number: int) -> str:
    """The added row a button names; raises StaleTap where it is gone."""
    require(unit, chat_id, Role.ADMIN)
    for row in unit.laws.list_all():
        if number_of(row["title"]) == number:
            return row["title"]
    raise StaleTap


def drop(unit: Unit, chat_id: int, number: int, *, timezone: str, now: datetime) -> str:
    """Take an added row away, and with it the days that questions have from it.

    Raises StillNeeded where other added rows rely on it.
    """
    person = require(unit, chat_id, Role.ADMIN)
    title = find_added(unit, chat_id, number)
    before = registry_of(unit).registry
    unit.laws.drop(title)
    if trouble := registry_of(unit).trouble:
        raise StillNeeded(trouble)
    unit.house.record(person.id, "law.drop", _subject(title), {"title": title}, now)
    review(unit, timezone, now=now, former=before)
    return title


def _by_key(registry: Registry) -> dict[str, Law]:
    return {names.key(law.title): law for law in registry.laws}


def _subject(title: str) -> str:
    return f"law:{title}"[:64]

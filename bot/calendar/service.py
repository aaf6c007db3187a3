"""Use cases of the calendar: look, take a notice once it was shown what was read, undo."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from bot.calendar.ahead import Turn, turns
from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import WORKDAYS, Calendar, announced, local_day
from questions.workdays import Reading, read
from storage.repositories.calendar_days import DayRow
from storage.repositories.people import PersonRow
from storage.states import Role, UploadId
from storage.unit import Unit

PROMPT = "calendar"
STATE = "calendar"  # an upload whose detail says so is a pasted notice
TURNS_SHOWN = 8
YEARS = range(2000, 2100)
LONGEST = 8_000  # characters; a notice has a thousand
SET, DROPPED, UNDONE = "days.set", "days.drop", "days.undo"


@dataclass(frozen=True, slots=True)
class YearState:
    """What is known of a year: 调休 from the library, days marked by an admin."""

    year: int
    makeup_days: int
    marked: int

    @property
    def is_known(self) -> bool:
        """Whether anybody has said which days change places."""
        return bool(self.makeup_days or self.marked)


@dataclass(frozen=True, slots=True)
class Overview:
    """This year and the next, the coming turns, and the plans that follow workdays or don't."""

    years: tuple[YearState, ...]
    turns: tuple[Turn, ...]
    following: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was understood, and which days it would change from what they are now."""

    upload_id: UploadId
    reading: Reading
    to_off: tuple[date, ...]
    to_work: tuple[date, ...]
    following: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """How many days a year's notice has marked; `audit_id` names the deed for its undoing."""

    year: int
    count: int
    audit_id: int


def show(unit: Unit, chat_id: int, *, timezone: str, now: datetime) -> Overview:
    """What is known."""
    require(unit, chat_id, Role.ADMIN)
    unit.prompts.drop(chat_id, PROMPT)
    today = local_day(now, timezone)
    calendar = Calendar(unit.plans.read_calendar())
    last = date(today.year + 1, 12, 31)
    following, others = _plans(unit)
    return Overview(
        tuple(_year(unit, year) for year in (today.year, today.year + 1)),
        tuple(islice(turns(calendar, today - timedelta(days=1), last), TURNS_SHOWN)),
        following,
        others,
    )


def ask(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for a pasted notice or rows."""
    require(unit, chat_id, Role.ADMIN)
    unit.prompts.put(chat_id, PROMPT, {}, now)


def take(
    unit: Unit, chat_id: int, said: str, update_id: int, *, timezone: str, now: datetime
) -> Survey | None:
    """Keep what was pasted and say what is understood; None where this update came before.

    Where nothing is understood, the next message is waited for still.
    """
    person = require(unit, chat_id, Role.ADMIN)
    if not unit.house.is_first(update_id, now):
        return None
    said = said[:LONGEST]
    reading = _read(said, timezone, now)
    data = said.encode()
    upload_id = unit.uploads.add(
        person.id, STATE, hashlib.sha256(data).hexdigest(), data, {"state": STATE}, now
    )
    if reading.marks:
        unit.prompts.drop(chat_id, PROMPT)
    else:
        unit.uploads.drop(upload_id)
    return _survey(unit, upload_id, reading)


def adopt(unit: Unit, chat_id: int, upload_id: int, *, timezone: str, now: datetime) -> Adopted:
    """Mark the days; a notice takes the place of what was said of its year before.

    Raises StaleTap where it was taken or forgotten before.
    """
    person = require(unit, chat_id, Role.ADMIN)
    upload = unit.uploads.find(upload_id, person.id)
    if upload is None or upload.detail.get("state") != STATE or not unit.uploads.drop(upload_id):
        raise StaleTap
    reading = _read(upload.content.decode(), timezone, upload.created_at)
    rows = [
        DayRow(day, mark.is_workday, reading.year if reading.is_notice else day.year, mark.name)
        for day, mark in reading.marks.items()
    ]
    replaced = unit.calendar.list_from(reading.year) if reading.is_notice else []
    touched = {row.day for row in (*rows, *replaced)}
    before = unit.calendar.list_on(touched)
    unit.calendar.drop(touched)
    unit.calendar.put(rows)
    audit_id = _record(unit, person, SET, reading.year, before, sorted(touched), now)
    return Adopted(reading.year, len(rows), audit_id)


def refuse(unit: Unit, chat_id: int, upload_id: int) -> None:
    """Forget what was pasted."""
    person = require(unit, chat_id, Role.ADMIN)
    upload = unit.uploads.find(upload_id, person.id)
    if upload is not None and upload.detail.get("state") == STATE:
        unit.uploads.drop(upload_id)


def undo(unit: Unit, chat_id: int, year: int, audit_id: int, *, now: datetime) -> int:
    """Have the days be what they were before the year's last marking; how many.

    Raises StaleTap where something was done to the year since, this undoing included.
    """
    person = require(unit, chat_id, Role.ADMIN)
    newest = unit.house.list_audit(limit=1, subjects=[_subject(year)])
    if not newest or newest[0].id != audit_id or newest[0].action not in (SET, DROPPED):
        raise StaleTap
    detail = newest[0].detail
    touched = [date.fromisoformat(day) for day in detail["days"]]
    before = [
        DayRow(date.fromisoformat(day), is_workday, of_year, name)
        for day, is_workday, of_year, name in detail["before"]
    ]
    undone = unit.calendar.list_on(touched)
    unit.calendar.drop(touched)
    unit.calendar.put(before)
    _record(unit, person, UNDONE, year, undone, touched, now)
    return len(touched)


def find_marked(unit: Unit, chat_id: int, year: int) -> YearState:
    """A year with marks of its own; raises StaleTap where there are none."""
    require(unit, chat_id, Role.ADMIN)
    state = _year(unit, year) if year in YEARS else None
    if state is None or not state.marked:
        raise StaleTap
    return state


def drop(unit: Unit, chat_id: int, year: int, *, now: datetime) -> Adopted:
    """Delete a year's marks; raises StaleTap where there are none."""
    person = require(unit, chat_id, Role.ADMIN)
    rows = _marked(unit, year) if year in YEARS else []
    if not rows:
        raise StaleTap
    days = [row.day for row in rows]
    unit.calendar.drop(days)
    audit_id = _record(unit, person, DROPPED, year, rows, days, now)
    return Adopted(year, len(rows), audit_id)


def _read(said: str, timezone: str, now: datetime) -> Reading:
    """Late in the year a text without a year means the next one."""
    today = local_day(now, timezone)
    return read(said, today.year + 1 if today.month >= 10 else today.year)


def _survey(unit: Unit, upload_id: UploadId, reading: Reading) -> Survey:
    calendar = Calendar(unit.plans.read_calendar())
    changed = [
        day for day, mark in reading.marks.items() if calendar.is_workday(day) != mark.is_workday
    ]
    return Survey(
        upload_id,
        reading,
        tuple(day for day in changed if not reading.marks[day].is_workday),
        tuple(day for day in changed if reading.marks[day].is_workday),
        _plans(unit)[0],
    )


def _marked(unit: Unit, year: int) -> list[DayRow]:
    """The days of a year's notice, and of the year itself."""
    own = unit.calendar.list_between(date(year, 1, 1), date(year, 12, 31))
    rows = {row.day: row for row in (*own, *unit.calendar.list_from(year))}
    return [rows[day] for day in sorted(rows) if rows[day].year == year]


def _year(unit: Unit, year: int) -> YearState:
    return YearState(year, len(announced(year).makeup_days), len(_marked(unit, year)))


def _plans(unit: Unit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the running plans that follow workdays, and of those that don't."""
    running = [p for p in unit.plans.list_all() if p.is_active and p.ended_at is None]
    return (
        tuple(plan.name for plan in running if plan.days == WORKDAYS),
        tuple(plan.name for plan in running if plan.days != WORKDAYS),
    )


def _record(
    unit: Unit,
    person: PersonRow,
    action: str,
    year: int,
    before: list[DayRow],
    days: list[date],
    now: datetime,
) -> int:
    """Leave word of a deed with what it takes to undo it; the number of its audit row."""
    detail: dict[str, object] = {
        "year": year,
        "count": len(days),
        "days": [day.isoformat() for day in days],
        "before": [[row.day.isoformat(), row.is_workday, row.year, row.name] for row in before],
    }
    unit.house.record(person.id, action, _subject(year), detail, now)
    return unit.house.list_audit(limit=1, subjects=[_subject(year)])[0].id


def _subject(year: int) -> str:
    return f"calendar:{year}"

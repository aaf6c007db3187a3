"""What admins are told of incidents, once at the beginning and once when they are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from bot.banks.notices import Source, Word
from bot.keyboards import button
from bot.screen import Screen
from bot.status.service import ALERT, WELL
from bot.status.taps import ShowStatus
from bot.texts import text
from bot.texts.dates import moment_label
from storage.states import Role
from storage.unit import Unit


def alert_screen(kind: str, since: datetime, timezone: str) -> Screen:
    """Something is wrong, and what to do."""
    said = text(f"status.alert_{kind}", since=moment_label(since, timezone))
    return Screen(said, ((button("status.button_status", ShowStatus()),),))


def well_screen(kind: str, since: datetime, minutes: int, timezone: str) -> Screen:
    """It is over."""
    name = text(f"status.incident_{kind}")
    since_label = moment_label(since, timezone)
    said = text("status.over", name=name, since=since_label, minutes=minutes)
    return Screen(said, ((button("status.button_status", ShowStatus()),),))


def _alert(timezone: str, unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """One that is over before anybody was told is left to the word that it is."""
    kind, _, start = subject.partition(":")
    since = _moment(start)
    if not any(i.kind == kind and i.started_at == since for i in unit.watching.list_incidents()):
        return []
    return _to_admins(unit, alert_screen(kind, since, timezone), after, limit)


def _well(timezone: str, unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    kind, start, minutes = subject.split(":")
    screen = well_screen(kind, _moment(start), int(minutes), timezone)
    return _to_admins(unit, screen, after, limit)


def _to_admins(unit: Unit, screen: Screen, after: int, limit: int) -> list[Word]:
    return [
        Word(admin.id, admin.chat_id, screen)
        for admin in unit.people.list_by_role(Role.ADMIN)
        if admin.id > after and admin.unreachable_at is None
    ][:limit]


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def words(timezone: str) -> Mapping[str, Source]:
    """Who is told what, with moments local to `timezone`."""
    return {ALERT: partial(_alert, timezone), WELL: partial(_well, timezone)}

"""Use cases of the status: who may read it; incidents that begin, go on and end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.guards import require
from bot.status.report import TOKEN, Here, Report, read
from storage.repositories.watching import Incident
from storage.states import Role
from storage.unit import Unit

ALERT, WELL = "alert", "well"
# What comes back within this is the same incident: told once, not again and again.
CALM = timedelta(minutes=5)
LONGEST_MINUTES = 9999


def read_status(unit: Unit, chat_id: int, here: Here, timezone: str) -> Report:
    """How the house does, for admins."""
    require(unit, chat_id, Role.ADMIN)
    return read(unit, here, timezone)


def follow(unit: Unit, wrong: Collection[str], *, now: datetime) -> None:
    """Have admins told of what has begun to be wrong, and of what no longer is; each once.

    `wrong` are all incidents that go on now.
    """
    for kind in sorted(wrong):
        if unit.watching.note_incident(kind, now):
            unit.notices.add(f"{ALERT}:{kind}:{int(now.timestamp())}", now)
    for incident in unit.watching.list_incidents():
        if incident.kind not in wrong and is_over(incident, now):
            _end(unit, incident, now)


def is_over(incident: Incident, now: datetime) -> bool:
    """Whether it has been well for long enough; a token that works again does at once."""
    return incident.kind == TOKEN or now - incident.seen_at >= CALM


def _end(unit: Unit, incident: Incident, now: datetime) -> None:
    if not unit.watching.end_incident(incident.kind):
        return
    until = now if incident.kind == TOKEN else incident.seen_at
    minutes = max(1, round((until - incident.started_at).total_seconds() / 60))
    start = int(incident.started_at.timestamp())
    name = f"{WELL}:{incident.kind}:{start}:{min(minutes, LONGEST_MINUTES)}"
    unit.notices.add(name, now)


def note_refusal(unit: Unit, *, now: datetime) -> None:
    """The token is refused: nobody can be told before it works again."""
    unit.watching.note_incident(TOKEN, now)

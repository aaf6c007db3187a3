"""How the house does, as one value: what /status, /metrics and /healthz all say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.plans.calendar import Calendar, local_day
from storage.repositories.watching import Engine, Incident, Pulse, Queue, Replica, Trouble
from storage.unit import Unit

LATE_TICK = timedelta(minutes=2)
STUCK = timedelta(minutes=2)
OVERDUE = timedelta(minutes=10)
DAY = timedelta(days=1)
# Next year's calendar comes out early in November.
ANNOUNCED_MONTH, ANNOUNCED_DAY = 11, 10


class Level(StrEnum):
    """A traffic light: works, look at it, or does not work."""

    WELL = "well"
    MIND = "mind"
    DOWN = "down"


class Light(StrEnum):
    """What is looked at."""

    TICK = "tick"
    UPDATES = "updates"
    DELIVERIES = "deliveries"
    REPLICAS = "replicas"
    TROUBLES = "troubles"
    CALENDAR = "calendar"


class Reason(StrEnum):
    """Why a process can't do its work."""

    DATABASE = "database"
    TICK = "tick"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class Here:
    """What one process knows of itself at `now`; `waiting_since` as in Report."""

    now: datetime
    replica: Replica
    waiting_since: datetime | None
    halted_until: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a status says, at `now`; `replicas` with this one as it is this moment.

    `troubles` are those of the last day; `years` whose 调休 is known or not; `waiting_since`:
    since when updates wait without any being handled, as far as this process sees.
    """

    now: datetime
    replicas: tuple[Replica, ...]
    queues: tuple[Queue, ...]
    oldest_due: datetime | None
    polls: int
    troubles: tuple[Trouble, ...]
    halted_until: datetime | None
    is_sending: bool
    in_hand: int
    notices: int
    engine: Engine
    years: tuple[tuple[int, bool], ...]
    incidents: tuple[Incident, ...]
    waiting_since: datetime | None

    @property
    def alive(self) -> tuple[Pulse, ...]:
        """The pulses of replicas that are alive."""
        return tuple(each.pulse for each in self.replicas if each.until_at > self.now)

    @property
    def ticked_at(self) -> datetime:
        """When any replica last ticked."""
        return max(pulse.ticked_at for pulse in self.alive)

    @property
    def handled_at(self) -> datetime | None:
        """When any replica last handled an update."""
        return max((p.handled_at for p in self.alive if p.handled_at is not None), default=None)

    @property
    def pushed_at(self) -> datetime | None:
        """When any replica last got a push away."""
        return max((p.pushed_at for p in self.alive if p.pushed_at is not None), default=None)

    @property
    def in_flight(self) -> int:
        """Updates taken in and not settled yet."""
        return sum(pulse.in_flight for pulse in self.alive)

    @property
    def waiting(self) -> int:
        """Of these, held up by something that will pass."""
        return sum(pulse.waiting for pulse in self.alive)

    @property
    def last_minute(self) -> int:
        """Pushes of the last minute."""
        return sum(pulse.last_minute for pulse in self.alive)

    @property
    def lights(self) -> dict[Light, Level]:
        """The level of all that is looked at."""
        return {
            Light.TICK: Level.DOWN if self.now - self.ticked_at > LATE_TICK else Level.WELL,
            Light.UPDATES: self._updates(),
            Light.DELIVERIES: self._deliveries(),
            Light.REPLICAS: self._replicas(),
            Light.TROUBLES: Level.MIND if any(map(needs_care, self.troubles)) else Level.WELL,
            Light.CALENDAR: Level.WELL if all(known for _, known in self.years) else Level.MIND,
        }

    @property
    def level(self) -> Level:
        """The worst of them."""
        lights = self.lights.values()
        return next(level for level in (Level.DOWN, Level.MIND, Level.WELL) if level in lights)

    def _updates(self) -> Level:
        if self._is_stuck():
            return Level.DOWN
        return Level.MIND if self.waiting else Level.WELL

    def _is_stuck(self) -> bool:
        """Whether updates wait and no replica handles any."""
        if self.waiting_since is None:
            return False
        since = max(self.waiting_since, self.handled_at or self.waiting_since)
        return self.now - since >= STUCK

    def _deliveries(self) -> Level:
        if self.halted_until is not None:
            return Level.MIND
        if self.oldest_due is not None and self.now - self.oldest_due > OVERDUE:
            # A large house takes its time; it is late only where nothing gets away.
            pushed_at = self.pushed_at
            if pushed_at is None or self.now - pushed_at > STUCK:
                return Level.DOWN
        return Level.MIND if any(queue.retry for queue in self.queues) else Level.WELL

    def _replicas(self) -> Level:
        """Dead ones are missed; one that does not tick while others do is not well."""
        is_late = any(self.now - pulse.ticked_at > LATE_TICK for pulse in self.alive)
        is_lost = len(self.alive) < len(self.replicas)
        return Level.MIND if is_late or is_lost or not self.is_sending else Level.WELL


# Names of incidents; short, for they are part of the names of notices.
TICK, UPDATES, LATE, TOKEN, DATABASE = "tick", "taps", "late", "token", "db"
_ALARMS = {Light.TICK: TICK, Light.UPDATES: UPDATES, Light.DELIVERIES: LATE}
# People do block bots, and leave: nothing is wrong with the house.
_USUAL = frozenset({"blocked", "chat_gone", "deactivated"})


def alarms(report: Report) -> frozenset[str]:
    """The incidents that go on at the report's moment."""
    lights = report.lights
    return frozenset(name for light, name in _ALARMS.items() if lights[light] is Level.DOWN)


def needs_care(trouble: Trouble) -> bool:
    """Whether somebody should look after it."""
    return trouble.kind != "failed" or trouble.reason not in _USUAL


def read(unit: Unit, here: Here, timezone: str) -> Report:
    """The report, with this replica as it is in place of what it said before."""
    now, watching = here.now, unit.watching
    others = [each for each in watching.list_replicas() if each.name != here.replica.name]
    halts = [at for at in (here.halted_until, unit.house.halted_until(now)) if at is not None]
    return Report(
        now,
        (here.replica, *others),
        tuple(watching.list_queues()),
        watching.oldest_due(now),
        watching.count_polls(),
        tuple(watching.list_troubles(now - DAY)),
        max((at for at in halts if at > now), default=None),
        watching.is_sending(now),
        watching.count_in_hand(),
        unit.notices.count_due(now),
        watching.read_engine(),
        _years(unit, timezone, now),
        tuple(watching.list_incidents()),
        here.waiting_since,
    )


def _years(unit: Unit, timezone: str, now: datetime) -> tuple[tuple[int, bool], ...]:
    """This year, and the next one once its calendar is due; whether each is known."""
    today = local_day(now, timezone)
    is_due = (today.month, today.day) >= (ANNOUNCED_MONTH, ANNOUNCED_DAY)
    calendar = Calendar(unit.plans.read_calendar())
    return tuple(
        (year, calendar.is_known(year) or bool(unit.calendar.list_from(year)))
        for year in range(today.year, today.year + 1 + is_due)
    )

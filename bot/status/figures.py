"""The report as figures for a monitor: ids of plans and fixed words, never people or names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.status.gauges import Gauges
from bot.status.report import Level, Reason, Report
from bot.status.watch import Watch
from bot.transport.metrics import Family
from storage.errors import StorageError

_RANKS = {Level.WELL: 0, Level.MIND: 1, Level.DOWN: 2}
_NO_LABELS: dict[str, str] = {}


async def gather(watch: Watch) -> Sequence[Family]:
    """The figures of this moment; while the database is away, those of this process alone."""
    try:
        report = await watch.read()
    except StorageError:
        return (*_health([Reason.DATABASE, *watch.gauges.faults()]), *_process(watch.gauges))
    health = _health(watch.gauges.faults())
    return (
        *health,
        *_process(watch.gauges),
        *_house(report),
        *_queues(report),
        *_database(report),
    )


def _health(reasons: Sequence[Reason]) -> list[Family]:
    found = [({"reason": each.value}, float(each in reasons)) for each in Reason]
    return [
        _one("xuefa_healthy", "Whether this process can work: what /healthz says.", not reasons),
        Family("xuefa_unhealthy_reason", "Why this process can't work.", found),
    ]


def _process(gauges: Gauges) -> list[Family]:
    here = gauges.look().replica.pulse
    totals = [({"outcome": key}, float(n)) for key, n in sorted(gauges.talk.meter.totals.items())]
    return [
        _one("xuefa_tick_timestamp_seconds", "When this process last ticked.", here.ticked_at),
        Family(
            "xuefa_pushes_total",
            "Pushes of this process by what became of them.",
            totals or [({"outcome": "sent"}, 0.0)],
            is_total=True,
        ),
    ]


def _house(report: Report) -> list[Family]:
    lights = [
        ({"light": light.value}, float(_RANKS[level])) for light, level in report.lights.items()
    ]
    halted = (report.halted_until - report.now).total_seconds() if report.halted_until else 0.0
    found = [
        Family("xuefa_light", "Lights of /status: 0 well, 1 mind, 2 down.", lights),
        _one("xuefa_updates_in_flight", "Updates taken in and not settled.", report.in_flight),
        _one("xuefa_updates_waiting", "Of these, held up for a while.", report.waiting),
        _one("xuefa_updates_in_hand", "Updates that replicas share.", report.in_hand),
        _one("xuefa_pushes_last_minute", "Pushes sent in the last minute.", report.last_minute),
        _one("xuefa_halted_seconds", "For how long the server wants no pushes.", halted),
        _one("xuefa_replicas", "Replicas that are alive.", len(report.alive)),
        _one("xuefa_notices_waiting", "Word that is due and not given.", report.notices),
    ]
    if report.handled_at is not None:
        said = "When an update was last handled."
        found.append(_one("xuefa_update_handled_timestamp_seconds", said, report.handled_at))
    return found


def _queues(report: Report) -> list[Family]:
    waiting: list[tuple[dict[str, str], float]] = []
    for queue in report.queues:
        plan = str(queue.plan_id)
        waiting.append(({"plan": plan, "state": "pending"}, float(queue.pending)))
        waiting.append(({"plan": plan, "state": "retry"}, float(queue.retry)))
    oldest = (report.now - report.oldest_due).total_seconds() if report.oldest_due else 0.0
    troubles = [
        ({"kind": each.kind, "reason": each.reason}, float(each.count)) for each in report.troubles
    ]
    return [
        Family("xuefa_deliveries_waiting", "Deliveries to be sent, by plan.", waiting),
        _one("xuefa_delivery_oldest_due_seconds", "How late the oldest due one is.", oldest),
        _one("xuefa_polls_waiting", "Polls to groups to be sent.", report.polls),
        Family("xuefa_troubles_last_day", "What went wrong in the last day.", troubles),
    ]


def _database(report: Report) -> list[Family]:
    engine = report.engine
    info = {"kind": engine.kind, "version": engine.version, "schema": engine.schema}
    years = [({"year": str(year)}, float(is_known)) for year, is_known in report.years]
    return [
        Family("xuefa_database_info", "The database.", [(info, 1.0)]),
        _one("xuefa_database_bytes", "Its size.", engine.size),
        Family("xuefa_calendar_known", "Whether a year's calendar is known.", years),
    ]


def _one(name: str, said: str, value: float | datetime) -> Family:
    figure = value.timestamp() if isinstance(value, datetime) else float(value)
    return Family(name, said, [(_NO_LABELS, figure)])

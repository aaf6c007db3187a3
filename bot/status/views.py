"""The screen of the status: a traffic light and plain words for each thing, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.keyboards import button
from bot.screen import Screen
from bot.status.report import Level, Light, Report
from bot.status.taps import ShowStatus
from bot.texts import Markup, catalogue, label, text

MOST_TROUBLES = 6
_MEGABYTE = 1_000_000


def status(report: Report, timezone: str) -> Screen:
    """How the house does."""
    lines: list[str] = [text("status.head", level=text(f"status.level_{report.level}"))]
    for light, level in report.lights.items():
        said = _LINES[light](report, timezone)
        lines.append(text("status.line", mark=text(f"status.mark_{level}"), said=said))
        if level is not Level.WELL:
            lines.append(text("status.do", what=text(f"status.do_{light}")))
    lines += ["", _database(report), text("status.at", at=_clock(report.now, timezone))]
    return Screen("\n".join(lines), ((button("status.button_refresh", ShowStatus()),),))


def _tick(report: Report, timezone: str) -> Markup:
    return text("status.tick", at=_ago(report.ticked_at, report, timezone))


def _updates(report: Report, timezone: str) -> Markup:
    handled = report.handled_at
    at = _ago(handled, report, timezone) if handled is not None else label("status.never")
    return text("status.updates", at=at, in_flight=report.in_flight, waiting=report.waiting)


def _deliveries(report: Report, timezone: str) -> Markup:
    parts: list[Markup] = [
        text("status.queue", plan=each.plan, pending=each.pending, retry=each.retry)
        for each in report.queues
    ] or [text("status.no_queue")]
    if report.oldest_due is not None:
        parts.append(text("status.oldest", at=_ago(report.oldest_due, report, timezone)))
    if report.polls:
        parts.append(text("status.polls", count=report.polls))
    parts.append(text("status.rate", count=report.last_minute))
    if report.halted_until is not None:
        parts.append(text("status.halted", until=_clock(report.halted_until, timezone)))
    return Markup("\n".join(parts))


def _replicas(report: Report, timezone: str) -> Markup:
    alive, all_ = len(report.alive), len(report.replicas)
    said = [text("status.replicas", alive=alive, in_hand=report.in_hand)]
    if alive < all_:
        last = max(each.until_at for each in report.replicas if each.until_at <= report.now)
        said.append(text("status.lost", count=all_ - alive, at=_clock(last, timezone)))
    if not report.is_sending:
        said.append(text("status.nobody_sends"))
    return Markup("\n".join(said))


def _troubles(report: Report, _timezone: str) -> Markup:
    if not report.troubles:
        return text("status.no_trouble")
    said = [text("status.troubles", count=sum(each.count for each in report.troubles))]
    said += [
        text(f"status.trouble_{each.kind}", reason=_reason(each.reason), count=each.count)
        for each in report.troubles[:MOST_TROUBLES]
    ]
    return Markup("\n".join(said))


def _reason(reason: str) -> str:
    key = f"rounds.reason_{reason}"
    return label(key) if key in catalogue() else reason


def _calendar(report: Report, _timezone: str) -> Markup:
    parts = [
        label("status.year_known" if is_known else "status.year_unknown", year=year)
        for year, is_known in report.years
    ]
    return text("status.calendar", years="、".join(parts))


_LINES: Mapping[Light, Callable[[Report, str], Markup]] = {
    Light.TICK: _tick,
    Light.UPDATES: _updates,
    Light.DELIVERIES: _deliveries,
    Light.REPLICAS: _replicas,
    Light.TROUBLES: _troubles,
    Light.CALENDAR: _calendar,
}


def _database(report: Report) -> Markup:
    engine = report.engine
    return text(
        "status.database",
        kind=label(f"status.engine_{engine.kind}"),
        version=engine.version,
        schema=engine.schema,
        size=f"{engine.size / _MEGABYTE:.1f}",
        notices=report.notices,
    )


def _ago(at: datetime, report: Report, timezone: str) -> str:
    """08:45:03（2 分钟前）."""
    gone = max(timedelta(), report.now - at)
    minutes = int(gone.total_seconds() // 60)
    if minutes < 1:
        said = label("status.just_now")
    elif minutes < 120:
        said = label("status.minutes_ago", minutes=minutes)
    else:
        said = label("status.hours_ago", hours=minutes // 60)
    return label("status.moment", at=_clock(at, timezone), ago=said)


def _clock(at: datetime, timezone: str) -> str:
    return f"{at.astimezone(ZoneInfo(timezone)):%H:%M:%S}"

"""What a typed reply makes of a plan; each reader raises Refused, saying what to type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from bot.people.names import clean_name
from bot.plans.calendar import local_day
from bot.plans.changes import Wanted
from bot.plans.editing.fields import EVERY_DAY
from bot.plans.errors import NameTaken, Refused
from bot.plans.reading import MOST_HOURS, read_days, read_hours, read_past_day
from bot.texts.dates import read_time
from storage.repositories.plans import PlanRow
from storage.unit import Unit

LONGEST_NAME: Final = 30
SPOKEN_ZONES: Final = {
    "北京": "Asia/Shanghai",
    "北京时间": "Asia/Shanghai",
    "东八区": "Asia/Shanghai",
    "新疆": "Asia/Urumqi",
    "新疆时间": "Asia/Urumqi",
    "乌鲁木齐": "Asia/Urumqi",
}

Reply = Callable[[Unit, PlanRow, str, datetime], Wanted]


def read_name(unit: Unit, said: str, but: PlanRow | None = None) -> str:
    """A plan's name as it is kept; raises Refused or NameTaken."""
    name = clean_name(said, LONGEST_NAME)
    if name is None:
        raise Refused("plans_ask.bad_name", longest=LONGEST_NAME)
    holder = unit.plans.find_named(name)
    if holder is not None and (but is None or holder != but.id):
        raise NameTaken
    return name


def _name(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    return Wanted({"name": read_name(unit, said, plan)})


def _at(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    return Wanted({"at": _time(said)})


def _remind(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    return Wanted({"remind_at": _time(said)})


def _own(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    return Wanted({"own_time_until": _time(said)})


def _time(said: str) -> time:
    at = read_time(said)
    if at is None:
        raise Refused("plans_ask.bad_time")
    return at


def _once(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    today = local_day(now, plan.timezone)
    span = read_days(said, today)
    if span is None:
        raise Refused("plans_ask.bad_day", example=today.isoformat())
    if span[0] != span[1]:
        raise Refused("plans_ask.one_day_only")
    return Wanted({"days": EVERY_DAY, "starts_on": span[0], "ends_on": span[0]})


def _campaign(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    span = read_days(said, local_day(now, plan.timezone))
    if span is None:
        raise Refused("plans_ask.bad_span")
    if span[0] == span[1]:
        raise Refused("plans_ask.two_days_needed")
    return Wanted({"starts_on": span[0], "ends_on": span[1]})


def _hours(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    hours = read_hours(said)
    if hours is None:
        raise Refused("plans_ask.bad_hours", most=MOST_HOURS)
    return Wanted({"open_hours": hours})


def _joined(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    today = local_day(now, plan.timezone)
    day = read_past_day(said, today)
    if day is None:
        raise Refused("plans_ask.bad_day", example=today.isoformat())
    return Wanted({"audience": replace(plan.audience, joined_since=day)})


@cache
def _zones() -> Mapping[str, str]:
    """Every time zone by its name in lower case."""
    return {name.lower(): name for name in available_timezones()} | SPOKEN_ZONES


def _zone(unit: Unit, plan: PlanRow, said: str, now: datetime) -> Wanted:
    zone = _zones().get(said.strip().lower())
    if zone is None:
        raise Refused("plans_ask.bad_zone")
    return Wanted({"timezone": zone})


REPLIES: Final[Mapping[str, Reply]] = {
    "name": _name,
    "at": _at,
    "once": _once,
    "campaign": _campaign,
    "remind": _remind,
    "own": _own,
    "hours": _hours,
    "joined": _joined,
    "zone": _zone,
}

"""Times of day that a person chose, and what they make of a plan's."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from bot.texts.dates import read_time

DAY = 24 * 60
LONGEST_QUIET = 16 * 60  # minutes; the rest of the day is left to write in
STEP = 15  # minutes between offered push times, or more where the window is long
MOST_OFFERED = 8
_TO = re.compile(r"\s*(?:至|到|[-—–~～]+)\s*")
_NEXT_DAY = re.compile(r"次日|第二天|明早|早上|上午|晚上|下午|从|凌晨|中午")


def minutes_of(at: time) -> int:
    """Minutes after midnight."""
    return at.hour * 60 + at.minute


def time_at(minutes: int) -> time:
    """The time so many minutes after midnight."""
    return time(minutes // 60, minutes % 60)


def offered(begins: time, ends: time) -> tuple[time, ...]:
    """Some times from the first to the last that a plan allows, evenly apart."""
    first, last = minutes_of(begins), minutes_of(ends)
    step = STEP
    while (last - first) // step + 1 > MOST_OFFERED:
        step += STEP
    return tuple(time_at(minutes) for minutes in range(first, last + 1, step))


def own_time(at: time, until: time | None, wish: time | None) -> time:
    """When a plan's push is due for a person: their wish, where the plan allows it."""
    return wish if wish is not None and until is not None and at <= wish <= until else at


def is_quiet(at: time, begins: time | None, ends: time | None) -> bool:
    """Whether a time lies in quiet hours, which may run past midnight; their end does not."""
    if begins is None or ends is None:
        return False
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends


def quiet_length(begins: time, ends: time) -> int:
    """Minutes from one time to the next; from a time to itself is none."""
    return (minutes_of(ends) - minutes_of(begins)) % DAY


def read_hours(said: str) -> tuple[time, time] | None:
    """12:00-14:00, 晚上10点到次日7点: two times as people write them."""
    plain = unicodedata.normalize("NFKC", said).strip()
    parts = _TO.split(plain)
    if len(parts) != 2:
        return None
    ends: list[time] = []
    for part in parts:
        at = read_time(_NEXT_DAY.sub("", part).strip())
        if at is None:
            return None
        is_late = re.search("晚上|下午|中午", part) is not None and 1 <= at.hour <= 11
        ends.append(time(at.hour + 12, at.minute) if is_late and at.hour != 11 else at)
    return ends[0], ends[1]

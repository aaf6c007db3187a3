"""One holiday's paragraph of a notice: which days are off, which are worked instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from questions.workdays.dates import (
    LONGEST_RANGE,
    WEEKDAYS,
    NoSuchDayError,
    Said,
    Span,
    days_of,
    find_spans,
    resolve,
)
from questions.workdays.model import Doubt, DoubtKind, Holiday

# Verbs take the dates before them; the longest first, so that 调休上班 is work.
_VERB = re.compile(
    r"(?P<not>不)?(?:(?P<work>(?:照常|正常|调休)?上班|补班|(?:为|是)工作日)"
    r"|(?P<off>放假|休息|调休|休假|连休|(?:为|是)(?:法定节假日|公休日)))"
)
_ADVICE = re.compile(r"鼓励|建议|倡导|可以|有条件|视情|酌情|错峰")
_MOVED = re.compile(r"调至|调到|调整[至到]|延长|推迟|提前")
_SAID = re.compile(r"(?:共|放假|连休|休息|休)(?:计)?(\d{1,2})天")
_SENTENCE = re.compile(r"[^。；;\n]+")
_WITH_WEEKEND = "与周末连休"
_NEW_YEAR = "元旦"


@dataclass(slots=True)
class _Found:
    """What is gathered sentence by sentence."""

    off: set[date] = field(default_factory=set)
    work: set[date] = field(default_factory=set)
    said: list[tuple[int, str]] = field(default_factory=list)
    weekends: set[date] = field(default_factory=set)
    doubts: list[Doubt] = field(default_factory=list)


def read_holiday(name: str, paragraph: str, year: int) -> tuple[Holiday, list[Doubt]]:
    """What the words after a holiday's name say."""
    found = _Found()
    for match in _SENTENCE.finditer(paragraph):
        _read_sentence(found, name, match[0].strip(), year)
    off = found.off | found.weekends
    for said, phrase in found.said:
        if said not in (len(off), len(found.off)):
            found.doubts.append(Doubt(DoubtKind.COUNT, phrase, str(said), str(len(off))))
    said_days = found.said[0][0] if found.said else None
    holiday = Holiday(name, tuple(sorted(off)), tuple(sorted(found.work)), said_days)
    return holiday, found.doubts


def _read_sentence(found: _Found, name: str, sentence: str, year: int) -> None:
    spans = list(find_spans(sentence))
    if _ADVICE.search(sentence):
        if spans:
            found.doubts.append(Doubt(DoubtKind.ADVICE, sentence))
        return
    if _MOVED.search(sentence):
        found.doubts.append(Doubt(DoubtKind.UNREAD, sentence))
        return
    found.said += [(int(match[1]), match[0]) for match in _SAID.finditer(sentence)]
    before: set[date] = set()
    for verb, taken in _phrases(sentence, spans):
        days = {day for span in taken for day in _days(found, span, name, year)}
        if verb is None or (verb and any(_is_long(span) for span in taken)):
            found.doubts.append(Doubt(DoubtKind.UNREAD, sentence))
        elif verb:
            found.work |= days
        else:
            found.off |= days
            before |= days
    if not spans and _VERB.search(sentence) and not found.off:
        found.doubts.append(Doubt(DoubtKind.UNREAD, sentence))
    if _WITH_WEEKEND in sentence:
        found.weekends |= _weekends_beside(before)


def _phrases(sentence: str, spans: list[Span]) -> Iterator[tuple[bool | None, list[Span]]]:
    """Each verb with the dates it takes: True work, False off, None not understood."""
    waiting = list(spans)
    for verb in _VERB.finditer(sentence):
        taken = [span for span in waiting if span.end <= verb.start()]
        if not taken:
            continue
        waiting = [span for span in waiting if span not in taken]
        yield (None if verb["not"] else verb["work"] is not None), taken
    if waiting:
        yield None, waiting


def _is_long(span: Span) -> bool:
    """A range of more than two days is no make-up work: its verb was left out."""
    first, last = span.first, span.last
    return first is not last and last.day != (first.day + 1 if last.month == first.month else 1)


def _days(found: _Found, span: Span, name: str, year: int) -> list[date]:
    phrase = span.first.phrase if span.first is span.last else ""
    phrase = phrase or f"{span.first.phrase}至{span.last.phrase}"
    try:
        first, last = resolve(span, year, may_begin_before=name.startswith(_NEW_YEAR))
    except NoSuchDayError:
        found.doubts.append(Doubt(DoubtKind.NO_SUCH_DAY, phrase))
        return []
    _check_weekday(found, span.first, first)
    if last != first:
        _check_weekday(found, span.last, last)
    if not date(year - 1, 11, 1) <= first <= last <= date(year, 12, 31) + timedelta(days=10):
        found.doubts.append(Doubt(DoubtKind.OTHER_YEAR, phrase, str(year), str(first.year)))
        return []
    return days_of(first, last)


def _check_weekday(found: _Found, said: Said, day: date) -> None:
    if said.weekday is not None and said.weekday != day.weekday():
        is_at = f"周{WEEKDAYS[day.weekday()]}"
        written = f"周{WEEKDAYS[said.weekday]}"
        found.doubts.append(Doubt(DoubtKind.WEEKDAY, said.phrase, written, is_at))


def _weekends_beside(days: set[date]) -> set[date]:
    """Saturdays and Sundays that join the days off without a gap."""
    joined: set[date] = set()
    for day in days:
        for step in (timedelta(days=1), timedelta(days=-1)):
            beside = day + step
            for _ in range(LONGEST_RANGE):
                if beside not in days and beside.weekday() < 5:
                    break
                joined.add(beside)
                beside += step
    return joined - days

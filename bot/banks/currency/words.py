"""What owners are told of laws that end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.banks.currency import views
from bot.banks.currency.service import Lapses, lapses
from bot.banks.notices import Source, Word
from bot.banks.owners import owners_of
from bot.screen import Screen
from storage.unit import Unit


def lapsed(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """Laws that ended before the day, to those who answer for the bank."""
    bank_id, day = _subject(subject)
    return _to_owners(
        unit, bank_id, after, lapses(unit, bank_id, since=None, until=day), views.lapsed
    )


def lapsing(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """Laws whose last day this is, to those who answer for the bank."""
    bank_id, day = _subject(subject)
    until = day + timedelta(days=1)
    return _to_owners(
        unit, bank_id, after, lapses(unit, bank_id, since=day, until=until), views.lapsing
    )


def _subject(subject: str) -> tuple[int, date]:
    bank_id, _, day = subject.partition(":")
    return int(bank_id), date(int(day[:4]), int(day[4:6]), int(day[6:]))


def _to_owners(
    unit: Unit, bank_id: int, after: int, found: Lapses | None, view: Callable[[Lapses], Screen]
) -> list[Word]:
    if found is None:
        return []
    screen = view(found)
    people = owners_of(unit, bank_id)
    return [Word(person.id, person.chat_id, screen) for person in people if person.id > after]


WORDS: Mapping[str, Source] = {"l": lapsed, "n": lapsing}

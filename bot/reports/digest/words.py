"""Digests as word to be given: each week's to trainers, each month's to admins."""

from __future__ import annotations

from collections.abc import Mapping

from bot.banks.notices import Source, Word
from bot.reports.digest import views
from bot.reports.digest.planning import KIND
from bot.reports.digest.service import read_digest
from bot.reports.service import NothingToSee
from bot.reports.stretches import Stretch, read_word
from questions.periods import Span
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit

_WHO: Mapping[Span, Role] = {Span.WEEK: Role.TRAINER, Span.MONTH: Role.ADMIN}


def digests(unit: Unit, subject: str, after: int, limit: int) -> list[Word]:
    """The digest of a week (W2026-47) or month (M2026-11) to each who is to have it."""
    stretch = read_word(subject.lower().replace("-", "_"))
    if stretch is None or stretch.span is None or stretch.span not in _WHO:
        return []
    words: list[Word] = []
    for person in unit.people.list_by_role(_WHO[stretch.span]):
        if person.id > after and len(words) < limit:
            words += _word(unit, person, stretch)
    return words


def _word(unit: Unit, person: PersonRow, stretch: Stretch) -> list[Word]:
    """One person's, over what they see; none for those with nothing to see, or out of reach."""
    if person.unreachable_at is not None:
        return []
    try:
        digest = read_digest(unit, person.chat_id, stretch)
    except NothingToSee:
        return []
    return [] if digest is None else [Word(person.id, person.chat_id, views.digest(digest))]


WORDS: Mapping[str, Source] = {KIND: digests}

"""Use cases of the annual paragraph: what happened in a stretch, from the records themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.guards import require
from bot.keyboards import page_count
from bot.reports.annual.reading import read_stretch
from bot.reports.ledger.reading import LedgerKind
from bot.reports.participation.service import Figures, figures_of
from bot.reports.participation.sight import Sight, look
from bot.reports.stretches import Stretch
from storage.repositories.ledger import LedgerRow
from storage.repositories.questions import Filter
from storage.states import QuestionStatus, Role
from storage.unit import Unit

PROMPT: Final = "annual_days"
LAWS_A_PAGE: Final = 12


@dataclass(frozen=True, slots=True)
class Annual:
    """What the paragraph tells.

    `laws` with how often their questions were asked, the most asked first; `published`
    questions are those of the house now; `ledger` is the entries by kind.
    """

    sight: Sight
    rounds: int
    figures: Figures
    asked: int
    laws: tuple[tuple[str, int], ...]
    published: int
    ledger: Mapping[LedgerKind, tuple[LedgerRow, ...]]


@dataclass(frozen=True, slots=True)
class Laws:
    """A page of the laws; pages count from 0."""

    sight: Sight
    laws: tuple[tuple[str, int], ...]
    asked: int
    total: int
    page: int
    pages: int


def read_annual(unit: Unit, chat_id: int, word: str, *, today: date) -> Annual:
    """All figures of a stretch, over the departments in sight."""
    sight = look(unit, chat_id, word, today=today)
    sums = unit.participation.list_sums(sight.window, sight.basis)
    entries = unit.ledger.list_entries(sight.stretch.days, sight.window.among)
    by_kind = {kind: [row for row in entries if row.kind == kind] for kind in LedgerKind}
    published = Filter(statuses=(QuestionStatus.PUBLISHED,))
    return Annual(
        sight,
        len({each.round_id for each in sums if each.counts.due}),
        figures_of(unit, sight, sums),
        unit.participation.count_asked(sight.window),
        tuple(unit.participation.list_laws(sight.window)),
        unit.questions.count(published),
        {kind: tuple(rows) for kind, rows in by_kind.items() if rows},
    )


def take_along(unit: Unit, chat_id: int, word: str, *, today: date, now: datetime) -> Annual:
    """The same for a file; that somebody takes it along is recorded."""
    result = read_annual(unit, chat_id, word, today=today)
    days, among = result.sight.stretch, result.sight.window.among
    detail = {
        "format": "docx",
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "departments": sorted(among) if among is not None else "all",
    }
    person = result.sight.person
    unit.house.record(person.id, "report.annual", f"report:{days.word}", detail, now)
    return result


def read_laws(unit: Unit, chat_id: int, word: str, page: int, *, today: date) -> Laws:
    """A page of the laws behind the questions asked."""
    sight = look(unit, chat_id, word, today=today)
    laws = unit.participation.list_laws(sight.window)
    asked = unit.participation.count_asked(sight.window)
    pages = page_count(len(laws), LAWS_A_PAGE)
    page = min(page, pages - 1)
    shown = tuple(laws[page * LAWS_A_PAGE : (page + 1) * LAWS_A_PAGE])
    return Laws(sight, shown, asked, len(laws), page, pages)


def ask_days(unit: Unit, chat_id: int, *, now: datetime) -> None:
    """Wait for typed days."""
    require(unit, chat_id, Role.TRAINER)
    unit.prompts.put(chat_id, PROMPT, {}, now)


def take_days(unit: Unit, chat_id: int, said: str, *, today: date) -> Stretch | None:
    """The days typed; None where they are not understood, and waited for still.

    It changes nothing but the waiting, so a repeat does no harm.
    """
    require(unit, chat_id, Role.TRAINER)
    stretch = read_stretch(said, today)
    if stretch is not None:
        unit.prompts.drop(chat_id, PROMPT)
    return stretch

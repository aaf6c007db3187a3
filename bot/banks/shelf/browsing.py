"""Searching a bank: what a list was narrowed to is kept as the chat's prompt.

So a word typed next searches on, and buttons need carry no more than ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import StaleTap
from bot.guards import require
from questions.models import Kind
from storage.repositories.banks import BankRow
from storage.repositories.questions import Filter, QuestionRow
from storage.states import QuestionStatus, Role
from storage.unit import Unit

SEARCH: Final = "bank_search"
A_PAGE: Final = 8
CHOICES: Final = 20
LONGEST_SEARCH: Final = 60
FACETS: Final = ("status", "kind", "tag", "law")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; an empty part lets everything through."""

    status: str = ""
    kind: str = ""
    tag: str = ""
    law: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the questions found."""

    bank: BankRow
    wanted: Wanted
    rows: tuple[QuestionRow, ...]
    page: int
    total: int


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of a facet with their counts, the most first."""

    bank: BankRow
    facet: str
    values: tuple[tuple[str, int], ...]


def browse(unit: Unit, chat_id: int, bank_id: int, page: int, *, now: datetime) -> Listing:
    """A page of what the chat has narrowed the bank to; all of it where that is forgotten."""
    bank = _bank(unit, chat_id, bank_id)
    return _list(unit, chat_id, bank, _remembered(unit, chat_id, bank), page, now)


def choose(unit: Unit, chat_id: int, bank_id: int, facet: str) -> Choices:
    """What a facet can be narrowed to, within everything else that is chosen."""
    bank = _bank(unit, chat_id, bank_id)
    return Choices(bank, facet, _values(unit, chat_id, bank, facet))


def narrow(
    unit: Unit, chat_id: int, bank_id: int, facet: str, place: int, *, now: datetime
) -> Listing:
    """Keep what has the facet's value at `place`, counted from 1; 0 lifts the facet."""
    bank = _bank(unit, chat_id, bank_id)
    values = _values(unit, chat_id, bank, facet)
    if place > len(values):
        raise StaleTap
    value = values[place - 1][0] if place else ""
    wanted = replace(_remembered(unit, chat_id, bank), **{facet: value})
    return _list(unit, chat_id, bank, wanted, 0, now)


def search(
    unit: Unit, chat_id: int, payload: Mapping[str, object], typed: str, *, now: datetime
) -> Listing:
    """Look for the words typed, within what is chosen; a lone full stop lifts the search."""
    bank = _bank(unit, chat_id, int(str(payload["bank_id"])))
    words = "" if typed.strip() in ("。", ".") else typed.strip()[:LONGEST_SEARCH]
    wanted = replace(_remembered(unit, chat_id, bank), words=words)
    return _list(unit, chat_id, bank, wanted, 0, now)


def _list(
    unit: Unit, chat_id: int, bank: BankRow, wanted: Wanted, page: int, now: datetime
) -> Listing:
    found = _filter(bank, wanted)
    total = unit.questions.count(found)
    page = min(page, max(0, (total - 1) // A_PAGE))
    rows = unit.questions.search(found, limit=A_PAGE, offset=page * A_PAGE)
    kept = {
        "bank_id": bank.id,
        **{name: getattr(wanted, name) for name in (*FACETS, "words")},
    }
    unit.prompts.put(chat_id, SEARCH, kept, now)
    return Listing(bank, wanted, tuple(rows), page, total)


def _values(unit: Unit, chat_id: int, bank: BankRow, facet: str) -> tuple[tuple[str, int], ...]:
    if facet not in FACETS:
        raise StaleTap
    others = replace(_remembered(unit, chat_id, bank), **{facet: ""})
    counted = unit.questions.count_by(facet, _filter(bank, others))
    return tuple(counted.items())[:CHOICES]


def _remembered(unit: Unit, chat_id: int, bank: BankRow) -> Wanted:
    prompt = unit.prompts.find(chat_id)
    if prompt is None or prompt.kind != SEARCH or prompt.payload.get("bank_id") != bank.id:
        return Wanted()
    return Wanted(**{name: str(prompt.payload.get(name, "")) for name in (*FACETS, "words")})


def _filter(bank: BankRow, wanted: Wanted) -> Filter:
    return Filter(
        bank_id=bank.id,
        statuses=(QuestionStatus(wanted.status),) if wanted.status else (),
        kind=Kind(wanted.kind) if wanted.kind else None,
        tag=wanted.tag or None,
        law=wanted.law or None,
        words=wanted.words,
    )


def _bank(unit: Unit, chat_id: int, bank_id: int) -> BankRow:
    require(unit, chat_id, Role.TRAINER)
    bank = unit.banks.find(bank_id)
    if bank is None:
        raise StaleTap
    return bank

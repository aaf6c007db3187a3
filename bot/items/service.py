"""Use cases of item analysis: the weakest questions first, one card each, and what to do.

Figures are of the whole house and name nobody; below ten answers none are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import StaleTap
from bot.guards import require
from bot.items import pausing
from bot.items.counting import sample_of
from bot.keyboards import page_count
from questions.analysis import Finding, findings, guess_score
from questions.analysis.verdicts import ENOUGH_TO_SHOW, unused_options
from storage.repositories.people import PersonRow
from storage.repositories.questions import QuestionRow
from storage.repositories.statistics import ItemRow, VersionStatistics
from storage.states import Alert, QuestionStatus, Role
from storage.unit import Unit

A_PAGE = 5
# How old figures must be before a tap may have answers counted anew.
FRESH = timedelta(minutes=1)


class Sieve(StrEnum):
    """Which questions a list shows."""

    ALL = "all"
    PAUSED = "paused"
    NEGATIVE = "negative"
    HARD = "hard"
    EASY = "easy"
    FLAT = "flat"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of a list and what is wrong with it, the gravest first."""

    item: ItemRow
    findings: tuple[Finding, ...]

    @property
    def is_paused(self) -> bool:
        """Whether it is not asked for now."""
        return self.item.alert is Alert.WEAK


@dataclass(frozen=True, slots=True)
class Items:
    """A page of a list; `few` published questions have too few answers to say anything."""

    sieve: Sieve
    entries: tuple[Entry, ...]
    counts: dict[Sieve, int]
    few: int
    page: int
    pages: int
    computed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """A question, the figures of its versions (the newest first), and what they show.

    `statistics` is the current version's; None where nothing was counted yet. `unused` are the
    options hardly anybody chooses. `overtaken` where the question had changed before the tap.
    """

    row: QuestionRow
    statistics: VersionStatistics | None
    findings: tuple[Finding, ...]
    unused: tuple[int, ...]
    versions: tuple[tuple[int, VersionStatistics], ...]
    guess: float | None
    sieve: Sieve
    page: int
    overtaken: bool = False

    @property
    def has_enough(self) -> bool:
        """Whether there are answers enough to show figures."""
        return self.statistics is not None and self.statistics.attempts >= ENOUGH_TO_SHOW

    @property
    def is_paused(self) -> bool:
        """Whether the question is not asked for now."""
        return self.row.alert is Alert.WEAK


def show_list(unit: Unit, chat_id: int, sieve: str, page: int) -> Items:
    """A page of the questions a sieve lets through, the weakest first."""
    require(unit, chat_id, Role.TRAINER)
    wanted = _sieve(sieve)
    rows = unit.statistics.list_current(at_least=0)
    entries = [
        Entry(row, findings(sample_of(row.statistics, row.key)))
        for row in rows
        if row.statistics.attempts >= ENOUGH_TO_SHOW or row.alert is Alert.WEAK
    ]
    counts = Counter(sieve for entry in entries for sieve in _sieves(entry))
    found = sorted((e for e in entries if wanted in _sieves(e)), key=_weakness)
    pages = page_count(len(found), A_PAGE)
    page = min(page, pages - 1)
    published = sum(bank.published for bank in unit.banks.list_all() if not bank.retired_at)
    enough = sum(row.statistics.attempts >= ENOUGH_TO_SHOW for row in rows)
    return Items(
        wanted,
        tuple(found[page * A_PAGE : (page + 1) * A_PAGE]),
        dict(counts),
        published - enough,
        page,
        pages,
        unit.statistics.last_computed(),
    )


def may_refresh(unit: Unit, chat_id: int, *, now: datetime) -> bool:
    """Whether figures are old enough to count answers anew; raises NotAllowed below trainers."""
    require(unit, chat_id, Role.TRAINER)
    computed_at = unit.statistics.last_computed()
    return computed_at is None or now - computed_at >= FRESH


def show_card(unit: Unit, chat_id: int, question_id: int, sieve: str, page: int) -> Card:
    """One question's figures."""
    require(unit, chat_id, Role.TRAINER)
    return _card(unit, question_id, sieve, page)


def set_pause(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    wanted: int,
    sieve: str,
    page: int,
    *,
    now: datetime,
) -> Card:
    """Have a question pause, or be asked again; a repeat changes nothing."""
    person, row = _row(unit, chat_id, question_id)
    if wanted not in (0, 1):
        raise StaleTap
    act = pausing.pause if wanted else pausing.resume
    done = act(unit, person, row, version, now)
    is_so = (row.alert is Alert.WEAK) == bool(wanted) and row.version == version
    return _card(unit, question_id, sieve, page, overtaken=not done and not is_so)


def retire(
    unit: Unit,
    chat_id: int,
    question_id: int,
    version: int,
    sieve: str,
    page: int,
    *,
    now: datetime,
) -> Card:
    """Take a question out of use; a repeat changes nothing."""
    person, row = _row(unit, chat_id, question_id)
    if row.status is QuestionStatus.RETIRED:
        return _card(unit, question_id, sieve, page)
    published = (QuestionStatus.PUBLISHED,)
    done = unit.questions.move(row.id, version, published, QuestionStatus.RETIRED)
    if done:
        noted = {"version": version, "reason": row.alert_detail or ""}
        unit.house.record(person.id, "question.retire", f"question:{row.id}", noted, now)
    return _card(unit, question_id, sieve, page, overtaken=not done)


def _card(unit: Unit, question_id: int, sieve: str, page: int, *, overtaken: bool = False) -> Card:
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    versions = unit.statistics.list_of(row.id)
    said = next((figures for number, figures in versions if number == row.version), None)
    sample = sample_of(said, row.question.key) if said is not None else None
    wrong = [i for i in range(len(row.question.options)) if i not in row.question.key]
    rare = unused_options(sample.wrong, sample.attempts) if sample is not None else []
    return Card(
        row=row,
        statistics=said,
        findings=findings(sample) if sample is not None else (),
        unused=tuple(wrong[place] for place in rare),
        versions=tuple(versions),
        guess=guess_score(row.question),
        sieve=_sieve(sieve),
        page=page,
        overtaken=overtaken,
    )


def _sieve(said: str) -> Sieve:
    try:
        return Sieve(said)
    except ValueError:
        raise StaleTap from None


def _sieves(entry: Entry) -> set[Sieve]:
    """The sieves that let a question through."""
    found = {Sieve.ALL, *(Sieve(finding.value) for finding in entry.findings)}
    return found | {Sieve.PAUSED} if entry.is_paused else found


_GRAVITY = {finding: place for place, finding in enumerate(Finding)}


def _weakness(entry: Entry) -> tuple[int, float, int]:
    """The gravest finding first, then the lowest discrimination."""
    gravest = min((_GRAVITY[finding] for finding in entry.findings), default=len(_GRAVITY))
    said = entry.item.statistics.discrimination
    return gravest, said if said is not None else 0.0, entry.item.question_id


def _row(unit: Unit, chat_id: int, question_id: int) -> tuple[PersonRow, QuestionRow]:
    person = require(unit, chat_id, Role.TRAINER)
    row = unit.questions.find(question_id)
    if row is None:
        raise StaleTap
    return person, row

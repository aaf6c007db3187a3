"""Every point a person has and why: the own rounds, and the questions of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.errors import StaleTap
from bot.guards import person_of
from bot.keyboards import page_count
from storage.repositories.totals import ItemLine
from storage.repositories.totals_rounds import RoundFacts, RoundResult
from storage.states import PersonId, PlanId, RoundId, SittingId
from storage.unit import Unit

ROUNDS_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class RoundLine:
    """What one round gave: points of those offered, and what became of the questions.

    `missed` ones were not answered in time and count; `open` ones may still be answered;
    `uncounted` ones never will be and don't count.
    """

    round_id: RoundId
    day: date
    plan: str
    points: int
    offered: int
    answered: int
    right: int
    voided: int
    missed: int
    open: int
    uncounted: int
    is_leave: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A page of the own rounds, newest first, and what all of them give."""

    points: int
    offered: int
    answered: int
    right: int
    page: int
    pages: int
    lines: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class RoundDetail:
    """The questions of one of the own rounds; `sitting_id` leads to their verdicts."""

    line: RoundLine
    sitting_id: SittingId | None
    items: tuple[ItemLine, ...]
    page: int


def read_record(unit: Unit, chat_id: int, page: int) -> Record:
    """A page of the own rounds; the amounts of all are those of the own totals."""
    person = person_of(unit, chat_id)
    found = unit.totals.list_rounds(person.id)
    pages = page_count(len(found), ROUNDS_A_PAGE)
    page = min(page, pages - 1)
    names = {plan.id: plan.name for plan in unit.plans.list_all()}
    amounts = [result.amounts for result, _ in found]
    shown = found[page * ROUNDS_A_PAGE : (page + 1) * ROUNDS_A_PAGE]
    return Record(
        points=sum(each.points for each in amounts),
        offered=sum(each.offered for each in amounts),
        answered=sum(each.answered for each in amounts),
        right=sum(each.right_count for each in amounts),
        page=page,
        pages=pages,
        lines=tuple(_line(result, facts, names) for result, facts in shown),
    )


def read_round(unit: Unit, chat_id: int, round_id: int, page: int) -> RoundDetail:
    """The questions of one of the own rounds; raises StaleTap for any other."""
    person = person_of(unit, chat_id)
    result, facts = _own(unit, person.id, round_id)
    sitting = unit.sittings.find(result.round_id, person.id)
    names = {plan.id: plan.name for plan in unit.plans.list_all()}
    return RoundDetail(
        _line(result, facts, names),
        sitting.id if sitting is not None else None,
        tuple(unit.totals.list_items(result)),
        page,
    )


def _own(unit: Unit, person_id: PersonId, round_id: int) -> tuple[RoundResult, RoundFacts]:
    for result, facts in unit.totals.list_rounds(person_id):
        if result.round_id == round_id:
            return result, facts
    raise StaleTap


def _line(result: RoundResult, facts: RoundFacts, names: Mapping[PlanId, str]) -> RoundLine:
    left, amounts = result.size - result.answered, result.amounts
    is_charged = result.missed_offered > 0
    return RoundLine(
        round_id=result.round_id,
        day=facts.day,
        plan=names.get(PlanId(facts.plan_id), ""),
        points=amounts.points,
        offered=amounts.offered,
        answered=result.answered,
        right=result.right_count,
        voided=facts.voided,
        missed=left if is_charged else 0,
        open=0 if facts.is_settled else left,
        uncounted=left if facts.is_settled and not is_charged else 0,
        is_leave=not result.is_due and result.reason == "leave",
    )

"""Use cases of looking ahead; they only read."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.daily import service as daily
from bot.errors import StaleTap
from bot.guards import require
from bot.plans.calendar import Calendar, moment
from bot.plans.cards import PlanCard, card_of, find_plan
from bot.plans.errors import Refused
from bot.plans.opening import Planned, draw_for
from bot.plans.timing import coming
from questions.models import Answer, Question
from questions.scoring import grade
from questions.selection import Candidate
from storage.repositories.deliveries import DueDelivery
from storage.repositories.people import PersonRow
from storage.repositories.plans import PlanRow
from storage.repositories.sittings import ItemRow, SittingRow
from storage.states import DeliveryId, DeliveryKind, Role, RoundId, SittingId, VersionId
from storage.unit import Unit

ROUNDS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """The next rounds of a plan, and what the first would ask as things stand.

    `unknown_years`: those of these rounds' years whose 调休 isn't announced yet.
    """

    card: PlanCard
    rounds: tuple[Planned, ...]
    questions: tuple[Question, ...]
    unknown_years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The push of a round on trial, as it would reach a person."""

    plan: PlanRow
    delivery: DueDelivery


@dataclass(frozen=True, slots=True)
class TrialItem:
    """A question on trial, graded where it was answered."""

    plan: PlanRow
    item: ItemRow


@dataclass(frozen=True, slots=True)
class TrialOver:
    """The round on trial has no more questions."""

    plan: PlanRow


def look_ahead(unit: Unit, chat_id: int, plan_id: int, *, now: datetime) -> Preview:
    """The next rounds of a plan."""
    person = require(unit, chat_id, Role.TRAINER)
    plan = find_plan(unit, plan_id)
    rounds = coming(unit, plan, now=now, count=ROUNDS_AHEAD)
    drawn = draw_for(unit, plan, rounds[0].day) if rounds else []
    calendar = Calendar(unit.plans.read_calendar())
    years = sorted({planned.day.year for planned in rounds})
    return Preview(
        card_of(unit, person, plan, now),
        tuple(rounds),
        tuple(candidate.question for candidate in drawn),
        tuple(year for year in years if not calendar.is_known(year)),
    )


def try_out(unit: Unit, chat_id: int, plan_id: int, *, now: datetime) -> Trial:
    """The plan's coming round as a push to oneself; raises Refused where it has none."""
    person = require(unit, chat_id, Role.TRAINER)
    plan = find_plan(unit, plan_id)
    rounds = coming(unit, plan, now=now, count=1)
    if not rounds:
        raise Refused("plans.nothing_to_try")
    drawn = draw_for(unit, plan, rounds[0].day)
    if not drawn:
        raise Refused("plans.needs_question")
    return Trial(plan, _delivery(unit, plan, person, rounds[0], len(drawn)))


def _delivery(
    unit: Unit, plan: PlanRow, person: PersonRow, planned: Planned, size: int
) -> DueDelivery:
    calendar = Calendar(unit.plans.read_calendar())
    return DueDelivery(
        id=DeliveryId(0),
        kind=DeliveryKind.ROUND,
        round_id=RoundId(0),
        person_id=person.id,
        chat_id=person.chat_id,
        attempts=0,
        day=planned.day,
        size=size,
        due_at=planned.opens_at,
        opens_at=planned.opens_at,
        closes_at=calendar.closing(plan, planned.day, planned.opens_at),
        settles_at=calendar.settling(plan, planned.day, planned.opens_at),
        plan=plan.name,
        timezone=plan.timezone,
    )


def show_item(
    unit: Unit, chat_id: int, plan_id: int, day: int, position: int, picked: int
) -> TrialItem | TrialOver:
    """A question of the round on trial, with its ticks; after the last the trial is over."""
    person = require(unit, chat_id, Role.TRAINER)
    plan = find_plan(unit, plan_id)
    drawn = draw_for(unit, plan, date_of(day))
    if position >= len(drawn):
        return TrialOver(plan)
    shown = drawn[position]
    return TrialItem(plan, _item(unit, person, plan, day, position, len(drawn), picked, shown))


def answer(
    unit: Unit, chat_id: int, plan_id: int, day: int, position: int, version_id: int, picked: int
) -> TrialItem:
    """The question as graded; it is the one shown, whatever would be drawn now."""
    person = require(unit, chat_id, Role.TRAINER)
    plan = find_plan(unit, plan_id)
    question = unit.banks.list_versions([version_id]).get(version_id)
    if question is None or picked >= 1 << max(1, len(question.options)):
        raise StaleTap
    size = max(len(draw_for(unit, plan, date_of(day))), position + 1)
    shown = Candidate(version_id, question, None)
    item = _item(unit, person, plan, day, position, size, picked, shown)
    given = Answer(tuple(i for i in range(len(question.options)) if picked >> i & 1))
    return TrialItem(plan, replace(item, answer=given, grade=grade(question, given)))


def _item(
    unit: Unit,
    person: PersonRow,
    plan: PlanRow,
    day: int,
    position: int,
    size: int,
    picked: int,
    shown: Candidate,
) -> ItemRow:
    """The question as a person's sitting would hold it; no such sitting is written."""
    sitting = SittingRow(SittingId(0), person.id, RoundId(0), size, position, is_finished=False)
    on = date_of(day)
    document = shown.question.citation.document
    titles = {info.id: info.title for info in unit.documents.list_all()}
    rng = random.Random(f"{plan.id}:{shown.version_id}")  # noqa: S311  (an order, no secret)
    return ItemRow(
        sitting=sitting,
        day=on,
        settles_at=moment(on, plan.at, plan.timezone),
        is_settled=False,
        position=position,
        version_id=VersionId(shown.version_id),
        is_voided=False,
        question=shown.question,
        source=titles.get(document, ""),
        option_order=tuple(daily.shown_order(shown.question, rng)),
        picked=picked,
        answer=None,
        grade=None,
    )


def date_of(day: int) -> date:
    """The day a button carries as 20261204; raises StaleTap."""
    try:
        return date(day // 10000, day // 100 % 100, day % 100)
    except ValueError:
        raise StaleTap from None

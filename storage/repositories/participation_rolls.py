"""Which rounds are looked at, and who was due in them or took part: conditions on people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Exists, and_, or_, select

from storage.repositories.leaves import ON_LEAVE
from storage.repositories.roll import UNREACHABLE
from storage.repositories.totals_sums import is_due
from storage.repositories.windows import Days, Departments, within
from storage.states import DeliveryKind, DeliveryState, PlanId, RoundId
from storage.tables import answers, deliveries, people, round_totals, rounds, sittings


@dataclass(frozen=True, slots=True)
class Basis:
    """Whether 应参加 counts people who were on leave, or out of reach."""

    counts_leave: bool = False
    counts_unreachable: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons of skipped deliveries that are counted all the same."""
        leave = (ON_LEAVE,) if self.counts_leave else ()
        return (*leave, UNREACHABLE) if self.counts_unreachable else leave


class Part(StrEnum):
    """Which people a list holds."""

    DUE = "due"
    BEGAN = "began"
    MISSED = "missed"  # due, and not one answer
    FINISHED = "finished"
    AWAY = "away"  # on the roll only as skipped, and not counted


@dataclass(frozen=True, slots=True)
class Window:
    """Rounds of some days, of one plan perhaps, or one of them; and the departments in sight."""

    days: Days
    among: Departments
    plan_id: PlanId | None = None
    round_id: RoundId | None = None


IS_ROUND = deliveries.c.kind == DeliveryKind.ROUND.value
IS_SKIPPED = deliveries.c.state == DeliveryState.SKIPPED.value
DELIVERED = deliveries.join(rounds, rounds.c.id == deliveries.c.round_id)


def of_window(window: Window) -> tuple[ColumnElement[bool], ...]:
    """Rounds of the window."""
    found = within(window.days)
    if window.plan_id is not None:
        found = (*found, rounds.c.plan_id == window.plan_id)
    return found if window.round_id is None else (*found, rounds.c.id == window.round_id)


def of_departments(among: Departments) -> tuple[ColumnElement[bool], ...]:
    """People of the departments in sight."""
    return () if among is None else (people.c.department_id.in_(among),)


def was_for(among: Departments) -> ColumnElement[bool]:
    """Rounds with somebody due of the departments in sight."""
    bounds = () if among is None else (round_totals.c.department_id.in_(among),)
    return (
        select(round_totals.c.round_id)
        .where(round_totals.c.round_id == rounds.c.id, round_totals.c.due > 0, *bounds)
        .correlate(rounds)
        .exists()
    )


def counts(basis: Basis) -> ColumnElement[bool]:
    """Whether a delivery of kind round makes its person due."""
    return or_(is_due(), deliveries.c.reason.in_(basis.reasons)) if basis.reasons else is_due()


def _roll(round_ids: Sequence[int], *where: ColumnElement[bool]) -> Exists:
    """Whether a person has such a delivery in one of the rounds: stops at the first.

    Rounds come as ids so that each is one look into the index of rounds and people.
    """
    return (
        select(deliveries.c.id)
        .where(
            deliveries.c.round_id.in_(round_ids),
            deliveries.c.person_id == people.c.id,
            IS_ROUND,
            *where,
        )
        .correlate(people)
        .exists()
    )


def due(round_ids: Sequence[int], basis: Basis) -> ColumnElement[bool]:
    """Whether a person was due in one of the rounds."""
    return _roll(round_ids, counts(basis))


def has_answered() -> ColumnElement[bool]:
    """Whether a sitting has an answer."""
    return (
        select(answers.c.position)
        .where(answers.c.sitting_id == sittings.c.id, answers.c.answered_at.is_not(None))
        .correlate(sittings)
        .exists()
    )


def began(round_ids: Sequence[int], *where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a person answered something in one of the rounds, and was due in it."""
    on_roll = and_(
        deliveries.c.round_id == sittings.c.round_id,
        deliveries.c.person_id == sittings.c.person_id,
        is_due(),
    )
    return (
        select(sittings.c.id)
        .select_from(sittings.join(deliveries, on_roll))
        .where(
            sittings.c.round_id.in_(round_ids),
            sittings.c.person_id == people.c.id,
            has_answered(),
            *where,
        )
        .correlate(people)
        .exists()
    )


def listed(
    round_ids: Sequence[int], among: Departments, basis: Basis, part: Part
) -> list[ColumnElement[bool]]:
    """The people of a list."""
    is_on = due(round_ids, basis)
    where = {
        Part.DUE: (is_on,),
        Part.BEGAN: (is_on, began(round_ids)),
        Part.MISSED: (is_on, ~began(round_ids)),
        Part.FINISHED: (is_on, began(round_ids, sittings.c.is_finished.is_(True))),
        Part.AWAY: (~is_on, _roll(round_ids, IS_SKIPPED)),
    }[part]
    return [*where, *of_departments(among)]

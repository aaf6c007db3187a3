"""What people have in rounds: who is on a roll, who is charged, and what each round gave.

Read from answers and deliveries, which are the truth that totals are maintained from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    update,
)

from questions.models import Outcome
from questions.scoring import POINTS
from storage.repositories.totals_sums import Amounts
from storage.states import DeliveryKind, DeliveryState, PersonId, RoundId
from storage.tables import (
    answers,
    deliveries,
    people,
    question_versions,
    round_questions,
    rounds,
    sittings,
)

# The reason of a delivery that charges nobody though it may be in the chat: its person was away
# for good when the round was settled, or nobody knew by then that it had arrived.
UNCHARGED = "uncharged"

_IS_VOIDED = question_versions.c.voided_at.is_not(None)
_IS_RIGHT = answers.c.outcome == Outcome.RIGHT.value
_IS_ROUND = deliveries.c.kind == DeliveryKind.ROUND.value
# A limit that limits nothing keeps a subquery whole. Else SQLite would walk all sittings to have
# them in the order of the grouping, or begin with all answers.
_ALL = 2**62
_SENT, _UNKNOWN = DeliveryState.SENT.value, DeliveryState.UNKNOWN.value
_ON_THE_WAY = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING)
# The sitting of a delivery's person, looked up by itself: see given_of.
_SITTING = (
    select(sittings.c.id)
    .where(
        sittings.c.round_id == deliveries.c.round_id,
        sittings.c.person_id == deliveries.c.person_id,
    )
    .correlate(deliveries)
    .scalar_subquery()
)


class RoundFacts(NamedTuple):
    """A round: its local day, its plan, whether it is settled, its questions, voided ones."""

    day: date
    plan_id: int
    is_settled: bool
    size: int
    voided: int


class RoundResult(NamedTuple):
    """What one person has in one round; `missed_*` is what unanswered questions counted for.

    `state` and `reason` are the delivery's, None where there is none: not on the roll.
    """

    person_id: PersonId
    round_id: RoundId
    state: str | None
    reason: str | None
    size: int
    answered: int
    right_count: int
    points: int
    offered: int
    missed_points: int
    missed_offered: int

    @property
    def is_due(self) -> bool:
        """Whether the person is on the roll and was not away."""
        return self.state is not None and self.state != DeliveryState.SKIPPED.value

    @property
    def amounts(self) -> Amounts:
        """What totals have from it."""
        return Amounts(
            self.points + self.missed_points,
            self.offered + self.missed_offered,
            self.answered,
            self.right_count,
        )

    @property
    def shares(self) -> dict[str, int]:
        """What its department has from it in the round, where the person is due."""
        return {
            "began": int(self.answered > 0),
            "finished": int(0 < self.size == self.answered),
            **self.amounts.columns(),
        }


def facts_of(connection: Connection, *where: ColumnElement[bool]) -> dict[int, RoundFacts]:
    """Rounds by id."""
    return {
        row.id: RoundFacts(row.day, row.plan_id, bool(row.is_settled), row.size, row.voided)
        for row in connection.execute(_FACTS.where(*where))
    }


def all_facts() -> Subquery:
    """The same of every round, as rows to join."""
    return _FACTS.subquery()


_FACTS = (
    select(
        rounds.c.id,
        rounds.c.day,
        rounds.c.plan_id,
        rounds.c.settled_at.is_not(None).label("is_settled"),
        func.count(round_questions.c.position).label("size"),
        func.count().filter(_IS_VOIDED).label("voided"),
    )
    .select_from(
        rounds.outerjoin(round_questions, round_questions.c.round_id == rounds.c.id).outerjoin(
            question_versions, question_versions.c.id == round_questions.c.version_id
        )
    )
    .group_by(rounds.c.id)
)


def results_of(
    connection: Connection,
    first: int,
    last: int,
    facts: Mapping[int, RoundFacts],
    *,
    are_few: bool = False,
) -> Iterator[RoundResult]:
    """What people from one id to another have in these rounds, in no order; where the rounds
    are few, no other is looked at.
    """
    few = list(facts) if are_few else None
    sent = {
        (row[0], row[1]): (row[2], row[3])
        for row in connection.execute(_roll(first, last, few))
        if row[1] in facts
    }
    for row in connection.execute(seated(first, last, few)):
        if row[1] in facts:
            state, reason = sent.pop((row[0], row[1]), (None, None))
            yield _result(row[0], row[1], state, reason, facts[row[1]], row)
    for (person_id, round_id), (state, reason) in sent.items():
        yield _result(person_id, round_id, state, reason, facts[round_id], None)


def _result(
    person_id: int,
    round_id: int,
    state: str | None,
    reason: str | None,
    facts: RoundFacts,
    seat: Any,
) -> RoundResult:
    if seat is None:
        size, answered, right, points, offered, voided = facts.size, 0, 0, 0, 0, facts.voided
    else:
        _, _, size, answered, right, points, offered, voided = seat
    is_charged = (
        facts.is_settled
        and reason != UNCHARGED
        and (state == _SENT or (state == _UNKNOWN and seat is not None))
    )
    return RoundResult(
        PersonId(person_id),
        RoundId(round_id),
        state,
        reason,
        size,
        answered,
        right,
        int(points),
        int(offered),
        voided * POINTS if is_charged else 0,
        (size - answered) * POINTS if is_charged else 0,
    )


def _roll(first: int, last: int, few: Collection[int] | None) -> Select[Any]:
    return select(
        deliveries.c.person_id, deliveries.c.round_id, deliveries.c.state, deliveries.c.reason
    ).where(
        deliveries.c.person_id.between(first, last),
        true() if few is None else deliveries.c.round_id.in_(few),
        _IS_ROUND,
    )


def seated(first: int, last: int, few: Collection[int] | None = None) -> Select[Any]:
    """What people from one id to another have answered, a row for each sitting, or for each of
    a few rounds.
    """
    voided = select(question_versions.c.id).where(_IS_VOIDED)
    is_left = and_(answers.c.answered_at.is_(None), answers.c.version_id.in_(voided))
    theirs = (
        select(sittings.c.id, sittings.c.person_id, sittings.c.round_id, sittings.c.size)
        .where(
            sittings.c.person_id.between(first, last),
            true() if few is None else sittings.c.round_id.in_(few),
        )
        .limit(_ALL)
        .subquery()
    )
    return (
        select(
            theirs.c.person_id,
            theirs.c.round_id,
            theirs.c.size,
            func.count(answers.c.answered_at).label("answered"),
            func.count().filter(_IS_RIGHT).label("right_count"),
            func.coalesce(func.sum(answers.c.points), 0).label("points"),
            func.coalesce(func.sum(answers.c.offered), 0).label("offered"),
            func.count().filter(is_left).label("voided"),
        )
        .select_from(theirs.outerjoin(answers, answers.c.sitting_id == theirs.c.id))
        .group_by(theirs.c.id, theirs.c.person_id, theirs.c.round_id, theirs.c.size)
    )


def mark_uncharged(connection: Connection, round_id: RoundId) -> None:
    """Mark deliveries that a round being settled does not charge but whose state may yet say so.

    They are of people who have left, and of those whose push has not arrived by now: what
    becomes of it later, and a later voiding, changes nobody's score.
    """
    gone = select(people.c.id).where(people.c.is_active.is_(False))
    is_open = or_(
        deliveries.c.state.in_([state.value for state in _ON_THE_WAY]),
        and_(deliveries.c.state == _UNKNOWN, _SITTING.is_(None)),
    )
    is_gone = and_(deliveries.c.state.in_([_SENT, _UNKNOWN]), deliveries.c.person_id.in_(gone))
    connection.execute(
        update(deliveries)
        .where(deliveries.c.round_id == round_id, _IS_ROUND, or_(is_open, is_gone))
        .values(reason=UNCHARGED)
    )


def on_roll(round_ids: Collection[int]) -> Select[Any]:
    """Everybody these rounds were meant for, or who sat down to one."""
    listed = select(deliveries.c.person_id).where(deliveries.c.round_id.in_(round_ids), _IS_ROUND)
    seated = select(sittings.c.person_id).where(sittings.c.round_id.in_(round_ids))
    both = listed.union_all(seated).subquery()
    return select(both.c.person_id)


def missed(round_id: RoundId, facts: RoundFacts) -> Select[Any]:
    """Who is charged for a settled round, with what the unanswered questions count for.

    People whose push arrived; one whose push may have arrived only with a sitting. What was
    voided counts in full.
    """
    given = given_of(round_id)
    left = func.coalesce(given.c.size, facts.size) - given.c.answered
    has_sitting = given.c.sitting_id.is_not(None)
    voided = case((has_sitting, given.c.voided), else_=facts.voided)
    return select(
        given.c.person_id.label("id"),
        (voided * POINTS).label("points"),
        (left * POINTS).label("offered"),
        literal(0).label("answered"),
        literal(0).label("right_count"),
    ).where(left > 0, is_charged(has_sitting, given))


def given_of(round_id: RoundId) -> Subquery:
    """The roll of a round with what each has given: `sitting_id` and `size` are null for those
    who did not sit down; `voided` are voided questions left unanswered.

    Planners know nothing of a round of today, and take a person's sitting for all there is: it
    is looked up by itself, so that they can't walk all sittings for each person.
    """
    columns = (deliveries.c[name] for name in ("person_id", "kind", "state", "reason"))
    roll = (
        select(*columns, _SITTING.label("sitting_id"))
        .where(deliveries.c.round_id == round_id, _IS_ROUND)
        .limit(_ALL)
        .subquery()
    )
    return (
        select(
            *roll.c,
            sittings.c.size,
            func.count(answers.c.answered_at).label("answered"),
            func.count().filter(_IS_VOIDED & answers.c.answered_at.is_(None)).label("voided"),
            func.count().filter(_IS_RIGHT).label("right_count"),
            func.coalesce(func.sum(answers.c.points), 0).label("points"),
            func.coalesce(func.sum(answers.c.offered), 0).label("offered"),
        )
        .select_from(
            roll.outerjoin(sittings, sittings.c.id == roll.c.sitting_id)
            .outerjoin(answers, answers.c.sitting_id == roll.c.sitting_id)
            .outerjoin(question_versions, question_versions.c.id == answers.c.version_id)
        )
        .group_by(*roll.c, sittings.c.size)
        .subquery()
    )


def is_charged(
    has_sitting: ColumnElement[bool], of: FromClause = deliveries
) -> ColumnElement[bool]:
    """Whether the person of a settled round's delivery pays for what was left unanswered."""
    state, reason = of.c.state, of.c.reason
    return and_(
        of.c.kind == DeliveryKind.ROUND.value,
        or_(state == _SENT, and_(state == _UNKNOWN, has_sitting)),
        or_(reason.is_(None), reason != UNCHARGED),
    )


def answered(round_id: int, version_id: int) -> Select[Any]:
    """Who answered a version in a round, with what is lacking to full credit."""
    is_short = case((answers.c.outcome != Outcome.RIGHT.value, 1), else_=0)
    return (
        select(
            sittings.c.person_id.label("id"),
            (answers.c.offered - answers.c.points).label("points"),
            literal(0).label("offered"),
            literal(0).label("answered"),
            is_short.label("right_count"),
        )
        .join_from(sittings, answers, answers.c.sitting_id == sittings.c.id)
        .where(
            sittings.c.round_id == round_id,
            answers.c.version_id == version_id,
            answers.c.answered_at.is_not(None),
        )
    )


def missed_version(round_id: int, version_id: int) -> Select[Any]:
    """Who was charged for not answering a version in a settled round, with its credit."""
    answered_at = (
        select(answers.c.answered_at)
        .where(answers.c.sitting_id == _SITTING, answers.c.version_id == version_id)
        .correlate(deliveries)
        .scalar_subquery()
    )
    return (
        select(
            deliveries.c.person_id.label("id"),
            literal(POINTS).label("points"),
            literal(0).label("offered"),
            literal(0).label("answered"),
            literal(0).label("right_count"),
        )
        .select_from(deliveries.join(rounds, rounds.c.id == deliveries.c.round_id))
        .where(
            deliveries.c.round_id == round_id,
            rounds.c.settled_at.is_not(None),
            is_charged(_SITTING.is_not(None)),
            answered_at.is_(None),
        )
    )

"""What a plan may ask, as statements: in force, published, not paused, least recently first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Join, Select, Subquery, func, or_, select

from questions.selection import Quota
from storage.states import Alert, PlanId, QuestionStatus
from storage.tables import (
    banks,
    plan_banks,
    question_tags,
    question_versions,
    questions,
    round_questions,
    rounds,
    version_statistics,
)

# Fewer answers say less of a question than its prediction does.
ENOUGH_ATTEMPTS = 30

ASKED = round_questions.join(rounds, rounds.c.id == round_questions.c.round_id).join(
    question_versions, question_versions.c.id == round_questions.c.version_id
)
CURRENT = (question_versions.c.question_id == questions.c.id) & (
    question_versions.c.number == questions.c.version
)

_FACT = question_versions.c.payload["fact"]["kind"].as_string()


def last_asked(plan_id: PlanId, since: date = date.min) -> Select[Any]:
    """The questions a plan has asked since a day, in any version, with the last day it did."""
    return (
        select(question_versions.c.question_id, func.max(rounds.c.day).label("last_asked_on"))
        .select_from(ASKED)
        .where(rounds.c.plan_id == plan_id, rounds.c.day >= since)
        .group_by(question_versions.c.question_id)
    )


def may_ask(plan_id: PlanId, day: date, quota: Quota | None = None) -> list[ColumnElement[bool]]:
    """What a question must be like, in the tables of `available`, to be asked on a day."""
    wanted = [
        plan_banks.c.plan_id == plan_id,
        questions.c.status == QuestionStatus.PUBLISHED,
        banks.c.retired_at.is_(None),
        or_(questions.c.alert.is_(None), questions.c.alert != Alert.WEAK),
        or_(questions.c.in_force_from.is_(None), questions.c.in_force_from <= day),
        or_(questions.c.in_force_to.is_(None), questions.c.in_force_to >= day),
    ]
    return wanted if quota is None else [*wanted, _covers(quota)]


def available() -> Join:
    """Questions of plans' banks."""
    return questions.join(plan_banks, plan_banks.c.bank_id == questions.c.bank_id).join(
        banks, banks.c.id == questions.c.bank_id
    )


def _covers(quota: Quota) -> ColumnElement[bool]:
    """What `Quota.covers` says, in the database."""
    match quota.feature:
        case "tag":
            tagged = select(question_tags.c.question_id).where(question_tags.c.tag == quota.value)
            return questions.c.id.in_(tagged)
        case "fact":
            kind = select(1).where(CURRENT, quota.value == _FACT)
            return kind.correlate(questions).exists()
        case "bank" if quota.value.isdecimal():
            return questions.c.bank_id == int(quota.value)
    return questions.c.id.is_(None)


def feature(name: str) -> tuple[ColumnElement[Any], Join]:
    """What a feature is in the database, and the tables to find it in: see `Quota`."""
    match name:
        case "tag":
            tagged = question_tags.c.question_id == questions.c.id
            return question_tags.c.tag.label("value"), available().join(question_tags, tagged)
        case "fact":
            return _FACT.label("value"), available().join(question_versions, CURRENT)
        case "bank":
            return questions.c.bank_id.label("value"), available()
    raise ValueError(name)


def open_to(plan_id: PlanId, day: date) -> Select[Any]:
    """Ids of all that may be asked on a day, but for what another round of the day asks.

    When each was last asked is a statement of its own: planners that know little of the tables
    would work it out again for every question.
    """
    elsewhere = (
        select(question_versions.c.question_id).select_from(ASKED).where(rounds.c.day == day)
    )
    return (
        select(questions.c.id)
        .select_from(available())
        .where(*may_ask(plan_id, day), questions.c.id.not_in(elsewhere))
    )


def covered(question_ids: Sequence[int], quota: Quota) -> Select[Any]:
    """Which of these questions count for a quota."""
    return select(questions.c.id).where(questions.c.id.in_(question_ids), _covers(quota))


def turn(question_id: int, day: date) -> int:
    """Whose turn it is among equals: the day decides, so that no limit cuts any off for ever."""
    return (question_id * 7919 + day.toordinal() * 104729) % 10007


def details() -> Select[Any]:
    """Questions as they stand, with what their answers say of them."""
    is_enough = version_statistics.c.attempts >= ENOUGH_ATTEMPTS
    return (
        select(
            questions.c.id,
            questions.c.bank_id,
            question_versions.c.id.label("version_id"),
            question_versions.c.payload,
            version_statistics.c.facility,
        )
        .select_from(
            questions.join(question_versions, CURRENT).outerjoin(
                version_statistics,
                (version_statistics.c.version_id == question_versions.c.id) & is_enough,
            )
        )
        .order_by(questions.c.id)
    )


def last_rounds(plan_id: PlanId, day: date, count: int) -> Subquery:
    """The plan's last rounds before a day."""
    return (
        select(rounds.c.id, rounds.c.day)
        .where(rounds.c.plan_id == plan_id, rounds.c.day < day)
        .order_by(rounds.c.day.desc())
        .limit(count)
        .subquery()
    )

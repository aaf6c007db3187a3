"""Rounds that many people have answered, for tests of item analysis."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, update

from questions.models import Answer, Kind, Question
from questions.scoring import grade
from storage.states import Mode, PersonId, QuestionRowId, Role, RoundId, VersionId
from storage.tables import answers, round_questions, rounds, sittings
from storage.unit import Unit
from tests.cast import MONDAY, NINE, Cast, furnish

FIRST_CHAT = 50_001
# Who answers: (person's skill from 0 to 1, question) → the options chosen or the text given.
Answering = Callable[[float, Question], Answer]


@dataclass(frozen=True)
class Town:
    """The cast, further people, and the version ids of the questions by name."""

    cast: Cast
    people: tuple[PersonId, ...]
    versions: Mapping[str, VersionId]
    questions: Mapping[str, QuestionRowId]


def populate(unit: Unit, people: int, *questions: Question) -> Town:
    cast = furnish(unit, *questions)
    staff = tuple(
        unit.people.add(FIRST_CHAT + i, f"职工{i}", cast.department, Role.STAFF, NINE)
        for i in range(people)
    )
    return Town(cast, staff, *_ids(unit))


def _ids(unit: Unit) -> tuple[dict[str, VersionId], dict[str, QuestionRowId]]:
    from storage.repositories.questions import Filter

    rows = unit.questions.search(Filter(), limit=9_999)
    return {r.question.id: r.version_id for r in rows}, {r.question.id: r.id for r in rows}


def answer_round(
    unit: Unit,
    town: Town,
    names: Sequence[str],
    answering: Answering,
    *,
    day: date = MONDAY,
    now: datetime = NINE,
    answered: int | None = None,
) -> RoundId:
    """A round of these questions that everybody in town answers, or the first `answered` of."""
    connection = unit._connection
    versions, _ = _ids(unit)
    asked = unit.banks.list_versions([versions[name] for name in names])
    round_id = connection.execute(
        insert(rounds)
        .values(
            plan_id=town.cast.plan,
            day=day,
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=1),
            settles_at=now + timedelta(days=4),
        )
        .returning(rounds.c.id)
    ).scalar_one()
    connection.execute(
        insert(round_questions),
        [
            {"round_id": round_id, "position": at, "version_id": versions[name]}
            for at, name in enumerate(names)
        ],
    )
    ids = connection.execute(
        insert(sittings).returning(sittings.c.id, sort_by_parameter_order=True),
        [_sitting(round_id, person, len(names)) for person in town.people],
    ).scalars()
    rows: list[dict[str, object]] = []
    for place, sitting in enumerate(ids):
        skill = (place + 0.5) / len(town.people)
        for at, name in enumerate(names):
            row = {"sitting_id": sitting, "position": at, "version_id": versions[name]}
            question = asked[versions[name]] if answered is None or at < answered else None
            rows.append(row | _given(question, skill, answering, now))
    connection.execute(insert(answers), rows)
    return RoundId(round_id)


def _sitting(round_id: int, person: PersonId, size: int) -> dict[str, object]:
    return {
        "round_id": round_id,
        "person_id": person,
        "mode": Mode.DAILY,
        "size": size,
        "position": size,
        "is_finished": True,
    }


def _given(
    question: Question | None, skill: float, answering: Answering, now: datetime
) -> dict[str, object]:
    """A row of answers as a sitting writes it; None: it was not reached."""
    row: dict[str, object] = {"option_order": [0, 1, 2, 3], "picked": 0}
    nothing = dict.fromkeys(("chosen", "text", "outcome", "points", "offered", "answered_at"))
    if question is None:
        return row | nothing
    given = answering(skill, question)
    mark = grade(question, given)
    return row | {
        "chosen": None if question.answers else list(given.chosen),
        "text": given.text,
        "outcome": mark.outcome.value,
        "points": mark.points,
        "offered": mark.offered,
        "answered_at": now,
    }


def settle(unit: Unit, now: datetime) -> None:
    unit._connection.execute(update(rounds).values(settled_at=now, settles_at=now))


def knowing(**odd: str) -> Answering:
    """People know by their skill; questions named here are "reversed", "easy", "hard", "chance"
    or "lured" (who don't know all choose the last option). Always the same answers.
    """
    rng = random.Random(7)

    def answer(skill: float, question: Question) -> Answer:
        way = odd.get(question.id, "")
        chance = {
            "reversed": 1 - skill,
            "easy": 1.0,
            "hard": 0.0,
            "chance": 0.5,
        }.get(way, skill)
        is_right = rng.random() < chance
        if question.kind is Kind.BLANK:
            return Answer(text=question.answers[0] if is_right else "99")
        if is_right:
            return Answer(question.key)
        wrong = [i for i in range(len(question.options)) if i not in question.key]
        return Answer((wrong[-1] if way == "lured" else rng.choice(wrong),))

    return answer


def unsure(skill: float, question: Question) -> Answer:
    return Answer()

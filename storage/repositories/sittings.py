"""答题: a person's run through a round, and the answers in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from questions.codec import question_from_json
from questions.models import Answer, Grade, Outcome, Question
from storage.repositories.upsert import insert_for
from storage.states import Mode, PersonId, RoundId, SittingId, VersionId
from storage.tables import answers, documents, question_versions, rounds, sittings


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One sitting; `position` is the question in front of the person."""

    id: SittingId
    person_id: PersonId
    round_id: RoundId
    size: int
    position: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question of a sitting with its answer, if any."""

    sitting: SittingRow
    day: date
    settles_at: datetime
    is_settled: bool
    position: int
    version_id: VersionId
    is_voided: bool  # full credit, whatever is answered
    question: Question
    source: str
    option_order: tuple[int, ...]
    picked: int
    answer: Answer | None
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sitting has earned so far; `voided` of the answered questions count in full."""

    answered: int
    right: int
    points: int
    offered: int
    voided: int = 0


class Sittings:
    """Statements about sittings and answers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, round_id: RoundId, person_id: PersonId) -> SittingRow | None:
        """A person's sitting of a round."""
        row = self._connection.execute(
            select(*_SITTING).where(
                sittings.c.round_id == round_id, sittings.c.person_id == person_id
            )
        ).one_or_none()
        return SittingRow(**row._mapping) if row is not None else None

    def start(
        self,
        round_id: RoundId,
        person_id: PersonId,
        mode: Mode,
        items: Sequence[tuple[int, Sequence[int]]],
    ) -> SittingId | None:
        """Lay out a sitting: (version, shown option order) per question; None if it exists."""
        statement = (
            insert_for(self._connection, sittings)
            .values(
                round_id=round_id,
                person_id=person_id,
                mode=mode,
                size=len(items),
                position=0,
                is_finished=False,
            )
            .on_conflict_do_nothing(index_elements=[sittings.c.round_id, sittings.c.person_id])
            .returning(sittings.c.id)
        )
        sitting_id = self._connection.execute(statement).scalar_one_or_none()
        if sitting_id is None:
            return None
        self._connection.execute(
            insert(answers),
            [
                {
                    "sitting_id": sitting_id,
                    "position": position,
                    "version_id": version_id,
                    "option_order": list(order),
                    "picked": 0,
                }
                for position, (version_id, order) in enumerate(items)
            ],
        )
        return SittingId(sitting_id)

    def find_item(self, sitting_id: int, position: int) -> ItemRow | None:
        """One question of a sitting, with everything a card or a verdict needs."""
        row = self._connection.execute(
            _ITEM, {"sitting_id": sitting_id, "item_position": position}
        ).one_or_none()
        return _item(row) if row is not None else None

    def find_by_update(self, person_id: PersonId, update_id: int) -> ItemRow | None:
        """The item that a message answered, so that its repeat shows the same verdict."""
        row = self._connection.execute(
            select(answers.c.sitting_id, answers.c.position)
            .select_from(answers.join(sittings, sittings.c.id == answers.c.sitting_id))
            .where(answers.c.update_id == update_id, sittings.c.person_id == person_id)
        ).one_or_none()
        return self.find_item(row.sitting_id, row.position) if row is not None else None

    def find_current(self, person_id: PersonId, now: datetime) -> ItemRow | None:
        """The question in front of a person: the newest unfinished, still open sitting's."""
        row = self._connection.execute(_CURRENT, {"person": person_id, "now": now}).first()
        return self.find_item(row.id, row.position) if row is not None else None

    def tick(self, item: ItemRow, option: int, *, is_ticked: bool) -> None:
        """Tick or clear one option of an unanswered question, beside whoever ticks another."""
        picked = answers.c.picked
        bit = 1 << option
        self._connection.execute(
            update(answers)
            .where(
                answers.c.sitting_id == item.sitting.id,
                answers.c.position == item.position,
                answers.c.answered_at.is_(None),
            )
            .values(picked=picked.bitwise_or(bit) if is_ticked else picked.bitwise_and(~bit))
        )

    def record(
        self,
        item: ItemRow,
        answer: Answer,
        grade: Grade,
        *,
        now: datetime,
        update_id: int | None = None,
    ) -> bool:
        """Write the answer where there is none yet; False where it was given before, or the
        round was settled or the question voided meanwhile.
        """
        if not self._is_as_shown(item):
            return False
        result = self._connection.execute(
            _RECORD,
            {
                "in_sitting": item.sitting.id,
                "at_position": item.position,
                "chosen": None if item.question.answers else list(answer.chosen),
                "text": answer.text,
                "outcome": grade.outcome.value,
                "points": grade.points,
                "offered": grade.offered,
                "answered_at": now,
                "update_id": update_id,
            },
        )
        return result.rowcount == 1

    def _is_as_shown(self, item: ItemRow) -> bool:
        """Whether the round is unsettled and the version voided or not as the item says, and
        both stay so until this transaction ends.

        SQLite has one writer, so what was read still holds; PostgreSQL needs the rows locked.
        All of the sitting's are: a second answer in the same transaction then waits for none
        while it holds its person, for whom a voiding may be waiting.
        """
        if self._connection.dialect.name == "sqlite":
            return True
        held = self._connection.execute(_HOLD, {"in_sitting": item.sitting.id}).all()
        return any(
            row.id == item.version_id
            and row.settled_at is None
            and (row.voided_at is not None) == item.is_voided
            for row in held
        )

    def advance(self, sitting_id: SittingId, position: int) -> bool:
        """Put the question at `position` in front of the person, never backwards; whether the
        sitting is finished: none of its questions is left without an answer.
        """
        values = {"in_sitting": sitting_id, "to_position": position}
        return bool(self._connection.execute(_ADVANCE, values).scalar_one_or_none())

    def list_finished(self, person_id: PersonId, round_ids: Sequence[RoundId]) -> set[RoundId]:
        """Which of these rounds a person has finished."""
        rows = self._connection.execute(
            select(sittings.c.round_id).where(
                sittings.c.person_id == person_id,
                sittings.c.round_id.in_(round_ids),
                sittings.c.is_finished.is_(True),
            )
        )
        return {RoundId(round_id) for round_id in rows.scalars()}

    def list_missed(self, sitting_id: SittingId) -> list[int]:
        """Positions answered other than right, in order."""
        rows = self._connection.execute(
            select(answers.c.position)
            .where(
                answers.c.sitting_id == sitting_id,
                answers.c.outcome.is_not(None),
                answers.c.outcome != Outcome.RIGHT.value,
            )
            .order_by(answers.c.position)
        )
        return list(rows.scalars())

    def tally(self, sitting_id: SittingId) -> Tally:
        """Answers, right ones and points of a sitting."""
        row = self._connection.execute(_TALLY, {"sitting_id": sitting_id}).one()
        return Tally(
            row.answered, row.right or 0, row.points or 0, row.offered or 0, row.voided or 0
        )


_SITTING = (
    sittings.c.id,
    sittings.c.person_id,
    sittings.c.round_id,
    sittings.c.size,
    sittings.c.position,
    sittings.c.is_finished,
)
_ITEM = (
    select(
        *_SITTING,
        rounds.c.day,
        rounds.c.settles_at,
        rounds.c.settled_at,
        answers.c.position.label("item_position"),
        answers.c.version_id,
        question_versions.c.voided_at,
        question_versions.c.payload,
        documents.c.title.label("source"),
        answers.c.option_order,
        answers.c.picked,
        answers.c.chosen,
        answers.c.text,
        answers.c.outcome,
        answers.c.points,
        answers.c.offered,
    )
    .select_from(
        answers.join(sittings, sittings.c.id == answers.c.sitting_id)
        .join(rounds, rounds.c.id == sittings.c.round_id)
        .join(question_versions, question_versions.c.id == answers.c.version_id)
        .join(documents, documents.c.id == question_versions.c.document_id)
    )
    .where(
        answers.c.sitting_id == bindparam("sitting_id"),
        answers.c.position == bindparam("item_position"),
    )
)
_CURRENT = (
    select(sittings.c.id, sittings.c.position)
    .select_from(sittings.join(rounds, rounds.c.id == sittings.c.round_id))
    .where(
        sittings.c.person_id == bindparam("person"),
        sittings.c.is_finished.is_(False),
        rounds.c.settled_at.is_(None),
        rounds.c.settles_at > bindparam("now"),
    )
    .order_by(rounds.c.day.desc(), rounds.c.id.desc())
    .limit(1)
)
_RECORD = (
    update(answers)
    .where(
        answers.c.sitting_id == bindparam("in_sitting"),
        answers.c.position == bindparam("at_position"),
        answers.c.answered_at.is_(None),
    )
    .values(
        chosen=bindparam("chosen"),
        text=bindparam("text"),
        outcome=bindparam("outcome"),
        points=bindparam("points"),
        offered=bindparam("offered"),
        answered_at=bindparam("answered_at"),
        update_id=bindparam("update_id"),
    )
)
_HOLD = (
    select(question_versions.c.id, question_versions.c.voided_at, rounds.c.settled_at)
    .select_from(
        sittings.join(rounds, rounds.c.id == sittings.c.round_id)
        .join(answers, answers.c.sitting_id == sittings.c.id)
        .join(question_versions, question_versions.c.id == answers.c.version_id)
    )
    .where(sittings.c.id == bindparam("in_sitting"))
    .order_by(question_versions.c.id)
    .with_for_update(read=True, of=[rounds, question_versions])
)
_IS_LEFT = select(answers.c.position).where(
    answers.c.sitting_id == bindparam("in_sitting"), answers.c.answered_at.is_(None)
)
_ADVANCE = (
    update(sittings)
    .where(
        sittings.c.id == bindparam("in_sitting"),
        sittings.c.position <= bindparam("to_position"),
    )
    .values(position=bindparam("to_position"), is_finished=~_IS_LEFT.exists())
    .returning(sittings.c.is_finished)
)
_EARNED = select(
    func.count(answers.c.answered_at).label("answered"),
    func.count().filter(answers.c.outcome == Outcome.RIGHT.value).label("right"),
    func.sum(answers.c.points).label("points"),
    func.sum(answers.c.offered).label("offered"),
    func.count(answers.c.answered_at)
    .filter(question_versions.c.voided_at.is_not(None))
    .label("voided"),
)
_TALLY = _EARNED.join_from(
    answers, question_versions, question_versions.c.id == answers.c.version_id
).where(answers.c.sitting_id == bindparam("sitting_id"))


def _item(row: Row[*tuple[Any, ...]]) -> ItemRow:
    values = row._mapping
    grade = answer = None
    if values["outcome"] is not None:
        grade = Grade(Outcome(values["outcome"]), values["points"], values["offered"])
        answer = Answer(tuple(values["chosen"] or ()), values["text"])
    return ItemRow(
        sitting=SittingRow(**{column.name: values[column.name] for column in _SITTING}),
        day=values["day"],
        settles_at=values["settles_at"],
        is_settled=values["settled_at"] is not None,
        position=values["item_position"],
        version_id=VersionId(values["version_id"]),
        is_voided=values["voided_at"] is not None,
        question=question_from_json(values["payload"]),
        source=values["source"],
        option_order=tuple(values["option_order"]),
        picked=values["picked"],
        answer=answer,
        grade=grade,
    )

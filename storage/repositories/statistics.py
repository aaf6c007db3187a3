"""What answers say about 题: counted per version, straight from the answers, through rounds.

An answer counts where it was given in a daily sitting, finished or not, and its version is not
voided; 不确定 counts as wrong. Its rest is what the same sitting earned at its other answered
questions, out of what these offered. Answers have no index by version: they are found by round
and sitting, so that no count reads more than the rounds that asked the version.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, case, cast, delete, func, or_, select, update

from questions.analysis.verdicts import ENOUGH_TO_JUDGE
from questions.models import Kind
from storage.repositories.questions import CURRENT
from storage.repositories.upsert import insert_for
from storage.states import (
    Alert,
    BankId,
    Mode,
    QuestionRowId,
    QuestionStatus,
    RoundId,
    VersionId,
)
from storage.tables import (
    answers,
    banks,
    question_versions,
    questions,
    round_questions,
    rounds,
    sittings,
    version_statistics,
)


@dataclass(frozen=True, slots=True)
class VersionStatistics:
    """A version's figures: facility and deviation as shares of the mark, the others in percent.

    `options` counts how often each was chosen, as authored (none for blanks); `unsure` counts
    不确定; `others` is how many answered questions stood beside it on average.
    """

    version_id: VersionId
    attempts: int
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    options: tuple[int, ...]
    unsure: int
    others: float
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many answers to a version had these points, this rest and this choice."""

    version_id: VersionId
    points: int
    offered: int
    rest_points: int
    rest_offered: int
    chosen: tuple[int, ...]
    is_unsure: bool
    count: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A live question with the figures of its current version, for lists."""

    question_id: QuestionRowId
    version: int
    bank_id: BankId
    stem: str
    kind: Kind
    status: QuestionStatus
    alert: Alert | None
    key: tuple[int, ...]
    statistics: VersionStatistics


class Statistics:
    """Statements about what answers say."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def facilities(self, version_ids: Collection[int]) -> dict[VersionId, float]:
        """正确率 (0 to 1) of those versions that have thirty answers or more."""
        rows = self._connection.execute(
            select(version_statistics.c.version_id, version_statistics.c.facility).where(
                version_statistics.c.version_id.in_(version_ids),
                version_statistics.c.attempts >= ENOUGH_TO_JUDGE,
                version_statistics.c.facility.is_not(None),
            )
        )
        return {VersionId(row.version_id): float(row.facility) for row in rows}

    def list_stale(self, now: datetime) -> list[VersionId]:
        """Versions asked whose figures may have changed since they were computed.

        That is: never computed, or asked by a round that took answers since, or beside a
        version that was voided since.
        """
        computed_at = version_statistics.c.computed_at
        mate, mate_version = round_questions.alias(), question_versions.alias()
        voided_beside = (
            select(mate.c.version_id)
            .join_from(mate, mate_version, mate_version.c.id == mate.c.version_id)
            .where(
                mate.c.round_id == round_questions.c.round_id,
                mate_version.c.voided_at >= computed_at,
            )
            .exists()
        )
        rows = self._connection.execute(
            select(round_questions.c.version_id)
            .distinct()
            .select_from(
                round_questions.join(rounds)
                .join(question_versions, question_versions.c.id == round_questions.c.version_id)
                .outerjoin(
                    version_statistics,
                    version_statistics.c.version_id == round_questions.c.version_id,
                )
            )
            .where(
                rounds.c.opens_at <= now,
                question_versions.c.voided_at.is_(None),
                or_(computed_at.is_(None), rounds.c.settles_at >= computed_at, voided_beside),
            )
            .order_by(round_questions.c.version_id)
        )
        return [VersionId(version_id) for version_id in rows.scalars()]

    def list_rounds(self, version_ids: Collection[int]) -> list[RoundId]:
        """The rounds that asked any of these versions."""
        rows = self._connection.execute(
            select(round_questions.c.round_id)
            .distinct()
            .where(round_questions.c.version_id.in_(version_ids))
            .order_by(round_questions.c.round_id)
        )
        return [RoundId(round_id) for round_id in rows.scalars()]

    def count_answers(self, round_ids: Collection[int]) -> Iterator[AnswerCount]:
        """The answers of these rounds, counted."""
        given = _given(round_ids).subquery()
        key = (
            given.c.version_id,
            given.c.points,
            given.c.offered,
            (given.c.all_points - given.c.points).label("rest_points"),
            (given.c.all_offered - given.c.offered).label("rest_offered"),
            given.c.chosen,
            given.c.has_text,
        )
        rows = self._connection.execute(select(*key, func.count().label("times")).group_by(*key))
        return map(_answer_count, rows)

    def option_counts(self, version_ids: Collection[int]) -> dict[VersionId, int]:
        """How many options each of these versions has."""
        rows = self._connection.execute(
            select(
                question_versions.c.id,
                func.json_array_length(question_versions.c.payload["options"]).label("size"),
            ).where(question_versions.c.id.in_(version_ids))
        )
        return {VersionId(row.id): int(row.size or 0) for row in rows}

    def put(self, rows: Sequence[VersionStatistics]) -> None:
        """Write figures down in place of older ones."""
        if not rows:
            return
        statement = insert_for(self._connection, version_statistics)
        fresh = {
            column.name: statement.excluded[column.name]
            for column in version_statistics.c
            if not column.primary_key
        }
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[version_statistics.c.version_id], set_=fresh
            ),
            [_stored(row) for row in rows],
        )

    def drop_voided(self) -> None:
        """Forget the figures of versions that are voided."""
        voided = select(question_versions.c.id).where(question_versions.c.voided_at.is_not(None))
        self._connection.execute(
            delete(version_statistics).where(version_statistics.c.version_id.in_(voided))
        )

    def find(self, version_id: int) -> VersionStatistics | None:
        """A version's figures, if they were computed."""
        row = self._connection.execute(
            select(version_statistics).where(version_statistics.c.version_id == version_id)
        ).one_or_none()
        return _statistics(row) if row is not None else None

    def list_of(self, question_id: int) -> list[tuple[int, VersionStatistics]]:
        """The figures of a question's versions with the versions' numbers, the newest first."""
        rows = self._connection.execute(
            select(question_versions.c.number, version_statistics)
            .join_from(version_statistics, question_versions)
            .where(question_versions.c.question_id == question_id)
            .order_by(question_versions.c.number.desc())
        )
        return [(int(row.number), _statistics(row)) for row in rows]

    def list_current(
        self,
        *,
        at_least: int,
        version_ids: Collection[int] | None = None,
        question_ids: Collection[int] | None = None,
    ) -> list[ItemRow]:
        """Published questions of live banks whose current version has so many answers."""
        statement = _ITEMS.where(version_statistics.c.attempts >= at_least)
        if version_ids is not None:
            statement = statement.where(version_statistics.c.version_id.in_(version_ids))
        if question_ids is not None:
            statement = statement.where(questions.c.id.in_(question_ids))
        return [_item(row) for row in self._connection.execute(statement)]

    def pause(self, question_id: int, version: int, detail: str) -> bool:
        """Have a published question pause, if it stands at `version` and nothing else is said
        of it.
        """
        paused = self._connection.execute(
            update(questions)
            .where(
                questions.c.id == question_id,
                questions.c.version == version,
                questions.c.status == QuestionStatus.PUBLISHED,
                questions.c.alert.is_(None),
            )
            .values(alert=Alert.WEAK, alert_detail=detail)
            .returning(questions.c.id)
        )
        return paused.first() is not None

    def resume(self, question_id: int, version: int) -> bool:
        """End the pause of a question that stands at `version`."""
        resumed = self._connection.execute(
            update(questions)
            .where(
                questions.c.id == question_id,
                questions.c.version == version,
                questions.c.alert == Alert.WEAK,
            )
            .values(alert=None, alert_detail=None)
            .returning(questions.c.id)
        )
        return resumed.first() is not None

    def last_computed(self) -> datetime | None:
        """When figures were last written."""
        found: datetime | None = self._connection.execute(
            select(func.max(version_statistics.c.computed_at))
        ).scalar_one()
        return found


_ITEMS = (
    select(
        questions.c.id,
        questions.c.version,
        questions.c.bank_id,
        questions.c.kind,
        questions.c.status,
        questions.c.alert,
        question_versions.c.payload["stem"].label("stem"),
        question_versions.c.payload["key"].label("key"),
        version_statistics,
    )
    .select_from(
        questions.join(banks, banks.c.id == questions.c.bank_id)
        .join(question_versions, CURRENT)
        .join(version_statistics, version_statistics.c.version_id == question_versions.c.id)
    )
    .where(questions.c.status == QuestionStatus.PUBLISHED, banks.c.retired_at.is_(None))
    .order_by(questions.c.id)
)


def _given(round_ids: Collection[int]) -> Any:
    """Answers given in these rounds beside what their sitting earned in all."""
    voided = select(question_versions.c.id).where(question_versions.c.voided_at.is_not(None))
    return (
        select(
            answers.c.version_id,
            answers.c.points,
            answers.c.offered,
            cast(answers.c.chosen, Text).label("chosen"),
            case((answers.c.text.is_(None), 0), else_=1).label("has_text"),
            func.sum(answers.c.points).over(partition_by=answers.c.sitting_id).label("all_points"),
            func.sum(answers.c.offered)
            .over(partition_by=answers.c.sitting_id)
            .label("all_offered"),
        )
        .join_from(sittings, answers, answers.c.sitting_id == sittings.c.id)
        .where(
            sittings.c.round_id.in_(round_ids),
            sittings.c.mode == Mode.DAILY.value,
            answers.c.answered_at.is_not(None),
            answers.c.version_id.not_in(voided),
        )
    )


def _answer_count(row: Row[*tuple[Any, ...]]) -> AnswerCount:
    chosen = json.loads(row.chosen) if row.chosen is not None else None
    return AnswerCount(
        version_id=VersionId(row.version_id),
        points=row.points,
        offered=row.offered,
        rest_points=int(row.rest_points),
        rest_offered=int(row.rest_offered),
        chosen=tuple(chosen or ()),
        is_unsure=not chosen and not row.has_text,
        count=row.times,
    )


def _stored(row: VersionStatistics) -> dict[str, object]:
    return {
        "version_id": row.version_id,
        "attempts": row.attempts,
        "facility": row.facility,
        "deviation": row.deviation,
        "discrimination": row.discrimination,
        "efficiency": row.efficiency,
        "choices": {"options": list(row.options), "unsure": row.unsure, "others": row.others},
        "computed_at": row.computed_at,
    }


def _statistics(row: Row[*tuple[Any, ...]]) -> VersionStatistics:
    choices = row.choices
    return VersionStatistics(
        version_id=VersionId(row.version_id),
        attempts=row.attempts,
        facility=row.facility,
        deviation=row.deviation,
        discrimination=row.discrimination,
        efficiency=row.efficiency,
        options=tuple(choices["options"]),
        unsure=int(choices["unsure"]),
        others=float(choices["others"]),
        computed_at=row.computed_at,
    )


def _item(row: Row[*tuple[Any, ...]]) -> ItemRow:
    return ItemRow(
        question_id=QuestionRowId(row.id),
        version=int(row.version),
        bank_id=BankId(row.bank_id),
        stem=str(row.stem),
        kind=Kind(row.kind),
        status=QuestionStatus(row.status),
        alert=Alert(row.alert) if row.alert is not None else None,
        key=tuple(row.key or ()),
        statistics=_statistics(row),
    )

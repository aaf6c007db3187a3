"""题 by the law they stand on: when it ends, and what ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select, update

from storage.repositories.questions import ROWS, QuestionRow, as_row
from storage.states import Alert, BankId, QuestionRowId, QuestionStatus
from storage.tables import banks, questions


@dataclass(frozen=True, slots=True)
class Force:
    """A law, the days questions say of it, and how many do."""

    law: str
    in_force_from: date | None
    in_force_to: date | None
    count: int


@dataclass(frozen=True, slots=True)
class EndRow:
    """Questions of a bank that stand on one law and end with it, or with its text."""

    bank_id: BankId
    law: str
    in_force_to: date
    count: int


class Currency:
    """Statements about the law behind questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_forces(self) -> list[Force]:
        """Every law that questions stand on, with the days they say of it."""
        key = (questions.c.law, questions.c.in_force_from, questions.c.in_force_to)
        rows = self._connection.execute(
            select(*key, func.count().label("count"))
            .where(questions.c.law.is_not(None))
            .group_by(*key)
            .order_by(*key)
        )
        return [Force(**row._mapping) for row in rows]

    def list_on(self, force: Force) -> list[QuestionRow]:
        """The questions that stand on a law and say these days of it."""
        rows = self._connection.execute(
            ROWS.where(
                questions.c.law == force.law,
                questions.c.in_force_from.is_not_distinct_from(force.in_force_from),
                questions.c.in_force_to.is_not_distinct_from(force.in_force_to),
            ).order_by(questions.c.id)
        )
        return [as_row(row) for row in rows]

    def list_ends(self, before: date) -> list[EndRow]:
        """Live questions of live banks whose basis ends before a day, grouped."""
        key = (questions.c.bank_id, questions.c.law, questions.c.in_force_to)
        rows = self._connection.execute(
            select(*key, func.count().label("count"))
            .join_from(questions, banks)
            .where(*_LIVE, questions.c.law.is_not(None), questions.c.in_force_to < before)
            .group_by(*key)
            .order_by(questions.c.bank_id, func.count().desc(), questions.c.law)
        )
        return [EndRow(**row._mapping) for row in rows]

    def flag_lapsed(self, end: EndRow, detail: str) -> int:
        """Have owners look at the questions of a group, where they don't yet; how many."""
        flagged = self._connection.execute(
            update(questions)
            .where(
                questions.c.bank_id == end.bank_id,
                questions.c.law == end.law,
                questions.c.in_force_to == end.in_force_to,
                questions.c.status != QuestionStatus.RETIRED,
                questions.c.alert.is_distinct_from(Alert.LAPSED),
            )
            .values(alert=Alert.LAPSED, alert_detail=detail)
            .returning(questions.c.id)
        )
        return len(flagged.all())

    def clear_lapsed(self, today: date) -> None:
        """Take the alert off questions that are in force after all."""
        ends = questions.c.in_force_to
        self._connection.execute(
            update(questions)
            .where(questions.c.alert == Alert.LAPSED, or_(ends.is_(None), ends >= today))
            .values(alert=None, alert_detail=None)
        )

    def retire_lapsed(self, bank_id: int, upto: int) -> list[tuple[QuestionRowId, int]]:
        """Take a bank's lapsed questions up to one out of use (bank 0: every bank's); ids with
        their versions.
        """
        conditions = [
            questions.c.alert == Alert.LAPSED,
            questions.c.status != QuestionStatus.RETIRED,
            questions.c.id <= upto,
        ]
        if bank_id:
            conditions.append(questions.c.bank_id == bank_id)
        retired = self._connection.execute(
            update(questions)
            .where(*conditions)
            .values(status=QuestionStatus.RETIRED)
            .returning(questions.c.id, questions.c.version)
        )
        return sorted((QuestionRowId(row.id), int(row.version)) for row in retired)


_LIVE = (questions.c.status != QuestionStatus.RETIRED, banks.c.retired_at.is_(None))

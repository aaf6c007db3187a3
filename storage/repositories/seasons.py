"""赛季: months, quarters and years whose totals are final, and what corrected them since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from questions.periods import season_days, seasons_of
from storage.repositories.upsert import insert_for
from storage.tables import audit, rounds, seasons

# After it, a day is over in every timezone.
_LAST_ZONE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One logged change of a closed season."""

    at: datetime
    people: int


class Seasons:
    """Statements about closed periods."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self, now: datetime) -> list[str]:
        """Close the months, quarters and years that are over and whose rounds are all settled.

        What was closed, in order; harmless to repeat.
        """
        is_open = func.count().filter(rounds.c.settled_at.is_(None))
        days = self._connection.execute(
            select(rounds.c.day, is_open.label("unsettled")).group_by(rounds.c.day)
        )
        today = (now - _LAST_ZONE).date()
        unsettled: dict[str, int] = {}
        for row in days:
            for period in seasons_of(row.day):
                unsettled[period] = unsettled.get(period, 0) + row.unsettled
        ripe = {p for p, left in unsettled.items() if not left and season_days(p)[1] < today}
        closing = sorted(ripe - set(self.list_closed()))
        if not closing:
            return []
        statement = insert_for(self._connection, seasons).on_conflict_do_nothing()
        self._connection.execute(
            statement, [{"period": period, "closed_at": now} for period in closing]
        )
        return closing

    def list_closed(self) -> dict[str, datetime]:
        """When each closed period was closed."""
        rows = self._connection.execute(select(seasons.c.period, seasons.c.closed_at))
        return {row.period: row.closed_at for row in rows}

    def list_corrections(self, period: str) -> list[CorrectionRow]:
        """What has changed a closed season since, oldest first."""
        rows = self._connection.execute(
            select(audit.c.at, audit.c.detail)
            .where(audit.c.subject == f"season:{period}", audit.c.action == "season.correct")
            .order_by(audit.c.id)
        )
        return [CorrectionRow(row.at, int(row.detail.get("people", 0))) for row in rows]

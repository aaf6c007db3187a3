"""What a digest tells one person, over the departments they see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.reports.files.order import FileFormat, Order
from bot.reports.participation.service import Figures, figures_of
from bot.reports.participation.sight import Sight, look
from bot.reports.stretches import Stretch
from storage.repositories.questions import Filter
from storage.states import Alert, QuestionStatus
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Digest:
    """The week or month that is over; `paused` questions wait for their owners."""

    sight: Sight
    rounds: int
    figures: Figures
    paused: int


def read_digest(unit: Unit, chat_id: int, stretch: Stretch) -> Digest | None:
    """None where nobody of the departments in sight was meant by any round."""
    sight = look(unit, chat_id, stretch.word, today=stretch.last)
    sums = unit.participation.list_sums(sight.window, sight.basis)
    if not any(each.counts.due for each in sums):
        return None
    weak = Filter(statuses=(QuestionStatus.PUBLISHED,), alert=Alert.WEAK)
    rounds = len({each.round_id for each in sums if each.counts.due})
    figures = figures_of(unit, sight, sums)
    return Digest(sight, rounds, figures, unit.questions.count(weak))


def order_file(
    unit: Unit, chat_id: int, word: str, *, today: date, timezone: str, now: datetime
) -> Order:
    """What a stretch's workbook is to hold; that somebody takes it along is recorded."""
    sight = look(unit, chat_id, word, today=today)
    stretch, among = sight.stretch, sight.window.among
    detail = {
        "format": FileFormat.XLSX.value,
        "first": stretch.first.isoformat(),
        "last": stretch.last.isoformat(),
        "departments": sorted(among) if among is not None else "all",
    }
    unit.house.record(sight.person.id, "report.export", f"report:{stretch.word}", detail, now)
    made_at = now.astimezone(ZoneInfo(timezone))
    return Order(FileFormat.XLSX, stretch.days, among, stretch.name, sight.scope, made_at)

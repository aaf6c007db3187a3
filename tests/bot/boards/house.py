"""A small house with scores in it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from questions.periods import periods_of
from storage.repositories.people import PersonRow
from storage.states import Role
from storage.unit import Unit

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)

AN, BAI, CHENG, DING, ERIK, STRANGER = 1001, 1002, 1003, 1004, 1005, 1999
SCRIPT = "<b>小程</b> & 处长"


def join(
    unit: Unit,
    chat_id: int,
    name: str,
    department: str | None = "法规处",
    *,
    role: Role = Role.STAFF,
    shows_name: bool = False,
) -> PersonRow:
    """Someone of a department."""
    place = unit.people.add_department(department, NOW) if department else None
    person = unit.people.add(chat_id, name, place, role, NOW)
    unit.people.set_shows_name(person, shows_name=shows_name)
    return unit.people.get(person)


def score(
    unit: Unit, chat_id: int, right: int, of: int, *, missed: int = 0, day: date = TODAY
) -> None:
    """So many right answers of so many given on a day, and questions left unanswered."""
    person = unit.people.find_by_chat(chat_id)
    assert person is not None
    offered = (of + missed) * 10
    unit.totals.add(
        person.id, periods_of(day), points=right * 10, offered=offered, answered=of, right=right
    )


def furnish(unit: Unit) -> None:
    """Five people of one department: best to worst 小白, 小程, 小安, 小丁; and 小二, too new."""
    join(unit, AN, "小安")
    join(unit, BAI, "小白", role=Role.TRAINER)
    join(unit, CHENG, SCRIPT, shows_name=True)
    join(unit, DING, "小丁", shows_name=True)
    join(unit, ERIK, "小二", shows_name=True)
    score(unit, BAI, 10, 10)
    score(unit, CHENG, 18, 20)
    score(unit, AN, 16, 20)
    score(unit, DING, 7, 10)
    score(unit, ERIK, 9, 9)

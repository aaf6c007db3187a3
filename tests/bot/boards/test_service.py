"""What boards tell, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import event, make_url, select

from bot.boards.service import (
    BoardSpan,
    DepartmentBoard,
    PersonBoard,
    Profile,
    Standing,
    read_board,
    read_profile,
    set_name_shown,
)
from bot.errors import Deactivated, NotJoined, StaleTap
from questions.periods import KEPT_SPANS, Span
from questions.ranking import MERGED
from storage.database import Database
from storage.sqlite import engine_of
from storage.states import Role
from storage.tables import audit
from storage.unit import Unit
from tests.bot.boards.house import (
    AN,
    BAI,
    CHENG,
    DING,
    ERIK,
    NOW,
    SCRIPT,
    STRANGER,
    TODAY,
    furnish,
    join,
    score,
)

T = TypeVar("T")


async def people_board(
    database: Database, chat_id: int, span: str = "month", today: date = TODAY
) -> PersonBoard:
    board = await database.read(
        lambda unit: read_board(unit, chat_id, "people", span, today=today)
    )
    assert isinstance(board, PersonBoard)
    return board


async def department_board(database: Database, chat_id: int = AN) -> DepartmentBoard:
    board = await database.read(
        lambda unit: read_board(unit, chat_id, "departments", "month", today=TODAY)
    )
    assert isinstance(board, DepartmentBoard)
    return board


async def profile_of(database: Database, chat_id: int) -> Profile:
    return await database.read(lambda unit: read_profile(unit, chat_id, today=TODAY))


async def change_name(database: Database, chat_id: int, is_wanted: bool) -> Profile:
    return await database.run(
        lambda unit: set_name_shown(unit, chat_id, is_wanted, today=TODAY, now=NOW)
    )


async def test_only_the_upper_half_is_listed_and_named_only_with_consent(
    database: Database,
) -> None:
    await database.run(furnish)

    board = await people_board(database, AN)

    assert board.ranked == 4
    assert [(place.rank, place.name, place.rate) for place in board.places] == [
        (1, None, 1_000_000),
        (2, SCRIPT, 900_000),
    ]


@pytest.mark.parametrize("chat_id", [AN, BAI, CHENG, DING, ERIK])
async def test_nobody_trainers_included_sees_a_name_without_consent(
    database: Database, chat_id: int
) -> None:
    await database.run(furnish)

    for span in Span:
        board = await people_board(database, chat_id, span.value)
        assert "小白" not in repr(board)
        assert "小丁" not in repr(board)  # consents, but stands in the lower half


async def test_own_place_is_known_to_oneself_even_at_the_bottom(database: Database) -> None:
    await database.run(furnish)

    board = await people_board(database, DING)

    assert board.own == Standing(70, 100, 10, 7, 700_000, 4)
    assert not any(place.is_own for place in board.places)


async def test_own_line_is_marked_among_the_listed(database: Database) -> None:
    await database.run(furnish)

    board = await people_board(database, BAI)

    assert [place.is_own for place in board.places] == [True, False]
    assert board.own.rank == 1


async def test_below_ten_answers_there_is_no_rank(database: Database) -> None:
    await database.run(furnish)

    board = await people_board(database, ERIK)

    assert (board.own.rank, board.own.missing) == (None, 1)
    assert board.ranked == 4


async def test_equals_share_a_rank_and_the_next_one_is_skipped(database: Database) -> None:
    def work(unit: Unit) -> None:
        for chat_id in range(1, 13):
            join(unit, chat_id, f"人员{chat_id}")
            score(unit, chat_id, {1: 10, 2: 18, 3: 9}.get(chat_id, 8), 20 if chat_id == 2 else 10)

    await database.run(work)

    first = await people_board(database, 1)
    tied = [(await people_board(database, chat_id)).own.rank for chat_id in (2, 3, 4, 12)]

    assert [place.rank for place in first.places] == [1, 2, 2, 4, 4, 4]
    assert tied == [2, 2, 4, 4]


async def test_nobody_below_the_pass_mark_is_listed(database: Database) -> None:
    def work(unit: Unit) -> None:
        for chat_id in range(1, 7):
            join(unit, chat_id, f"人员{chat_id}", shows_name=True)
            score(unit, chat_id, 6 if chat_id == 1 else 5, 10)

    await database.run(work)

    assert [place.rate for place in (await people_board(database, 2)).places] == [600_000]


async def test_a_deactivated_person_vanishes_and_the_others_move_up(database: Database) -> None:
    def leave(unit: Unit) -> None:
        furnish(unit)
        gone = unit.people.find_by_chat(CHENG)
        assert gone is not None
        unit.people.set_active(gone.id, is_active=False)

    await database.run(leave)

    board = await people_board(database, AN)

    assert (board.own.rank, board.ranked) == (2, 3)
    assert SCRIPT not in repr(board)
    with pytest.raises(Deactivated):
        await people_board(database, CHENG)


async def test_a_board_of_nothing_is_empty(database: Database) -> None:
    await database.run(lambda unit: join(unit, AN, "小安"))

    people, departments = await people_board(database, AN), await department_board(database)

    assert (people.own, people.ranked, people.places) == (Standing(), 0, ())
    assert people.own.missing == 10
    assert (departments.own, departments.bands) == (None, ())


async def test_each_span_counts_its_own_days(database: Database) -> None:
    def work(unit: Unit) -> None:
        join(unit, AN, "小安")
        for day in (TODAY, date(2026, 11, 2), date(2026, 3, 2), date(2025, 3, 3)):
            score(unit, AN, 10, 10, day=day)

    await database.run(work)

    profile = await profile_of(database, AN)
    next_week = await people_board(database, AN, "week", TODAY + timedelta(days=7))

    assert [(span.value, own.answered) for span, own in profile.standings] == [
        (Span.WEEK, 10),
        (Span.MONTH, 20),
        (Span.QUARTER, 20),
        (Span.YEAR, 30),
        (Span.ALL, 40),
    ]
    assert next_week.own == Standing()


async def test_a_profile_shows_points_and_rank_of_every_span(database: Database) -> None:
    await database.run(furnish)

    profile = await profile_of(database, AN)

    standing = Standing(160, 200, 20, 16, 800_000, 3)
    assert profile == Profile(
        "小安",
        "法规处",
        Role.STAFF,
        False,
        tuple((BoardSpan(span.value), standing) for span in KEPT_SPANS),
    )


async def test_consent_puts_a_name_on_the_board_and_takes_it_off(database: Database) -> None:
    await database.run(furnish)

    given = await change_name(database, BAI, True)
    named = await people_board(database, AN)
    withdrawn = await change_name(database, BAI, False)
    unnamed = await people_board(database, AN)

    assert (given.shows_name, withdrawn.shows_name) == (True, False)
    assert (named.places[0].name, unnamed.places[0].name) == ("小白", None)
    assert replace(named.places[0], name=None) == unnamed.places[0]


async def test_a_repeated_consent_stays_given_and_leaves_one_record(database: Database) -> None:
    await database.run(furnish)

    await change_name(database, BAI, True)
    again = await change_name(database, BAI, True)

    statement = select(audit.c.action, audit.c.actor_id, audit.c.detail)
    rows = await database.read(lambda unit: unit._connection.execute(statement).all())
    assert again.shows_name
    assert [tuple(row) for row in rows] == [("person.consent", 2, {"shows_name": True})]


@pytest.mark.parametrize(
    ("work", "statements"),
    [
        (lambda unit: read_board(unit, AN, "people", "month", today=TODAY), 4),
        (lambda unit: read_board(unit, AN, "departments", "month", today=TODAY), 2),
        (lambda unit: read_profile(unit, AN, today=TODAY), 2),
    ],
)
def test_a_screen_costs_few_statements(
    sqlite_url: str, work: Callable[[Unit], object], statements: int
) -> None:
    with engine_of(make_url(sqlite_url)).connect() as connection:
        unit = Unit(connection)
        furnish(unit)
        seen: list[object] = []
        event.listen(connection, "before_cursor_execute", lambda *given: seen.append(given[2]))

        work(unit)

    assert len(seen) == statements


async def test_a_department_board_marks_ones_own(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        for chat_id in range(1, 6):
            join(unit, chat_id, f"人员{chat_id}", "大气处")
            score(unit, chat_id, 10, 10)

    await database.run(work)

    board = await department_board(database)

    assert board.own is not None
    assert (board.own.rank, board.own.score.name) == (2, "法规处")
    (band,) = board.bands
    assert [(place.rank, place.score.name, place.is_own) for place in band.places] == [
        (1, "大气处", False)
    ]


async def test_who_misses_counts_against_participation_and_mean_rate(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        join(unit, 6, "小己")
        score(unit, 6, 0, 0, missed=3)
        join(unit, 7, "小庚")  # on leave: nothing was offered

    await database.run(work)

    board = await department_board(database)

    assert board.own is not None
    score_ = board.own.score
    assert (score_.people, score_.took_part) == (6, 5)
    assert score_.participation == 833_333
    assert score_.mean_rate == (1_000_000 + 900_000 + 800_000 + 700_000 + 1_000_000) // 6


async def test_small_departments_stand_as_one_and_know_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        for chat_id in range(1, 7):
            join(unit, chat_id, f"人员{chat_id}", "大气处" if chat_id < 4 else "水处")
            score(unit, chat_id, 10, 10)

    await database.run(work)

    board = await department_board(database, 1)

    assert board.own is not None
    assert (board.own.score.name, board.own.score.people) == (MERGED, 6)
    assert board.own.score.merged
    assert "水处" not in repr([place.score.name for place in board.bands[0].places])


async def test_a_lone_small_department_is_not_put_on_show(database: Database) -> None:
    def work(unit: Unit) -> None:
        join(unit, AN, "小安")
        score(unit, AN, 1, 10)

    await database.run(work)

    board = await department_board(database)

    assert (board.department, board.own, board.bands) == ("法规处", None, ())


async def test_several_bands_share_ten_lines(database: Database) -> None:
    def work(unit: Unit) -> None:
        for number in range(24):
            for chat_id in range(number * 50, number * 50 + (5 if number < 12 else 12)):
                join(unit, chat_id + 1, f"人员{chat_id}", f"第{number}处")
                score(unit, chat_id + 1, 10, 10)

    await database.run(work)

    board = await department_board(database, 1)

    assert [(band.start, band.end, len(band.places)) for band in board.bands] == [
        (5, 10, 5),
        (10, None, 5),
    ]


@pytest.mark.parametrize(
    ("kind", "span"), [("persons", "week"), ("people", "plan"), ("people", "people")]
)
async def test_a_forged_choice_is_refused(database: Database, kind: str, span: str) -> None:
    await database.run(furnish)

    with pytest.raises(StaleTap):
        await database.read(lambda unit: read_board(unit, AN, kind, span, today=TODAY))


async def test_a_stranger_sees_nothing(database: Database) -> None:
    await database.run(furnish)

    with pytest.raises(NotJoined):
        await people_board(database, STRANGER)
    with pytest.raises(NotJoined):
        await profile_of(database, STRANGER)
    with pytest.raises(NotJoined):
        await change_name(database, STRANGER, True)

"""A fresh demo shows what weeks of use look like, and leaves a visitor something to do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.boards import service as boards
from bot.counting import recount
from bot.daily import openings
from bot.errors import SettingsError
from bot.offline import once
from bot.plans.opening import Opened, open_round
from bot.reports.ledger import service as ledger
from bot.settings import Settings, load
from bot.showcase.house import COLLEAGUES, MEMBERS, XIAOAN, XIAOBAI, furnish, refuse_real_people
from bot.showcase.past import ENTRIES, OPEN_ROUNDS, WORKDAYS, answer_all, begin_of_past, live
from storage.states import DeliveryState, Role
from storage.unit import Unit
from storage.upgrade import prepare

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    url = f"sqlite:///{tmp_path_factory.mktemp('showcase') / 'demo.db'}"
    prepare(url)
    settings = load(token="1:" + "a" * 30, api_url="http://127.0.0.1:1", database_url=url)
    once(settings, lambda unit: furnish(unit, settings, begin_of_past(NOW)))
    once(settings, lambda unit: live(unit, NOW))
    return settings


def test_the_board_has_names_and_the_visitor_a_rank(house: Settings) -> None:
    board = once(
        house, lambda unit: boards.read_board(unit, XIAOAN, "people", "quarter", today=TODAY)
    )
    assert isinstance(board, boards.PersonBoard)
    assert board.own.rank is not None
    names = {place.name for place in board.places}
    assert len(board.places) >= 3
    assert names - {None} <= {member.name for member in COLLEAGUES if member.shows_name}


def test_the_newest_rounds_await_the_visitor(house: Settings) -> None:
    def read(unit: Unit) -> tuple[int, int]:
        person = unit.people.find_by_chat(XIAOAN)
        assert person is not None
        mine = openings.answerable(unit, person, NOW)
        begun = [r for r in mine if unit.sittings.find(r.id, person.id) is not None]
        return len(mine), len(begun)

    assert once(house, read) == (OPEN_ROUNDS, 0)


def test_nothing_of_the_past_is_left_to_be_pushed(house: Settings) -> None:
    def read(unit: Unit) -> set[DeliveryState]:
        plan = unit.plans.list_all()[0]
        days = unit.plans.list_answerable(NOW)
        assert {round_.plan_id for round_ in days} == {plan.id}
        return {state for round_ in days for state in unit.deliveries.count_by_state(round_.id)}

    assert once(house, read) == {DeliveryState.SENT}


def test_totals_agree_with_the_answers(house: Settings) -> None:
    assert not recount(house, NOW, is_check=True).wrong


def test_the_past_happens_once(house: Settings) -> None:
    def again(unit: Unit) -> int:
        live(unit, NOW)
        return ledger.show(unit, XIAOBAI, "y2026", today=TODAY).total

    assert once(house, again) == sum(chat_id == XIAOBAI for chat_id, _, _ in ENTRIES)


def test_colleagues_answer_today(house: Settings) -> None:
    def today(unit: Unit) -> int:
        opened = open_round(unit, unit.plans.list_all()[0].id, now=NOW)
        assert isinstance(opened, Opened)
        assert opened.people == len(MEMBERS)
        answer_all(unit, COLLEAGUES, opened, NOW, until=NOW)
        people = [unit.people.find_by_chat(member.chat_id) for member in MEMBERS]
        return sum(
            unit.sittings.find(opened.round_id, person.id) is not None
            for person in people
            if person is not None
        )

    assert len(COLLEAGUES) // 2 < once(house, today) <= len(COLLEAGUES) < WORKDAYS * 2


def test_a_house_with_a_stranger_is_refused(house: Settings) -> None:
    def with_stranger(unit: Unit) -> None:
        refuse_real_people(unit)
        unit.people.add(4321, "路人", None, Role.STAFF, NOW)
        with pytest.raises(SettingsError):
            refuse_real_people(unit)

    once(house, with_stranger)

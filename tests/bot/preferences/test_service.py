"""Wishes and 10分钟后, as the database has them, on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.daily import service as daily
from bot.daily import steps
from bot.daily.views import push
from bot.errors import NotJoined, StaleTap
from bot.preferences import absence, service
from bot.preferences.errors import QuietTooLong, TimeNotOffered
from bot.preferences.service import NotSnoozed, Settings, Snoozed
from bot.preferences.taps import NO_TIME
from bot.preferences.views import settings as settings_screen
from storage.database import Database
from storage.repositories.deliveries import DueDelivery
from storage.states import DeliveryKind, Role, RoundId
from storage.unit import Unit
from tests.bot.preferences.acts import ZONE, opened, send_all, settle, today
from tests.cast import MONDAY, NINE, STRANGER, XIAOAN, XIAOBAI, XIAOCHENG, Cast, furnish

TEN = timedelta(minutes=10)


def snooze(unit: Unit, round_id: int, now: datetime = NINE) -> Snoozed | NotSnoozed:
    return service.snooze(unit, XIAOAN, round_id, now=now)


def pushed(unit: Unit) -> tuple[Cast, RoundId]:
    """Monday's round, in everybody's chat."""
    cast = furnish(unit)
    round_id = opened(unit, cast)
    send_all(unit, NINE)
    return cast, round_id


def finish(unit: Unit, chat_id: int, round_id: int, now: datetime = NINE) -> None:
    card = daily.begin(unit, chat_id, round_id, now=now)
    while not isinstance(card, steps.Summary):
        assert isinstance(card, steps.Card)
        sitting, position = card.item.sitting.id, card.item.position
        daily.give_up(unit, chat_id, sitting, position, now=now)
        card = daily.go_on(unit, chat_id, sitting, position + 1, now=now)


def show(unit: Unit, chat_id: int = XIAOAN, now: datetime = NINE) -> Settings:
    return service.show(unit, chat_id, timezone=ZONE, now=now)


async def test_a_snoozed_round_comes_once_ten_minutes_later(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        assert snooze(unit, round_id) == Snoozed(round_id, NINE + TEN, is_new=True)
        assert send_all(unit, NINE + TEN - timedelta(seconds=1)) == []
        assert send_all(unit, NINE + TEN) == [XIAOAN]
        assert send_all(unit, NINE + TEN * 2) == []

    await database.run(work)


async def test_a_second_tap_moves_nothing_and_says_when(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        snooze(unit, round_id)
        later = NINE + timedelta(minutes=4)
        assert snooze(unit, round_id, later) == Snoozed(round_id, NINE + TEN, is_new=False)
        assert send_all(unit, NINE + TEN) == [XIAOAN]

    await database.run(work)


async def test_taps_at_once_bring_it_once(database: Database) -> None:
    _, round_id = await database.run(pushed)
    taps = (database.run(lambda unit: snooze(unit, round_id)) for _ in range(4))
    results = await asyncio.gather(*taps)
    assert sorted(result.is_new for result in results if isinstance(result, Snoozed)) == [
        False,
        False,
        False,
        True,
    ]
    assert await database.run(lambda unit: send_all(unit, NINE + TEN)) == [XIAOAN]


async def test_it_may_be_snoozed_three_times_more_and_no_oftener(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        now = NINE
        for _ in range(4):
            assert isinstance(snooze(unit, round_id, now), Snoozed)
            now += TEN
            assert send_all(unit, now) == [XIAOAN]
        assert snooze(unit, round_id, now) == NotSnoozed(round_id, "enough")
        assert send_all(unit, now + TEN) == []

    await database.run(work)


async def test_who_has_finished_meanwhile_hears_no_more_of_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        snooze(unit, round_id)
        finish(unit, XIAOAN, round_id)
        assert send_all(unit, NINE + TEN) == []
        assert snooze(unit, round_id) == NotSnoozed(round_id, "done")

    await database.run(work)


async def test_who_finishes_while_it_waits_for_its_turn_is_not_sent_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        snooze(unit, round_id)
        (claimed,) = unit.deliveries.claim("test", NINE + TEN, NINE + TEN * 2, 10)
        finish(unit, XIAOAN, round_id)
        assert not unit.deliveries.begin(claimed.id, "test")

    await database.run(work)


async def test_leave_calls_a_snooze_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        snooze(unit, round_id)
        today(unit, XIAOAN, round_id)
        assert send_all(unit, NINE + TEN) == []

    await database.run(work)


async def test_a_round_about_to_close_is_not_put_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        round_ = unit.plans.get_round(round_id)
        assert round_ is not None
        last = round_.closes_at - TEN
        assert snooze(unit, round_id, last) == NotSnoozed(round_id, "closing")
        assert isinstance(snooze(unit, round_id, last - timedelta(seconds=1)), Snoozed)
        assert snooze(unit, round_id, round_.settles_at) == NotSnoozed(round_id, "over")
        settle(unit, round_id)
        assert snooze(unit, round_id, last) == NotSnoozed(round_id, "over")

    await database.run(work)


async def test_forged_and_foreign_rounds_are_not_snoozed(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast, round_id = pushed(unit)
        unit.people.add(1007, "小新", cast.department, Role.STAFF, NINE + TEN * 6)
        for chat_id, forged in ((XIAOAN, 4242), (1007, round_id)):
            with pytest.raises(StaleTap):
                service.snooze(unit, chat_id, forged, now=NINE + timedelta(hours=2))

    await database.run(work)


async def test_a_snooze_is_charged_to_nobody(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast, round_id = pushed(unit)
        snooze(unit, round_id)
        send_all(unit, NINE + TEN)
        settle(unit, round_id)
        total = unit.totals.find(cast.xiaoan, "all")
        assert total is not None
        assert total.offered == 30

    await database.run(work)


async def test_the_own_push_time_holds_where_a_plan_allows_it(database: Database) -> None:
    def work(unit: Unit) -> None:
        early = NINE - timedelta(minutes=15)
        cast = furnish(unit, now=early, own_time_until=time(11))
        done = service.set_push(unit, XIAOAN, 9 * 60 + 30, timezone=ZONE, now=NINE)
        assert done.wishes.push_at == time(9, 30)
        assert [plan.due for plan in done.plans] == [time(9, 30)]
        for minutes in (8 * 60, 11 * 60 + 1):
            with pytest.raises(TimeNotOffered):
                service.set_push(unit, XIAOAN, minutes, timezone=ZONE, now=NINE)
        opened(unit, cast, early)
        assert send_all(unit, early) == [XIAOBAI, XIAOCHENG]
        assert send_all(unit, NINE + timedelta(minutes=29)) == []
        assert send_all(unit, NINE + timedelta(minutes=30)) == [XIAOAN]
        again = service.set_push(unit, XIAOAN, NO_TIME, timezone=ZONE, now=NINE)
        assert again.wishes.push_at is None

    await database.run(work)


async def test_where_no_plan_allows_it_no_time_can_be_chosen(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        for _ in range(2):
            with pytest.raises(TimeNotOffered):
                service.set_push(unit, XIAOAN, 9 * 60, timezone=ZONE, now=NINE)
            with pytest.raises(TimeNotOffered):
                service.ask(unit, XIAOAN, service.PUSH_PROMPT, timezone=ZONE, now=NINE)
        with pytest.raises(StaleTap):
            service.set_push(unit, XIAOAN, 1441, timezone=ZONE, now=NINE)

    await database.run(work)


async def test_quiet_hours_put_the_push_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        done = service.set_quiet(unit, XIAOAN, 22 * 60, 9 * 60 + 30, timezone=ZONE, now=NINE)
        assert [(plan.due, plan.sent) for plan in done.plans] == [(time(8, 45), time(9, 30))]
        opened(unit, cast, NINE)
        assert send_all(unit, NINE) == [XIAOBAI, XIAOCHENG]
        assert send_all(unit, NINE + timedelta(minutes=30)) == [XIAOAN]
        none = service.set_quiet(unit, XIAOAN, NO_TIME, NO_TIME, timezone=ZONE, now=NINE)
        assert none.wishes.quiet_from is None

    await database.run(work)


async def test_quiet_hours_leave_time_to_write(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        for begins, ends in ((600, 600), (0, 16 * 60 + 1)):
            with pytest.raises(QuietTooLong):
                service.set_quiet(unit, XIAOAN, begins, ends, timezone=ZONE, now=NINE)
        with pytest.raises(StaleTap):
            service.set_quiet(unit, XIAOAN, 5000, 10, timezone=ZONE, now=NINE)

    await database.run(work)


async def test_reminders_are_off_until_monday_and_can_be_had_again(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit, remind_at=time(16, 30))
        off = service.mute(unit, XIAOAN, is_wanted=True, timezone=ZONE, now=NINE)
        assert off.is_muted
        assert off.wishes.no_reminders_before == date(2026, 11, 30)
        assert "本周不再提醒" in settings_screen(off).text
        assert not show(unit, now=NINE + timedelta(days=7)).is_muted
        sunday = NINE + timedelta(days=6)
        again = service.mute(unit, XIAOAN, is_wanted=True, timezone=ZONE, now=sunday)
        assert again.wishes.no_reminders_before == date(2026, 11, 30)
        on = service.mute(unit, XIAOAN, is_wanted=False, timezone=ZONE, now=NINE)
        assert on.wishes.no_reminders_before is None
        assert "提醒一次" in settings_screen(on).text

    await database.run(work)


async def test_a_waiting_reminder_is_called_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        _, round_id = pushed(unit)
        unit.roll.remind(round_id, MONDAY, NINE, NINE + TEN, {})
        service.mute(unit, XIAOAN, is_wanted=True, timezone=ZONE, now=NINE)
        finish(unit, XIAOBAI, round_id)
        sent = unit.deliveries.claim("test", NINE + TEN, NINE + TEN * 2, 10)
        assert [(d.chat_id, d.kind) for d in sent] == [(XIAOCHENG, DeliveryKind.REMINDER)]

    await database.run(work)


async def test_the_card_shows_everything_and_only_own_plans(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit, remind_at=time(16, 30), own_time_until=time(10))
        service.set_quiet(unit, XIAOAN, 720, 840, timezone=ZONE, now=NINE)
        done = absence.grant_leave(
            unit, XIAOBAI, cast.xiaoan, MONDAY, MONDAY, timezone=ZONE, now=NINE
        )
        assert done is not None
        screen = settings_screen(show(unit))
        for words in ("每日学法", "08:45–10:00", "12:00–14:00", "11月23日", "提醒一次"):
            assert words in screen.text, words
        labels = [button.label for row in screen.keyboard for button in row]
        assert labels == [
            "改推送时间",
            "免打扰时段",
            "本周不再提醒",
            "登记请假",
            "取消请假 11-23",
        ]

    await database.run(work)


async def test_a_stranger_has_no_settings(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        with pytest.raises(NotJoined):
            show(unit, STRANGER)

    await database.run(work)


def test_each_kind_of_delivery_has_its_card() -> None:
    def card(kind: DeliveryKind) -> tuple[str, list[str]]:
        settles_at = NINE + timedelta(days=3)
        delivery = DueDelivery(
            1,
            kind,
            7,
            1,
            XIAOAN,
            0,
            MONDAY,
            3,
            NINE,
            NINE,
            settles_at,
            settles_at,
            "每日学法",
            "Asia/Shanghai",
        )  # type: ignore[arg-type]
        screen = push(delivery)
        return screen.text, [button.label for button in screen.keyboard[0]]

    assert card(DeliveryKind.ROUND)[1] == ["开始", "10分钟后", "今天请假"]
    assert card(DeliveryKind.LATER)[1] == ["开始", "10分钟后", "今天请假"]
    said, labels = card(DeliveryKind.REMINDER)
    assert labels == ["开始", "本周不再提醒"]
    assert "今天的 3 题还在" in said

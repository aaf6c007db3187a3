"""Notices taken, undone and deleted, and what that does to workdays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from bot.calendar import service
from bot.calendar.ahead import Turn, runs, turns
from bot.calendar.service import Survey
from bot.calendar.views import adopted, ask_drop, overview, survey
from bot.calendar.words import WORDS, warn
from bot.errors import NotAllowed, StaleTap
from bot.plans.calendar import Calendar
from storage.database import Database
from storage.unit import Unit
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, furnish

ZONE = "Asia/Shanghai"
NOTICE = """关于2027年部分节假日安排的通知
一、元旦：12月31日（周四）至1月2日（周六）放假调休，共3天。12月27日（周日）上班。
二、春节：2月5日至11日放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""
updates = count(9000)


def take(unit: Unit, said: str, chat_id: int = XIAOCHENG, now: datetime = NINE) -> Survey:
    result = service.take(unit, chat_id, said, next(updates), timezone=ZONE, now=now)
    assert result is not None
    return result


def adopt(unit: Unit, found: Survey, chat_id: int = XIAOCHENG) -> service.Adopted:
    return service.adopt(unit, chat_id, found.upload_id, timezone=ZONE, now=NINE)


def calendar(unit: Unit) -> Calendar:
    return Calendar(unit.plans.read_calendar())


async def test_nothing_is_marked_before_it_is_confirmed(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        found = take(unit, NOTICE)
        assert unit.plans.read_calendar() == {}
        assert date(2027, 1, 31) in found.to_work
        assert date(2027, 2, 5) not in found.to_off  # a statutory holiday already
        assert date(2026, 12, 31) in found.to_off
        done = adopt(unit, found)
        assert (done.year, done.count) == (2027, 33)
        now = calendar(unit)
        assert now.is_workday(date(2027, 1, 31))
        assert now.is_workday(date(2026, 12, 27))
        assert not now.is_workday(date(2026, 12, 31))
        assert now.is_known(2027)

    await database.run(work)


async def test_a_second_confirmation_finds_nothing(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        found = take(unit, NOTICE)
        adopt(unit, found)
        for upload_id in (found.upload_id, 4242):
            with pytest.raises(StaleTap):
                service.adopt(unit, XIAOCHENG, upload_id, timezone=ZONE, now=NINE)

    await database.run(work)


async def test_a_refused_notice_can_not_be_confirmed(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        found = take(unit, NOTICE)
        service.refuse(unit, XIAOCHENG, found.upload_id)
        with pytest.raises(StaleTap):
            adopt(unit, found)
        assert unit.plans.read_calendar() == {}

    await database.run(work)


async def test_undoing_gives_the_days_back_exactly_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        adopt(unit, take(unit, "2027-01-31 休 春节\n2027-07-01 休 厅庆"))
        before = unit.plans.read_calendar()
        done = adopt(unit, take(unit, NOTICE))
        assert date(2027, 7, 1) not in unit.plans.read_calendar()  # the notice says all
        assert service.undo(unit, XIAOCHENG, done.year, done.audit_id, now=NINE) == 34
        assert unit.plans.read_calendar() == before
        with pytest.raises(StaleTap):
            service.undo(unit, XIAOCHENG, done.year, done.audit_id, now=NINE)

    await database.run(work)


async def test_only_the_last_deed_can_be_undone(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        first = adopt(unit, take(unit, NOTICE))
        adopt(unit, take(unit, "2027-03-06 班 补班"))
        with pytest.raises(StaleTap):
            service.undo(unit, XIAOCHENG, first.year, first.audit_id, now=NINE)
        with pytest.raises(StaleTap):
            service.undo(unit, XIAOCHENG, 2031, first.audit_id, now=NINE)

    await database.run(work)


async def test_a_year_is_deleted_with_its_days_of_the_year_before(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        adopt(unit, take(unit, "2026-12-26 班 本年的"))
        adopt(unit, take(unit, NOTICE))
        assert service.find_marked(unit, XIAOCHENG, 2027).marked == 33
        done = service.drop(unit, XIAOCHENG, 2027, now=NINE)
        assert done.count == 33
        assert unit.plans.read_calendar() == {date(2026, 12, 26): True}
        with pytest.raises(StaleTap):
            service.drop(unit, XIAOCHENG, 2027, now=NINE)
        service.undo(unit, XIAOCHENG, 2027, done.audit_id, now=NINE)
        assert len(unit.plans.read_calendar()) == 34

    await database.run(work)


async def test_a_notice_of_the_next_year_leaves_the_year_before_to_its_own(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        adopt(unit, take(unit, NOTICE))
        states = {state.year: state for state in _overview(unit).years}
        assert states[2026].marked == 0
        assert states[2027].marked == 33

    await database.run(work)


def _overview(unit: Unit) -> service.Overview:
    return service.show(unit, XIAOCHENG, timezone=ZONE, now=NINE)


async def test_only_admins_touch_the_calendar(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        done = adopt(unit, take(unit, NOTICE))
        for chat_id in (XIAOAN, XIAOBAI):
            with pytest.raises(NotAllowed):
                take(unit, NOTICE, chat_id)
            with pytest.raises(NotAllowed):
                service.show(unit, chat_id, timezone=ZONE, now=NINE)
            with pytest.raises(NotAllowed):
                service.drop(unit, chat_id, 2027, now=NINE)
            with pytest.raises(NotAllowed):
                service.undo(unit, chat_id, 2027, done.audit_id, now=NINE)

    await database.run(work)


async def test_another_admin_s_paste_is_not_theirs_to_confirm(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = furnish(unit)
        found = take(unit, NOTICE)
        from storage.states import Role

        unit.people.set_role(cast.xiaobai, Role.ADMIN)
        with pytest.raises(StaleTap):
            adopt(unit, found, XIAOBAI)

    await database.run(work)


async def test_a_replayed_paste_is_read_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        args = (unit, XIAOCHENG, NOTICE, next(updates))
        assert service.take(*args, timezone=ZONE, now=NINE) is not None
        assert service.take(*args, timezone=ZONE, now=NINE) is None

    await database.run(work)


async def test_the_overview_names_what_is_coming(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        before = overview(_overview(unit)).text
        assert "2027年：<b>调休还不知道" in before
        assert "「每日学法」" in before
        adopt(unit, take(unit, NOTICE))
        screen = overview(_overview(unit))
        assert "管理员录入 33 天" in screen.text
        assert "12月27日（周日）：上班，照常推送" in screen.text
        rest = "12月31日（周四）至2027年1月3日（周日）：放假，不推送，1月4日（周一）恢复"
        assert rest in screen.text
        assert len(screen.keyboard) == 2

    await database.run(work)


async def test_what_was_understood_is_shown_with_every_doubt(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        text = NOTICE.replace("1月31日（周日）", "1月31日（周六）").replace("共7天", "共8天", 1)
        shown = survey(take(unit, text + "\n另：3月7日<b>上班")).text
        assert "“1月31日（周六）”写的是周六，实际是周日" in shown
        assert "数得7天，通知说8天" in shown
        assert "“共8天”与读到的 7 天不符" in shown
        assert "五、" not in shown
        assert "<b>上班" not in shown
        assert "2026年12月31日（周四）至1月2日（周六）" in shown
        nothing = survey(take(unit, "你好 <b>"))
        assert nothing.keyboard == ()
        assert "没看懂" in nothing.text

    await database.run(work)


async def test_the_longest_survey_fits_a_message(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        rows = "\n".join(
            f"{date(2027, 1, 1) + timedelta(days=n * 2)} 休 名{n}" for n in range(180)
        )
        shown = survey(take(unit, rows + "\n" + "\n".join(f"没看懂{n}" * 30 for n in range(90))))
        assert len(shown.text) <= 4096

    await database.run(work)


async def test_admins_are_warned_once_in_november_and_once_in_december(
    database: Database,
) -> None:
    def on(*day: int) -> datetime:
        return datetime(*day, 2, tzinfo=UTC)  # type: ignore[arg-type, misc]

    def due(unit: Unit, now: datetime) -> list[str]:
        warn(unit, ZONE, now=now)
        return [notice.name for notice in unit.notices.list_due(now + timedelta(days=1))]

    def work(unit: Unit) -> None:
        furnish(unit)
        assert due(unit, on(2026, 10, 12)) == []
        assert due(unit, on(2026, 11, 9)) == []
        assert due(unit, on(2026, 11, 10)) == ["calendar:2027:11"]
        assert due(unit, on(2026, 11, 30)) == ["calendar:2027:11"]
        words = WORDS["calendar"](unit, "2027:11", 0, 10)
        assert [word.chat_id for word in words] == [XIAOCHENG]
        assert "2027年" in words[0].screen.text
        unit.notices.finish("calendar:2027:11", on(2026, 12, 20))
        assert due(unit, on(2026, 12, 9)) == []
        assert due(unit, on(2026, 12, 10)) == ["calendar:2027:12"]
        adopt(unit, take(unit, NOTICE))
        assert WORDS["calendar"](unit, "2027:12", 0, 10) == []

    await database.run(work)


async def test_nobody_is_warned_of_a_known_year_or_on_a_day_off(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        saturday = datetime(2029, 11, 10, 2, tzinfo=UTC)
        warn(unit, ZONE, now=saturday)
        assert unit.notices.list_due(saturday + timedelta(days=9)) == []
        warn(unit, ZONE, now=saturday + timedelta(days=2))
        due = unit.notices.list_due(saturday + timedelta(days=9))
        assert [notice.name for notice in due] == ["calendar:2030:11"]
        warn(unit, ZONE, now=datetime(2025, 11, 12, 2, tzinfo=UTC))  # 2026 is in the library
        assert len(unit.notices.list_due(saturday + timedelta(days=9))) == 1

    await database.run(work)


async def test_screens_of_deleting_say_what_holds_afterwards(database: Database) -> None:
    def work(unit: Unit) -> None:
        furnish(unit)
        done = adopt(unit, take(unit, NOTICE))
        assert "33 天" in adopted(done).text
        asked = ask_drop(service.find_marked(unit, XIAOCHENG, 2027)).text
        assert "法定节假日" in asked
        adopt(unit, take(unit, "2026-12-26 班 补"))
        assert "程序自带" in ask_drop(service.find_marked(unit, XIAOCHENG, 2026)).text

    await database.run(work)


def test_turns_are_told_with_the_workday_after() -> None:
    found = list(turns(Calendar({}), date(2026, 9, 18), date(2026, 10, 12)))
    assert found == [
        Turn(date(2026, 9, 20), date(2026, 9, 20), is_workday=True),
        Turn(date(2026, 9, 25), date(2026, 9, 27), is_workday=False, resumes=date(2026, 9, 28)),
        Turn(date(2026, 10, 1), date(2026, 10, 7), is_workday=False, resumes=date(2026, 10, 8)),
        Turn(date(2026, 10, 10), date(2026, 10, 10), is_workday=True),
    ]


def test_runs_join_days_that_follow_each_other() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 4)]
    assert runs(days) == [(days[0], days[1]), (days[2], days[2])]

"""What lapsed is flagged once, with the law in its place; its keepers get one message."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from bot.banks.currency import service
from bot.banks.currency.review import refresh, review
from bot.banks.currency.words import lapsed, lapsing
from bot.banks.registry import registry_of
from bot.errors import NotAllowed
from questions.models import Basis, Question
from storage.database import Database
from storage.repositories.questions import Filter, QuestionRow
from storage.states import Alert, QuestionStatus
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG, Cast, a_question, furnish

ZONE = "Asia/Shanghai"
WASTE = "中华人民共和国固体废物污染环境防治法"
SUMMER = datetime(2026, 8, 1, 1, 0, tzinfo=UTC)
look = partial(review, timezone=ZONE)


def on(name: str, law: str, **days: date | None) -> Question:
    return a_question(name, basis=Basis(law, "第一百一十二条", **days))


def laid_out(unit: Unit) -> Cast:
    """Two questions of a law that lapses on 2026-08-15, one of a law that stands, one of none."""
    return furnish(
        unit,
        on("a", WASTE, in_force_from=date(2020, 9, 1)),
        on("b", "固废法"),
        on("c", "中华人民共和国行政处罚法", in_force_from=date(2021, 7, 15)),
        a_question("d"),
    )


def rows(unit: Unit) -> dict[str, QuestionRow]:
    return {row.question.id: row for row in unit.questions.search(Filter(), limit=99)}


async def test_days_the_registry_has_learned_come_into_stored_questions(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        assert refresh(unit, registry_of(unit).registry) == 2
        assert refresh(unit, registry_of(unit).registry) == 0
        found = rows(unit)
        assert {name: row.in_force_to for name, row in found.items()} == {
            "a": date(2026, 8, 14),
            "b": date(2026, 8, 14),
            "c": None,
            "d": None,
        }
        assert [row.version for row in found.values()] == [1, 1, 1, 1]

    await database.run(work)


async def test_what_lapsed_is_flagged_once_and_told_in_one_message(database: Database) -> None:
    cast = await database.run(laid_out)
    await asyncio.gather(*(database.run(lambda u: look(u, now=NINE)) for _ in range(3)))

    def check(unit: Unit) -> None:
        found = rows(unit)
        assert [found[name].alert for name in "abcd"] == [Alert.LAPSED, Alert.LAPSED, None, None]
        detail = found["a"].alert_detail or ""
        assert "《固体废物污染环境防治法》自2026年8月15日起失效" in detail
        assert "由《生态环境法典》替代" in detail
        assert [n.name for n in unit.notices.list_due(NINE)] == ["l:1:20261123"]
        (word,) = lapsed(unit, "1:20261123", 0, 9)
        assert word.person_id == cast.xiaocheng
        assert "2 题" in word.screen.text
        assert "《生态环境法典》" in word.screen.text
        look(unit, now=NINE + timedelta(days=1))
        assert len(unit.notices.list_due(NINE + timedelta(days=2))) == 1

    await database.run(check)


async def test_what_will_lapse_within_a_month_is_told_before(database: Database) -> None:
    def work(unit: Unit) -> None:
        cast = laid_out(unit)
        look(unit, now=SUMMER - timedelta(days=30))
        assert unit.notices.list_due(SUMMER) == []
        for day in range(3):
            look(unit, now=SUMMER + timedelta(days=day))
        assert [n.name for n in unit.notices.list_due(SUMMER)] == ["n:1:20260814"]
        (word,) = lapsing(unit, "1:20260814", 0, 9)
        assert word.person_id == cast.xiaocheng
        assert "即将失效" in word.screen.text
        assert rows(unit)["a"].alert is None

    await database.run(work)


async def test_at_midnight_nobody_is_woken(database: Database) -> None:
    midnight = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)

    def work(unit: Unit) -> None:
        laid_out(unit)
        look(unit, now=midnight)
        assert unit.notices.list_due(midnight + timedelta(hours=8)) == []
        assert len(unit.notices.list_due(midnight + timedelta(hours=8, minutes=30))) == 1

    await database.run(work)


async def test_lapsed_questions_leave_use_one_by_one_or_all_at_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        look(unit, now=NINE)
        shown = service.show_alerts(unit, XIAOBAI, 1, 0)
        assert (shown.count, shown.lapsed, len(shown.rows)) == (2, 2, 2)
        first = shown.rows[0]
        retire = partial(service.retire_one, unit, XIAOBAI, first.id, now=NINE)
        assert retire(9, 1, 0).overtaken
        assert retire(1, 1, 0).count == 1
        assert retire(1, 1, 0).count == 1  # a repeat
        assert service.dismiss(unit, XIAOBAI, shown.rows[1].id, 1, 1, 0, now=NINE).overtaken
        every = service.ask_retire_all(unit, XIAOBAI, 1)
        assert every.count == 1
        assert service.retire_all(unit, XIAOBAI, 1, every.upto, now=NINE).count == 1
        assert service.retire_all(unit, XIAOBAI, 1, every.upto, now=NINE).count == 0
        assert {n: r.status for n, r in rows(unit).items() if r.alert} == {
            "a": QuestionStatus.RETIRED,
            "b": QuestionStatus.RETIRED,
        }
        assert len(unit.house.list_audit(limit=9, actions=["question.retire"])) == 2
        assert lapsed(unit, "1:20261123", 0, 9) == []  # nothing is left to tell
        for forbidden in (
            lambda: service.show_alerts(unit, XIAOAN, 1, 0),
            lambda: service.retire_all(unit, XIAOAN, 1, 99, now=NINE),
            lambda: service.retire_one(unit, XIAOAN, 1, 1, 1, 0, now=NINE),
        ):
            with pytest.raises(NotAllowed):
                forbidden()

    await database.run(work)


async def test_other_alerts_can_be_put_aside(database: Database) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        unit.questions.set_alert(4, Alert.SOURCE_CHANGED, "原文已改")
        assert service.show_alerts(unit, XIAOBAI, 0, 0).count == 1
        assert service.dismiss(unit, XIAOBAI, 4, 1, 0, 0, now=NINE).count == 0

    await database.run(work)


async def test_the_bot_flags_what_lapsed_when_it_starts_and_each_day(street: Street) -> None:
    await street.database.run(laid_out)
    street.clock.now = SUMMER
    street.server.open_chats()
    await street.start()
    phone = await street.phone(XIAOCHENG)
    await phone.wait_for("即将失效")
    street.clock.now = datetime(2026, 8, 15, 1, 0, tzinfo=UTC)
    await street.tick()
    told = await phone.wait_for("依据已失效")
    assert "生态环境法典" in told.text
    await phone.tap("查看清单", told)
    listed = await phone.wait_for("依据失效 2 题")
    assert [label for label in listed.buttons if "查看" in label] == ["1 查看", "2 查看"]
    await phone.tap("停用全部失效的 2 题", listed)
    await phone.wait_for("全部停用？")
    await phone.tap("停用这 2 题")
    await phone.wait_for("已停用 2 题")
    await phone.say("/alerts")
    await phone.wait_for("没有需要处理的题")
    staff = await street.phone(XIAOAN)
    await staff.say("/alerts")
    await staff.wait_for("没有进行这项操作的权限")

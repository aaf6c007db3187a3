"""Admins add laws with a table that is looked over first; questions follow at once."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from bot.banks.currency.laws import service
from bot.banks.currency.laws.errors import StillNeeded
from bot.banks.registry import laws_csv, registry_of
from bot.errors import NotAllowed, StaleTap
from questions import laws
from questions.models import Basis
from storage.database import Database
from storage.repositories.questions import Filter
from storage.states import Alert
from storage.unit import Unit
from tests.bot.conftest import Street
from tests.cast import NINE, XIAOBAI, XIAOCHENG, a_question, furnish

ZONE = "Asia/Shanghai"
HEADS = "标题,效力位阶,来源,现行文本施行日期,失效前最后一日,替代法规\n"
RULES = "甲省排污条例"
TABLE = (HEADS + f"{RULES},地方性法规,省人大公报,2020-01-01,2026-06-30,乙办法\n"
         "乙办法,地方政府规章,省政府公报,2026-07-01,,\n").encode()  # fmt: skip
take = partial(service.take, timezone=ZONE, now=NINE)
adopt = partial(service.adopt, timezone=ZONE, now=NINE)
drop = partial(service.drop, timezone=ZONE, now=NINE)


def laid_out(unit: Unit) -> None:
    basis = Basis(RULES, "第九条", date(2020, 1, 1))
    furnish(unit, a_question("a", basis=basis), a_question("b"))


async def test_a_table_is_looked_over_before_it_is_taken(database: Database) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        bad = TABLE + f"{laws.registry().laws[0].title},宪法,某处,,,\n丙,什么,某处,,,\n".encode()
        found = take(unit, XIAOCHENG, "法规表.csv", bad, update_id=1)
        assert found is not None
        assert found.fresh == (RULES, "乙办法")
        assert found.changed == (laws.registry().laws[0].title,)
        assert [issue.line for issue in found.issues] == [5]
        assert (found.touched, found.lapsing) == (1, 1)
        assert unit.laws.list_all() == []
        assert take(unit, XIAOCHENG, "法规表.csv", bad, update_id=1) is None
        with pytest.raises(NotAllowed):
            take(unit, XIAOBAI, "法规表.csv", bad, update_id=2)

    await database.run(work)


async def test_taken_rows_move_questions_and_dropping_them_moves_them_back(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        found = take(unit, XIAOCHENG, "法规表.csv", TABLE, update_id=1)
        assert found is not None
        assert found.upload_id is not None

        done = adopt(unit, XIAOCHENG, found.upload_id)

        assert (done.count, done.touched) == (2, 1)
        with pytest.raises(StaleTap):
            adopt(unit, XIAOCHENG, found.upload_id)
        row = unit.questions.search(Filter(has_alert=True), limit=9)[0]
        assert row.in_force_to == date(2026, 6, 30)
        assert row.alert is Alert.LAPSED
        assert "由《乙办法》替代" in (row.alert_detail or "")
        read, issues = laws.read_rows(laws_csv(unit).encode())
        assert [law.title for law in read] == sorted([RULES, "乙办法"])
        assert issues == ()
        acts = unit.house.list_audit(limit=9, actions=["law."])
        assert {act.action for act in acts} == {"law.add"}

        again = take(unit, XIAOCHENG, "法规表.csv", TABLE, update_id=2)
        assert again is not None
        assert (again.count, again.same) == (0, 2)
        number = service.number_of(RULES)
        drop(unit, XIAOCHENG, number)
        assert unit.questions.count(Filter(has_alert=True)) == 0
        after = unit.questions.find(row.id)
        assert after is not None
        assert after.in_force_to is None
        with pytest.raises(StaleTap):
            drop(unit, XIAOCHENG, number)

    await database.run(work)


async def test_a_row_that_another_names_is_kept(database: Database) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        found = take(unit, XIAOCHENG, "法规表.csv", TABLE, update_id=1)
        assert found is not None
        adopt(unit, XIAOCHENG, found.upload_id or 0)
        drop(unit, XIAOCHENG, service.number_of("乙办法"))

    with pytest.raises(StillNeeded):
        await database.run(work)


async def test_a_table_at_odds_with_the_registry_is_not_taken(database: Database) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        orphan = (HEADS + "丁条例,地方性法规,公报,,2026-06-30,没有的法\n").encode()
        found = take(unit, XIAOCHENG, "法规表.csv", orphan, update_id=1)
        assert found is not None
        assert "没有的法" in found.trouble
        assert unit.uploads.count(unit.people.list_page(2, 1)[0].id) == 0

    await database.run(work)


async def test_rows_that_no_longer_fit_the_shipped_ones_are_left_out_and_named(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        laid_out(unit)
        row = {"title": "戊条例", "aliases": "环保法", "rank": "法律", "source": "公报"}
        unit.laws.put("戊条例", row, None, NINE)
        known = registry_of(unit)
        assert "环保法" in known.trouble
        assert known.registry.find("戊条例") is None
        assert service.show(unit, XIAOCHENG, 0).trouble == known.trouble

    await database.run(work)


async def test_an_admin_fills_in_the_table_in_chat(street: Street) -> None:
    await street.database.run(laid_out)
    await street.start()
    phone = await street.phone(XIAOCHENG)
    await phone.say("/laws")
    card = await phone.wait_for("法规库")
    assert "《固体废物污染环境防治法》→《生态环境法典》" in card.text
    await phone.tap("下载表格", card)
    sent = await phone.wait_for("填好后发回来")
    assert sent.raw["document"]["name"] == "法规表.csv"
    await phone.upload_bytes("法规表.csv", TABLE)
    survey = await phone.wait_for("新增 2 部")
    assert "1 题将停止推送" in survey.text
    await phone.tap("采用 2 部", survey)
    await phone.wait_for("已采用 2 部")
    await phone.wait_for("依据已失效")
    await phone.tap("法规库")
    listed = await phone.wait_for("本单位补充 2 部")
    await phone.tap("补充法规", listed)
    await phone.wait_for("直接粘贴")
    await phone.say(HEADS + "丁条例,地方性法规,公报,2024-01-01,,")
    await phone.wait_for("新增 1 部")
    await phone.tap("取消")
    await phone.wait_for("没有变化")
    await phone.upload_bytes("法规表.csv", "不是表".encode())
    await phone.wait_for("这不是法规表")
    trainer = await street.phone(XIAOBAI)
    await trainer.say("/laws")
    await trainer.wait_for("没有进行这项操作的权限")

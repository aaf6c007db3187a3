"""The ledger: lines as people type them, sums as far as they follow, entries written down once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAllowed, StaleTap
from bot.reports.ledger import service
from bot.reports.ledger.amounts import Amount, add_up
from bot.reports.ledger.reading import Entry, LedgerKind, Unread, read_entry
from bot.reports.ledger.service import Draft, Listing
from storage.database import Database
from storage.unit import Unit
from tests.bot.reports.house import LAOLI, TODAY, build
from tests.cast import NINE, XIAOAN, XIAOBAI, XIAOCHENG

LAST_YEAR = date(2025, 12, 4)


def read(said: str) -> Entry:
    entry = read_entry(said, TODAY)
    assert isinstance(entry, Entry), entry
    return entry


@pytest.mark.parametrize(
    ("said", "day", "kind", "title", "amount"),
    [
        ("12月4日 宪法讲座 120余人", LAST_YEAR, "lecture", "宪法讲座", Amount(120, "人", "余")),
        (
            "11-20 发放宣传册 2000份",
            date(2026, 11, 20),
            "handout",
            "发放宣传册",
            Amount(2000, "份"),
        ),
        (
            "2025年12月4日，“12·4”宪法宣传活动，约300人次",
            LAST_YEAR,
            "campaign",
            "“12·4”宪法宣传活动",
            Amount(300, "人次", "约"),
        ),
        ("20251204民法典庭审观摩35人", LAST_YEAR, "trial", "民法典庭审观摩", Amount(35, "人")),
        (
            "昨天 制作展板 １，２００ 块",
            date(2026, 11, 23),
            "other",
            "制作展板",
            Amount(1200, "块"),
        ),
        ("6.5 六五环境日 79万人次", date(2026, 6, 5), "other", "六五环境日", Amount(79, "万人次")),
        (
            "6/5 开放日 300余万人次",
            date(2026, 6, 5),
            "campaign",
            "开放日",
            Amount(300, "万人次", "余"),
        ),
        (
            "3月1日 发放手册 1万余份",
            date(2026, 3, 1),
            "handout",
            "发放手册",
            Amount(10_000, "份", "余"),
        ),
        (
            "3月1日 推广产品 453 件(套)",
            date(2026, 3, 1),
            "other",
            "推广产品",
            Amount(453, "件(套)"),
        ),
        ("第3次讲座", TODAY, "lecture", "第3次讲座", None),
        ("2月29日 讲座", date(2024, 2, 29), "lecture", "讲座", None),
        ("3月1日 发稿 6926", date(2026, 3, 1), "other", "发稿", Amount(6926, "")),
    ],
)
def test_lines_are_read_as_they_are_meant(
    said: str, day: date, kind: str, title: str, amount: Amount | None
) -> None:
    entry = read(said)
    assert (entry.held_on, entry.kind, entry.title) == (day, kind, title)
    assert entry.amount == amount


@pytest.mark.parametrize("said", ["3月1日 参与 1.5万人次", "3月1日 讲座 约120余人"])
def test_what_can_t_be_added_up_stays_in_the_title(said: str) -> None:
    entry = read(said)
    assert entry.amount is None
    assert entry.has_loose
    assert entry.title == said.removeprefix("3月1日 ")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2026年6月31日 讲座", Unread.NO_SUCH_DAY),
        ("1926年6月1日 讲座", Unread.NO_SUCH_DAY),
        ("2026-12-04 宪法讲座", Unread.AHEAD),
        ("12月4日 120人", Unread.EMPTY),
        ("   ", Unread.EMPTY),
        ("\u200b\x00", Unread.EMPTY),
    ],
)
def test_lines_that_make_no_sense_are_refused_with_a_reason(said: str, why: Unread) -> None:
    assert read_entry(said, TODAY) is why


@given(
    number=st.integers(1, 10**9),
    mark=st.sampled_from(["", "余", "多", "约", "近", "超"]),
    unit=st.sampled_from(["人", "人次", "份", "万人次"]),
)
def test_an_amount_is_read_back_as_it_is_said(number: int, mark: str, unit: str) -> None:
    amount = Amount(number, unit, mark)
    assert read(f"3月1日 专题讲座 {amount}").amount == amount


@given(said=st.text(max_size=60))
def test_any_line_is_read_or_refused(said: str) -> None:
    entry = read_entry(said, TODAY)
    if isinstance(entry, Entry):
        assert entry.title
        assert entry.title.isprintable()
        assert entry.held_on <= TODAY
        assert entry.amount is None or entry.amount.number >= 0


AMOUNTS = st.builds(
    Amount,
    st.integers(1, 9999),
    st.sampled_from(["人", "人次"]),
    st.sampled_from(["", "余", "多", "约", "近", "超"]),
)


@given(amounts=st.lists(AMOUNTS, max_size=8))
def test_sums_are_no_more_exact_than_what_they_are_made_of(amounts: list[Amount]) -> None:
    sums = add_up(amounts)
    assert sum(one.number for one in sums) == sum(one.number for one in amounts)
    for unit in ("人", "人次"):
        exact = [one for one in sums if one.unit == unit and not one.qualifier]
        loose = [one for one in amounts if one.unit == unit and one.qualifier]
        bounds = [one for one in loose if one.qualifier in ("余", "多", "超")]
        assert not (exact and bounds)  # an exact sum hides no 余
        plain = [one.number for one in amounts if one.unit == unit and not one.qualifier]
        assert sum(one.number for one in exact) == (0 if bounds else sum(plain))


def test_sums_say_the_rule_s_words() -> None:
    said = [Amount(1300, "人", "余"), Amount(50, "人"), Amount(20, "人", "约"), Amount(7, "份")]
    assert [str(one) for one in add_up(said)] == ["1350余人", "约20人", "7份"]
    assert [str(one) for one in add_up([Amount(1300, "人"), Amount(50, "人")])] == ["1350人"]


def take(unit: Unit, chat: int, said: str, update: int = 1) -> Draft:
    service.ask(unit, chat, now=NINE)
    draft = service.take(unit, chat, said, update, today=TODAY, now=NINE)
    assert isinstance(draft, Draft)
    return draft


def save(unit: Unit, chat: int, token: int) -> Listing:
    return service.save(unit, chat, token, today=TODAY, now=NINE)


async def test_a_line_is_written_down_once(database: Database) -> None:
    def work(unit: Unit) -> tuple[Listing, Listing, list[str]]:
        build(unit)
        draft = take(unit, XIAOBAI, "11-20 发放宣传册 2000余份")
        again = service.take(unit, XIAOBAI, "11-20 发放", 1, today=TODAY, now=NINE)
        assert again is None  # the same update
        first, second = save(unit, XIAOBAI, draft.token), save(unit, XIAOBAI, draft.token)
        return first, second, [row.action for row in unit.house.list_audit(limit=5)]

    first, second, trail = await database.run(work)
    assert first.saved is not None
    assert (first.saved.amount, first.saved.unit, first.saved.qualifier) == (2000, "份", "余")
    assert first.saved.department == "法规处"
    assert (second.saved, second.total) == (None, 1)
    assert trail.count("ledger_add") == 1


async def test_a_newer_line_takes_the_place_of_the_one_before(database: Database) -> None:
    def work(unit: Unit) -> Listing:
        build(unit)
        old = take(unit, XIAOCHENG, "11-20 讲座 5人", 1)
        new = take(unit, XIAOCHENG, "11-20 讲座 50人", 2)
        with pytest.raises(StaleTap):
            service.set_kind(unit, XIAOCHENG, old.token, "trial", now=NINE)
        assert save(unit, XIAOCHENG, old.token).total == 0
        changed = service.set_kind(unit, XIAOCHENG, new.token, "campaign", now=NINE)
        assert changed.entry.kind is LedgerKind.CAMPAIGN
        return save(unit, XIAOCHENG, new.token)

    found = await database.run(work)
    assert found.saved is not None
    assert (found.saved.kind, found.saved.amount) == ("campaign", 50)
    assert found.saved.department is None  # an admin's is the whole house's


async def test_entries_stay_within_the_scope(database: Database) -> None:
    def work(unit: Unit) -> None:
        made = build(unit)
        mine = save(unit, XIAOBAI, take(unit, XIAOBAI, "11-20 讲座 5人").token).saved
        assert mine is not None
        assert service.show(unit, LAOLI, "y2026", today=TODAY).total == 0
        assert service.show(unit, XIAOCHENG, "y2026", today=TODAY).total == 1
        for ask in (
            lambda: service.find(unit, LAOLI, mine.id),
            lambda: service.remove(unit, LAOLI, mine.id, today=TODAY, now=NINE),
            lambda: service.show(unit, XIAOAN, "y2026", today=TODAY),
            lambda: service.ask(unit, XIAOAN, now=NINE),
        ):
            with pytest.raises(NotAllowed):
                ask()
        draft = take(unit, LAOLI, "11-20 讲座 6人", 7)
        for department in (made.law, 0):
            with pytest.raises(NotAllowed):
                service.set_department(unit, LAOLI, draft.token, department, now=NINE)

    await database.run(work)


async def test_an_entry_is_struck_out_once_and_on_record(database: Database) -> None:
    def work(unit: Unit) -> tuple[int, int, list[dict[str, object]]]:
        build(unit)
        row = save(unit, XIAOBAI, take(unit, XIAOBAI, "11-20 讲座 5人").token).saved
        assert row is not None
        left = [
            service.remove(unit, XIAOBAI, row.id, today=TODAY, now=NINE).total for _ in range(2)
        ]
        with pytest.raises(StaleTap):
            service.find(unit, XIAOBAI, row.id)
        trail = unit.house.list_audit(limit=9, actions=["ledger_remove"])
        return left[0], left[1], [one.detail for one in trail]

    assert await database.run(work) == (0, 0, [{"entry": "2026-11-20 讲座 5人"}])

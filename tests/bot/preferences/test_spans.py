"""Days and hours as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preferences.hours import is_quiet, offered, own_time, quiet_length, read_hours
from bot.preferences.spans import Span, read_span

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("今天", (11, 25), (11, 25)),
        ("明天", (11, 26), (11, 26)),
        ("后天到大后天", (11, 27), (11, 28)),
        ("昨天", (11, 24), (11, 24)),
        ("12-01至12-05", (12, 1), (12, 5)),
        ("12-01 到 12-05", (12, 1), (12, 5)),
        ("12-01-12-05", (12, 1), (12, 5)),
        ("12/1-12/5", (12, 1), (12, 5)),
        ("12.1~12.5", (12, 1), (12, 5)),
        ("12月1日", (12, 1), (12, 1)),
        ("12月1日至5日", (12, 1), (12, 5)),
        ("12月1日—12月5日", (12, 1), (12, 5)),
        ("12月1号-5号", (12, 1), (12, 5)),
        ("１２月１日至５日请假", (12, 1), (12, 5)),
        ("2026-12-01至2026-12-05", (12, 1), (12, 5)),
        ("我从12月1日到5日请假", (12, 1), (12, 5)),
        ("周五", (11, 27), (11, 27)),
        ("周一", (11, 30), (11, 30)),
        ("本周五", (11, 27), (11, 27)),
        ("下周一到周三", (11, 30), (12, 2)),
        ("下周一至下周三", (11, 30), (12, 2)),
        ("周四到周一", (11, 26), (11, 30)),
        ("明天到周五", (11, 26), (11, 27)),
        ("下周", (11, 30), (12, 6)),
        ("本周", (11, 25), (11, 29)),
        ("下下周二", (12, 8), (12, 8)),
        ("3天", (11, 25), (11, 27)),
        ("明天起三天", (11, 26), (11, 28)),
        ("12月1日起5天", (12, 1), (12, 5)),
        ("12月1日请假2天", (12, 1), (12, 2)),
        ("11-20", (11, 20), (11, 20)),
    ],
)
def test_days_are_read(said: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert read_span(said, TODAY) == Span(date(2026, *first), date(2026, *last))


def test_a_day_long_past_is_next_years_and_a_range_runs_over_new_year() -> None:
    assert read_span("2月3日", TODAY) == Span(date(2027, 2, 3), date(2027, 2, 3))
    assert read_span("12月30日至1月4日", TODAY) == Span(date(2026, 12, 30), date(2027, 1, 4))


@pytest.mark.parametrize(
    "said",
    ["", "12", "下班", "2月30日", "13-01", "12-05至", "0天", "明天后天大后天", "至12-05", "现在"],
)
def test_what_is_no_day_is_not_guessed(said: str) -> None:
    assert read_span(said, TODAY) is None


@given(st.text(alphabet="0123456789-至到月日号周下本一二三天起年/.~ 请假", max_size=16))
def test_any_words_are_a_span_in_order_or_none(said: str) -> None:
    span = read_span(said, TODAY)
    assert span is None or span.first <= span.last


@given(st.dates(TODAY, date(2027, 9, 1)), st.integers(0, 179))
def test_two_written_days_are_read_back(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    for form in ("{}至{}", "{} 到 {}"):
        assert read_span(form.format(first, last), TODAY) == Span(first, last)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("12:00-14:00", (time(12), time(14))),
        ("22:00—7:00", (time(22), time(7))),
        ("晚上10点到次日7点", (time(22), time(7))),
        ("中午12点到下午2点半", (time(12), time(14, 30))),
        ("12点", None),
        ("吃饭时", None),
        ("25:00-26:00", None),
    ],
)
def test_hours_are_read(said: str, wanted: tuple[time, time] | None) -> None:
    assert read_hours(said) == wanted


def test_quiet_hours_hold_past_midnight_and_their_end_does_not() -> None:
    assert is_quiet(time(23), time(22), time(7))
    assert is_quiet(time(6, 59), time(22), time(7))
    assert not is_quiet(time(7), time(22), time(7))
    assert not is_quiet(time(14), time(12), time(14))
    assert quiet_length(time(22), time(7)) == 9 * 60
    assert quiet_length(time(7), time(7)) == 0


def test_a_wish_holds_where_the_plan_leaves_the_choice() -> None:
    assert own_time(time(8, 45), time(11), time(9, 30)) == time(9, 30)
    assert own_time(time(8, 45), time(11), time(12)) == time(8, 45)
    assert own_time(time(8, 45), None, time(9, 30)) == time(8, 45)
    assert own_time(time(8, 45), time(11), None) == time(8, 45)


@given(st.times(), st.times())
def test_offered_times_are_few_and_within_the_window(a: time, b: time) -> None:
    first, last = (t.replace(second=0, microsecond=0) for t in sorted((a, b)))
    times = offered(first, last)
    assert times[0] == first
    assert len(times) <= 8
    assert all(first <= at <= last for at in times)
